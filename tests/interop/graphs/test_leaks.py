"""No word above the reader's label in a graph or a calendar, whatever the labels are."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from sharing.marking import Marked, marked_model
from sharing.test_redaction import readers, soes

from beroenden.interop.graphs.graph import Graph
from beroenden.interop.graphs.graphml import to_graphml
from beroenden.interop.graphs.node_link import to_node_link
from beroenden.interop.graphs.written import graph_of
from beroenden.interop.payment_calendar import payment_calendar
from beroenden.model.labels import TLP
from beroenden.model.network import WITHHELD
from beroenden.sharing.masking import masked
from beroenden.sharing.viewer import Viewer


def texts(marked: Marked, viewer: Viewer | None) -> dict[str, str]:
    """What each file holds, unfolded where the format folds."""
    mask = masked(marked.network, viewer)
    graph: Graph = graph_of(mask)
    calendar = payment_calendar(mask, date(2026, 12, 1), date(2026, 12, 31)).content
    Calendar.from_ical(calendar)
    return {
        "graphml": to_graphml(graph),
        "json": json.dumps(to_node_link(graph), ensure_ascii=False),
        "ics": calendar.decode().replace("\r\n ", ""),
    }


def leaks(seed: int, reader: tuple[str, str | None]) -> list[str]:
    marked = marked_model(soes(), seed)
    viewer = Viewer(reader[0], reader[1] and marked.ids[reader[1]])
    return [
        f"{form}: {one}"
        for form, text in texts(marked, viewer).items()
        for one in (*marked.leaks(viewer, text), *([f"{WITHHELD}-"] if f"{WITHHELD}-" in text else []))
    ]


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 10**6), reader=readers)
def test_no_export_leaks(seed: int, reader: tuple[str, str | None]) -> None:
    assert leaks(seed, reader) == []


@pytest.mark.sweep
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), reader=readers)
def test_no_export_leaks_over_many_labels(seed: int, reader: tuple[str, str | None]) -> None:
    assert leaks(seed, reader) == []


def test_a_leak_would_be_seen() -> None:
    marked = marked_model(soes(), 1)
    found = texts(marked, None)
    assert all(len(marked.leaks(Viewer("TLP:CLEAR"), found[form])) > 500 for form in ("graphml", "json"))
    assert len(marked.leaks(Viewer("TLP:CLEAR"), found["ics"])) > 50


@pytest.mark.parametrize("seed", [0, *(pytest.param(one, marks=pytest.mark.sweep) for one in (1, 2))])
def test_no_event_is_marked_below_what_it_names(seed: int) -> None:
    """Whoever may read the label of an event may read every word in it."""
    marked = marked_model(soes(), seed)
    mask = masked(marked.network, None)
    for event in Calendar.from_ical(payment_calendar(mask, date(2026, 12, 1), date(2026, 12, 31)).content).walk(
        "VEVENT"
    ):
        label = str(event["SUMMARY"]).split()[0]
        assert label in TLP
        assert marked.leaks(Viewer(label), f"{event['SUMMARY']} {event['DESCRIPTION']}") == []


def test_of_a_model_that_is_not_shared_its_own_attributes_are_not_there() -> None:
    model = soes()
    told = graph_of(masked(model, Viewer("TLP:CLEAR"))).attributes
    assert told == {
        "beroenden": "beroenden/graph/1",
        "name": "",
        "version": "",
        "timezone": "Europe/Stockholm",
        "tlp": "TLP:CLEAR",
        "highest_tlp": "TLP:CLEAR",
        "reader": "TLP:CLEAR",
    }
