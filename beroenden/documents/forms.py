"""The forms as they are before anything is known: what a house's own template can ask for."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from beroenden.documents.document import Document, Field, Section
from beroenden.documents.heading import row
from beroenden.errors import UsageError, did_you_mean
from beroenden.incident.forms import (
    CHANGED,
    HIGHLIGHTS,
    Box,
    checklist_questions,
    gate_questions,
    internal_form,
    public_form,
    sharing_form,
    short_parts,
)
from beroenden.language import language, say

AT_TIMES = ("mottagare", "dragningar", "sankt")
"""Rows of the head table that only some documents of a form have."""

_OF_ALL = ("titel", "tlp", "lage", "notis", "innehall")


def _document(form: str, title: str, header: Iterable[Field], sections: Iterable[Section]) -> Document:
    return Document(form, title, "TLP:CLEAR", True, language(), tuple(header), "", tuple(sections))


_OF_A_REPORT = (
    "aktor",
    "mottagare",
    "handelse",
    "nummer",
    "lage_per",
    "period",
    "upprattad_av",
    "godkand_av",
    "nasta",
    "andrat",
    "modell",
    "dragningar",
    "sankt",
)


def _header(*keys: str) -> tuple[Field, ...]:
    return tuple(row(key) for key in keys or _OF_A_REPORT)


def _opening() -> tuple[Section, ...]:
    changed = say("Ändrat sedan förra lägesbilden", "Changed since the last situation report")
    return Section(HIGHLIGHTS, say("Det viktigaste", "Key points")), Section(CHANGED, changed)


def _boxes(boxes: Iterable[Box]) -> Iterable[Section]:
    for box in boxes:
        yield Section("", box.title)
        for group in box.groups:
            yield Section("", group.title, 2)
            yield from (Section(question.key, question.text, 3) for question in group.questions)


def _internal() -> Document:
    title = say("Intern lägesbild", "Internal situation report")
    return _document("intern", title, _header(), (*_opening(), *_boxes(internal_form())))


def _short() -> Document:
    sections = (Section(key, title) for key, title in short_parts())
    return _document(
        "kort", say("Lägesbild i kortform", "Situation report in short"), _header(), (*_opening(), *sections)
    )


def _sharing() -> Document:
    title = say("Delgivning av lägesbild", "Shared situation report")
    return _document("delgivning", title, _header(), (*_opening(), *_boxes(sharing_form())))


def _public() -> Document:
    title = say("Information till allmänheten", "Information for the public")
    keys = ("handelse", "betalningar", "externa", "operativt", "gora", "kanaler")
    sections = [Section(f"allmanhet.{key}", question.text) for key, question in zip(keys, public_form(), strict=True)]
    return _document("allmanhet", title, _header("aktor", "lage_per", "godkand_av"), sections)


def _four_fields() -> Document:
    title = say("Lägesbild i fyra fält", "Situation report in four fields")
    fields = (
        Section("fakta", say("Fakta", "Facts")),
        Section("antaganden", say("Antaganden", "Assumptions")),
        Section("atgarder", say("Prioriterade åtgärder", "Prioritised measures")),
        Section("budskap", say("Budskap", "Messages")),
    )
    return _document("soes", title, _header(), (*_opening(), *fields))


def _combined() -> Document:
    facts, prognosis, measures, messages = sharing_form()
    direction, communication = internal_form()[2:]
    header = _header(
        "aktor", "mottagare", "handelse", "nummer", "lage_per", "upprattad_av", "godkand_av", "nasta", "modell"
    )
    sections = (
        Section("samlad.bidrag", say("Vilka som har bidragit", "Who has contributed")),
        Section("samlad.saknas", say("Saknas", "Missing"), 2),
        Section("samlad.overens", say("Överens", "In agreement")),
        Section("samlad.skiljer", say("Skiljer sig", "Differences")),
        Section("samlad.luckor", say("Luckor", "Gaps")),
        *_questions("fakta", facts),
        *_questions("prognos", prognosis),
        *_questions("atgarder", measures, direction),
        *_questions("budskap", messages, communication),
    )
    return _document("samlad", say("Samlad lägesbild", "Combined situation report"), header, sections)


def _questions(key: str, *boxes: Box) -> Iterator[Section]:
    """A box and under it its questions, each once."""
    yield Section(key, boxes[0].title)
    texts = {question.key: question.text for box in boxes for group in box.groups for question in group.questions}
    yield from (Section(one, text, 2) for one, text in texts.items())


def _contacts() -> Document:
    header = _header("aktor", "handelse", "lage_per", "kontrollerad_av", "sankt")
    sections = (
        Section("kontakter", say("Kontakter", "Contacts")),
        Section("ansvar", say("Ansvar", "Responsibility")),
    )
    return _document("kontakter", say("Kontaktlista och ansvar", "Contacts and responsibility"), header, sections)


def _conference() -> Document:
    sections = (
        Section("inbjudan", say("Inbjudan", "Invitation")),
        Section("deltagare", say("Deltagare", "Participants")),
        Section("agenda", say("Agenda", "Agenda")),
        Section("", say("Underlag", "Background")),
        Section("underlag.viktigast", say("Det viktigaste", "Key points"), 2),
        Section(
            "underlag.beslut", say("Vad behöver beslutas, och före när?", "What needs to be decided, and by when?"), 2
        ),
        Section("fragor", say("Frågor till deltagarna", "Questions to the participants")),
        Section("beslutslogg", say("Beslutslogg", "Decision log")),
    )
    title = say("Samverkanskonferens", "Cooperation conference")
    return _document("conference", title, _header("aktor", "handelse", "lage_per", "sankt"), sections)


def _followup() -> Document:
    sections = (
        Section("", say("Frågor att börja med", "Questions to begin with")),
        *(Section(question.key, question.text, 2) for question in gate_questions()),
        Section(
            "", say("Checklista för att följa upp gemensam hantering", "Checklist for following up joint handling")
        ),
        *(Section(question.key, question.text, 2) for question in checklist_questions()),
    )
    header = _header("aktor", "handelse", "lage_per", "jamford", "upprattad_av", "sankt")
    return _document("followup", say("Uppföljning", "Follow-up"), header, sections)


FORMS: Mapping[str, Callable[[], Document]] = MappingProxyType(
    {
        "intern": _internal,
        "kort": _short,
        "delgivning": _sharing,
        "allmanhet": _public,
        "samlad": _combined,
        "soes": _four_fields,
        "kontakter": _contacts,
        "conference": _conference,
        "followup": _followup,
    }
)
"""An empty document of each form that a house can have a template for."""


def example(form: str) -> Document:
    """The empty document of a form.

    Raises:
        UsageError: for an unknown form.
    """
    if form in FORMS:
        return FORMS[form]()
    near = did_you_mean(form, FORMS)
    hint = say(f" Menade du ”{near}”?", f' Did you mean "{near}"?') if near else ""
    known = ", ".join(FORMS)
    raise UsageError(say(f"Blanketten ”{form}” finns inte.", f'There is no form "{form}".') + hint + f" ({known})")


def placeholders(form: str) -> dict[str, str]:
    """The placeholders of a form, and what each becomes.

    Raises:
        UsageError: for an unknown form.
    """
    return placeholders_of(example(form))


def placeholders_of(document: Document) -> dict[str, str]:
    """The placeholders that a document fills, and what each becomes."""
    section = say("Avsnittet ”{}”, ensamt i sitt stycke", 'The section "{}", alone in its paragraph')
    names = section_names(document)
    head = say("Uppgiften ”{}”", '"{}" of the head table')
    return {
        "titel": say("Dokumentets titel", "The document's title"),
        "tlp": say("Märkningen, t.ex. TLP:AMBER", "The label, e.g. TLP:AMBER"),
        "lage": say("ÖVNING eller SKARPT", "EXERCISE or LIVE"),
        "notis": say("Hur tider och märkningar ska läsas", "How times and marks are to be read"),
        "innehall": say(
            "Allt som mallen inte har en egen plats för, ensamt i sitt stycke",
            "Everything that the template has no place of its own for, alone in its paragraph",
        ),
        **{field_name(each.key): head.format(each.name) for each in document.header},
        **{names[each.key]: section.format(each.title) for each in document.sections if each.key},
    }


def field_name(key: str) -> str:
    """The placeholder of a row of the head table."""
    return re.sub(r"\W", "_", key)


def section_names(document: Document) -> dict[str, str]:
    """Key of each section that has one -> its placeholder."""
    return {each.key: section_name(document, each.key) for each in document.sections if each.key}


def section_name(document: Document, key: str) -> str:
    """The placeholder of a section; it gives way to a row of the head table that has the same key."""
    name = re.sub(r"\W", "_", key)
    taken = {*_OF_ALL, *(field_name(each.key) for each in document.header)}
    return f"{name}_avsnitt" if name in taken else name
