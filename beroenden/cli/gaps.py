"""beroenden gaps"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beroenden.cli import ids
from beroenden.cli.common import command, heading, json_option, line, load_network, model_argument, table, write_json
from beroenden.cli.documents import check_ending, write_made
from beroenden.errors import UsageError
from beroenden.language import say, writing_in

if TYPE_CHECKING:
    from datetime import date

    from beroenden.analysis.gaps.gap import Gap, Kind
    from beroenden.analysis.gaps.gaps import Gaps
    from beroenden.model.network import Network
    from beroenden.sharing.viewer import Viewer

_KINDS: tuple["Kind", ...] = (
    "expectation",
    "tolerance",
    "capability",
    "untested",
    "level",
    "chain",
    "one_sided",
    "responsibility",
    "stale",
    "concentration",
    "mutual",
)


class _Kind(click.Choice[str]):
    """A kind by its word, or by its heading in the Swedish report or the beginning of that."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The kind; asked for in Swedish, the one whose heading begins so."""
        from beroenden.analysis.gaps.kinds import kind_title

        wanted = " ".join(str(value).casefold().split())
        with writing_in("sv"):
            near = [kind for kind in _KINDS if len(wanted) > 3 and kind_title(kind).casefold().startswith(wanted)]
        return super().convert(near[0] if len(near) == 1 else value, param, ctx)


@command(
    "Visa var aktörernas förväntningar på varandra inte möts, och vad som inte är känt.",
    "Show where the actors' expectations of each other do not meet, and what is not known.",
    "beroenden gaps models/soes --actor forsakringskassan -o gap-fk.docx",
)
@model_argument
@click.option(
    "--actor",
    metavar="ID",
    shell_complete=ids.of_actors,
    help=say(
        "Bara det som aktören har del i; rapporten (-o) görs då också för den, om inte --to säger annat.",
        "Only what the actor has a part in; the report (-o) is then also made for it, unless --to says otherwise.",
    ),
)
@click.option(
    "--payment",
    metavar="ID",
    shell_complete=ids.of_payments,
    help=say("Bara det som betalningen vilar på.", "Only what the payment rests on."),
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=_Kind(_KINDS),
    metavar=say("SLAG", "KIND"),
    help=say(
        "Bara detta slags gap, som i rapporten (”förväntansgap”, ”ansvar som saknas”) eller kort; kan upprepas: ",
        "Only this kind of gap; can be repeated: ",
    )
    + ", ".join(_KINDS)
    + ".",
)
@click.option(
    "--today",
    metavar=say("DAG", "DAY"),
    help=say("Dagen som ålder räknas från [i dag].", "The day from which age is counted [today]."),
)
@click.option(
    "--older-than",
    "older",
    default="12 months",
    show_default=say("12 månader", "12 months"),
    metavar=say("TID", "TIME"),
    help=say(
        "Det som kontrollerades eller testades för längre sedan är gammalt, t.ex. ”6 månader”, ”8 veckor” eller ”60 dagar”.",
        'What was verified or tested longer ago is old, e.g. "6 months", "8 weeks" or "60 days".',
    ),
)
@click.option(
    "--to",
    "--tlp",
    "to",
    metavar=say("AKTÖR|MÄRKNING", "ACTOR|LABEL"),
    shell_complete=ids.of_readers,
    help=say(
        "Mottagaren: en aktör, eller en märkning som TLP:GREEN. Vad den inte får se finns inte med och räknas inte.",
        "The reader: an actor, or a label such as TLP:GREEN. What it may not see is not there and does not count.",
    ),
)
@click.option(
    "--top",
    type=click.IntRange(1),
    metavar="N",
    default=8,
    show_default=True,
    help=say("Antal av varje slag som visas i terminalen.", "Number of each kind shown in the terminal."),
)
@click.option(
    "--lang",
    type=click.Choice(["sv", "en"]),
    default="sv",
    show_default=True,
    help=say("Rapportens språk.", "The language of the report."),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar=say("FIL", "FILE"),
    help=say("Rapporten: .md, .html eller .docx.", "The report: .md, .html or .docx."),
)
@json_option
def gaps(model: Path, top: int, lang: Any, output: Path | None, json_path: str | None, **options: Any) -> None:
    """Print the gaps kind by kind, those on which most rests first; or write them as a report."""
    if output is not None:
        check_ending(output)
    network = load_network(model)
    viewer = _viewer(network, options["to"], options["actor"] if output is not None else None)
    found = _found(network, viewer, options)
    if output is not None:
        from beroenden.documents.gaps import gaps_document

        write_made(gaps_document(found, viewer, lang), output)
    if not write_json(json_path, found.to_dict()) and output is None:
        if viewer is None and found.actor is not None:
            _tell_whose(found, found.actor)
        _print(found, top)


