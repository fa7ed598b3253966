"""The page as text: what it says, and that nothing in it is loaded or run that should not be."""

import json
import re
from base64 import b64encode
from dataclasses import replace
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

import pytest
from views.models import HOSTILE, built, hostile, large, small

from beroenden.consequences.simulate import simulate
from beroenden.errors import UsageError
from beroenden.language import writing_in
from beroenden.model.network import Network
from beroenden.units.numbers import NBSP
from beroenden.views.explorer.data import Opening
from beroenden.views.explorer.page import highest_label
from beroenden.views.explorer.page import page as page_in_any_language
from beroenden.views.explorer.result import read_result

page = writing_in("sv")(page_in_any_language)


class Elements(HTMLParser):
    """Elements with their attributes, and the text inside scripts, styles and everything else."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.styles: list[str] = []
        self.said: list[str] = []
        self._inside = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append((dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""
        self.said.append(" " if tag in ("td", "th", "div") else "")

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            attributes, before = self.scripts.pop()
            self.scripts.append((attributes, before + data))
        elif self._inside == "style":
            self.styles.append(data)
        else:
            self.said.append(data)

    @property
    def text(self) -> str:
        """What a person reads, in one line."""
        return " ".join("".join(self.said).replace(NBSP, " ").split())

    @property
    def data(self) -> Any:
        """The page's data block."""
        return json.loads(next(text for attributes, text in self.scripts if attributes.get("id") == "data"))


def outcome_of(*outages: dict[str, Any]) -> dict[str, Any]:
    """The JSON of outages in the small model, as read from a file."""
    found = json.loads(json.dumps(simulate(small(), list(outages)).to_dict()))
    assert isinstance(found, dict)
    return found


POWER = {"entity": "el", "start": "2026-12-17T06:00", "for": "20h"}
TELE = {"entity": "tele-1", "start": "2026-12-17T06:00", "for": "2h"}
SYSTEM = {"entity": "fk-system", "start": "2026-12-17T06:00", "for": "20h"}
CLEARING = {"entity": "clearing", "start": "2026-12-17T06:00"}


@pytest.fixture(scope="module", params=["map", "outcome", "hostile"])
def text(request: pytest.FixtureRequest) -> str:
    """The page of each sort."""
    if request.param == "map":
        return page(small())
    if request.param == "outcome":
        return page(small(), outcome_of(POWER))
    return page(hostile(), simulate(hostile(), [{**POWER, "entity": "e0"}]).to_dict())


def test_nothing_is_loaded_from_anywhere(text: str) -> None:
    elements = Elements(text)
    loading = {"src", "href", "srcset", "data", "action", "formaction", "poster", "background", "xlink:href"}
    outside = [
        (tag, name, value)
        for tag, attributes in elements.tags
        for name, value in attributes.items()
        if (name in loading and not (value or "").startswith("#")) or re.search(r"url\((?!#)", value or "")
    ]
    assert outside == []
    assert {tag for tag, _ in elements.tags}.isdisjoint(
        {"link", "img", "iframe", "object", "embed", "base", "form", "a"}
    )
    own_script = elements.scripts[-1][1]
    for part in [*elements.styles, own_script]:
        assert not re.search(r"url\(|@import|https?:|//[a-z]+\.|fetch\(|XMLHttpRequest|innerHTML|eval\(", part)
    assert "sourceMappingURL" not in text


def test_no_attribute_is_a_handler(text: str) -> None:
    assert [
        (tag, name) for tag, attributes in Elements(text).tags for name in attributes if name.startswith("on")
    ] == []


