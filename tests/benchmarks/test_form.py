"""Speed of the questionnaires. Run by name: `.venv/bin/python -m pytest tests/benchmarks`.

Nothing is asserted about time; wanted: the form of the largest actor in under 2 s, a dry run of its import in under 3 s.
"""

from pathlib import Path

from click.testing import CliRunner

from beroenden.cli.form import form
from beroenden.cli.interop_form import import_form

SOES = Path(__file__).parents[2] / "models" / "soes"
LARGEST = "swedbank"
"""Of all actors it has most entities, and most that others say of it."""


def write(path: Path) -> None:
    assert CliRunner().invoke(form, [str(SOES), "--actor", LARGEST, "-o", str(path)]).exit_code == 0


def test_form(benchmark, tmp_path):
    """From the model's files to the workbook."""
    path = tmp_path / "form.xlsx"
    benchmark.pedantic(write, (path,), rounds=5)
    assert path.stat().st_size > 10_000


def test_import_dry_run(benchmark, tmp_path):
    """From the workbook and the model's files to the difference."""
    path = tmp_path / "form.xlsx"
    write(path)
    arguments = [str(path), "--into", str(SOES), "--dry-run"]
    done = benchmark.pedantic(lambda: CliRunner().invoke(import_form, arguments), rounds=5)
    assert done.exit_code == 0
