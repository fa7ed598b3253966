"""beroenden merge"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beroenden.cli import ids
from beroenden.cli.common import command, json_option, keep_and_write, keep_aside, write_json, wrote
from beroenden.cli.diff import print_difference
from beroenden.cli.printable import clean
from beroenden.errors import FaultyFilesError, UsageError
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.analysis.difference.difference import Difference
    from beroenden.modelfiles.editing.editable import Editable
    from beroenden.modelfiles.findings import Finding
    from beroenden.modelfiles.merging.conflicts import Conflict, Settled
    from beroenden.modelfiles.merging.merging import Merged


@command(
    "Slå ihop två modeller eller flera: det som bara en säger tas med, det som de säger olika om visas som konflikter med "
    "båda ställena, och då skrivs inget. Med --base, den modell som alla utgår från, gäller det som bara en har ändrat "
    "eller tagit bort. Resultatet har A:s filer med kommentarer och ordning; det nya läggs där dess like finns.",
    "Merge two models or more: what only one says is taken, what they say differently is shown as conflicts with both "
    "places, and then nothing is written. With --base, the model that all come from, what only one changed or removed "
    "holds. The result has A's files with comments and order; what is new is put where its like is.",
    "beroenden merge svar-fk svar-csn svar-bankgirot --base models/soes -o models/ny --conflicts att-avgora.csv",
)
@click.argument("a", type=click.Path(path_type=Path), metavar="A")
@click.argument("b", type=click.Path(path_type=Path), metavar="B")
@click.argument("more", nargs=-1, type=click.Path(path_type=Path), metavar="[…]")
@click.option(
    "--base",
    type=click.Path(path_type=Path),
    metavar=say("MODELL", "MODEL"),
    help=say("Modellen som A, B och de övriga utgår från.", "The model that A, B and the others come from."),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="C",
    help=say(
        "Mappen att skriva i (får vara A), eller en .toml-fil: då i en enhetlig form utan kommentarer.",
        "The folder to write to (may be A), or a .toml file: then in one form without comments.",
    ),
)
@click.option(
    "--actor-a",
    metavar="ID",
    shell_complete=ids.of_actors,
    help=say("Aktören vars svar A är.", "The actor whose answer A is."),
)
@click.option(
    "--actor-b",
    metavar="ID",
    shell_complete=ids.of_actors,
    help=say("Aktören vars svar B är.", "The actor whose answer B is."),
)
@click.option(
    "--owner-wins",
    is_flag=True,
    help=say(
        "En aktörs eget svar (--actor-a, --actor-b) gäller framför den andras om det som aktören ansvarar för; varje gång visas.",
        "An actor's own answer (--actor-a, --actor-b) outweighs the other's about what it owns; every time is shown.",
    ),
)
@click.option(
    "--conflicts",
    "conflicts_path",
    type=click.Path(path_type=Path),
    metavar=say("FIL", "FILE"),
    help=say(
        "Skriv konflikterna som en lista, .csv eller .toml, där ”välj” (i .toml ”take”) fylls i med a eller b, eller med "
        "namnet på mappen som gäller.",
        'Write the conflicts as a list, .csv or .toml, in which "take" is filled in with a or b, or with the name of the '
        "folder that holds.",
    ),
)
@click.option(
    "--settled",
    "settled_path",
    type=click.Path(path_type=Path),
    metavar=say("FIL", "FILE"),
    help=say(
        "Listan, ifylld. Av flera svar gäller det som är valt framför vart och ett av de andra.",
        "The list, filled in. Of several answers, the one that is taken over each of the others holds.",
    ),
)
@click.option(
    "--force",
    is_flag=True,
    help=say(
        "Skriv fast C finns; det som fanns där sparas bredvid, numrerat.",
        "Write although C exists; what was there is kept beside it, numbered.",
    ),
)
@click.option(
    "--dry-run", is_flag=True, help=say("Visa vad A får utan att skriva.", "Show what A gets without writing.")
)
@json_option
@click.pass_context
def merge(ctx: click.Context, /, json_path: str | None, **options: Any) -> None:
    """Print conflicts and what was decided; write the merged model when there are none."""
    from beroenden.analysis.difference.difference import difference
    from beroenden.modelfiles.merging.outcome import check_alike, network_of, put_into

    _check_options(options)
    _check_output(options["output"], options)
    opened = _opened(options)
    _check_actors(options, opened)
    merged = _merged(opened, options)
    known = [one for model in opened.values() for one in model.findings]
    network, findings = (None, []) if merged.conflicts or merged.errors else network_of(merged, known)
    if network is None:
        _tell(json_path, merged, findings, None, [])
        _list_conflicts(options["conflicts_path"], merged.conflicts)
        ctx.exit(1)
    first = opened["a"].network
    put_into(opened["a"], merged)
    check_alike(opened["a"].network, network)
    if options["conflicts_path"] is not None:
        path = options["conflicts_path"]
        message = say(f"Inga konflikter: {path} skrivs inte.", f"No conflicts: {path} is not written.")
        click.echo(clean(message), err=True)
    written = [] if options["dry_run"] else _written(opened["a"], options["output"])
    _tell(json_path, merged, findings, difference(first, network), written, options["actor_a"])


def _merged(opened: "dict[str, Editable]", options: dict[str, Any]) -> "Merged":
    """What becomes of the sides in the order that they were given, each called by its folder."""
    from beroenden.modelfiles.merging.alike import entities_alike
    from beroenden.modelfiles.merging.merging import merge as merge_sides
    from beroenden.modelfiles.merging.sides import side_of

    models = [model for name, model in opened.items() if name != "base"]
    short = [model.path.resolve().name for model in models]
    names = short if len({*short}) == len(short) else [str(model.path) for model in models]
    actors = [options["actor_a"], options["actor_b"], *(None for _ in options["more"])]
    sides = [side_of(*one) for one in zip(models, actors, names, strict=True)]
    base = side_of(opened["base"]) if "base" in opened else None
    settled = _settled(options["settled_path"])
    made = merge_sides(sides, base, settled=settled, owner_wins=options["owner_wins"])
    alike = entities_alike(made.sides, [model.path for model in models], base)
    return replace(made, remarks=(*made.remarks, *alike))


def _check_options(options: dict[str, Any]) -> None:
    if (options["output"] is None) != options["dry_run"]:
        raise UsageError(say("Ange antingen -o C eller --dry-run.", "Give either -o C or --dry-run."))
    if options["owner_wins"] and not (options["actor_a"] or options["actor_b"]):
        raise UsageError(
            say("--owner-wins kräver --actor-a eller --actor-b.", "--owner-wins needs --actor-a or --actor-b.")
        )
    if options["more"] and (options["actor_a"] or options["actor_b"]):
        raise UsageError(
            say(
                "--actor-a, --actor-b och --owner-wins gäller två modeller; slå då ihop två i taget.",
                "--actor-a, --actor-b and --owner-wins are for two models; merge two at a time then.",
            )
        )
    for option in ("conflicts_path", "settled_path"):
        path = options[option]
        if path is not None and path.suffix.lower() not in (".csv", ".toml"):
            raise UsageError(say(f"{path}: ange .csv eller .toml.", f"{path}: give .csv or .toml."))


def _check_output(output: Path | None, options: dict[str, Any]) -> None:
    """Refuse to write over what is there, unless it is A or asked for."""
    if output is None or not _holds_other(output, options["a"]):
        return
    if _is_around(output, options["a"]):
        raise UsageError(
            say(f"A ligger i {output}. Ange ett annat namn med -o.", f"A lies in {output}. Give another name with -o.")
        )
    if not options["force"]:
        raise UsageError(
            say(
                f"{output} finns redan och är inte A. Ange ett annat namn med -o, eller --force: då sparas det som fanns "
                "bredvid, numrerat.",
                f"{output} is there already and is not A. Give another name with -o, or --force: what was there is then kept "
                "beside it, numbered.",
            )
        )


def _holds_other(output: Path, a: Path) -> bool:
    """Whether something other than A is there."""
    if not output.exists() or output.resolve() == a.resolve():
        return False
    return not output.is_dir() or any(output.iterdir())


def _is_around(output: Path, a: Path) -> bool:
    return output.resolve() in a.resolve().parents


def _opened(options: dict[str, Any]) -> "dict[str, Editable]":
    """The models; the errors of all of them when there are any."""
    from beroenden.modelfiles.editing.editable import open_model

    opened: dict[str, Editable] = {}
    findings: list[object] = []
    more = {str(number): path for number, path in enumerate(options["more"], 3)}
    for name, path in {"a": options["a"], "b": options["b"], **more, "base": options["base"]}.items():
        if path is not None:
            try:
                opened[name] = open_model(path)
            except FaultyFilesError as error:
                findings += error.findings
    if findings:
        raise FaultyFilesError(findings)
    return opened


def _told_of(actor: str | None) -> str:
    who = say(f"A (svaret från {actor})", f"A (the answer of {actor})") if actor else "A"
    return say(f"{who} får:", f"{who} gets:")


def _check_actors(options: dict[str, Any], opened: "dict[str, Editable]") -> None:
    from beroenden.errors import unknown_id

    for name in ("a", "b"):
        actor, network = options[f"actor_{name}"], opened[name].network
        if actor is not None and actor not in network.entity:
            raise unknown_id(say("aktör", "actor"), actor, network.entity)


def _settled(path: Path | None) -> "list[Settled]":
    from beroenden.cli.merge_list import settled_rows
    from beroenden.modelfiles.findings import Report
    from beroenden.modelfiles.merging.settling import read_settled

    if path is None:
        return []
    report = Report()
    found = settled_rows(path, report) if path.suffix.lower() == ".csv" else read_settled(path, report)
    if report.findings:
        raise FaultyFilesError(report.in_order())
    return found


def _list_conflicts(path: Path | None, conflicts: "tuple[Conflict, ...]") -> None:
    """Write the list to settle; an earlier one, perhaps filled in, is kept beside it."""
    from beroenden.cli.merge_list import conflicts_csv
    from beroenden.modelfiles.merging.settling import conflicts_toml

    if path is None or not conflicts:
        return
    is_csv = path.suffix.lower() == ".csv"
    keep_and_write(path, conflicts_csv(conflicts) if is_csv else conflicts_toml(conflicts).encode())


def _written(opened: "Editable", output: Path) -> list[Path]:
    from beroenden.modelfiles.merging.outcome import write_to

    if _holds_other(output, opened.path):
        keep_aside(output)
    return write_to(opened, output)


def _tell(
    json_path: str | None,
    merged: "Merged",
    findings: "list[Finding]",
    found: "Difference | None",
    written: list[Path],
    actor: str | None = None,
) -> None:
    """The findings on stderr and what A gets on stdout; or all of it as JSON."""
    content = {
        "schema": "beroenden/merge/1",
        "conflicts": [one.to_dict() for one in merged.conflicts],
        "findings": [one.to_dict() for one in (*merged.errors, *findings)],
        "decided": [one.to_dict() for one in merged.decided],
        "remarks": [one.to_dict() for one in merged.remarks],
        "written": [str(path) for path in written],
        "difference": None if found is None else found.to_dict(),
    }
    if write_json(json_path, content):
        return
    for finding in (*merged.findings, *findings):
        click.echo(clean(finding), err=True)
    if found is None:
        counts = len(merged.conflicts), sum(one.severity == "error" for one in (*merged.errors, *findings))
        told = say(
            "Konflikter: {}. Fel: {}. Ingen modell är skriven.", "Conflicts: {}. Errors: {}. No model is written."
        )
        click.echo(told.format(*counts), err=True)
        return
    told = say("Konflikter: 0; avgjorda: {}.", "Conflicts: 0; settled: {}.")
    click.echo(told.format(len(merged.decided)), err=True)
    click.echo(_told_of(actor))
    print_difference(found)
    for path in written:
        wrote(path)
