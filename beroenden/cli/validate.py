"""beroenden validate"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beroenden.cli.common import command, json_option, line, model_argument, table, write_json
from beroenden.cli.missing import in_words
from beroenden.cli.printable import clean
from beroenden.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beroenden.analysis.checked import Area
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
    covered: Sequence[Area] = ()
    if network is not None and checks is not None:
        from beroenden.analysis.checked import areas
        from beroenden.analysis.checks import load_checks, run_checks

        expected, more = load_checks(checks, network)
        findings += more
        verdicts = run_checks(network, expected)
        covered = areas(network, expected, verdicts)
    counts = {one: sum(finding.severity == one for finding in findings) for one in _ORDER}
    content = {
        "schema": "beroenden/findings/1",
        "findings": [finding.to_dict() for finding in findings],
        "counts": counts,
        "checks": [verdict.to_dict() for verdict in verdicts],
        "areas": [area.to_dict() for area in covered],
    }
    if not write_json(json_path, content):
        for finding in findings:
            if _ORDER.index(finding.severity) <= _ORDER.index(severity):
                click.echo(clean(in_words([finding])))
        _print_verdicts(verdicts)
        _print_areas(covered)
        line(
            say(
                f"Fel: {counts['error']}. Varningar: {counts['warning']}. Upplysningar: {counts['info']}.",
                f"Errors: {counts['error']}. Warnings: {counts['warning']}. Info: {counts['info']}.",
            )
        )
    if counts["error"] or not all(verdict.holds for verdict in verdicts):
        ctx.exit(1)


def _print_areas(covered: "Sequence[Area]") -> None:
    """How far a second person has checked the model: how much of it, and by name what is left of the payments."""
    if not covered:
        return
    kinds = (("payment", say("betalningar", "payments")), ("actor", say("aktörer", "actors")))
    parts = []
    for kind, word in kinds:
        of = [one for one in covered if one.kind == kind]
        parts.append(
            say(f"{_counted(of, 'checked')} av {len(of)} {word}", f"{_counted(of, 'checked')} of {len(of)} {word}")
        )
    line(
        say(
            f"Kontrollerat av en andra person (by skild från entered_by): {parts[0]}, {parts[1]}. Resten är preliminärt.",
            f"Checked by a second person (by other than entered_by): {parts[0]}, {parts[1]}. The rest is provisional.",
        )
    )
    without = [one.name for one in covered if one.kind == "payment" and one.state == "unexpected"]
    if without:
        line(say("Betalningar utan någon förväntan: ", "Payments without any expectation: ") + "; ".join(without) + ".")


def _counted(covered: "Sequence[Area]", state: str) -> int:
    return sum(one.state == state for one in covered)


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
