"""The page of a model for a reader: no word, no id and no count of what it may not see."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sharing.marking import marked_model
from sharing.test_redaction import readers, soes

import beroenden
from beroenden.model.network import WITHHELD, Network
from beroenden.modelfiles.scenario import build_scenario
from beroenden.sharing.masking import masked
from beroenden.sharing.redaction import shared_outcome
from beroenden.sharing.viewer import Viewer
from beroenden.sharing.visible import visible_network
from beroenden.views.explorer.page import page

OUT = ("bankgirot", "swedbank", "telia", "fk-utbetalning")


def page_for(network: Network, viewer: Viewer | None, out: str) -> str:
    mask = masked(network, viewer)
    outage = {"entity": out, "start": "2026-12-16T08:00", "for": "30h"}
    scenario = build_scenario(network, [outage], [], "6d", None)
    return page(visible_network(mask), shared_outcome(mask, mask.scenario(scenario)).to_dict())


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 10**6), reader=readers, out=st.sampled_from(OUT))
def test_no_page_leaks(seed: int, reader: tuple[str, str | None], out: str) -> None:
    marked = marked_model(soes(), seed)
    viewer = Viewer(reader[0], reader[1] and marked.ids[reader[1]])
    text = page_for(marked.network, viewer, marked.ids[out])
    assert marked.leaks(viewer, text) == []
    assert f"{WITHHELD}-" not in text


@pytest.mark.sweep
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), reader=readers, out=st.sampled_from(OUT))
def test_no_page_leaks_over_many_labels(seed: int, reader: tuple[str, str | None], out: str) -> None:
    test_no_page_leaks.hypothesis.inner_test(seed, reader, out)  # type: ignore[attr-defined]


def test_a_leak_would_be_seen() -> None:
    marked = marked_model(soes(), 1)
    assert len(marked.leaks(Viewer("TLP:CLEAR"), page_for(marked.network, None, marked.ids["bankgirot"]))) > 500


def hiding(count: int) -> Network:
    """A system that needs any of a provider that may be seen and so many that may not."""
    secret = [{"id": f"secret-{number}", "kind": "system", "tlp": "TLP:RED"} for number in range(count)]
    providers = ["open", *(one["id"] for one in secret)]
    user = {"id": "user", "kind": "system", "needs": [{"any_of": providers, "endurance": "4h"}]}
    tables = {
        "model": {"name": "Counted", "tlp": "TLP:CLEAR"},
        "entity": [{"id": "open", "kind": "system"}, user, *secret],
    }
    network, findings = beroenden.build(tables)
    assert network is not None, findings
    return network


def test_what_is_withheld_is_not_even_counted() -> None:
    pages = {
        page_for(network, Viewer("TLP:CLEAR"), "secret-0").replace(network.hash, "").replace(network.hash[:12], "")
        for network in (hiding(1), hiding(2), hiding(5))
    }
    one, *others = pages
    assert "dependency not shared" in one
    # with one reserve the last one is lost, with more it is not: that is a consequence, and is told
    assert len(others) == 1


def test_an_owner_that_is_withheld_is_not_named() -> None:
    tables = {
        "model": {"name": "Owned", "tlp": "TLP:CLEAR"},
        "entity": [
            {"id": "owner", "kind": "authority", "tlp": "TLP:RED"},
            {"id": "owned", "kind": "system", "owner": "owner", "tlp": "TLP:CLEAR", "needs": [{"provider": "other"}]},
            {"id": "other", "kind": "system", "tlp": "TLP:CLEAR"},
        ],
    }
    network, _ = beroenden.build(tables)
    assert network is not None
    shown = visible_network(masked(network, Viewer("TLP:CLEAR")))
    assert shown.entity["owned"].owner is None
    assert [one.id for one in shown.entities if one.id != WITHHELD] == ["owned", "other"]


def test_the_own_house_sees_the_model_itself() -> None:
    assert visible_network(masked(soes(), None)) is soes()
