"""What another fears is said when its delgivning is read in, with the command that enters it in the own log."""

from chain import network
from click.testing import CliRunner
from delgivningar import begun, delgivning, outage, shared

import beroenden
from beroenden.cli.incident_import import import_


def test_the_command_that_enters_it_is_printed_unless_the_own_log_speaks_of_it(tmp_path):
    beroenden.save(network(), tmp_path / "model.toml")
    feared = outage("clr", "06:00", status="feared")
    theirs = shared(tmp_path / "b1.toml", delgivning(begun(tmp_path / "b1-log.toml", "b1", feared)))
    log = begun(tmp_path / "own.toml", "payer")
    done = CliRunner().invoke(import_, [str(log), str(theirs), "--time", "2026-12-18T05:10"])
    assert done.exit_code == 0, done.output
    entered = 'outage --entity clr --start "2026-12-18 06.00" --for "…" --status feared --source "Bank one"'
    assert f"beroenden incident add {log} {entered}" in done.stderr
    other = begun(tmp_path / "other.toml", "payer", feared)
    done = CliRunner().invoke(import_, [str(other), str(theirs), "--time", "2026-12-18T05:10"])
    assert "--status feared" not in done.stderr