def test_the_policy_allows_exactly_the_scripts_of_the_page(text: str) -> None:
    elements = Elements(text)
    runs = [script for attributes, script in elements.scripts if attributes.get("type") != "application/json"]
    assert len(runs) == 2
    hashes = [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in runs]
    policy = next(tag["content"] for _, tag in elements.tags if tag.get("http-equiv") == "Content-Security-Policy")
    assert policy == (
        f"default-src 'none'; script-src {' '.join(hashes)}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def test_hostile_names_appear_as_text_only() -> None:
    outcome = simulate(hostile(), [{**POWER, "entity": "e0"}]).to_dict()
    text = page(hostile(), outcome)
    elements = Elements(text)
    ordinary = Elements(page(small(), outcome_of(POWER)))
    assert {tag for tag, _ in elements.tags} <= {tag for tag, _ in ordinary.tags}
    assert len(elements.scripts) == 3
    for number, name in enumerate(HOSTILE):
        assert " ".join(name.split()) in elements.text
        assert elements.data["entities"][f"e{number}"]["name"] == f"{name} {number}"
    assert "<img" not in text.replace("&lt;img", "")
    assert "49" not in elements.data["entities"]["e3"]["name"]


def test_the_same_input_gives_the_same_text() -> None:
    assert page(small(), outcome_of(POWER)) == page(small(), outcome_of(POWER))
    assert page(large(120, 3)) == page(large(120, 3))


def test_an_outcome_leaves_everything_where_it_stood() -> None:
    before, after = Elements(page(small())).data, Elements(page(small(), outcome_of(POWER))).data
    assert [(node["x"], node["y"]) for node in before["nodes"]] == [(node["x"], node["y"]) for node in after["nodes"]]


def test_the_header_says_what_the_page_is() -> None:
    said = Elements(page(small(), outcome_of(SYSTEM))).text
    assert "Liten modell Version 3 · kontrollsumma" in said
    assert "betalningar: 1 TLP:AMBER" in said
    assert small().hash[:12] in said
    assert "Modellberäknat Sena betalningskörningar: 1 av 1 (1 500 000 utbetalningar, 2 671 Mkr). Period: tor" in said
    assert "Avbrott Utbetalningssystemet: tor 2026-12-17 06.00 – fre 2026-12-18 02.00" in said
    assert "ska hanteras enligt sin märkning, TLP:AMBER" in said


def test_a_map_without_outcome_speaks_of_no_harm() -> None:
    said = Elements(page(small())).text
    assert "Modellberäknat" not in said
    assert "Sena betalningar" not in said
    assert "Nedsatt" not in said


def test_every_kind_has_a_name_a_sign_and_a_letter_of_its_own() -> None:
    kinds = Elements(page(small())).data["kinds"]
    for what in ("name", "outline", "fill", "letter"):
        assert len({kind[what] for kind in kinds.values()}) == 8


def test_details_tell_facts_needs_and_payments() -> None:
    details = Elements(page(small())).data["entities"]["fk-system"]
    assert [details[key] for key in ("name", "kind", "owner", "label", "verified", "confidence")] == [
        "Utbetalningssystemet",
        "system",
        "fk",
        "TLP:GREEN",
        None,
        None,
    ]
    assert ["Svarar för den", "Försäkringskassan"] in details["facts"]
    assert [(need["ids"], need["text"].replace(NBSP, " ")) for need in details["needs"]] == [
        (
            ["drift"],
            "uthållighet: 4 tim, sedan 40 % fram till 3 dygn, 10 % för alltid; omstart 30 min; räknar med: okänt",
        ),
        (
            ["tele-1", "tele-2"],
            "Data; minst 1 av dem räcker; uthållighet: okänd (räknas som 0); räknar med återställning inom 2 tim",
        ),
    ]
    assert details["payments"] == [["bidrag", "Underlag"]]


def test_payments_that_depend_through_others_are_named() -> None:
    assert Elements(page(small())).data["entities"]["el"]["payments"] == [["bidrag", "Underlag"]]


def test_all_that_is_registered_is_told() -> None:
    told = {
        "id": "a",
        "name": "A",
        "kind": "system",
        "mtpd": "24h",
        "rto": "8h",
        "rta": "11h",
        "rta_tested": date(2026, 3, 1),
        "rpo": "15min",
        "mbco": 0.4,
        "failure": {"per_year": 0.5, "duration": {"p50": "2h", "p90": "12h"}},
        "contact": {"role": "TiB", "channel": "tib@example.se"},
        "regimes": ["nis2"],
        "source": "Intervju",
        "verified": date(2026, 2, 14),
        "confidence": "high",
        "note": "Obs",
    }
    facts = Elements(page(built({"model": {"name": "M"}, "entity": [told]}))).data["entities"]["a"]["facts"]
    said = {term: value.replace(NBSP, " ") for term, value in facts}
    assert said["Felfrekvens"] == "0,5 gånger om året, hälften inom 2 tim, nio av tio inom 12 tim"
    assert set(said.values()) >= {"24 tim", "8 tim", "11 tim", "2026-03-01", "15 min", "40 %", "TiB, tib@example.se"}
    assert set(said.values()) >= {"NIS2", "Intervju", "2026-02-14", "hög", "Obs"}


def test_tables_say_who_is_harmed_and_what_is_late() -> None:
    said = Elements(page(small(), outcome_of(CLEARING))).text
    assert "Clearingen: tor 2026-12-17 06.00 – slut okänt (räknat som om avbrottet kvarstår)" in said
    assert "Clearingen ✕ 0 % Nere tor 2026-12-17 06.00 tor 2026-12-17 06.00 inte inom perioden" in said
    assert (
        "Barnbidrag fre 2026-12-18 tor 2026-12-17 13.01 inte inom perioden okänd 900 000 1 602,6 Mkr Clearingen tor 2026-12-17 12.00"
        in said
    )
    lost = Elements(page(small(), outcome_of(TELE))).text
    assert "Utbetalningssystemet ! Går på reserv tor 2026-12-17 06.00 – tor 2026-12-17 08.00" in lost


def test_the_date_of_late_payments_is_not_printed_where_the_planned_time_says_it() -> None:
    outcome = outcome_of(CLEARING)

    def classes() -> str | None:
        tags = Elements(page(small(), outcome)).tags
        return next(
            attrs["class"] for name, attrs in tags if name == "table" and attrs.get("aria-labelledby") == "late"
        )

    assert classes() == "sorted runs"
    for run in outcome["payments"]:
        run["date"] = run["planned"][:10]
    assert classes() == "sorted runs same-day"


@pytest.mark.parametrize(("state", "words"), [("any", "hinner ändå"), ("too_late", "för sent")])
def test_latest_recovery_is_said_in_words(state: str, words: str) -> None:
    outcome = outcome_of(CLEARING)
    outcome["payments"][0] |= {"latest_recovery_state": state, "latest_recovery": None}
    assert words in Elements(page(small(), outcome)).text


def test_a_table_says_who_lives_on_endurance_and_whether_it_is_enough() -> None:
    said = Elements(page(small(), outcome_of(POWER))).text
    assert "Driften Elnätet tor 2026-12-17 06.00 tor 2026-12-17 10.00 tar slut" in said
    assert "Utbetalningssystemet Driften tor 2026-12-17 10.00 tor 2026-12-17 14.00 tar slut" in said
    said = Elements(page(small(), outcome_of({**POWER, "for": "7h"}))).text
    assert "Utbetalningssystemet Driften tor 2026-12-17 10.00 tor 2026-12-17 14.00 räcker" in said
    lasting = Elements(page(small(), simulate(small(), POWER, horizon="3h").to_dict())).text
    assert "Driften Elnätet tor 2026-12-17 06.00 tor 2026-12-17 10.00 räcker perioden ut" in lasting


def test_each_time_that_a_need_lives_on_endurance_has_its_row() -> None:
    outages = [POWER | {"for": "3h"}, POWER | {"start": "2026-12-18T06:00", "for": "5h"}]
    said = Elements(page(small(), simulate(small(), outages).to_dict())).text
    assert "Driften Elnätet tor 2026-12-17 06.00 tor 2026-12-17 10.00 räcker" in said
    assert "Driften Elnätet fre 2026-12-18 06.00 fre 2026-12-18 10.00 tar slut" in said


def test_endurance_that_ends_as_the_supply_comes_back_is_enough_but_not_where_only_some_does() -> None:
    exact = Elements(page(small(), outcome_of({**POWER, "for": "4h"}))).text
    assert "Driften Elnätet tor 2026-12-17 06.00 tor 2026-12-17 10.00 räcker" in exact
    half = POWER | {"start": "2026-12-17T10:00", "for": "2h", "remaining": 0.5}
    part = Elements(page(small(), simulate(small(), [POWER | {"for": "4h"}, half]).to_dict())).text
    assert "Driften Elnätet tor 2026-12-17 06.00 tor 2026-12-17 10.00 tar slut" in part


def test_a_late_run_names_the_fault_in_the_file_beside_what_else_makes_it_late() -> None:
    fault = {"payment": "bidrag", "share": 0.1, "start": "2026-12-17T00:00", "for": "3d"}
    both = Elements(page(small(), simulate(small(), [CLEARING, fault]).to_dict()))
    assert "Clearingen, fel i filen" in both.text
    assert [run["causes"] for run in both.data["playback"]["runs"]] == ["Clearingen, fel i filen"]
    alone = Elements(page(small(), simulate(small(), [fault]).to_dict()))
    assert [run["causes"] for run in alone.data["playback"]["runs"]] == ["fel i filen"]


def test_payments_in_time_say_until_when_they_could_wait() -> None:
    said = Elements(page(small(), outcome_of({**CLEARING, "for": "2h"}))).text
    assert "Betalningar i tid Betalning Datum Klar Senaste återställning Barnbidrag fre 2026-12-18" in said
    assert "tor 2026-12-17 12.00" in said


def test_a_run_is_complete_when_its_last_recipients_have_it() -> None:
    outcome = outcome_of({**CLEARING, "for": "2h"})
    run = next(one for one in outcome["payments"] if one["status"] == "on_time")
    last = run["completed"]
    assert run["branches"][0]["completed"] < last
    with writing_in("sv"):
        row = read_result(outcome, small()).in_time[0]
    assert (row.payment, row.completed[-5:]) == (run["payment"], last[11:16].replace(":", "."))


def test_a_payment_names_its_ends_and_what_its_stages_need() -> None:
    payment = Elements(page(small())).data["payments"]["bidrag"]
    assert payment["ends"] == ["fk", "bank-1", "familjer"]
    assert payment["route"] == [
        ["fk", "bank-1"],
        ["bank-1", "clearing"],
        ["clearing", "bank-2"],
        ["bank-1", "familjer"],
        ["bank-2", "familjer"],
    ]
    assert [(stage["name"], stage["ids"]) for stage in payment["stages"]] == [
        ("Underlag", ["fk-system", "attest"]),
        ("Bank", ["bank-1"]),
        ("Clearing", ["clearing"]),
        ("Konto", ["bank-1", "bank-2"]),
    ]


def test_what_is_seen_first_is_handed_on() -> None:
    opening = Elements(page(small(), None, Opening("drift", 3, "bidrag"))).data["opening"]
    assert opening == {"focus": "drift", "depth": 3, "payment": "bidrag"}


def test_a_long_table_waits_until_it_is_asked_for() -> None:
    assert [tag for tag, _ in Elements(page(large(300, 1))).tags].count("template") == 0
    assert [tag for tag, _ in Elements(page(large(301, 1))).tags].count("template") == 1


def test_the_page_speaks_one_language() -> None:
    """No Swedish is left in an English page, apart from the names of the model."""

    def with_english_names(outcome: dict[str, Any]) -> str:
        with writing_in("en"):
            return page_in_any_language(nameless(), outcome)

    outcome = simulate(nameless(), [POWER]).to_dict()
    assert re.findall(r"\b\w*[åäöÅÄÖ]\w*", Elements(with_english_names(outcome)).text) == []
    words = json.dumps(Elements(with_english_names(outcome)).data["words"], ensure_ascii=False)
    assert re.findall(r"\b\w*[åäöÅÄÖ]\w*", words) == []


def nameless() -> Network:
    """The small model with its names in ASCII."""
    network = small()
    entities = tuple(replace(entity, name=entity.id) for entity in network.entities)
    return replace(network, entities=entities)


def test_an_outcome_of_another_version_of_the_model_is_said_to_be() -> None:
    outcome = outcome_of(POWER)
    assert "annan version av modellen" not in Elements(page(small(), outcome)).text
    outcome["model"]["hash"] = "0" * 64
    outcome["entities"][0]["id"] = "borttagen"
    said = Elements(page(small(), outcome)).text
    assert "annan version av modellen" in said
    assert "borttagen" in said


@pytest.mark.parametrize("wrong", [{}, {"schema": "beroenden/outcome/9"}, {"schema": "beroenden/outcome/1"}, []])
def test_anything_but_an_outcome_is_refused(wrong: Any) -> None:
    with pytest.raises(UsageError, match="beroenden/outcome/1"):
        page(small(), wrong)


def test_the_label_is_the_most_restricted_of_the_contents() -> None:
    assert highest_label(small()) == "TLP:AMBER"
    clear = built({"model": {"name": "Öppen", "tlp": "TLP:CLEAR"}, "entity": [{"id": "a", "kind": "system"}]})
    assert highest_label(clear) == "TLP:CLEAR"
