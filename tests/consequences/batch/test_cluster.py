"""A cluster: the same results as here, whatever becomes of its workers; and a plain answer where there is none."""

import os
import pickle
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from time import monotonic

import batched
import pytest
from chain import network, tables
from click.testing import CliRunner

import beroenden
from beroenden.analysis.ranking import trials
from beroenden.cli.main import commands
from beroenden.consequences.batch import cluster
from beroenden.consequences.batch.chunk import batch_model, run_chunk
from beroenden.consequences.batch.cluster import connected
from beroenden.consequences.batch.sweep import Sweep
from beroenden.engine.batch.scenarios import n_minus_k
from beroenden.engine.compiled import compiled
from beroenden.errors import UsageError
from beroenden.units.times import parse_instant, time_zone

distributed = pytest.importorskip("distributed")

QUIET = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0", "silence_logs": 50}
DAY = 24 * 60
NETWORK = network()
MODEL = batch_model(NETWORK)
START = parse_instant("2026-12-16T08:00", time_zone(NETWORK.timezone))


def series(k=2, chunk=4, days=4):
    return n_minus_k(compiled(NETWORK), range(START, START + days * DAY, 360), DAY, k=k, chunk=chunk)


def bytes_of(sweep):
    return [(batched.bytes_of_scenarios(columns), batched.bytes_of(results)) for columns, results in sweep]


@pytest.fixture(scope="module")
def address():
    """A scheduler with two workers, all of them threads of this process."""
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=False, protocol="tcp", **QUIET) as local:
        yield local.scheduler_address


@contextmanager
def machines(workers):
    """The address of a cluster whose workers are processes, as on other machines, started anew when they die."""
    with distributed.LocalCluster(n_workers=workers, threads_per_worker=1, **QUIET) as local:
        yield local.scheduler_address


def test_the_same_in_the_same_order(address):
    seen, alone = [], bytes_of(Sweep(MODEL, series()))
    with connected(address) as one:
        assert one.workers == 2
        there = Sweep(MODEL, series(), progress=lambda done, total: seen.append((done, total)), cluster=one)
        assert bytes_of(there) == alone
        assert bytes_of(Sweep(MODEL, series(), cluster=one)) == alone  # one connection serves many sweeps
    count = series().count
    assert (there.done, there.is_partial) == (count, False)
    assert seen == [(4 * chunk, count) for chunk in range(1, len(alone) + 1)]


def test_no_more_chunks_are_made_than_the_workers_need(address):
    made = []

    def counted():
        for chunk in series(k=3):
            made.append(chunk)
            yield chunk

    with connected(address) as one:
        sweep = one.run(MODEL, counted(), lambda: False)
        next(sweep)
        assert len(made) == 2 * 3
        next(sweep)
        assert len(made) == 2 * 3 + 1
        sweep.close()


def test_workers_that_become_fewer_on_the_way(monkeypatch, address):
    """More chunks are then on their way than the workers that are left would be given."""
    counts = iter([4, 4, 1, 0])
    monkeypatch.setattr(cluster.Cluster, "workers", property(lambda self: next(counts, 2)))
    with connected(address) as one:
        assert bytes_of(one.run(MODEL, series(), lambda: False)) == bytes_of(Sweep(MODEL, series()))


def test_arrays_can_be_written_to_where_they_arrive(address):
    """The kernel would be compiled anew for those that cannot."""
    with connected(address) as one:
        [(_, results), *_] = one.run(MODEL, series(), lambda: False)
    assert all(column.flags.writeable for column in (results.lost_hours, *results.payments.columns))
    unpacked = cluster._unpacked(pickle.dumps(MODEL))
    assert all(column.flags.writeable for column in (*unpacked.arrays.net, *unpacked.arrays.consumers))


def test_ctrl_c_ends_with_what_is_done(address):
    def stop(done, total):
        if done == 20:
            signal.raise_signal(signal.SIGINT)

    before = signal.getsignal(signal.SIGINT)
    with connected(address) as one:
        sweep = Sweep(MODEL, series(), progress=stop, cluster=one)
        assert sum(len(results) for _, results in sweep) == sweep.done == 20
        assert sweep.is_partial
        assert not one.client.futures
    assert signal.getsignal(signal.SIGINT) is before


def test_ctrl_c_does_not_wait_for_a_cluster_that_stands_still(address):
    asked = iter([False, False, True, True])
    with connected(address) as one:
        one.client.cancel = lambda futures: None
        one.client.submit = lambda *arguments, **options: distributed.Future("never", one.client)
        assert list(one.run(MODEL, series(), lambda: next(asked))) == []


