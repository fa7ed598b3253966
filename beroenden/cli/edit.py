"""beroenden edit"""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beroenden.cli import ids, keys
from beroenden.cli.common import command, json_option, model_argument, write_json, wrote
from beroenden.cli.group import group
from beroenden.cli.printable import clean
from beroenden.errors import UsageError
from beroenden.language import say

if TYPE_CHECKING:
    from datetime import date

    from beroenden.model.entities import Entity
    from beroenden.model.network import Network
    from beroenden.modelfiles.editing.editable import Editable
    from beroenden.modelfiles.findings import Finding

_KINDS = ("entity", "payment", "window", "event", "audience", "need", "stage")
"""What can be added."""
_INNER = {"need": "needs", "stage": "stage"}
"""What is added to something that is there, and the key that it is listed under."""
_TABLES = {"need": ("entity", "needs"), "stage": ("payment", "stage")}
"""Where what is added inside something stands."""
_SAID = ("source", "verified")
"""What says who says so, and when: keys, and options of the same names."""
_HOLDER = re.compile(r".*(?:needs|stage)(?:\.[^.\[]+|\[\d+\])(?:\.|$)")
"""The need or stage that a key lies within."""


@group(
    "Ändra modellens filer; kommentarer, ordning och allt som inte ändras står kvar som det var. "
    "Det som skrivs är alltid en modell som går att läsa, annars skrivs inget.",
    "Change a model's files; comments, order and all that is not changed stay as they were. "
    "What is written is always a model that reads; otherwise nothing is written.",
    "beroenden edit set models/soes bankgirot rto 6h --dry-run",
)
def edit() -> None:
    """The commands that change a model."""


def _writing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    dry_run = click.option(
        "--dry-run", is_flag=True, help=say("Visa skillnaden utan att skriva.", "Show the difference without writing.")
    )
    return dry_run(json_option(command))


def _stamp_options(command: Callable[..., Any]) -> Callable[..., Any]:
    source = click.option(
        "--source",
        metavar=say("KÄLLA", "SOURCE"),
        help=say(
            "Vem som säger det: läggs till i ”source” där det ändras, framför den källa som finns.",
            'Who says so: added to "source" where it changes, before the one that is there.',
        ),
    )
    verified = click.option(
        "--verified",
        metavar=say("DATUM", "DATE"),
        help=say("När det bekräftades, t.ex. 2026-02-14.", "When it was confirmed, e.g. 2026-02-14."),
    )
    return source(verified(command))


@command(
    "Sätt en nyckel. ID är en entitet, en betalning, model, eller window:ID, event:ID, audience:AKTÖR. NYCKEL skrivs "
    "t.ex. rto, contact.role, needs[0].endurance, needs.rix.endurance eller stage.clearing.duration. VÄRDE skrivs utan "
    "citattecken; - tar bort nyckeln; ett värde under noll skrivs efter --.",
    "Set a key. ID is an entity, a payment, model, or window:ID, event:ID, audience:ACTOR. Write KEY as rto, "
    "contact.role, needs[0].endurance, needs.rix.endurance or stage.clearing.duration. VALUE needs no quotes; - removes "
    "the key; write one below zero after --.",
    'beroenden edit set models/soes bankgirot rto 6h --source "Bankgirot, intervju" --verified 2026-02-14',
)
@model_argument
@click.argument("target", metavar="ID", shell_complete=ids.of_editable)
@click.argument("key", metavar=say("NYCKEL", "KEY"), shell_complete=keys.of_keys)
@click.argument("value", required=False, metavar=say("[VÄRDE]", "[VALUE]"), shell_complete=keys.of_value)
@click.option("--unset", is_flag=True, help=say("Ta bort nyckeln.", "Remove the key."))
@_stamp_options
@_writing_options
def set_(
    model: Path,
    target: str,
    key: str,
    value: str | None,
    unset: bool,
    source: str | None,
    verified: str | None,
    dry_run: bool,
    json_path: str | None,
) -> None:
    """Set or remove a key."""
    from beroenden.cli.headings import check_heading
    from beroenden.modelfiles.editing.fields import Written

    if unset == (value is not None):
        raise UsageError(say("Ange ett värde, eller --unset.", "Give a value, or --unset."))
    opened = _open(model)
    around = opened.steps(target, key)[:-1]
    check_heading((*opened.find(target)[1], *around), key.rpartition(".")[2])
    before = opened.verified(target, around)
    if value is None or value == "-":
        opened.unset(target, key)
    else:
        opened.set(target, key, Written(value))
    _stamp(opened, target, (around, _within(key)), source, verified)
    _tell_of_an_earlier_day(before, opened.verified(target, around))
    _finish(opened, dry_run, json_path, {})


