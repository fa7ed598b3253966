"""beroenden validate"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beroenden.cli.common import clean, command, json_option, line, model_argument, table, write_json
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.analysis.checks import Verdict

_ORDER = ("error", "warning", "info")


@command(
    "Granska modellens filer, och dess förväntningar med --checks.",
    "Check a model's files, and its expectations with --checks.",
    "beroenden validate models/soes --checks models/checks/soes.toml",
)
@model_argument
@click.option(
    "--checks",
    type=click.Path(path_type=Path),
    metavar=say("FIL", "FILE"),
    help=say("Förväntningar på modellen i TOML.", "Expectations of the model in TOML."),
)
@click.option(
    "--severity",
    type=click.Choice(_ORDER),
    default="info",
    show_default=True,
    help=say("Lägsta allvarlighet som visas.", "Least severity that is shown."),
)
@json_option
@click.pass_context
def validate(ctx: click.Context, model: Path, checks: Path | None, severity: str, json_path: str | None) -> None:
    """Print the findings; exit with 1 when any is an error or a check fails."""
    from beroenden.modelfiles.read import load

    network, findings = load(model)
    verdicts: list[Verdict] = []
    if network is not None and checks is not None:
        from beroenden.analysis.checks import load_checks, run_checks

        expected, more = load_checks(checks, network)
        findings += more
        verdicts = run_checks(network, expected)
    counts = {one: sum(finding.severity == one for finding in findings) for one in _ORDER}
    content = {
        "schema": "beroenden/findings/1",
        "findings": [finding.to_dict() for finding in findings],
        "counts": counts,
        "checks": [verdict.to_dict() for verdict in verdicts],
    }
    if not write_json(json_path, content):
        for finding in findings:
            if _ORDER.index(finding.severity) <= _ORDER.index(severity):
                click.echo(clean(finding))
        _print_verdicts(verdicts)
        line(
            say(
                f"Fel: {counts['error']}. Varningar: {counts['warning']}. Anmärkningar: {counts['info']}.",
                f"Errors: {counts['error']}. Warnings: {counts['warning']}. Remarks: {counts['info']}.",
            )
        )
    if counts["error"] or not all(verdict.holds for verdict in verdicts):
        ctx.exit(1)


def _print_verdicts(verdicts: "list[Verdict]") -> None:
    if not verdicts:
        return
    rows = [
        (
            say("håller", "holds") if verdict.holds else say("HÅLLER INTE", "FAILS"),
            verdict.name,
            "\n".join(verdict.misses),
        )
        for verdict in verdicts
    ]
    table((say("Utfall", "Verdict"), say("Förväntan", "Expectation"), say("Avvikelse", "Difference")), rows)
    held = sum(verdict.holds for verdict in verdicts)
    line(say(f"{held} av {len(verdicts)} förväntningar håller.", f"{held} of {len(verdicts)} expectations hold."))
