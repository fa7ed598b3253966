"""Chunks on the machines of a dask.distributed cluster, in order.

What is sent there and back is pickled here, not by dask, whose arrays arrive read-only: the kernel would be compiled anew
for them.
"""

import asyncio
import pickle
import platform
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from itertools import islice
from pkgutil import resolve_name
from time import monotonic
from typing import Any
from warnings import catch_warnings, filterwarnings

from beroenden.consequences.batch.chunk import BatchModel, run_chunk
from beroenden.consequences.batch.results import Results
from beroenden.engine.batch.scenarios import Scenarios
from beroenden.errors import UsageError
from beroenden.language import say

_SECONDS = 5
"""A scheduler that has not answered by then is none."""
_PATIENCE = 60
"""Seconds without any worker, after which none is expected to come back."""
_AHEAD = 3
"""Chunks a worker that wait or are worked on, so that memory does not grow with the number of scenarios."""
_RETRIES = 2
"""How often a chunk that went wrong is tried again. One whose worker died is tried again as often as the cluster allows."""
_VERSIONS: dict[str, tuple[Callable[..., str], *tuple[str, ...]]] = {
    "beroenden": (resolve_name, "beroenden:__version__"),
    "python": (platform.python_version,),
}
"""What has to be the same everywhere, told by the standard library, since this package may be lacking there."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster that is connected to; `connected` makes it.

    Attributes:
        address: The scheduler's.
        client: The `distributed.Client`.
    """

    address: str
    client: Any

    @property
    def workers(self) -> int:
        """How many there are at the moment. Each counts as one, since a chunk holds the interpreter's lock."""
        return len(self.client.nthreads())

    def run(
        self, model: BatchModel, series: Iterable[Scenarios], is_stopped: Callable[[], bool]
    ) -> Iterator[tuple[Scenarios, Results]]:
        """The chunks of a series with their results, in order; what is left is cancelled when it is stopped.

        A chunk whose worker dies is run again by another, and gives the same.

        Raises:
            UsageError: when the cluster is lost, or a chunk costs several workers their lives.
        """
        waiting: deque[tuple[Scenarios, Any]] = deque()
        chunks = iter(series)
        with _losses_told(self.address):
            # A task and not scattered data, which would be gone with the last worker that holds it.
            sent = self._submit(_unchanged, pickle.dumps(model))
            try:
                while not is_stopped():
                    room = max(1, _AHEAD * self.workers) - len(waiting)
                    for scenarios in islice(chunks, max(0, room)):
                        waiting.append((scenarios, self._submit(_run, sent, pickle.dumps(scenarios))))
                    if not waiting or (found := self._awaited(waiting[0][1], is_stopped)) is None:
                        return
                    yield waiting.popleft()[0], pickle.loads(found)
            finally:
                self.client.cancel([sent, *(future for _, future in waiting)])

    def _submit(self, function: Callable[..., Any], *arguments: Any) -> Any:
        with catch_warnings():
            filterwarnings("ignore", "Sending large graph", UserWarning)  # the model, once
            return self.client.submit(function, *arguments, pure=False, retries=_RETRIES)

    def _awaited(self, future: Any, is_stopped: Callable[[], bool]) -> bytes | None:
        """The result of a task; None when it was stopped before."""
        last_seen = monotonic()
        while not is_stopped():
            try:
                result: bytes = future.result(timeout=1)
                return result
            except TimeoutError:
                if self.workers:
                    last_seen = monotonic()
                elif monotonic() > last_seen + _PATIENCE:
                    raise _without_workers(self.address) from None
        return None


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """A cluster for as long as it is needed.

    Args:
        address: Its scheduler's, as `10.0.0.5:8786` or `tls://scheduler:8786`.

    Raises:
        UsageError: when dask is not installed, no scheduler answers, or its workers cannot run what is sent to them.
    """
    distributed = _distributed()
    _greet(distributed, address)
    try:
        client = distributed.Client(address, timeout=_SECONDS, set_as_default=False)
    except OSError as error:
        raise _no_answer(address, error) from error
    with client:
        _check_workers(client, address)
        yield Cluster(address, client)


def _distributed() -> Any:
    try:
        return import_module("distributed")
    except ModuleNotFoundError as error:
        raise UsageError(
            say(
                "Att räkna på ett kluster kräver dask. Installera med: pip install 'beroenden[dask]'",
                "Computing on a cluster needs dask. Install it with: pip install 'beroenden[dask]'",
            )
        ) from error


