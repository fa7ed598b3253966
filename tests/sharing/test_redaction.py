"""What a reader may see of a model and of an outcome."""

import json
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from modelfiles.fields import INLINE, TABLES, lists_of_texts, texts_of
from sharing.marking import marked_model

import beroenden
from beroenden.consequences.outcome import Outcome
from beroenden.errors import UsageError
from beroenden.model.labels import TLP
from beroenden.model.network import WITHHELD, Network
from beroenden.modelfiles.write import to_toml
from beroenden.sharing.masking import masked
from beroenden.sharing.redaction import redact_network, redact_outcome
from beroenden.sharing.viewer import Viewer, viewer_for

SOES = Path(__file__).parents[2] / "models/soes"


@cache
def soes() -> Network:
    network, _ = beroenden.load(SOES)
    assert network is not None
    return network


def outage_of(network: Network, entity: str) -> Outcome:
    return beroenden.simulate(network, [{"entity": entity, "start": "2026-12-16T08:00", "for": "30h"}], horizon="6d")


readers = st.one_of(
    st.sampled_from(TLP).map(lambda label: (label, None)),
    st.tuples(st.sampled_from(TLP), st.sampled_from(("forsakringskassan", "swedbank", "csn", "bankgirot"))),
)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), reader=readers, out=st.sampled_from(("bankgirot", "swedbank", "telia")))
def test_no_word_above_the_readers_label_is_left(seed: int, reader: tuple[str, str | None], out: str) -> None:
    marked = marked_model(soes(), seed)
    viewer = Viewer(reader[0], reader[1] and marked.ids[reader[1]])
    shared = redact_outcome(outage_of(marked.network, marked.ids[out]), viewer)
    assert marked.leaks(viewer, json.dumps(shared.to_dict(), ensure_ascii=False)) == []
    assert marked.leaks(viewer, to_toml(shared.network)) == []
    assert marked.leaks(viewer, repr((shared.scenario, shared.entities, shared.runs, shared.groups))) == []


def test_a_leak_would_be_seen() -> None:
    marked = marked_model(soes(), 1)
    whole = outage_of(marked.network, marked.ids["bankgirot"])
    assert marked.leaks(Viewer("TLP:CLEAR"), json.dumps(whole.to_dict(), ensure_ascii=False))
    assert len(marked.leaks(Viewer("TLP:CLEAR"), to_toml(whole.network))) > 500


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6), reader=readers)
def test_what_is_shared_says_the_same_as_the_whole(seed: int, reader: tuple[str, str | None]) -> None:
    marked = marked_model(soes(), seed)
    viewer = Viewer(reader[0], reader[1] and marked.ids[reader[1]])
    whole = outage_of(marked.network, marked.ids["bankgirot"])
    shared = redact_outcome(whole, viewer)
    levels = {one.entity.id: (one.steps, one.degraded_from, one.restored, one.lost_hours) for one in whole.entities}
    for one in shared.entities:
        assert levels[one.entity.id] == (one.steps, one.degraded_from, one.restored, one.lost_hours)
    runs = {(run.payment.id, run.day): run for run in whole.runs}
    for run in shared.runs:
        same = runs[run.payment.id, run.day]
        assert (run.status, run.planned, run.completed, run.latest_recovery) == (
            same.status,
            same.planned,
            same.completed,
            same.latest_recovery,
        )
        assert run.delayed_recipients == same.delayed_recipients
        assert sum(branch.share for branch in run.branches) == pytest.approx(1)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6), lower=st.sampled_from(TLP), higher=st.sampled_from(TLP))
def test_a_higher_label_never_shows_less(seed: int, lower: str, higher: str) -> None:
    lower, higher = sorted((lower, higher), key=TLP.index)
    marked = marked_model(soes(), seed)
    whole = outage_of(marked.network, marked.ids["telia"])
    less, more = (redact_outcome(whole, Viewer(label)) for label in (lower, higher))
    assert {one.entity.id for one in less.entities} <= {one.entity.id for one in more.entities}
    assert {run.payment.id for run in less.runs} <= {run.payment.id for run in more.runs}


