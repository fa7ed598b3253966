"""The report of gaps: its parts, its languages, and no word above the reader's label in any format."""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import pytest
from analysis.gaps.small import TODAY, entity, model, payment, stage
from hypothesis import given, settings
from hypothesis import strategies as st
from sharing.marking import marked_model, zipped_texts
from sharing.test_redaction import readers, soes

from beroenden.analysis.gaps.age import Age
from beroenden.analysis.gaps.gaps import Gaps, find_gaps
from beroenden.documents import html, markdown, word
from beroenden.documents.gaps import gaps_document
from beroenden.model.network import WITHHELD, Network
from beroenden.sharing.masking import masked
from beroenden.sharing.viewer import Viewer

NEED = {"provider": "center", "expects": "1h", "endurance": "0min"}


def small() -> Network:
    """A payer that counts on less than is promised, and what is not known."""
    entities = [
        entity("seller", kind="supplier", contact={"role": "Jour", "channel": "jour@example.se"}),
        entity("center", owner="seller", rto="9h"),
        entity("system", NEED, owner="payer"),
    ]
    return model(entities, [payment("grant", stage("run", {"provider": "system"}), max_delay="4h", priority=1)])


def test_it_says_who_has_to_speak_with_whom_about_what_and_what_is_missing():
    document = gaps_document(find_gaps(small(), TODAY, actor="payer"), None, "sv")
    text = markdown.render(document).replace("\xa0", " ")
    assert document.title == "Var förväntningarna inte möts: Payer"
    assert "| Payer | Seller | Förväntansgap, Kedjegap | 2 |" in text
    assert "| Seller | Jour | jour@example.se |" in text
    assert "| System räknar med Center inom 1 tim; målet är 9 tim. | 8 tim | 1 | Payer – Seller |" in text
    assert "| Payer | Förväntansgap | återställningstid (rto) | 1 av 1 |" in text
    assert "Prövade där Payer har del" in text and "Rapporten bygger bara på" not in text


def test_it_speaks_english():
    text = markdown.render(gaps_document(find_gaps(small(), TODAY), None, "en"))
    assert "System counts on Center within 1\xa0h; the aim is 9\xa0h." in text
    assert not any(word_ in text for word_ in ("Förvänt", "räknar", "saknas", "Betalning", "uthållighet"))


def test_a_reader_is_told_that_it_is_a_part():
    viewer = Viewer("TLP:GREEN", "payer")
    text = markdown.render(gaps_document(find_gaps(masked(small(), viewer).network, TODAY), viewer, "sv"))
    assert "Prövade bland det som delas" in text and "Rapporten bygger bara på det som mottagaren får se" in text
    assert "| Mottagare | Payer |" in text


def test_an_actor_is_asked_of_its_need_of_what_is_not_shared_with_it():
    entities = [
        entity("seller", kind="supplier", tlp="TLP:RED"),
        entity("system", {"provider": "seller"}, owner="payer"),
    ]
    viewer = Viewer("TLP:GREEN", "payer")
    found = find_gaps(masked(model(entities), viewer).network, TODAY, actor="payer")
    text = markdown.render(gaps_document(found, viewer, "sv"))
    assert "| Payer | Förväntansgap | vilken återställningstid man räknar med | 1 av 1 |" in text
    assert "Behov av sådant som inte delas är med här" in text and "seller" not in text.lower()
    whole = markdown.render(gaps_document(find_gaps(model(entities), TODAY, actor="payer"), None, "sv"))
    assert "som inte delas" not in whole


def test_the_label_is_the_strictest_of_what_is_told():
    entities = [entity("seller", kind="supplier"), entity("center", owner="seller", rto="9h", tlp="TLP:AMBER")]
    told = model([*entities, entity("system", NEED, owner="payer")])
    assert gaps_document(find_gaps(told, TODAY), None, "sv").label == "TLP:AMBER"
    assert gaps_document(find_gaps(told, TODAY, kinds=("stale",), actor="payer"), None, "sv").label == "TLP:GREEN"


