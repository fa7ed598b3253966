"""A questionnaire as it comes back: every problem of it in one go, each with its sheet, row and column.

B830  error          a file cannot be read: damaged, too large, encrypted, another format; a folder without CSV files
B831  error          no table of the questionnaire is found
B832  warning        another sheet or file holds the same table; it is not read
B833  warning        a column is unknown
B834  error          a column is there twice
B835  error, info    a column is missing: one that the table must have, others
B836  error          merged cells
B837  error          a formula, or the error of one
B838  error          no duration or endurance; a number without a unit
B839  warning        read with a reservation: "ca", day and month by digits, a number taken for a text or a date
B840  error          no level or share
B841  error          no date
B842  error          no number or amount
B843  error          a word that the column does not hold
B844  error, warning an id or name that names nothing; whose form it is
B845  error          a row of what another actor answers for
B846  error, warning two rows for one thing; something new that is there already, or gone that is so already (info); something
                     new that another actor answers for (warning)
B847  error, warning what a new row lacks; a new supplier (info), something new whose name is like another's
B848  error          the rows of a group, shares or minst_antal disagree
B849  error          a label that is lowered
B850  info, warning  something of the model that the form lacks: a row, or what stood in a cell that has been emptied; a
                     whole sheet that it was sent with (warning)
B851  warning        looks like data on a person
B852  warning, info  what is answered has changed in the model since the form was written, or been verified: then it is not
                     read; what stays as it is there (info); different answers on needs that the form shows alike
B853  warning        the actor disagrees with what another says of it
B854  warning        a comment on a cell, or a text outside the tables
B855  info           an answer that stays of low confidence
B856  warning        a supplier that the actor names but may not read of itself
"""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from beroenden.errors import did_you_mean
from beroenden.interop.questionnaire.change import Answers, Change, Outrun, Unknown
from beroenden.interop.questionnaire.columns import NEEDS, OTHERS, PARTS, PAYMENTS, RESOURCES, Part
from beroenden.interop.questionnaire.content import Form, actors_of, form_of
from beroenden.interop.questionnaire.margin import remarks
from beroenden.interop.questionnaire.needs import read_needs
from beroenden.interop.questionnaire.others import read_others
from beroenden.interop.questionnaire.session import Session
from beroenden.interop.questionnaire.standing import outrun_answers
from beroenden.interop.questionnaire.table import Table, Tables, read_tables
from beroenden.interop.questionnaire.things import read_payments, read_resources
from beroenden.interop.questionnaire.unsure import unsure
from beroenden.language import say
from beroenden.model.labels import TLP, strictest
from beroenden.model.network import Network
from beroenden.modelfiles.findings import Finding, has_errors

_READERS: dict[str, Callable[[Session, Table], None]] = {
    RESOURCES.name: read_resources,
    NEEDS.name: read_needs,
    PAYMENTS.name: read_payments,
    OTHERS.name: read_others,
}


def read_form(
    path: str | Path,
    network: Network,
    *,
    actor: str | None = None,
    source: str | None = None,
    today: date | None = None,
    decided: Iterable[tuple[str, str]] = (),
) -> Answers:
    """Read a questionnaire: a workbook, a CSV file, or a folder of CSV files.

    An empty cell changes nothing, and neither does a cell that still holds what was written there; "okänt" takes a value
    away. What is changed is stamped with who says so, unless the answer tells that.

    Args:
        path: The file or folder.
        network: The model.
        actor: Who answers; by default as the form says.
        source: What stamps the source; by default the actor's name and the day.
        today: The day of the stamp; the current day by default.
        decided: What has been added by forms before and people have decided of: the actor, and the id. What of it is in the
            model no more is not added again.
    """
    tables = read_tables(Path(path))
    found = _actor(Path(path), network, tables, actor) if tables.by_part else None
    if found is None:
        return Answers("", findings=tuple(tables.findings()))
    form = form_of(network, found)
    stamp = source or f"{form.actor.name}, formulär {today or date.today()}"
    told = tables.said.get("formulär") or tables.said.get("form")
    is_earlier = bool(told) and told != form.fingerprint
    session = Session(
        network,
        form,
        stamp,
        _label(form, tables),
        may_be_known=is_earlier or not told,
        prefilled=tables.prefilled,
        decided=frozenset(one for who, one in decided if who == found),
    )
    for part in PARTS:
        if part.name in tables.by_part:
            _READERS[part.name](session, tables.by_part[part.name])
        elif part.name in tables.prefilled.parts:
            _part_is_absent(session, tables, part, Path(path))
    if is_earlier:
        _newer_is_told(session, tables)
    return _answers(session, tables, outrun_answers(session, _day_of(tables)))