@command(
    "Lägg till en entity, payment, window, event eller audience med NYCKEL=VÄRDE, eller en need eller stage hos något som "
    "finns (--to ID).",
    "Add an entity, payment, window, event or audience with KEY=VALUE, or a need or stage of something that is there "
    "(--to ID).",
    "beroenden edit add models/soes need --to bankgirot provider=elnat endurance=24h --source antagande --dry-run",
)
@model_argument
@click.argument("kind", metavar=say("SLAG", "KIND"), shell_complete=ids.among(*_KINDS))
@click.argument("pairs", nargs=-1, metavar=say("[NYCKEL=VÄRDE]…", "[KEY=VALUE]…"), shell_complete=keys.of_pairs)
@click.option(
    "--to",
    "owner",
    metavar="ID",
    shell_complete=ids.of_all,
    help=say("Vad behovet eller steget hör till.", "What it belongs to."),
)
@click.option("--stage", metavar="ID", help=say("Steget som behovet hör till.", "The stage that the need belongs to."))
@click.option(
    "--at",
    "index",
    type=click.IntRange(0),
    metavar="N",
    help=say("Plats i listan, från 0 [sist].", "Place in the list, from 0 [last]."),
)
@click.option(
    "--file",
    "snippet",
    type=click.Path(path_type=Path),
    metavar=say("FIL", "FILE"),
    help=say(
        "Lägg till alla tabeller i en TOML-fil, eller inga; de ska alla vara av slaget SLAG.",
        "Add all tables of a TOML file, or none; all of them must be of KIND.",
    ),
)
@click.option(
    "--in",
    "home",
    metavar=say("FIL", "FILE"),
    help=say(
        "Modellens fil som det läggs i [där det mesta av samma slag är].",
        "The model's file to put it in [where most of its kind are].",
    ),
)
@_stamp_options
@_writing_options
def add(
    model: Path,
    kind: str,
    pairs: tuple[str, ...],
    owner: str | None,
    stage: str | None,
    index: int | None,
    snippet: Path | None,
    home: str | None,
    source: str | None,
    verified: str | None,
    dry_run: bool,
    json_path: str | None,
) -> None:
    """Add tables."""
    from beroenden.cli.headings import check_heading
    from beroenden.modelfiles.editing.fields import Written

    stamp = {key: Written(value) for key, value in (("source", source), ("verified", verified)) if value is not None}
    tables = _of_file(snippet, kind) if snippet else [_of_pairs(pairs)]
    if snippet and pairs:
        raise UsageError(say("Ange NYCKEL=VÄRDE eller --file, inte båda.", "Give KEY=VALUE or --file, not both."))
    opened = _open(model)
    before = opened.reading.network
    for pair in pairs:
        check_heading(_TABLES.get(kind, (kind,)), pair.partition("=")[0].strip())
    for number, table in enumerate(tables):
        stamped = table | stamp if kind not in ("window", "audience") else table
        at = None if index is None else index + number
        if kind not in _INNER:
            opened.add(kind, stamped, file=home)
        elif owner is None:
            raise UsageError(say(f"Ange --to ID: vad {kind} hör till.", f"Give --to ID: what the {kind} belongs to."))
        elif kind == "stage":
            opened.add_stage(owner, stamped, index=at)
        else:
            opened.add_need(owner, stamped, stage=stage, index=at)
    given = [{*table, *stamp} for table in tables]
    if kind not in ("window", "audience") and not all("source" in one for one in given):
        _remind([one for one in _SAID if not all(one in told for told in given)])
    after = opened.reading.network
    if before is not None and after is not None:
        _tell_of_labels(after, [one for one in after.entities if one.id not in before.entity])
    _finish(opened, dry_run, json_path, {})