def texts(found: Gaps, viewer: Viewer | None, formats: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Everything that could be read of a report, zipped parts and their names included."""
    document = gaps_document(found, viewer, "sv")
    yield "json", json.dumps(found.to_dict(), ensure_ascii=False)
    yield "md", markdown.render(document)
    if "html" in formats:
        yield "html", html.render(document)
    if "docx" in formats:
        yield from ((f"docx {name}", text) for name, text in zipped_texts(word.render(document)))


def leaks(seed: int, reader: tuple[str, str | None], formats: tuple[str, ...] = ()) -> list[str]:
    marked = marked_model(soes(), seed, {"csn": "TLP:GREEN"})
    viewer = Viewer(reader[0], reader[1] and marked.ids[reader[1]])
    found = find_gaps(masked(marked.network, viewer).network, TODAY, age=Age(months=1))
    return [
        f"{where}: {marker}"
        for where, text in texts(found, viewer, formats)
        for marker in (*marked.leaks(viewer, text), *([WITHHELD] if WITHHELD in text else []))
    ]


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6), reader=readers)
def test_nothing_leaks(seed: int, reader: tuple[str, str | None]) -> None:
    assert leaks(seed, reader) == []


def test_nothing_leaks_in_any_format() -> None:
    assert leaks(7, ("TLP:GREEN", "forsakringskassan"), ("html", "docx")) == []


@pytest.mark.sweep
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), reader=readers)
def test_nothing_leaks_over_many_labels(seed: int, reader: tuple[str, str | None]) -> None:
    assert leaks(seed, reader, ("html",)) == []


def test_a_leak_would_be_seen() -> None:
    marked = marked_model(soes(), 1)
    found = find_gaps(marked.network, TODAY, age=Age(months=1))
    told = "".join(text for _, text in texts(found, None, ()))
    assert len(marked.leaks(Viewer("TLP:CLEAR"), told)) > 100


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**6), reader=readers)
def test_what_is_withheld_is_not_counted(seed: int, reader: tuple[str, str | None]) -> None:
    marked = marked_model(soes(), seed, {"csn": "TLP:GREEN"})
    viewer = Viewer(reader[0], reader[1] and marked.ids[reader[1]])
    network = masked(marked.network, viewer).network
    found = find_gaps(network, TODAY)
    named = {entity.id for entity in network.entities if entity.id not in network.withheld}
    assert {one for gap in found.gaps for one in gap.about} <= named | set(network.payment) - network.withheld
    assert {actor for gap in found.gaps for actor in gap.actors} <= named
    assert {one.actor for one in found.unknown} <= named
    [stale] = [one for one in found.checked if one.kind == "stale"]
    shown = [one for one in network.payments if one.id not in network.withheld]
    assert stale.of == len(named) + len(shown)


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10**6), reader=readers)
def test_nothing_follows_from_the_times_of_what_is_withheld(seed: int, reader: tuple[str, str | None]) -> None:
    marked = marked_model(soes(), seed, {"csn": "TLP:GREEN"})
    viewer = Viewer(reader[0], reader[1] and marked.ids[reader[1]])
    mask = masked(marked.network, viewer)
    entities = tuple(
        replace(one, rto=99_999, rta=99_998, mtpd=1, mbco=0.9) if mask.ids[one.id] in mask.network.withheld else one
        for one in marked.network.entities
    )
    other = masked(replace(marked.network, entities=entities), viewer)
    assert find_gaps(other.network, TODAY).to_dict() == find_gaps(mask.network, TODAY).to_dict()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_it_belongs_neither_to_an_exercise_nor_to_something_that_has_happened(language):
    document = gaps_document(find_gaps(small(), TODAY), None, language)
    head = f"**{document.label}**\n"
    assert markdown.render(document).startswith(head)
    page = html.render(document)
    saved = zipfile.ZipFile(io.BytesIO(word.render(document)))
    whole = "".join(saved.read(name).decode() for name in saved.namelist() if name.endswith(".xml"))
    for stamp in ("ÖVNING", "SKARPT", "EXERCISE", "LIVE"):
        assert f">{stamp}<" not in page and f"– {stamp}" not in page
        assert stamp not in whole
    assert whole.count(document.label) >= 3
