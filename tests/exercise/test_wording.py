"""The words of what is put to players: no word twice, nothing in a form that does not fit it."""

from typing import Any

import pytest
from chain import network, tables
from exercise.example import moment

import beroenden
from beroenden.exercise.exercise import Evidence
from beroenden.exercise.wording.wording import Wording
from beroenden.language import writing_in
from beroenden.sharing.masking import masked
from beroenden.sharing.viewer import viewer_for

RUN = (("allowance", "2026-12-18"),)
AT = moment("16T07:00")


def public() -> dict[str, Any]:
    made = tables()
    made["model"]["tlp"] = "TLP:CLEAR"
    return made


def words(
    evidence: Evidence, made: dict[str, Any] | None = None, left: float = 0.0, told: int | None = None
) -> tuple[str, str]:
    model, findings = beroenden.build(made or public())
    assert model is not None, findings
    with writing_in("sv"):
        mask = masked(model, viewer_for(model, "payer"))
        _, _, title, text = Wording(mask, "payer", lambda *_: left).words(evidence, told)
    return title, text.replace("\xa0", " ")


def test_a_count_is_about_once():
    made = public()
    made["payment"][0]["count"] = 241_234
    _, text = words(Evidence("late", AT, payments=RUN), made)
    assert text.endswith("Så många utbetalningar gäller det: cirka 241 000.")


@pytest.mark.parametrize("name", ["clr", "b1"])
def test_a_rumour_is_of_a_fault_that_anything_can_have(name):
    _, text = words(Evidence("rumour", AT, (name,)))
    assert "har ett fel som ligger bakom" in text and "fel hos" not in text


def test_a_stage_is_a_step_that_is_done():
    title, text = words(Evidence("stage", AT, payments=RUN, stage="clearing"))
    assert title.startswith("Inte klart i tid: ")
    assert text.startswith("Steget ") and "skulle ha varit klart" in text


def test_news_says_of_whom_and_since_when():
    title, text = words(Evidence("service", AT, ("people",), level=0.2))
    assert title == "Nyhetsinslag: People märker störningar"
    assert "omkring åtta av tio sedan onsdag 16 december 2026 kl. 07.00 inte kan" in text
    assert "Det gäller people." in text


def test_news_names_a_few_groups_and_counts_the_rest():
    made = public()
    made["entity"] += [made["entity"][-1] | {"id": f"group-{place}", "name": f"Grupp {place}"} for place in range(5)]
    groups = tuple(f"group-{place}" for place in range(5))
    title, text = words(Evidence("service", AT, ("people", *groups), level=0.782), made)
    assert title == "Nyhetsinslag: People och 5 till märker störningar"
    assert "omkring var femte sedan" in text and "%" not in text
    assert "Det gäller people, grupp 0, grupp 1 och 3 grupper till." in text


def test_one_text_has_one_label():
    model = network()
    wording = Wording(masked(model, viewer_for(model, "payer")), "payer", lambda *_: 0.0)
    found = {wording.label(Evidence("longer", AT, (), runs)) for runs in ((), RUN)}
    assert len(found) == 1


def test_whom_a_fault_hits_beside_a_late_bank_has_an_account_at_another():
    """It said "the other banks", which a model may have as the name of a group of banks."""
    made = public()
    made["payment"][0]["count"] = 1000
    _, text = words(Evidence("late", AT, ("b1",), RUN, level=0.97), made)
    assert "3 % av dem med konto i någon annan bank än Bank two har inte fått sina pengar" in text


@pytest.mark.parametrize(
    ("entities", "what"),
    [((), "Störningen"), (("clr",), "Störningen i Clearing"), (("clr", "b1"), "Störningarna i Clearing och Bank one")],
)
def test_what_takes_longer_has_a_name_where_one_is_known(entities, what):
    _, text = words(Evidence("longer", AT, entities, until=moment("18T07:00")))
    assert text == f"{what} väntas nu vara över först fredag 18 december 2026 kl. 07.00."


PATH = ("sys", "clr")
"""Something of the payer's own, and what fails at its border."""


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence("supply", AT, ("sys",), path=PATH),
        Evidence("level", AT, ("sys",), path=PATH, level=0.4),
        Evidence("reserve", AT, ("sys",), path=PATH),
        Evidence("cutoff", AT, payments=RUN, stage="clearing", path=("clr",)),
    ],
)
def test_what_fails_in_part_is_told_with_how_much_of_it_works(evidence):
    """The key reckoned with 40 %, which nobody had said."""
    assert "Clearing fungerar till ungefär 40 %." in words(evidence, left=0.4)[1]
    for level in (0.0, 1.0):
        assert "%" not in words(evidence, left=level)[1].replace("40 % av förmågan", "")


def test_unconfirmed_word_says_how_much_is_left():
    _, text = words(Evidence("unconfirmed", AT, ("clr",), path=("clr",), level=0.3))
    assert text.endswith("Ungefär 30 % av förmågan uppges vara kvar.")
    assert "%" not in words(Evidence("unconfirmed", AT, ("clr",), path=("clr",), level=0.0))[1]


def test_an_estimate_leaves_out_an_earliest_that_has_passed():
    found = Evidence("cause", AT, ("clr",), path=("clr",), level=0.0, until=moment("17T07:00"))
    assert "tidigast torsdag 17 december 2026 kl. 03.00 och senast" in words(found)[1]
    _, text = words(found, told=moment("17T04:00"))
    assert "tidigast" not in text and text.endswith(
        "Den uppskattas vara åtgärdad senast torsdag 17 december 2026 kl. 17.00."
    )