def _part_is_absent(session: Session, tables: Tables, part: Part, path: Path) -> None:
    """A whole table that the form was sent with and that is not there: nothing of it is read, so nothing is answered."""
    message = say(
        f"bladet {part.name} fanns när formuläret skrevs och saknas nu: inget i det är besvarat, och modellen behålls som den är. "
        "Är det borttaget eller sparat för sig? Be om hela formuläret",
        f"the sheet {part.name} was there when the form was written and is missing now: nothing of it is answered, and the model "
        "is kept as it is. Was it deleted, or saved by itself? Ask for the whole form",
    )
    tables.heard[0].findings.append(Finding("B850", "warning", message, str(path), 1, 1))
    session.absent.append(Unknown(session.actor, None, f"bladet {part.name}"))


def _label(form: Form, tables: Tables) -> str:
    """The label of what was answered: as it says, but no looser than the form that would be written now."""
    said = (tables.said.get("märkning") or tables.said.get("label") or "").upper()
    return strictest(form.label, said) if said in TLP else form.label


def _answers(session: Session, tables: Tables, outrun: list[Outrun]) -> Answers:
    beside, doubtful = (*session.unclear, *remarks(tables)), tuple(unsure(session))
    findings = tables.findings()
    added = [Change("added", "entity", one, None, "", None, table, at) for one, (table, at) in session.added.items()]
    tried = (*session.changes, *added)
    changes = () if has_errors(findings) else tried
    return Answers(
        session.actor,
        changes,
        tuple(session.unknown),
        tuple(session.on_others),
        tuple(findings),
        session.label,
        remarks=beside,
        tried=tried,
        unseen=tuple(session.unseen),
        unsure=doubtful,
        outrun=(*outrun, *session.left),
        absent=tuple(session.absent),
        likenesses=tuple(session.likenesses),
        claimed=tuple(session.claimed),
    )


def _actor(path: Path, network: Network, tables: Tables, given: str | None) -> str | None:
    """Who answers: as asked, as the form says, else the only one that answers for what its rows name."""
    known, report = actors_of(network), tables.heard[0]
    said = tables.said.get("aktör") or tables.said.get("actor")
    if given is not None and said and given != said and said in known:
        message = say(f"formuläret är för {said}, inte {given}", f"the form is for {said}, not {given}")
        report.file("B844", path, message)
        return None
    chosen = given or said or _actor_of_rows(network, tables)
    if chosen in known:
        return chosen
    told = f" {chosen[:40]}" if chosen else ""
    message = say(
        f"det går inte att se vem formuläret är för{told}; ange aktören med --actor",
        f"it does not show whom the form is for{told}; give the actor with --actor",
    )
    near = did_you_mean(chosen, known) if chosen else None
    report.file("B844", path, message + (say(f". Menade du ”{near}”?", f'. Did you mean "{near}"?') if near else ""))
    return None


def _actor_of_rows(network: Network, tables: Tables) -> str | None:
    """The only actor that answers for the entities that the rows name."""
    found = set()
    for part, column in ((RESOURCES, "id"), (NEEDS, "från")):
        if part.name in tables.by_part:
            ids = (row.text(column) for row in tables.by_part[part.name].rows())
            found |= {network.actor_of(one) for one in ids if one in network.entity}
    return found.pop() if len(found) == 1 else None


def _newer_is_told(session: Session, tables: Tables) -> None:
    """What an earlier form changes is warned of: it may put back older answers.

    A form that does not tell what it was filled in with can only be warned of as a whole.
    """
    if not session.changes and not session.added:
        return
    table = next(iter(tables.by_part.values()))
    if not tables.prefilled.rows:
        message = say(
            "modellen har ändrats hos aktören sedan formuläret skrevs; se noga på skillnaden, så att inget nyare skrivs över",
            "the model has changed for the actor since the form was written; mind the difference, lest newer answers be lost",
        )
        table.at(table.head).warning("B852", message)


def _day_of(tables: Tables) -> date | None:
    """The day on which the form was written; None where it does not say."""
    said = tables.said.get("skrivet") or tables.said.get("written") or ""
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        return None
