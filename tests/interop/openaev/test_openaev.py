"""The scenario and the sheet for OpenAEV, read as its importers read them."""

import json
import re
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from chain import network, tables
from exercise.example import INJECTS, exercise
from openpyxl import load_workbook

import beroenden
from beroenden.exercise.exercise import Exercise
from beroenden.interop.openaev.injects import MANUAL
from beroenden.interop.openaev.scenario import scenario_zip
from beroenden.interop.openaev.sheet import mapper, openaev_xlsx, relative_time

NETWORK = network()
KEYS = {
    "information": (
        "scenario_name", "scenario_description", "scenario_subtitle", "scenario_category", "scenario_main_focus",
        "scenario_message_header", "scenario_message_footer", "scenario_mail_from", "scenario_tags",
    ),
    "tags": ("tag_id", "tag_name", "tag_color"),
    "teams": ("team_id", "team_name", "team_description"),
    "injects": (
        "inject_id", "inject_title", "inject_description", "inject_country", "inject_city", "inject_injector_contract",
        "inject_depends_duration", "inject_all_teams", "inject_depends_on", "inject_tags", "inject_teams",
        "inject_documents", "inject_content",
    ),
}  # fmt: skip
"""What the importer reads without asking whether it is there."""
LISTS = (
    "teams", "objectives", "users", "organizations", "injects", "tags", "documents", "channels", "articles",
    "challenges", "lessons_categories", "lessons_questions", "variables",
)  # fmt: skip


def export(planned: Exercise | None = None) -> dict[str, Any]:
    """The JSON in the zip."""
    with ZipFile(BytesIO(scenario_zip(planned or exercise(), NETWORK))) as archive:
        return json.loads(archive.read(archive.namelist()[0]))


def injects(planned: Exercise | None = None) -> dict[int, dict[str, Any]]:
    """The injects by number."""
    return {int(one["inject_title"].split(".")[0]): one for one in export(planned)["scenario_injects"]}


def rows(planned: Exercise | None = None) -> list[tuple[str, ...]]:
    """The sheet without its headings."""
    sheet = load_workbook(BytesIO(openaev_xlsx(planned or exercise(), NETWORK))).active
    assert sheet is not None
    return [tuple(str(cell or "") for cell in row) for row in sheet.iter_rows(values_only=True)][1:]


def test_the_comment_of_the_entry_says_what_it_is() -> None:
    with ZipFile(BytesIO(scenario_zip(exercise(), NETWORK))) as archive:
        (entry,) = archive.infolist()
    assert entry.comment == b"Scenario"
    assert not [name for name in ("payload.json", "attachments.zip") if name in entry.filename]


def test_every_key_that_the_importer_reads_is_there() -> None:
    made = export()
    assert made["export_version"] == 1
    assert {f"scenario_{name}" for name in (*LISTS, "information")} | {"export_version"} == set(made)
    assert all(isinstance(made[f"scenario_{name}"], list) for name in LISTS)
    for name, keys in KEYS.items():
        given = made[f"scenario_{name}"]
        for one in given if isinstance(given, list) else [given]:
            assert set(keys) <= set(one), name
    for inject in made["scenario_injects"]:
        assert inject["inject_injector_contract"] == {"injector_contract_id": MANUAL, "injector_contract_payload": None}
        assert isinstance(inject["inject_content"]["expectations"], list)


def test_all_injects_at_their_seconds_from_the_start() -> None:
    assert {number: one["inject_depends_duration"] for number, one in injects().items()} == {
        1: 0, 2: 900, 3: 1800, 4: 3000, 5: 7200, 6: 7200,
    }  # fmt: skip
    assert all(one["inject_depends_on"] == [] and not one["inject_all_teams"] for one in injects().values())


def test_one_team_for_each_player_and_only_for_what_it_gets_by_the_clock() -> None:
    names = {team["team_id"]: team["team_name"] for team in export()["scenario_teams"]}
    assert list(names.values()) == ["The payer", "Bank two"]
    assert {number: [names[team] for team in one["inject_teams"]] for number, one in injects().items()} == {
        1: [], 2: ["The payer"], 3: ["Bank two"], 4: [], 5: [], 6: ["The payer"],
    }  # fmt: skip


def test_the_game_control_s_own_injects_have_no_team_whomever_they_are_about() -> None:
    own = replace(exercise(), injects=tuple(replace(one, kind="spelledning") for one in INJECTS))
    assert [one["inject_teams"] for one in injects(own).values()] == [[]] * len(INJECTS)
    assert {row[4] for row in rows(own)} == {""}