@command(
    "Ta bort en entitet, en betalning, window:ID, event:ID eller audience:AKTÖR, eller med NYCKEL det som nyckeln är: "
    "ett behov (needs.rix), ett steg (stage.clearing) eller ett värde, som set --unset. Vägras så länge något hänvisar dit.",
    "Remove an entity, a payment, window:ID, event:ID or audience:ACTOR, or with KEY what the key is: a need (needs.rix), "
    "a stage (stage.clearing) or a value, as set --unset. Refused while something refers to it.",
    "beroenden edit remove models/soes sgsi --cascade --dry-run",
)
@model_argument
@click.argument("target", metavar="ID", shell_complete=ids.of_editable)
@click.argument("key", required=False, metavar=say("[NYCKEL]", "[KEY]"), shell_complete=keys.of_keys)
@click.option(
    "--cascade",
    is_flag=True,
    help=say(
        "Ta även bort det som hänvisar dit: behov, medlemmar i any_of, andelar, ägare.",
        "Also remove what refers to it: needs, members of any_of, shares, owners.",
    ),
)
@_writing_options
def remove(model: Path, target: str, key: str | None, cascade: bool, dry_run: bool, json_path: str | None) -> None:
    """Remove a table, or a key of one."""
    opened = _open(model)
    gone = opened.remove(target, cascade=cascade) if key is None else []
    if key is not None:
        opened.unset(target, key)
    _finish(opened, dry_run, json_path, {"references": [str(one) for one in gone]})


@command(
    "Byt id, överallt där det används. Scenarier och förväntningar som anges med --also följer med; i händelseloggar "
    "ändras inget, men det visas var de har det gamla id:t.",
    "Change an id wherever it is used. Scenarios and checks given with --also follow; nothing is changed in incident logs, "
    "but where they have the old id is shown.",
    "beroenden edit rename models/soes elnat elnaten --also sample_data/scenarios/tele-sex-timmar.toml --dry-run",
)
@model_argument
@click.argument("old", metavar=say("GAMMALT", "OLD"), shell_complete=ids.of_editable)
@click.argument("new", metavar=say("NYTT", "NEW"))
@click.option(
    "--also",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar=say("FIL", "FILE"),
    help=say("Scenario, förväntningar eller händelselogg; kan upprepas.", "Scenario, checks or log; can be repeated."),
)
@_writing_options
def rename(model: Path, old: str, new: str, also: tuple[Path, ...], dry_run: bool, json_path: str | None) -> None:
    """Change an id."""
    opened = _open(model)
    renamed = opened.rename(old, new, also=also)
    content = {"references": renamed.references, "in_logs": list(renamed.in_logs)}
    is_stdout = _finish(opened, dry_run, json_path, content)
    if not is_stdout:
        count = renamed.references
        sv, en = ("hänvisning", "reference follows") if count == 1 else ("hänvisningar", "references follow")
        click.echo(say(f"{count} {sv} följer med.", f"{count} {en}."))
        for place in renamed.in_logs:
            click.echo(clean(say(f"Loggen har kvar {old}: {place}", f"The log still has {old}: {place}")))