def _tell_whose(found: "Gaps", actor: str) -> None:
    """That what is printed about an actor is not for it."""
    name = found.network.entity[actor].name
    line(
        say(
            f"För det egna huset: här står också det som {name} inte får se. För {name} görs rapporten med -o, och visningen "
            f"med --to {actor}.",
            f"For the own house: this also holds what {name} may not see. For {name} the report is made with -o, and shown "
            f"with --to {actor}.",
        )
    )


def _viewer(network: "Network", to: str | None, actor: str | None) -> "Viewer | None":
    from beroenden.sharing.viewer import viewer_for

    reader = to or (actor if actor in network.entity else None)
    return None if reader is None else viewer_for(network, reader)


def _found(network: "Network", viewer: "Viewer | None", options: dict[str, Any]) -> "Gaps":
    from beroenden.analysis.gaps.age import age_of
    from beroenden.analysis.gaps.gaps import find_gaps
    from beroenden.sharing.masking import masked

    mask = masked(network, viewer)
    actor, payment = options["actor"], options["payment"]
    for one in (actor, payment):
        if one is not None and mask.ids.get(one, one) in mask.network.withheld:
            raise UsageError(say(f"Mottagaren får inte se {one}.", f"The reader may not see {one}."))
    return find_gaps(
        mask.network,
        _today(options["today"]),
        age=age_of("--older-than", options["older"]),
        kinds=options["kinds"],
        actor=actor,
        payment=payment,
    )


def _today(text: str | None) -> "date":
    from datetime import date

    from beroenden.units.typed import typed_days

    if text is None:
        return date.today()
    try:
        first, last = typed_days(text)
        if first != last:
            raise ValueError(text)
        return first
    except ValueError:
        raise UsageError(
            say(
                f"--today: ”{text[:60]}” är ingen dag; skriv 2026-12-01.",
                f'--today: "{text[:60]}" is no day; write 2026-12-01.',
            )
        ) from None


def _print(found: "Gaps", top: int) -> None:
    from beroenden.analysis.gaps.kinds import kind_meaning, kind_title

    for one in found.checked:
        gaps = found.of(one.kind)
        if not gaps:
            continue
        heading(f"{kind_title(one.kind)}: {len(gaps)}")
        line(kind_meaning(one.kind, found.ground.age))
        _table(found, gaps[:top])
        if len(gaps) > top:
            left = len(gaps) - top
            line(say(f"{left} till visas inte (--top {len(gaps)}).", f"{left} more are not shown (--top {len(gaps)})."))
    _print_checked(found)
    _print_unknown(found)


def _table(found: "Gaps", gaps: "tuple[Gap, ...]") -> None:
    from beroenden.analysis.gaps.tables import gap_table
    from beroenden.analysis.gaps.wording import gap_words

    if gaps[0].kind == "mutual":
        for gap in gaps:
            line(gap_words(gap, found.ground))
        return
    made = gap_table(gaps, found.ground)
    table(made.headings, made.rows, right=made.right)
    for note in made.notes:
        line(note)


def _print_checked(found: "Gaps") -> None:
    from beroenden.analysis.gaps.kinds import kind_title
    from beroenden.analysis.gaps.wording import checked_words
    from beroenden.units.numbers import number

    heading(checked_words(found))
    table(
        (
            say("Slag", "Kind"),
            say("Funna", "Found"),
            say("Prövade", "Checked"),
            say("Gick inte att avgöra", "Undecided"),
        ),
        [
            (kind_title(one.kind), number(len(found.of(one.kind))), number(one.of), number(one.undecided))
            for one in found.checked
        ],
        right=(1, 2, 3),
    )


def _print_unknown(found: "Gaps") -> None:
    """What is not known, all actors that are asked about together."""
    from beroenden.analysis.gaps.kinds import kind_title
    from beroenden.analysis.gaps.wording import unknown_words

    lacking = found.lacking()
    if not lacking:
        return
    heading(say("Det som saknas", "What is missing"))
    table(
        (say("Behövs för", "Needed for"), say("Saknas", "Missing")),
        [(kind_title(one.kind), unknown_words(one)) for one in lacking],
    )
    if found.payment:
        line(say("Det gäller alla betalningar, inte bara denna.", "That refers to all payments, not only this one."))
    line(
        say(
            "Aktör för aktör: --actor, --json eller rapporten (-o).",
            "Actor by actor: --actor, --json or the report (-o).",
        )
    )
