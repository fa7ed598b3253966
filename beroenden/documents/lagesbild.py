"""The lägesbild on one of its forms: internal, for sharing (delgivning), or SOES' four fields."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import groupby, pairwise, takewhile

from beroenden.documents.document import Block, Bullets, Chart, Document, Figure, Item, Paragraph, Section, Table
from beroenden.documents.heading import heading_of, left_blank, notice_of
from beroenden.incident.basis import Basis
from beroenden.incident.forms import (
    CHANGED,
    HIGHLIGHTS,
    Audience,
    Box,
    Question,
    internal_form,
    left_to_a_person,
    sharing_form,
    short_parts,
)
from beroenden.incident.lagesbild.situation import Situation
from beroenden.incident.lagesbild.statements import Statement, status_word
from beroenden.incident.lagesbild.uncertainty import PERCENTILES, at_percentile
from beroenden.incident.lagesbild.variations import varied
from beroenden.incident.reported import SHARE
from beroenden.language import say, writing_in

_MOST_IN_SHORT = 3
"""Statements of a section that the short form has room for."""
_LATEST_FIRST = ("fakta.handelse", "inriktning.beslut")
"""Sections of which the short form has the latest."""
_LONG_CELL = 40
"""Characters beyond which a cell of the development is not said again in the row under it."""
Pictures = Mapping[str, Sequence[Chart]]
"""Pictures by the section that they belong to."""


def internal(situation: Situation, pictures: Pictures | None = None) -> Document:
    """FSPOS' internal lägesbild; support questions without statements stay as prompts."""
    with writing_in(situation.language):
        title = say("Intern lägesbild", "Internal situation report")
        sections = [
            *_opening(situation),
            *(section for box in internal_form() for section in _box(situation, box, pictures or {})),
        ]
        return _document(situation, title, sections)


def short(situation: Situation) -> Document:
    """What a chief reads first, on at most two pages: the key points, what has happened, decisions, what is not known."""
    with writing_in(situation.language):
        sections = [*_opening(situation, _first), *(_first_of(situation, *part) for part in short_parts())]
        parts = (situation.changes, *(situation.in_section(key) for key, _ in short_parts()))
        shown = (one for statements in parts for one in _foremost(statements)[:_MOST_IN_SHORT])
        label = situation.label_of((*situation.in_section(HIGHLIGHTS), *shown))
        title = say("Lägesbild i kortform", "Situation report in short")
        return replace(_document(situation, title, sections), label=label)


def _first_of(situation: Situation, key: str, title: str) -> Section:
    """The first of a section's statements, else a blank."""
    blocks = tuple(_first(situation.in_section(key)))
    return Section(key, title, 1, blocks or (Paragraph(left_to_a_person(), is_prompt=True),))


def _first(statements: Iterable[Statement]) -> Iterator[Block]:
    """The first of some statements, with how many are left out."""
    chosen = _foremost(statements)
    yield from statement_blocks(chosen[:_MOST_IN_SHORT])
    rest = chosen[_MOST_IN_SHORT:]
    if rest:
        yield Paragraph(_left_out(len(rest), sum(one.is_over for one in rest)))


def _left_out(count: int, over: int) -> str:
    """How many statements the short form leaves out, and how many of them tell of what no longer holds."""
    which = (
        say(f", varav {over} om det som inte längre gäller,", f", {over} of them of what no longer holds,")
        if over
        else ""
    )
    if over == count:
        which = say(", om det som inte längre gäller,", ", of what no longer holds,")
    rest = say(
        f"{count} till{which} står i den fullständiga lägesbilden",
        f"{count} more{which} {'is' if count == 1 else 'are'} in the full situation report",
    )
    return f"{rest}."


def _foremost(statements: Iterable[Statement]) -> list[Statement]:
    """Statements in the order of the short form.

    Of facts what holds stands before what is over or has been replaced by later word. Of what holds the outages stand first: the
    confirmed, the unconfirmed and then what is feared, the worst and then the latest of each first. All else that has happened
    or been decided stands with the latest first; what has changed, is to be decided or is not known stands as it is.
    """
    return sorted(statements, key=_place)