@command(
    "Ångra den sista ändringen med set, add, remove eller rename: filerna blir som de var före den. Det går en gång, och så "
    "länge ingen av modellens filer har ändrats sedan dess, inte heller av import form. Det som behövs sparas i modellens "
    "mapp, i den dolda filen .model.undo (.model.lock bredvid den hindrar bara att två skriver samtidigt).",
    "Undo the last change by set, add, remove or rename: the files become what they were before it. That can be done once, "
    "and as long as none of the model's files has been changed since, by import form or otherwise. What it takes is kept in "
    "the model's folder, in the hidden file .model.undo (.model.lock beside it only keeps two from writing at once).",
    "beroenden edit undo models/ny --dry-run",
)
@model_argument
@_writing_options
def undo(model: Path, dry_run: bool, json_path: str | None) -> None:
    """Take back the last edit."""
    from beroenden.modelfiles.editing.undoing import last_edit

    last = last_edit(model)
    difference, files = last.diff(), list(last.files)
    if not dry_run:
        last.commit()
    content = {
        "schema": "beroenden/edit/1",
        "changed": [str(file) for file in files],
        "written": not dry_run,
        "diff": difference,
        "undone": last.what,
    }
    if write_json(json_path, content):
        return
    click.echo(clean(say(f"Ångrar: {last.what}", f"Undoes: {last.what}")), err=True)
    if dry_run:
        click.echo(clean(difference.replace("\r\n", "\n")), nl=False)
        return
    for file in files:
        if file.exists():
            wrote(file)
        else:
            click.echo(say(f"Tog bort {file}", f"Removed {file}"), err=True)


for _command, _name in ((set_, "set"), (add, "add"), (remove, "remove"), (rename, "rename"), (undo, "undo")):
    edit.add_command(_command, _name)


def _open(model: Path) -> "Editable":
    """The model to change; where it refers to what is not there, also how to get on, for no edit can add that."""
    from beroenden.errors import FaultyFilesError
    from beroenden.modelfiles.editing.editable import open_model

    try:
        return open_model(model)
    except FaultyFilesError as error:
        if any(getattr(one, "code", "") == "B301" for one in error.findings):
            message = say(
                "Modellen hänvisar redan till något som inte finns, och edit ändrar bara en modell som går att läsa. Ta bort "
                "hänvisningen i filen, lägg till det som saknas med edit add och skriv sedan tillbaka hänvisningen:",
                "The model already refers to what is not there, and edit changes only a model that reads. Take the reference "
                "out of the file, add what is missing with edit add and then put the reference back:",
            )
            click.echo(message, err=True)
        raise


def _finish(opened: "Editable", dry_run: bool, json_path: str | None, more: dict[str, Any]) -> bool:
    """Show the difference or write it; True when stdout holds JSON and nothing else."""
    for one in opened.taken:
        click.echo(clean(one), err=True)
    difference = opened.diff()
    changed = [str(file) for file in opened.changed()]
    fresh = _fresh_warnings(opened)
    if not dry_run:
        opened.commit(_typed())
    content = {
        "schema": "beroenden/edit/1",
        "changed": changed,
        "written": not dry_run and bool(changed),
        "diff": difference,
        "findings": [one.to_dict() for one in fresh],
        "read_as": [{"key": one.key, "written": one.written, "value": one.value} for one in opened.taken],
        **more,
    }
    if write_json(json_path, content):
        return True
    for finding in fresh:
        click.echo(clean(finding), err=True)
    if dry_run:
        click.echo(clean(difference.replace("\r\n", "\n")), nl=False)
    if not changed:
        click.echo(say("Inget ändras.", "Nothing changes."))
    for file in changed if not dry_run else ():
        wrote(Path(file))
    return False


def _typed() -> str:
    """The change as it was typed: the command and its arguments."""
    context = click.get_current_context()
    named = [one.name for one in context.command.params if isinstance(one, click.Argument) and one.name != "model"]
    words = [context.params[name] for name in named if name and context.params[name]]
    every = [part for word in words for part in (word if isinstance(word, tuple) else (word,))]
    return " ".join([context.info_name or "", *every])


def _fresh_warnings(opened: "Editable") -> "list[Finding]":
    """The warnings that the changes bring; a line that only moved brings none."""
    known = Counter((one.code, one.message) for one in opened.warnings_before)
    fresh = []
    for one in opened.findings:
        if one.severity == "warning":
            known[one.code, one.message] -= 1
            if known[one.code, one.message] < 0:
                fresh.append(one)
    return fresh


def _within(key: str) -> str:
    """A key as its own need or stage calls it; of a need or stage that is removed, the whole key."""
    return _HOLDER.sub("", key) or key


