"""What the public is told (form allmanhet): which payments, when, whose customers; the rest is left to people."""

from collections.abc import Iterator, Sequence

from beroenden.documents.document import Block, Bullets, Document, Item, Paragraph, Section, Table
from beroenden.documents.heading import row
from beroenden.incident.forms import Question, public_form
from beroenden.incident.lagesbild.rows import not_within
from beroenden.incident.lagesbild.situation import Situation
from beroenden.incident.lagesbild.statements import Statement, status_word
from beroenden.language import say, writing_in

_COMPLETED = 2
_SHOWN = (0, 1, _COMPLETED, 5)
"""Of the cells of a late payment: which, planned, expected, for accounts in which banks; never the cause."""


def public(situation: Situation) -> Document:
    """The text for the public, of what was chosen for sharing and may be read by all."""
    with writing_in(situation.language):
        return Document(
            form=situation.form,
            title=say("Information till allmänheten: ", "Information for the public: ") + situation.actor_name,
            label=situation.tlp,
            is_exercise=situation.is_exercise,
            language=situation.language,
            header=(
                row("aktor", situation.actor_name),
                row("lage_per", situation.time_text(situation.at)),
                row("godkand_av", situation.approved_by),
            ),
            notice=_notice(situation),
            sections=tuple(_section(situation, question) for question in public_form()),
        )


def _notice(situation: Situation) -> str:
    if situation.approved_by:
        return say("Alla tider är svensk tid.", "All times are Swedish time.")
    return say(
        "Alla tider är svensk tid. Utkast: skrivs färdigt och fastställs av en människa före publicering.",
        "All times are Swedish time. Draft: to be completed and approved by a person before it is published.",
    )


def _section(situation: Situation, question: Question) -> Section:
    statements = [one for key in question.key.split() for one in situation.in_section(key)]
    blocks = tuple(_blocks(statements)) or (Paragraph(question.otherwise, is_prompt=True),)
    return Section(f"allmanhet.{question.key.split()[0].partition('.')[2]}", question.text, 1, blocks)


def _blocks(statements: Sequence[Statement]) -> Iterator[Block]:
    """Late payments as a table, what else is said as it is; of both, on what it depends."""
    late = [one for one in statements if one.section == "prognos.betalningar" and len(one.cells) > max(_SHOWN)]
    if late:
        headings = tuple(late[0].cells[place][0] for place in _SHOWN)
        yield Table(headings, tuple(tuple(_cell(one, place) for place in _SHOWN) for one in late))
    told = [one for one in statements if one not in late]
    if told:
        yield Bullets(tuple(map(_item, told)))
    computed = [one for one in statements if one.status == "modellberäknad"]
    if computed and all(one.is_over for one in computed):
        yield Paragraph(
            say(
                "Tiderna är beräknade; att pengarna har kommit är inte bekräftat.",
                "The times are computed; that the money has arrived is not confirmed.",
            )
        )
    elif computed:
        condition = next((one.condition for one in statements if one.condition), "")
        holds = f"{condition[:1].lower()}{condition[1:]}"
        on_what = say(f" De gäller {holds}.", f" They hold {holds}.") if condition else ""
        yield Paragraph(
            say("Tiderna är en prognos och kan ändras.", "The times are a forecast and may change.") + on_what
        )


def _item(statement: Statement) -> Item:
    """What is said, and that nobody has confirmed it where that is so."""
    is_unconfirmed = statement.status == "obekräftad"
    return Item(statement.text, status_word(statement.status) if is_unconfirmed else "")


def _cell(late: Statement, place: int) -> str:
    """A cell of a late payment; who knows no period is told that nobody knows yet when it comes."""
    value = late.cells[place][1]
    if place != _COMPLETED:
        return value
    if value == not_within():
        return say("går inte att säga ännu", "cannot be said yet")
    return value.replace(not_within(), say("går det inte att säga ännu", "it cannot be said yet"))
