"""The page as text: what it says, and that nothing in it is loaded or run that should not be."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

import pytest
from views.models import HOSTILE, built, hostile, large, small

from beroenden.consequences.simulate import simulate
from beroenden.errors import UsageError
from beroenden.language import writing_in
from beroenden.model.entities import Need, Step
from beroenden.units.numbers import NBSP
from beroenden.views.details import endurance_text
from beroenden.views.page import highest_label, page


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
    loading = {"src", "href", "srcset", "data", "action", "formaction", "poster", "background", "xlink:href", "style"}
    assert [tag for tag in elements.tags if loading & set(tag[1])] == []
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
    assert {tag for tag, _ in elements.tags} == {tag for tag, _ in ordinary.tags}
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
    assert "Liten modell TLP:AMBER Version 3 · hash" in said
    assert small().hash[:12] in said
    assert "Modellberäknat Sena betalningskörningar: 1 av 1 (1 500 000 utbetalningar, 2 671 Mkr). Period: tor" in said
    assert "Avbrott Utbetalningssystemet: tor 2026-12-17 06.00 – fre 2026-12-18 02.00" in said
    assert "ska hanteras enligt sin märkning, TLP:AMBER" in said


def test_a_map_without_outcome_speaks_of_no_harm() -> None:
    said = Elements(page(small())).text
    assert "Modellberäknat" not in said
    assert "Sena betalningar" not in said
    assert "Nedsatt" not in said


def test_kinds_have_shape_and_colour_of_their_own() -> None:
    nodes = Elements(page(small())).data["nodes"]
    looks = {(node["shape"], node["color"]["background"]) for node in nodes}
    assert len(looks) == len({shape for shape, _ in looks}) == len({colour for _, colour in looks}) == 8


def test_harm_shows_in_label_border_and_fill() -> None:
    node = {node["id"]: node for node in Elements(page(small(), outcome_of(POWER, TELE))).data["nodes"]}
    assert node["el"]["label"].replace(NBSP, " ") == "✕ 0 % Elnätet"
    assert node["fk-system"]["label"].replace(NBSP, " ").startswith("◐ 40 %")
    assert node["el"]["borderWidth"] == 4
    assert node["el"]["color"] != node["tele-2"]["color"]
    assert node["tele-2"]["label"] == "Tele2"
    assert node["tele-2"]["opacity"] < 1


def test_a_lost_reserve_has_a_sign_of_its_own() -> None:
    elements = Elements(page(small(), outcome_of(TELE)))
    node = {node["id"]: node for node in elements.data["nodes"]}["fk-system"]
    assert node["label"].split() == ["!", "Utbetalningssystemet"]
    assert "borderDashes" in node["shapeProperties"]
    assert elements.data["entities"]["fk-system"]["spells"] == [
        "tor 2026-12-17 06.00 – 08.00: ingen reserv kvar bland Telia, Tele2"
    ]
    assert "Utbetalningssystemet ! Reserv förlorad tor 2026-12-17 06.00 – tor 2026-12-17 08.00" in elements.text


def test_details_tell_needs_consumers_times_and_reasons() -> None:
    details = Elements(page(small(), outcome_of(POWER))).data["entities"]["fk-system"]
    assert details["facts"] == [["Typ", "System"], ["Ansvarig", "Försäkringskassan"], ["Källa", "okänd"]]
    assert [(need["ids"], need["text"].replace(NBSP, " ")) for need in details["needs"]] == [
        (["drift"], "klarar sig utan: 100 % till 4 tim, 40 % till 3 dygn, sedan 10 %; omstart 30 min"),
        (["tele-1", "tele-2"], "minst 1 av 2; Data; uthållighet okänd; räknar med återställning inom 2 tim"),
    ]
    assert [need["ids"] for need in details["neededBy"]] == [["fk"]]
    assert details["payments"] == ["Barnbidrag: Underlag"]
    first = details["spells"][0].replace(NBSP, " ")
    assert first == "tor 2026-12-17 14.00 – fre 2026-12-18 02.30: 40 %"
    assert [(link["ids"], link["text"].replace(NBSP, " ")) for link in details["because"]] == [
        (["fk-system"], "Utbetalningssystemet: 40 % från tor 2026-12-17 14.00"),
        (["drift"], "Driften: 0 % från tor 2026-12-17 10.00"),
        (["el"], "Elnätet: 0 % från tor 2026-12-17 06.00"),
    ]


def test_tables_say_who_is_harmed_and_what_is_late() -> None:
    said = Elements(page(small(), outcome_of(CLEARING))).text
    assert "Clearingen: tor 2026-12-17 06.00 – slut okänt (räknat som om avbrottet kvarstår)" in said
    assert "Clearingen ✕ 0 % Nere tor 2026-12-17 06.00 tor 2026-12-17 06.00 inte inom perioden" in said
    assert (
        "Barnbidrag fre 2026-12-18 tor 2026-12-17 13.01 inte inom perioden okänd 900 000 senast tor 2026-12-17 12.00"
        in said
    )


@pytest.mark.parametrize(("state", "words"), [("any", "hinner ändå"), ("too_late", "för sent")])
def test_latest_recovery_is_said_in_words(state: str, words: str) -> None:
    outcome = outcome_of(CLEARING)
    outcome["payments"][0] |= {"latest_recovery_state": state, "latest_recovery": None}
    assert words in Elements(page(small(), outcome)).text


def test_a_payment_shows_what_its_stages_need() -> None:
    payment = Elements(page(small())).data["payments"][0]
    assert payment["shows"] == ["fk", "bank-1", "familjer", "fk-system", "attest", "clearing", "bank-2"]
    assert payment["stages"][-1] == {"name": "Konto", "ids": ["bank-1", "bank-2"]}


@pytest.mark.parametrize(
    ("endurance", "floor", "words"),
    [
        (None, 0.0, "uthållighet okänd"),
        ((Step(0, 1.0),), 0.0, "ingen uthållighet"),
        ((Step(240, 1.0),), 0.0, "klarar sig 4 tim utan"),
        ((Step(240, 1.0),), 0.25, "klarar sig 4 tim utan, sedan 25 %"),
        ((Step(240, 0.5),), 0.0, "klarar sig utan: 50 % till 4 tim"),
    ],
)
@writing_in("sv")
def test_endurance_in_words(endurance: tuple[Step, ...] | None, floor: float, words: str) -> None:
    need = Need("provider", ("a",), endurance=endurance, floor=floor)
    assert endurance_text(need).replace(NBSP, " ") == words


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