def sharing(situation: Situation, pictures: Pictures | None = None, audience: Audience = "aktörer") -> Document:
    """FSPOS' delgivning: only what was chosen; questions that nothing answers are left out, but no box is."""
    with writing_in(situation.language):
        title = say("Delgivning av lägesbild", "Shared situation report")
        sections = [
            *_opening(situation),
            *(section for box in sharing_form(audience) for section in _chosen_box(situation, box, pictures or {})),
        ]
        return _document(situation, title, sections)


def four_fields(situation: Situation) -> Document:
    """The four themes that SOES' exercises worked with: facts, assumptions, prioritised measures, messages.

    Only the themes' names are known from the report on the exercises; the sheet's layout there is not.
    """
    with writing_in(situation.language):
        fields = (
            (
                "fakta",
                say("Fakta", "Facts"),
                (
                    "fakta.handelse",
                    "fakta.konsekvenser",
                    "fakta.kommunikation",
                    "fakta.strategiskt",
                    "fakta.operativt",
                    "fakta.kommunikativt",
                ),
            ),
            ("antaganden", say("Antaganden", "Assumptions"), ("prognos.antaganden",)),
            (
                "atgarder",
                say("Prioriterade åtgärder", "Prioritised measures"),
                ("prognos.beslut", "inriktning.sikt", "begaran.atgarder"),
            ),
            (
                "budskap",
                say("Budskap", "Messages"),
                ("kommunikation.interna", "kommunikation.externa", "kommunikation.kanaler", "begaran.budskap"),
            ),
        )
        sections = [*_opening(situation), *(_field(situation, *field) for field in fields)]
        title = say("Lägesbild i fyra fält", "Situation report in four fields")
        keys = (HIGHLIGHTS, *(key for _, _, field in fields for key in field))
        label = situation.label_of((*situation.changes, *(one for key in keys for one in situation.in_section(key))))
        return replace(_document(situation, title, sections), label=label)


def pictures_of(basis: Basis, situation: Situation) -> Pictures:
    """The pictures of a lägesbild: own systems over time, payments on their axis, payouts that are late."""
    from beroenden.views.charts import levels_over_time, payments_on_axis, payouts_delayed

    with writing_in(situation.language):
        outcome, actor, at = basis.outcome, situation.actor, situation.at
        spread = {
            percent: varied(outcome, scenario=at_percentile(basis.known.scenario, percent))
            for percent in PERCENTILES
            if any(outage.length for outage in basis.known.scenario.outages)
        }
        drawn = {
            "prognos.tid": [levels_over_time(outcome, actor, at), payouts_delayed(outcome, actor, at, spread)],
            "prognos.betalningar": [payments_on_axis(outcome, actor, at)],
        }
        return {section: [chart for chart in charts if chart is not None] for section, charts in drawn.items()}


def statement_blocks(statements: Iterable[Statement]) -> Iterator[Block]:
    """Statements as tables where they have cells, and as marked bullets where they have none."""
    for headings, group in groupby(statements, key=_headings):
        if headings:
            yield from _table(headings, list(group))
        else:
            yield from _bullets(list(group))


def _bullets(statements: list[Statement]) -> Iterator[Block]:
    """Marked bullets; the last ones, where several depend on the same thing, under a line that says on what."""
    condition = _stated(statements[-1])
    alike = list(takewhile(lambda one: _stated(one) == condition, reversed(statements)))[::-1]
    if not condition or len(alike) < 2:
        yield Bullets(tuple(map(_item, statements)))
        return
    others = statements[: -len(alike)]
    if others:
        yield Bullets(tuple(map(_item, others)))
    yield Paragraph(condition)
    yield Bullets(tuple(_item(replace(one, text=one.text.removeprefix(condition).lstrip())) for one in alike))


def _stated(statement: Statement) -> str:
    """The condition with its colon that a text begins with; "" where it has none, or goes on in the same sentence."""
    words = f"{statement.condition}:"
    return words if statement.condition and statement.text.startswith(words) else ""


def _place(statement: Statement) -> tuple[bool, int, float, int]:
    if statement.section == CHANGED:
        return False, 0, 0.0, 0
    aspects = {claim.aspect for claim in statement.claims}
    latest = -(statement.time or 0)
    if "start" in aspects:
        return (
            statement.is_over,
            int(statement.status != "bekräftad"),
            0.0 if statement.is_over else _left(statement),
            latest,
        )
    if "feared" in aspects:
        return statement.is_over, 2, 0.0, latest
    return statement.is_over, 3, 0.0, latest if statement.section in _LATEST_FIRST else 0


