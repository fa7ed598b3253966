"""No word above the reader's label in any form and any format: text, properties, alternative texts, ids, file parts."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sharing.marked_log import marked_log
from sharing.marking import Marked, marked_model, zipped_texts
from sharing.test_redaction import readers, soes

from beroenden.documents import html, lagesbild, markdown, word
from beroenden.documents.combined import combined_document
from beroenden.documents.conference import conference_document
from beroenden.documents.contacts import contacts_document
from beroenden.documents.document import Document
from beroenden.documents.followup import followup_document
from beroenden.documents.public import public
from beroenden.errors import UsageError
from beroenden.incident.basis import Basis, basis
from beroenden.incident.combined import combine
from beroenden.incident.conference import conference
from beroenden.incident.exchange.files import to_exchange
from beroenden.incident.followup import follow_up
from beroenden.incident.known import known_at
from beroenden.incident.lagesbild.situation import Order, Situation, situation
from beroenden.incident.lagesbild.uncertainty import Sampling
from beroenden.incident.log.entries import Log
from beroenden.model.labels import TLP
from beroenden.model.network import WITHHELD
from beroenden.sharing.viewer import Viewer
from beroenden.units.times import parse_instant, time_zone

ALL = ("prognos", "viktigast", "fakta.register")
_WITHOUT_PICTURES = {"soes": lagesbild.four_fields, "kort": lagesbild.short, "allmanhet": public}
AT = parse_instant("2026-12-16T09:30", time_zone("Europe/Stockholm"))


def documents(ground: Basis, actor: str, to: str, log: Log) -> Iterator[tuple[Document, Situation | None]]:
    for form in ("intern", "delgivning", "soes", "kort", "allmanhet"):
        made = situation(
            ground, actor, Order(form=form, to=to, disclosed=ALL, sampling=Sampling(10), approved_by="Role")
        )
        pictures = lagesbild.pictures_of(ground, made)
        if form in _WITHOUT_PICTURES:
            yield _WITHOUT_PICTURES[form](made), made
        else:
            yield (lagesbild.internal if form == "intern" else lagesbild.sharing)(made, pictures), made
    made = situation(ground, actor, Order(form="samlad", to=to, sampling=Sampling(10)))
    yield combined_document(combine(ground, made)), made
    yield contacts_document(ground, actor, is_exercise=True), None
    yield conference_document(conference(ground, actor)), None
    yield followup_document(follow_up(ground, actor, log)), None


def texts(document: Document, made: Situation | None, formats: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Everything that could be read in a document's files, zipped parts and their names included."""
    if "md" in formats:
        yield "md", markdown.render(document)
    if "html" in formats:
        yield "html", html.render(document)
        for section in document.sections:
            for block in section.blocks:
                if hasattr(block, "chart"):
                    yield "svg", block.chart.svg() + block.chart.alt + block.chart.title + block.chart.name
    if "docx" in formats:
        yield from ((f"docx {name}", text) for name, text in zipped_texts(word.render(document)))
    if made is not None:
        yield "json", json.dumps(made.to_dict(), ensure_ascii=False)
        if made.form == "delgivning":
            with suppress(UsageError):  # a withheld sender, or a label that may not leave the house
                yield "exchange", to_exchange(made, issued=AT)


def leaks(seed: int, reader: tuple[str, str | None], folder: Path, formats: tuple[str, ...]) -> list[str]:
    marked = marked_model(soes(), seed, {"csn": "TLP:GREEN"})
    actor = marked.ids["forsakringskassan"]
    log, owners = marked_log(marked, seed, folder / f"log-{seed}.toml", actor)
    everything = Marked(marked.network, marked.owners | owners, marked.ids)
    viewer = Viewer(reader[0], reader[1] and marked.ids[reader[1]])
    ground = basis(marked.network, known_at(log, AT, marked.network), viewer)
    to = viewer.actor or viewer.label
    return [
        f"{document.form} {where}: {marker}"
        for document, made in documents(ground, actor, to, log)
        for where, text in texts(document, made, formats)
        for marker in (*everything.leaks(viewer, text), *([WITHHELD] if WITHHELD in text else []))
    ]


@settings(max_examples=1, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), reader=readers)
def test_no_form_leaks_in_any_format(tmp_path: Path, seed: int, reader: tuple[str, str | None]) -> None:
    assert leaks(seed, reader, tmp_path, ("md", "html", "docx")) == []


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), reader=readers)
def test_no_form_leaks(tmp_path: Path, seed: int, reader: tuple[str, str | None]) -> None:
    assert leaks(seed, reader, tmp_path, ("md",)) == []


@pytest.mark.sweep
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), reader=readers)
def test_no_form_leaks_in_any_format_over_many_labels(
    tmp_path: Path, seed: int, reader: tuple[str, str | None]
) -> None:
    assert leaks(seed, reader, tmp_path, ("md", "html", "docx")) == []


def test_the_own_house_is_told_everything_so_a_leak_would_be_seen(tmp_path: Path) -> None:
    marked = marked_model(soes(), 1, {"csn": "TLP:GREEN"})
    actor = marked.ids["forsakringskassan"]
    log, owners = marked_log(marked, 1, tmp_path / "log.toml", actor)
    everything = Marked(marked.network, marked.owners | owners, marked.ids)
    ground = basis(marked.network, known_at(log, AT, marked.network))
    made = situation(ground, actor, Order(disclosed=ALL, sampling=Sampling(10)))
    assert {label for label, _ in owners.values()} <= set(TLP)
    assert len(everything.leaks(Viewer("TLP:CLEAR"), markdown.render(lagesbild.internal(made)))) > 10