def test_reserves_and_skipped_ones_are_not_started_by_the_clock() -> None:
    assert [number for number, one in injects().items() if not one["inject_enabled"]] == [4, 5]
    assert [row[2] for row in rows() if row[0] == "importeras inte"] == [
        "4. Frågan ställs igen",
        "5. Filen kom inte med",
    ]


def test_an_expectation_only_where_a_person_wrote_it_for_a_player() -> None:
    given = {number: one["inject_content"]["expectations"] for number, one in injects().items()}
    assert [number for number, expectations in given.items() if expectations] == [2]
    assert given[2] == [
        {
            "expectation_type": "MANUAL",
            "expectation_name": "Förväntad åtgärd",
            "expectation_description": "TiB larmar; kontakt med b1",
            "expectation_score": 100,
            "expectation_expectation_group": False,
        }
    ]
    half = replace(exercise(), injects=(replace(INJECTS[1], expected="TiB larmar. [ATT SKRIVA: när]"),))
    assert injects(half)[2]["inject_content"]["expectations"] == []


HIDDEN = ("sys <- power", "Motspel drift", "Vad vet ni?", "[ATT SKRIVA: övningsmål]")


def test_what_the_game_control_keeps_stands_in_the_description_and_nowhere_else() -> None:
    text = json.dumps(export(), ensure_ascii=False)
    told = injects()[2]["inject_description"]
    for words in HIDDEN:
        assert words in told and text.count(words) == 1
        assert [row for row in rows() if words in "".join(row)] == [row for row in rows() if words in row[3]] != []


def test_every_text_of_its_own_says_that_it_is_an_exercise() -> None:
    made = export()
    information = made["scenario_information"]
    assert (
        information["scenario_message_header"] == information["scenario_message_footer"] == "ÖVNING – Övning Elavbrott"
    )
    assert all(one["inject_description"].startswith("TLP:AMBER+STRICT ÖVNING\n") for one in made["scenario_injects"])
    english = injects(replace(exercise(), language="en"))
    assert english[1]["inject_description"].startswith(
        "TLP:AMBER+STRICT EXERCISE\nFrom: Spelledningen\nTo: the game control"
    )


def test_tags_for_stage_and_kind() -> None:
    names = {tag["tag_id"]: tag["tag_name"] for tag in export()["scenario_tags"]}
    assert [names[tag] for tag in injects()[4]["inject_tags"]] == ["skede 1", "reservinspel"]
    assert [names[tag] for tag in injects()[6]["inject_tags"]] == ["skede 2", "inspel"]
    assert all(re.fullmatch("#[0-9a-f]{6}", tag["tag_color"]) for tag in export()["scenario_tags"])


def test_the_same_exercise_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    before = scenario_zip(exercise(), NETWORK), openaev_xlsx(exercise(), NETWORK), mapper(exercise())
    monkeypatch.setattr("time.time", lambda: 2e9)
    monkeypatch.setattr("time.localtime", lambda *_: (_ for _ in ()).throw(AssertionError("the clock is asked")))
    assert before == (scenario_zip(exercise(), NETWORK), openaev_xlsx(exercise(), NETWORK), mapper(exercise()))


def test_ids_are_those_of_the_number_and_of_the_exercise() -> None:
    ids = {number: one["inject_id"] for number, one in injects().items()}
    other = injects(replace(exercise(), name="Övning Elavbrott II"))
    assert len(set(ids.values())) == len(ids) and not {one["inject_id"] for one in other.values()} & set(ids.values())
    retitled = replace(exercise(), injects=tuple(replace(one, title="x") for one in INJECTS))
    assert {number: one["inject_id"] for number, one in injects(retitled).items()} == ids


def test_control_characters_never_reach_the_database() -> None:
    bad = replace(
        exercise(), injects=(replace(INJECTS[1], title="a\x00b", text="c\x00\x1bd\nny rad", expected="e\x00"),)
    )
    inject = injects(bad)[2]
    assert "\\u0000" not in json.dumps(inject) and "\\u001b" not in json.dumps(inject)
    assert "c\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}d\nny rad" in inject["inject_description"]
    assert rows(bad)[1][2] == "2. a\N{REPLACEMENT CHARACTER}b"


