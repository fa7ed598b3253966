"""What a house's template may ask for is what the documents of the form hold."""

from functools import cache
from io import BytesIO
from pathlib import Path

import pytest

import beroenden
from beroenden.documents import lagesbild, word
from beroenden.documents.combined import combined_document
from beroenden.documents.conference import conference_document
from beroenden.documents.contacts import contacts_document
from beroenden.documents.document import Document
from beroenden.documents.followup import followup_document
from beroenden.documents.forms import FORMS, example, placeholders
from beroenden.documents.public import public
from beroenden.incident.basis import basis
from beroenden.incident.combined import combine
from beroenden.incident.conference import conference
from beroenden.incident.followup import follow_up
from beroenden.incident.known import known_at
from beroenden.incident.lagesbild.situation import Order, situation
from beroenden.incident.log.read import load_log
from beroenden.language import writing_in
from beroenden.sharing.viewer import viewer_for
from beroenden.units.times import parse_instant, time_zone

ROOT = Path(__file__).parents[2]
ACTOR = "forsakringskassan"


@cache
def real_documents() -> dict[str, Document]:
    """A document of every form from the sample incident."""
    network = beroenden.load_or_raise(ROOT / "models/soes")
    log, _ = load_log(ROOT / "sample_data/incidents/clearingstorning.toml", network)
    known = known_at(log, parse_instant("2026-12-17T09:00", time_zone(network.timezone)), network)
    inside, outside = basis(network, known), basis(network, known, viewer_for(network, "csn"))
    for_all = basis(network, known, viewer_for(network, "TLP:CLEAR"))
    made = situation(inside, ACTOR)
    shared = situation(outside, ACTOR, Order("delgivning", "csn", disclosed=("prognos",)))
    return {
        "intern": lagesbild.internal(made),
        "kort": lagesbild.short(situation(inside, ACTOR, Order("kort"))),
        "delgivning": lagesbild.sharing(shared),
        "allmanhet": public(situation(for_all, ACTOR, Order("allmanhet", "TLP:CLEAR", disclosed=("prognos",)))),
        "soes": lagesbild.four_fields(situation(inside, ACTOR, Order("soes"))),
        "samlad": combined_document(combine(inside, situation(inside, ACTOR, Order("samlad")))),
        "kontakter": contacts_document(inside, ACTOR),
        "conference": conference_document(conference(inside, ACTOR)),
        "followup": followup_document(follow_up(inside, ACTOR, log)),
    }


@pytest.mark.parametrize("form", FORMS)
@writing_in("sv")
def test_every_part_of_a_document_has_a_placeholder(form: str) -> None:
    real, empty = real_documents()[form], example(form)
    assert real.form == form
    assert {field.key for field in real.header} <= {field.key for field in empty.header}
    assert {one.key for one in real.sections} - {""} <= {one.key for one in empty.sections}


def test_every_form_can_have_a_template() -> None:
    assert set(FORMS) == set(real_documents())


@pytest.mark.parametrize("form", FORMS)
def test_a_template_with_every_placeholder_can_be_filled(form: str, tmp_path: Path) -> None:
    import docx

    made = docx.Document()
    for name in placeholders(form):
        made.add_paragraph(f"{{{{ {name} }}}}")
    path = tmp_path / "own.docx"
    made.save(str(path))
    reopened = docx.Document(BytesIO(word.render(real_documents()[form], path)))
    text = "\n".join(paragraph.text for paragraph in reopened.paragraphs)
    assert "{{" not in text
    assert real_documents()[form].title in text