def _left(statement: Statement) -> float:
    """How much is left of what a statement says is out; of a file how much is right."""
    for claim in statement.claims:
        with suppress(ValueError):  # a log that was edited by hand
            if claim.aspect == "remaining":
                return float(claim.value)
            if claim.aspect == SHARE:
                return 1 - float(claim.value)
    return 0.0


def _document(situation: Situation, title: str, sections: Sequence[Section]) -> Document:
    return Document(
        form=situation.form,
        title=f"{title}: {situation.actor_name}",
        label=situation.tlp,
        is_exercise=situation.is_exercise,
        language=situation.language,
        header=heading_of(situation),
        notice=notice_of(situation),
        sections=tuple(sections),
    )


def _opening(
    situation: Situation, laid_out: Callable[[Iterable[Statement]], Iterator[Block]] = statement_blocks
) -> Iterator[Section]:
    """What matters most, and what has changed."""
    highlights = situation.in_section(HIGHLIGHTS)
    if highlights:
        yield Section(HIGHLIGHTS, say("Det viktigaste", "Key points"), 1, tuple(statement_blocks(highlights)))
    if situation.before:
        title = say("Ändrat sedan förra lägesbilden", "Changed since the last situation report")
        nothing = Paragraph(say("Inget har ändrats.", "Nothing has changed."))
        yield Section(CHANGED, title, 1, tuple(laid_out(situation.changes)) or (nothing,))


def _box(situation: Situation, box: Box, pictures: Pictures) -> Iterator[Section]:
    yield Section("", box.title, 1)
    for group in box.groups:
        yield Section("", group.title, 2)
        for question in group.questions:
            yield _question(situation, question, pictures)


def _chosen_box(situation: Situation, box: Box, pictures: Pictures) -> Iterator[Section]:
    """A box with only the questions that something answers."""
    answered = {
        question.key for group in box.groups for question in group.questions if situation.in_section(question.key)
    }
    left = left_blank()
    yield Section("", box.title, 1, () if answered else (left,))
    for group in box.groups:
        questions = [question for question in group.questions if question.key in answered]
        if questions:
            yield Section("", group.title, 2)
            yield from (_question(situation, question, pictures) for question in questions)


def _question(situation: Situation, question: Question, pictures: Pictures) -> Section:
    statements = situation.in_section(question.key)
    blocks = list(statement_blocks(statements)) or [Paragraph(_prompt(situation, question), is_prompt=True)]
    if statements:
        blocks += [Figure(chart) for chart in pictures.get(question.key, ())]
    return Section(question.key, question.text, 3, tuple(blocks))


def _prompt(situation: Situation, question: Question) -> str:
    if question.key in ("inriktning.ansvarig", "inriktning.tidsplan") and situation.in_section("inriktning.sikt"):
        return say("Se tabellen ovan; komplettera.", "See the table above; complete it.")
    return question.otherwise


def _field(situation: Situation, key: str, title: str, sections: Sequence[str]) -> Section:
    statements = [one for section in sections for one in situation.in_section(section)]
    prompt = left_blank()
    return Section(key, title, 1, tuple(statement_blocks(statements)) or (prompt,))


def _headings(statement: Statement) -> tuple[str, ...]:
    return tuple(heading for heading, _ in statement.cells)


def _table(headings: tuple[str, ...], rows: Sequence[Statement]) -> Iterator[Block]:
    cells = tuple(tuple(value for _, value in row.cells) for row in rows)
    yield Table(headings, _unrepeated(cells) if rows[0].section == "prognos.tid" else cells)
    if not rows[0].entry:
        condition = rows[0].condition
        depends = f", {condition[0].lower()}{condition[1:]}" if condition else ""
        yield Paragraph(say("Samtliga rader: ", "All rows: ") + status_word(rows[0].status) + depends + ".")


def _unrepeated(rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Rows where a long cell that says the same as the one above refers to it."""
    same = say("som ovan", "as above")
    return rows[:1] + tuple(
        tuple(
            same if cell == above and len(cell) > _LONG_CELL else cell for cell, above in zip(row, before, strict=True)
        )
        for before, row in pairwise(rows)
    )


def _item(statement: Statement) -> Item:
    is_reported = statement.status in ("bekräftad", "obekräftad")
    return Item(statement.text, status_word(statement.status), statement.source if is_reported else "")