def _stamp(
    opened: "Editable", target: str, key: tuple[tuple[str | int, ...], str], source: str | None, verified: str | None
) -> None:
    """Say who says so and when; `key` leads to the table around what changed, and is what changed within it."""
    from beroenden.modelfiles.editing.fields import Written

    if source is not None or verified is not None:
        kept = opened.stamp(
            target,
            key[0],
            source=None if source is None else Written(source),
            verified=None if verified is None else Written(verified),
            about=key[1],
        )
        if kept:
            message = say(
                f"Källan läggs till; den som fanns gäller resten och står kvar: {kept}",
                f"The source is added; the one that was there holds for the rest and stays: {kept}",
            )
            click.echo(clean(message), err=True)
    missing = [one for one, told in zip(_SAID, (source, verified), strict=True) if told is None]
    if missing and opened.has_source(target) and key[1] not in _SAID:
        _remind(missing)


def _tell_of_an_earlier_day(before: "date | None", after: "date | None") -> None:
    """Ask about a day of verification that is earlier than the one that was there."""
    if before is not None and after is not None and after < before:
        message = say(
            f"verified går bakåt, från {before} till {after}: är uppgiften äldre än den som fanns, eller är dagen felskriven?",
            f"verified goes back, from {before} to {after}: is this older than what was there, or is the day mistyped?",
        )
        click.echo(message, err=True)


def _tell_of_labels(network: "Network", new: "list[Entity]") -> None:
    """Of what is new and has no label of its own, where that lets more people read it than the rest of its owner's."""
    from beroenden.model.labels import strictest

    for one in new:
        others = [other.id for other in network.entities if one.owner and other.owner == one.owner and other not in new]
        label, usual = network.tlp, strictest(network.tlp, *map(network.label_of, others))
        if one.provenance.tlp is None and usual != label:
            message = say(
                f"{one.id} får modellens märkning, {label}; annat som {one.owner} svarar för har {usual}. Ska det ha det: "
                f"beroenden edit set MODELL {one.id} tlp {usual}",
                f"{one.id} gets the model's label, {label}; other things that {one.owner} answers for have {usual}. If it "
                f"should have that: beroenden edit set MODEL {one.id} tlp {usual}",
            )
            click.echo(clean(message), err=True)


def _remind(missing: list[str]) -> None:
    """Ask for what is missing of who says so and when."""
    questions = {
        "source": say("vem säger det", "who says so"),
        "verified": say("när bekräftades det", "when was it confirmed"),
    }
    asked = say(", och ", ", and ").join(questions[one] for one in missing)
    options = say(" och ", " and ").join(f"--{one}" for one in missing)
    click.echo(
        say(
            f"Påminnelse: {asked}? Ange {options}; det som stod där står annars kvar.",
            f"Reminder: {asked}? Give {options}; otherwise what was there stays.",
        ),
        err=True,
    )


def _of_pairs(pairs: tuple[str, ...]) -> dict[str, Any]:
    """A table of KEY=VALUE; a dotted key goes into an inner table."""
    from beroenden.modelfiles.editing.fields import Written

    table: dict[str, Any] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals:
            raise UsageError(say(f"{pair}: skriv NYCKEL=VÄRDE.", f"{pair}: write KEY=VALUE."))
        inner = table
        *outer, last = key.strip().split(".")
        for step in outer:
            inner = inner.setdefault(step, {})
        inner[last] = Written(value.strip())
    return table


def _of_file(path: Path, kind: str) -> list[dict[str, Any]]:
    """The tables of a kind in a TOML file, [[need]] and [[stage]] included; anything else in it is refused."""
    from beroenden.errors import FaultyFilesError
    from beroenden.modelfiles.findings import Report
    from beroenden.modelfiles.read import parse

    report = Report()
    parsed = parse(path, report)
    if parsed is None:
        raise FaultyFilesError(report.in_order())
    found = parsed[0].get(kind)
    if not isinstance(found, list) or set(parsed[0]) != {kind}:
        raise UsageError(
            say(
                f"{path} ska bara ha [[{kind}]]; lägg till varje slag för sig.",
                f"{path} should hold [[{kind}]] and nothing else; add each kind by itself.",
            )
        )
    return found