def test_a_failure_of_a_chunk_is_told_as_it_is(address):
    with connected(address) as one, pytest.raises(AttributeError, match="since"):
        list(one.run(MODEL, [["no scenarios"]], lambda: False))


@pytest.mark.sweep
@pytest.mark.parametrize("workers", [1, 2])
def test_workers_that_are_killed_change_nothing(workers):
    """With them goes every copy of the model; it is sent again."""
    alone, killed = bytes_of(Sweep(MODEL, series(days=30))), []

    with machines(workers) as address, connected(address) as one:

        def kill(done, total):
            if done in (200, 900):
                for worker in one.client.run(os.getpid).values():
                    os.kill(worker, signal.SIGKILL)
                    killed.append(worker)

        assert bytes_of(Sweep(MODEL, series(days=30), progress=kill, cluster=one)) == alone
    assert len(set(killed)) == 2 * workers


@pytest.mark.sweep
def test_a_chunk_that_kills_its_workers_is_given_up():
    with machines(1) as address, connected(address) as one, pytest.raises(UsageError, match="more memory"):
        list(one.run(MODEL, [Deadly()], lambda: False))


class Deadly:
    """What a worker dies of when it unpacks it."""

    def __reduce__(self):
        return os._exit, (1,)


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(cluster, "_SECONDS", 0.5)


def closed_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.mark.parametrize(
    "address", ["127.0.0.1:{}", "tcp://127.0.0.1:{}", "tls://127.0.0.1:{}", "no-such-host.invalid:{}"]
)
def test_a_dead_address_is_told_of_in_seconds(impatient, address):
    refused(address.format(closed_port()))


@pytest.mark.parametrize("address", ["", "cluster", "127.0.0.1", "127.0.0.1:port", "foo://127.0.0.1:8786", "tcp://"])
def test_what_is_no_address(impatient, address):
    refused(address)


def test_what_says_nothing_is_no_scheduler(impatient):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        refused(f"127.0.0.1:{silent.getsockname()[1]}")


def test_a_web_server_is_no_scheduler(impatient):
    class Page(BaseHTTPRequestHandler):
        def handle_one_request(self):
            self.wfile.write(b"HTTP/1.1 400 Bad request" + b" " * 10_000)
            self.close_connection = True

    with HTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        refused(f"127.0.0.1:{server.server_port}")
        server.shutdown()


def refused(address):
    """Connecting is refused, soon and by name."""
    before = monotonic()
    with pytest.raises(UsageError, match="No dask scheduler answers") as error, connected(address):
        pass
    assert monotonic() - before < 3
    assert f"at {address} (" in str(error.value)


def test_a_cluster_without_workers_is_told_of(impatient):
    with (
        distributed.LocalCluster(n_workers=0, processes=False, protocol="tcp", **QUIET) as local,
        pytest.raises(UsageError, match="--nworkers auto --nthreads 1"),
        connected(local.scheduler_address),
    ):
        pass


def test_workers_that_all_go_and_do_not_come_back(monkeypatch):
    monkeypatch.setattr(cluster, "_PATIENCE", 0)
    with (
        distributed.LocalCluster(n_workers=1, processes=False, protocol="tcp", **QUIET) as local,
        connected(local.scheduler_address) as one,
        pytest.raises(UsageError, match="has no workers"),
    ):
        sweep = one.run(MODEL, series(), lambda: False)
        next(sweep)
        local.scale(0)
        list(sweep)