def _greet(distributed: Any, address: str) -> None:
    """Find out whether a scheduler answers; a client would wait for ever on a port where something else listens."""

    async def greeted() -> None:
        security = distributed.Security().get_connection_args("client")
        comm = await distributed.core.connect(address, timeout=_SECONDS, **security)
        comm.abort()

    async def in_time() -> None:
        await asyncio.wait_for(greeted(), _SECONDS + 1)

    with ThreadPoolExecutor(1) as thread:  # a notebook has a loop of its own in this one
        try:
            thread.submit(lambda: asyncio.run(in_time())).result()
        except Exception as error:  # whatever is wrong with an address or what is found there
            raise _no_answer(address, error) from error


def _check_workers(client: Any, address: str) -> None:
    """Whether there is any worker, and all have the same versions as here of what has to be the same.

    The scheduler too unpacks what is sent, and a worker dies of what it cannot unpack.

    Raises:
        UsageError: when there is none, or one differs.
    """
    try:
        client.wait_for_workers(1, timeout=_SECONDS)
    except TimeoutError:
        raise _without_workers(address) from None
    here = {name: function(*arguments) for name, (function, *arguments) in _VERSIONS.items()}
    differing = [
        f"{place}: {name} {say('saknas', 'is missing') if isinstance(version, ImportError) else version}"
        for name, (function, *arguments) in _VERSIONS.items()
        for place, version in _everywhere(client, function, *arguments).items()
        if not isinstance(version, OSError) and _differs(name, version, here[name])
    ]
    if differing:
        raise UsageError(
            say(
                f"Klustret har andra versioner än här (beroenden {here['beroenden']}, python {here['python']}). ",
                f"The cluster has other versions than here (beroenden {here['beroenden']}, python {here['python']}). ",
            )
            + say("Installera samma på: ", "Install the same on: ")
            + "; ".join(differing)
        )


def _everywhere(client: Any, function: Callable[..., str], *arguments: str) -> dict[str, object]:
    """What a function returns, or fails with, on the scheduler and each worker."""
    answers: dict[str, object] = client.run(function, *arguments, on_error="return")
    try:
        scheduler: object = client.run_on_scheduler(function, *arguments)
    except ImportError as error:
        scheduler = error
    return {say("schemaläggaren", "the scheduler"): scheduler, **answers}


def _differs(name: str, there: object, here: str) -> bool:
    """Whether versions differ; of Python the last number does not matter."""
    parts = 2 if name == "python" else None
    return str(there).split(".")[:parts] != here.split(".")[:parts]


@contextmanager
def _losses_told(address: str) -> Iterator[None]:
    """Say plainly what a cluster that is lost on the way leads to."""
    killed = import_module("distributed").KilledWorker
    try:
        yield
    except killed as error:
        raise UsageError(
            say(
                f"Samma del av beräkningen har gång på gång tagit ned sin arbetare i klustret {address}. Ge arbetarna mer "
                "minne, och se efter att beroenden är installerat på dem som har kommit till.",
                f"The same part of the computation has brought down its worker in the cluster {address} again and again. "
                "Give the workers more memory, and see that beroenden is installed on those that have joined.",
            )
        ) from error
    except (OSError, CancelledError) as error:
        raise UsageError(
            say(f"Förbindelsen med klustret {address} bröts.", f"The connection to the cluster {address} was lost.")
        ) from error


def _no_answer(address: str, error: Exception) -> UsageError:
    why = str(error) or type(error).__name__
    return UsageError(
        say(
            f"Ingen schemaläggare för dask svarar på {address} ({why}). Ange dess adress, t.ex. tcp://10.0.0.5:8786; "
            "den står i det som ”dask scheduler” skriver när den startar.",
            f"No dask scheduler answers at {address} ({why}). Give its address, e.g. tcp://10.0.0.5:8786; "
            "`dask scheduler` writes it when it starts.",
        )
    )


def _without_workers(address: str) -> UsageError:
    return UsageError(
        say(
            f"Klustret {address} har inga arbetare. Starta dem med: dask worker {address} --nworkers auto --nthreads 1",
            f"The cluster {address} has no workers. Start them with: dask worker {address} --nworkers auto --nthreads 1",
        )
    )


def _unchanged(model: bytes) -> bytes:
    return model


def _run(model: bytes, scenarios: bytes) -> bytes:
    return pickle.dumps(run_chunk(_unpacked(model), pickle.loads(scenarios)))


@lru_cache(maxsize=1)
def _unpacked(model: bytes) -> BatchModel:
    unpacked: BatchModel = pickle.loads(model)
    return unpacked