def test_the_own_house_sees_everything() -> None:
    outcome = outage_of(soes(), "bankgirot")
    assert redact_outcome(outcome, None) is outcome
    assert redact_network(soes(), None) is soes()


def chain(*labels: str) -> Network:
    """citizens <- d <- c <- b <- a, with a label each from a on."""
    entities = [
        {"id": one, "name": f"Name {one}", "kind": "system", "tlp": label, "needs": needs}
        for one, label, needs in zip(
            "abcd", labels, ([], [{"provider": "a"}], [{"provider": "b"}], [{"provider": "c"}]), strict=True
        )
    ]
    network, findings = beroenden.build({"model": {"name": "chain", "tlp": "TLP:CLEAR"}, "entity": entities})
    assert network is not None, findings
    return network


@pytest.mark.parametrize(
    ("labels", "path"),
    [
        (("TLP:CLEAR", "TLP:CLEAR", "TLP:CLEAR", "TLP:CLEAR"), ["d", "c", "b", "a"]),
        (("TLP:CLEAR", "TLP:RED", "TLP:CLEAR", "TLP:CLEAR"), ["d", "c", WITHHELD, "a"]),
        (("TLP:CLEAR", "TLP:RED", "TLP:RED", "TLP:CLEAR"), ["d", WITHHELD, "a"]),
        (("TLP:RED", "TLP:RED", "TLP:RED", "TLP:CLEAR"), ["d", WITHHELD]),
    ],
)
def test_withheld_links_of_a_chain_are_one(labels: tuple[str, ...], path: list[str]) -> None:
    network = chain(*labels)
    outcome = redact_outcome(outage_of(network, "a"), Viewer("TLP:GREEN"))
    victim = next(one for one in outcome.entities if one.entity.id == "d")
    assert [link.entity for link in victim.because] == path
    assert {one.entity.id for one in outcome.entities} == set(path) - {WITHHELD}


def test_after_a_withheld_need_nothing_more_is_said() -> None:
    entities = [
        {"id": "a", "kind": "system", "needs": []},
        {"id": "b", "kind": "system", "needs": [{"provider": "a", "tlp": "TLP:RED", "what": "secret"}]},
    ]
    network, _ = beroenden.build({"model": {"name": "need", "tlp": "TLP:CLEAR"}, "entity": entities})
    assert network is not None
    outcome = redact_outcome(outage_of(network, "a"), Viewer("TLP:GREEN"))
    victim = next(one for one in outcome.entities if one.entity.id == "b")
    assert [link.entity for link in victim.because] == ["b", WITHHELD]
    assert "secret" not in to_toml(outcome.network)


def test_who_reads_what() -> None:
    network = soes()
    assert viewer_for(network, "tlp:green") == Viewer("TLP:GREEN")
    known = {audience.actor: audience.tlp for audience in network.audiences}
    actor, label = next(iter(known.items()))
    assert viewer_for(network, actor) == Viewer(label, actor)
    outsider = next(one.id for one in network.entities if one.kind == "supplier" and one.id not in known)
    assert viewer_for(network, outsider) == Viewer("TLP:CLEAR", outsider)


@pytest.mark.parametrize("to", ["TLP:GREN", "forsakringskasan", "barnfamiljer", "fk-utbetalning"])
def test_a_reader_must_exist(to: str) -> None:
    with pytest.raises(UsageError):
        viewer_for(soes(), to)


def test_lowering_shows_more_under_the_readers_own_label() -> None:
    network = chain("TLP:CLEAR", "TLP:AMBER", "TLP:RED", "TLP:CLEAR")
    viewer = viewer_for(network, "TLP:GREEN", lowered="TLP:AMBER")
    shown = redact_network(network, viewer)
    assert shown.entity["b"].provenance.tlp == "TLP:GREEN"
    assert "c" not in shown.entity
    with pytest.raises(UsageError):
        viewer_for(network, "TLP:AMBER", lowered="TLP:GREEN")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Name b svarar inte", True),
        ("NAME B?", True),
        ("Rename box", False),
        ("b", False),
        ("Allt fungerar", False),
    ],
)
def test_a_written_text_that_names_what_is_withheld_is_noticed(text: str, told: bool) -> None:
    mask = masked(chain("TLP:CLEAR", "TLP:RED", "TLP:CLEAR", "TLP:CLEAR"), Viewer("TLP:GREEN"))
    assert mask.tells(text) is told