@contextmanager
def started(program, *arguments, prelude=""):
    """The process of a program of dask's that begins with some lines."""
    code = f"import platform, sys\nfrom distributed.cli.{program} import main\n{prelude}\nmain()"
    command = [sys.executable, "-c", code, *arguments, "--host", "127.0.0.1"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def worker(prelude):
    """The address of a cluster whose only worker begins with some lines."""
    with distributed.LocalCluster(n_workers=0, processes=False, protocol="tcp", **QUIET) as local:
        address = local.scheduler_address
        with started("dask_worker", address, "--no-nanny", "--no-dashboard", prelude=prelude):
            yield address


@pytest.mark.sweep
def test_a_scheduler_that_goes_away_is_told_of():
    address = f"tcp://127.0.0.1:{closed_port()}"
    with (
        started("dask_scheduler", *port_of(address)) as scheduler,
        started("dask_worker", address, "--no-dashboard"),
        connected(address) as one,
        pytest.raises(UsageError, match="was lost"),
    ):
        sweep = one.run(MODEL, series(days=300), lambda: False)
        next(sweep)
        scheduler.kill()
        list(sweep)


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("prelude", "told"),
    [
        ("import beroenden; beroenden.__version__ = '99.0'", r"Install the same on: tcp:\S+: beroenden 99\.0$"),
        ("platform.python_version = lambda: '3.99.1'", r"Install the same on: tcp:\S+: python 3\.99\.1$"),
        ("sys.modules['beroenden'] = None", r"tcp:\S+: beroenden is missing$"),
    ],
)
def test_workers_of_other_versions_are_refused(prelude, told):
    with worker(prelude) as address, pytest.raises(UsageError, match=told), connected(address):
        pass


@pytest.mark.sweep
def test_a_scheduler_without_the_package_is_refused():
    """It unpacks what is sent to the workers."""
    address = f"tcp://127.0.0.1:{closed_port()}"
    with (
        started("dask_scheduler", *port_of(address), prelude="sys.modules['beroenden'] = None"),
        started("dask_worker", address, "--no-dashboard"),
        pytest.raises(UsageError, match=r"Install the same on: the scheduler: beroenden is missing$"),
        connected(address),
    ):
        pass


def port_of(address):
    return "--port", address.rpartition(":")[2], "--no-dashboard"


def test_the_last_number_of_python_does_not_matter():
    assert not cluster._differs("python", "3.11.7", "3.11.9")
    assert cluster._differs("python", "3.12.7", "3.11.7")
    assert cluster._differs("beroenden", "1.2.3", "1.2.4")


def test_a_worker_that_is_lost_while_asked_is_not_judged():
    class Client:
        def wait_for_workers(self, number, timeout):
            pass

        def run(self, function, *arguments, on_error):
            return {"tcp://a:1": ModuleNotFoundError("beroenden"), "tcp://b:1": OSError("gone")}

        def run_on_scheduler(self, function, *arguments):
            return function(*arguments)

    with pytest.raises(UsageError) as error:
        cluster._check_workers(Client(), "tcp://s:1")
    assert "tcp://a:1: beroenden is missing" in str(error.value)
    assert "tcp://b:1" not in str(error.value)


def test_without_dask_it_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"pip install 'beroenden\[dask\]'"), connected("127.0.0.1:8786"):
        pass


# --- the commands -----------------------------------------------------------------------------


def run(*arguments):
    return CliRunner().invoke(commands, [str(one) for one in arguments])


@pytest.fixture
def model(tmp_path):
    made = tables()
    made["entity"][0]["failure"] = {"per_year": 20, "duration": {"p50": "5h", "p90": "30h"}}
    built, findings = beroenden.build(made)
    assert built is not None, findings
    beroenden.save(built, tmp_path / "model.toml")
    return tmp_path / "model.toml"


@pytest.mark.parametrize(
    "arguments",
    [
        ("risk", "--years", 300, "--window", 2026),
        ("rank", "--for", "24h", "--window", "2026-12-15..2026-12-18", "--every", "6h", "--k", 2),
    ],
)
def test_commands_tell_the_same_from_a_cluster(monkeypatch, model, address, arguments):
    monkeypatch.setattr(trials, "WORTH_PROCESSES", 0)
    used = []
    monkeypatch.setattr(cluster, "run_chunk", lambda *chunk: used.append(chunk) or run_chunk(*chunk))
    command, *options = arguments
    here = run(command, model, *options, "--json", "-")
    assert (here.exit_code, used) == (0, []), here.output
    there = run(command, model, *options, "--json", "-", "--dask", address)
    assert there.exit_code == 0, there.output
    assert there.stdout == here.stdout
    assert used


@pytest.mark.parametrize("command", [("risk",), ("rank", "--for", "24h", "--start", "2026-12-16T08:00")])
def test_commands_refuse_plainly(impatient, model, command):
    name, *options = command
    done = run(name, model, *options, "--dask", f"127.0.0.1:{closed_port()}")
    assert (done.exit_code, "Traceback" in done.output) == (2, False)
    assert "No dask scheduler answers" in done.stderr
    both = run(name, model, *options, "--dask", "127.0.0.1:1", "--processes", 2)
    assert both.exit_code == 2
    assert "either --dask or --processes" in both.stderr