def imported(planned: Exercise) -> dict[str, tuple[int, str, str]]:
    """What the importer makes of the sheet: seconds, team and expectation by title."""
    (made,) = json.loads(mapper(planned))
    assert re.fullmatch("[A-Z]{1,2}", made["import_mapper_inject_type_column"])
    found: dict[str, tuple[int, str, str]] = {}
    for row in rows(planned):
        cells = dict(zip("ABCDEF", row, strict=True))
        matching = [
            one
            for one in made["import_mapper_inject_importers"]
            if re.search(one["inject_importer_type_value"], cells[made["import_mapper_inject_type_column"]])
        ]
        if not matching:
            continue
        (importer,) = matching
        assert importer["inject_importer_injector_contract"] == MANUAL
        rules = {one["rule_attribute_name"]: one for one in importer["inject_importer_rule_attributes"]}
        assert {"title", "description", "trigger_time", "teams"} <= set(rules)

        def value(name: str, rules: dict[str, Any] = rules, cells: dict[str, str] = cells) -> str:
            column = rules[name]["rule_attribute_columns"]
            return (cells[column] if column else "") or rules[name]["rule_attribute_default_value"]

        expected = value("expectation_description") if "expectation_description" in rules else ""
        if expected:
            assert float(value("expectation_score")) == 100 and value("expectation_name") == "Förväntad åtgärd"
        found[value("title")] = (_as_read(value("trigger_time")), value("teams"), expected)
    earliest = min(time for time, _, _ in found.values())
    return {title: (time - earliest, teams, expected) for title, (time, teams, expected) in found.items()}


def _as_read(text: str) -> int:
    """Seconds of a relative time, with the importer's own patterns."""
    patterns = (r"^.*[DJ]([+\-]?[0-9]*)(.*)$", r"^.*[HT]([+\-]?[0-9]*).*$", r"^.*[M]([+\-]?[0-9]*).*$")
    days, hours, minutes = (int(match.group(1)) for match in (re.match(one, text) for one in patterns) if match)
    return ((days * 24 + hours) * 60 + minutes) * 60


def test_the_sheet_comes_out_as_the_scenario_does() -> None:
    assert imported(exercise()) == {
        "1. Skede 1 börjar": (0, "", ""),
        "2. Systemet för underlag stannar": (900, "The payer", "TiB larmar; kontakt med b1"),
        "3. Medier frågar om utbetalningen": (1800, "Bank two", ""),
        "6. Var är pengarna?": (7200, "The payer", ""),
    }


def test_a_sheet_whose_first_inject_comes_later_keeps_its_times() -> None:
    late = replace(exercise(), injects=INJECTS[1:])
    assert imported(late)["Övningen börjar"] == (0, "", "")
    assert imported(late)["2. Systemet för underlag stannar"][0] == 900


def test_relative_times_over_midnight() -> None:
    assert [relative_time(minutes * 60) for minutes in (0, 59, 60, 1439, 1440, 3061)] == [
        "D0 H0 M0", "D0 H0 M59", "D0 H1 M0", "D0 H23 M59", "D1 H0 M0", "D2 H3 M1",
    ]  # fmt: skip


def test_the_mapper_is_a_list_with_a_name() -> None:
    (made,) = json.loads(mapper(exercise()))
    assert set(made) == {"import_mapper_name", "import_mapper_inject_type_column", "import_mapper_inject_importers"}
    assert made["import_mapper_name"] == "ÖVNING – Övning Elavbrott"
    for importer in made["import_mapper_inject_importers"]:
        for rule in importer["inject_importer_rule_attributes"]:
            assert rule["rule_attribute_name"] and rule["rule_attribute_default_value"] is not None
            assert rule["rule_attribute_columns"] is None or re.fullmatch("[A-F]", rule["rule_attribute_columns"])


def test_names_that_would_be_two_teams_or_one() -> None:
    made = tables()
    names = {"payer": "Bank, AB", "b2": "bank AB"}
    for entity in made["entity"]:
        entity["name"] = names.get(entity["id"], entity["name"])
    model, _ = beroenden.build(made)
    assert model is not None
    with ZipFile(BytesIO(scenario_zip(exercise(), model))) as archive:
        teams = json.loads(archive.read("scenario.json"))["scenario_teams"]
    assert [team["team_name"] for team in teams] == ["Bank AB (payer)", "bank AB (b2)"]


def test_formulas_and_links_are_texts_and_what_is_too_long_says_so() -> None:
    odd = replace(INJECTS[1], title="=1+1", expected="=HYPERLINK()", text="å" * 40_000)
    content = openaev_xlsx(replace(exercise(), injects=(replace(odd, play=exercise().play_start),)), NETWORK)
    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None
    row = next(sheet.iter_rows(min_row=2))
    assert [cell.data_type for cell in row] == ["s"] * 6
    assert row[5].value == "=HYPERLINK()"
    told = str(row[3].value)
    assert len(told) == 32_767 and told.endswith("[texten är avkortad; hela finns i inspelslistan]")