def test_a_company_is_named_without_its_legal_form_too() -> None:
    network = chain("TLP:CLEAR", "TLP:RED", "TLP:CLEAR", "TLP:CLEAR")
    entities = tuple(replace(one, name="Kvasten Moln AB (publ)") if one.id == "b" else one for one in network.entities)
    mask = masked(replace(network, entities=entities), Viewer("TLP:GREEN"))
    assert mask.tells("Inloggning via Kvasten Moln")
    assert mask.tells("Kvasten Molns drift")
    assert not mask.tells("Kvasten svarar")
    entities = tuple(replace(one, name="Papper AB") if one.id == "b" else one for one in network.entities)
    assert not masked(replace(network, entities=entities), Viewer("TLP:GREEN")).tells("Papper och kuvert")


def test_a_payment_of_an_actors_own_unit_is_its_own() -> None:
    tables = {
        "model": {"name": "m", "tlp": "TLP:AMBER"},
        "entity": [
            {"id": "myndighet", "kind": "authority"},
            {"id": "enhet", "kind": "process", "owner": "myndighet"},
            {"id": "annan", "kind": "authority"},
        ],
        "payment": [
            {
                "id": "bidrag",
                "name": "Bidrag",
                "payer": "enhet",
                "dates": [date(2026, 12, 18)],
                "stage": [{"id": "underlag", "opens": {"days": 0}, "needs": [{"provider": "enhet"}]}],
            }
        ],
    }
    network, findings = beroenden.build(tables)
    assert network is not None, findings
    assert masked(network, Viewer("TLP:CLEAR", "myndighet")).network.payments[0].name == "Bidrag"
    assert masked(network, Viewer("TLP:CLEAR", "annan")).network.payments[0].name != "Bidrag"


def told_in(kind: str, text: str) -> dict[str, object]:
    """The text in each key of a table that holds what somebody wrote; what has a name of its own keeps it."""
    table = TABLES[kind]
    found: dict[str, object] = dict.fromkeys(texts_of(table), text)
    found |= {key: [text] for key in lists_of_texts(table)}
    found |= {one.key: dict.fromkeys(texts_of(INLINE[one.key]), text) for one in table if one.key == "contact"}
    return {key: value for key, value in found.items() if key != "name" or kind in ("stage", "event")}


def test_what_people_wrote_about_something_withheld_is_not_shown() -> None:
    told = "Utan Hemliga växeln stannar allt."
    by_hand = {"role": told, "channel": "tib@example.se"}
    tables = {
        "model": {"name": "m", "tlp": "TLP:CLEAR"},
        "entity": [
            {"id": "vaxel", "kind": "system", "name": "Hemliga växeln (illustrativ)", "tlp": "TLP:RED"},
            {
                "id": "myndighet",
                "kind": "authority",
                **told_in("entity", told),
                "needs": [{"provider": "vaxel", "endurance": "1h", **told_in("need", told)}],
            },
            {"id": "annan", "kind": "authority", "contact": by_hand},
        ],
        "payment": [
            {
                "id": "bidrag",
                "payer": "myndighet",
                "dates": [date(2026, 12, 18)],
                **told_in("payment", told),
                "stage": [
                    {
                        "id": "a",
                        "opens": {"days": 0},
                        **told_in("stage", told),
                        "needs": [{"provider": "myndighet", **told_in("need", told)}],
                    }
                ],
            }
        ],
        "event": [
            {
                "id": "byte",
                "start": datetime(2026, 12, 5, 22),
                "end": datetime(2026, 12, 6, 6),
                "entities": ["myndighet"],
                **told_in("event", told),
            }
        ],
    }
    network, findings = beroenden.build(tables)
    assert network is not None, findings
    shown = masked(network, Viewer("TLP:CLEAR")).network
    assert "växeln" not in repr(shown)
    assert "tib@example.se" in repr(shown)
    assert repr(masked(network, Viewer("TLP:RED")).network).count("växeln") >= 20
