"""An exercise as a file: what is written is read again as it was, and every fault is told with its place."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from chain import network
from exercise.example import exercise, moment
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import beroenden
from beroenden.exercise.exercise import CONTROL, EVENTS, FORMS, KINDS, STATUSES, Evidence, Exercise, Inject, Stage
from beroenden.exercise.files.read import named_model, read_exercise
from beroenden.exercise.files.write import scenario_toml, to_toml
from beroenden.language import writing_in
from beroenden.model.entities import LogNormal, Pert
from beroenden.model.labels import TLP
from beroenden.model.scenario import Outage, Pin, Scenario
from beroenden.modelfiles.findings import Finding
from beroenden.modelfiles.scenario import load_scenario

NETWORK = network()
ENTITIES = tuple(NETWORK.entity)
RUN = ("allowance", "2026-12-18")


def read(path: Path, text: str) -> tuple[Exercise | None, list[Finding]]:
    path.write_bytes(text.encode())
    return read_exercise(path, NETWORK)


def test_the_example_is_read_as_it_was_written(tmp_path: Path) -> None:
    text = to_toml(exercise(), NETWORK)
    assert read(tmp_path / "ovning.toml", text) == (exercise(), [])
    assert text == to_toml(exercise(), NETWORK)


def test_the_file_begins_with_what_it_is() -> None:
    text = to_toml(exercise(), NETWORK)
    assert text.startswith("# En övning: läses av beroenden exercise\nschema = ")
    assert to_toml(replace(exercise(), language="en"), NETWORK).startswith(
        "# An exercise: read by beroenden exercise\n"
    )
    assert tomllib.loads(text)["schema"] == "beroenden/exercise/1"


def test_what_is_not_given_is_not_written() -> None:
    injects = tomllib.loads(to_toml(exercise(), NETWORK))["inject"]
    assert "played" not in injects[0] and "reserve_for" not in injects[0] and "evidence" not in injects[2]
    assert injects[3]["reserve_for"] == 3


def test_the_order_is_that_of_play(tmp_path: Path) -> None:
    given_backwards = replace(exercise(), injects=exercise().injects[::-1])
    found, findings = read(tmp_path / "ovning.toml", to_toml(given_backwards, NETWORK))
    assert found is not None and findings == []
    assert [one.number for one in found.injects] == [1, 2, 3, 4, 6, 5]


def test_a_stage_may_be_an_instant_of_the_scenario(tmp_path: Path) -> None:
    first, second = exercise().stages
    planned = replace(exercise(), stages=(replace(first, until=first.since), second))
    assert read(tmp_path / "ovning.toml", to_toml(planned, NETWORK)) == (planned, [])


def test_what_no_document_can_hold_is_replaced(tmp_path: Path) -> None:
    first, *rest = exercise().injects
    bad = replace(first, title="a\x00b\x1bc", text="\ud800 rad ett\r\nrad två\ttabb")
    found, findings = read(tmp_path / "ovning.toml", to_toml(replace(exercise(), injects=(bad, *rest)), NETWORK))
    assert found is not None and findings == []
    assert found.injects[0].title == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c"
    assert found.injects[0].text == "\N{REPLACEMENT CHARACTER} rad ett\r\nrad två\ttabb"


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from("\n\t\"'\\#[]{}=\r😀åäö"), max_size=12
)
levels = st.floats(0, 1)
CHANGES = moment("2026-10-25T00:00"), moment("2027-03-28T00:00")
instants = st.integers(1440, 68_000_000) | st.sampled_from(CHANGES).flatmap(lambda day: st.integers(day, day + 300))
labels = st.sampled_from(("", *TLP))


@st.composite
def outages(draw: st.DrawFn) -> Outage:
    start = draw(st.integers(29_000_000, 29_100_000) | st.sampled_from(CHANGES))
    low, middle, high = sorted(draw(st.lists(st.integers(1, 20_000), min_size=3, max_size=3)))
    length = draw(st.sampled_from((None, Pert(low, middle, high + 1), LogNormal(low, high + 1))))
    end = start + length.typical if length else draw(st.none() | st.just(start + high))
    return Outage(start, end, draw(st.sampled_from(ENTITIES)), remaining=draw(levels), length=length)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    faults = [
        Outage(moment("17T08:00"), None, payment="allowance", share=share)
        for share in draw(st.lists(levels, max_size=1))
    ]
    pin = st.builds(lambda entity, level, start, lasts: Pin(entity, level, start, lasts and start + lasts),
                    st.sampled_from(ENTITIES), levels, st.integers(29_000_000, 30_000_000), st.none() | st.integers(1, 5000))  # fmt: skip
    made = Scenario(
        (*draw(st.lists(outages(), min_size=1, max_size=2)), *faults),
        tuple(draw(st.lists(pin, max_size=2))),
        draw(st.integers(1, 100_000)),
        name=draw(texts),
        note=draw(texts),
    )
    return replace(made, at=draw(st.none() | st.integers(made.start - 5000, made.end)))


evidences = st.builds(
    Evidence,
    st.sampled_from(EVENTS),
    instants,
    st.lists(st.sampled_from((*ENTITIES, "allowance")), max_size=2).map(tuple),
    st.sampled_from(((), (RUN,), (RUN, ("allowance", "2027-01-20")))),
    st.sampled_from(("", "underlag", "konto")),
    st.lists(st.sampled_from(ENTITIES), max_size=3).map(tuple),
    st.none() | levels,
    st.none() | instants,
)


@st.composite
def injects(draw: st.DrawFn, number: int, stage: Stage, players: tuple[str, ...]) -> Inject:
    words = {name: draw(texts) for name in ("sender", "title", "text", "objective", "expected", "questions")}
    return Inject(
        number=number,
        stage=stage.number,
        play=draw(st.integers(stage.play, stage.play_until)),
        time=draw(instants),
        to=draw(st.sampled_from((CONTROL, *players))),
        form=draw(st.sampled_from(FORMS)),
        kind=draw(st.sampled_from(KINDS)),
        reserve_for=draw(st.sampled_from((None, number % 3 + 1))),
        responsible=draw(texts),
        basis=draw(texts),
        status=draw(st.sampled_from(STATUSES)),
        played=draw(st.none() | instants),
        outcome=draw(texts),
        tlp=draw(labels),
        evidence=draw(st.none() | evidences),
        **words,
    )


@st.composite
def exercises(draw: st.DrawFn) -> Exercise:
    since, played, stages = draw(instants), draw(instants), []
    for number in (1, 2):
        until, ended = since + draw(st.integers(0, 5000)), played + draw(st.integers(1, 300))
        stages.append(Stage(number, since, until, played, ended, draw(st.floats(0.01, 1000))))
        since, played = until + draw(st.integers(0, 100)), ended + draw(st.integers(0, 100))
    players = draw(st.sampled_from((("payer",), ("b2", "payer"), ("clr", "b1", "power"))))
    many = [draw(injects(number, draw(st.sampled_from(stages)), players)) for number in (1, 2, 3)]
    return Exercise(
        draw(texts), players, draw(scenarios()), tuple(stages), tuple(sorted(many, key=lambda one: one.play)),
        draw(texts), NETWORK.hash, draw(labels), draw(st.sampled_from(("sv", "en"))),
    )  # fmt: skip


@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(planned=exercises())
def test_any_exercise_is_read_as_it_was_written(planned: Exercise, tmp_path: Path) -> None:
    found, findings = read(tmp_path / "ovning.toml", to_toml(planned, NETWORK))
    assert findings == []
    assert found == planned


@settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(scenario=scenarios())
def test_any_scenario_is_read_as_it_was_written(scenario: Scenario, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_bytes(scenario_toml(scenario, NETWORK).encode())
    assert load_scenario(tmp_path / "s.toml", NETWORK) == (scenario, [])


def test_the_scenario_is_simulated_alike(tmp_path: Path) -> None:
    scenario = exercise().scenario
    with writing_in("sv"):
        text = scenario_toml(scenario, NETWORK)
    assert text.startswith("# Övningens scenario: räkna det med beroenden simulate")
    (tmp_path / "s.toml").write_text(text)
    again, _ = load_scenario(tmp_path / "s.toml", NETWORK)
    assert again is not None
    wanted = beroenden.simulate(NETWORK, scenario.outages, pins=scenario.pins, horizon=scenario.horizon).to_dict()
    assert beroenden.simulate(NETWORK, again.outages, pins=again.pins, horizon=again.horizon).to_dict() == wanted


TEXT = to_toml(exercise(), NETWORK)
TAKES_PART = '"payr" does not take part; an inject is to one of spelledningen, payer, b2. Did you mean "payer"?'
FAULTS = [
    ('"payer", "b2"]', '"payr", "b2"]', "B301", 'the model has no actor "payr". Did you mean "payer"?'),
    ('"b2"]', '"sys"]', "B301", 'the model has no actor "sys"'),
    ('"b2"]', '"people"]', "B301", 'the model has no actor "people"'),
    ('"b2"]', '"payer"]', "B941", '"payer" is a player already'),
    ('["payer", "b2"]', "[]", "B941", "the exercise has no player"),
    ('"power"\nstart', '"powr"\nstart', "B301", 'the model has no entity "powr". Did you mean "power"?'),
    ("6\nstage", "5\nstage", "B942", "there is an inject 5 already"),
    ("2\nsince", "1\nsince", "B942", "there is a stage 1 already"),
    ("2\nsince", "3\nsince", "B943", "stages should be numbered from 1 in order"),
    ("2026-11-10 10:30", "2026-11-10 08:30", "B943", "the stage ends before it begins (play)"),
    ("2026-12-16 09:00:00+01:00\nplay =", "2026-12-14 09:00:00+01:00\nplay =", "B943", "the stage ends before it begins (since)"),
    ("2026-11-10 10:45", "2026-11-10 10:20", "B943", "the stage begins before the one before it ends"),
    ("2026-12-16 09:00:00+01:00\nuntil", "2026-12-16 08:00:00+01:00\nuntil", "B943", "the stage begins before the one before it ends"),
    ("16.0", "0", "B212", "should be more than 0"),
    ("2\nplay = 2026-11-10 11:00", "3\nplay = 2026-11-10 11:00", "B944", "there is no stage 3"),
    ('"payer"\nform', '"payr"\nform', "B946", TAKES_PART),
    ("3\nstatus", "30\nstatus", "B947", "there is no other inject 30"),
    ("3\nstatus", "4\nstatus", "B947", "there is no other inject 4"),
    ('"telefon"', '"telfon"', "B207", 'Did you mean "telefon"?'),
    ('"reservinspel"', '"reservinspl"', "B207", 'Did you mean "reservinspel"?'),
    ('"godkänd"', '"godkand"', "B207", 'Did you mean "godkänd"?'),
    ('"cutoff"', '"cutof"', "B207", 'Did you mean "cutoff"?'),
    ('"TLP:GREEN"', '"TLP:GRN"', "B206", 'Did you mean "TLP:GREEN"?'),
    ('"underlag"', '"underlaget"', "B301", 'the model has no payment stage "underlaget". Did you mean "underlag"?'),
    ('"allowance", date', '"allowence", date', "B301", 'the model has no payment "allowence". Did you mean "allowance"?'),
    ("2026-12-18 }", "18 }", "B202", "should be a date, e.g. 2026-12-18, not a number"),
    ('"power"]', '"pover"]', "B301", 'the model has no entity or payment "pover". Did you mean "power"?'),
    ("0.0\n\n[[inject]]\nnumber = 3", "7\n\n[[inject]]\nnumber = 3", "B208", "should be from 0 to 1"),
    ('"sv"', '"no"', "B207", '"no" is none of sv, en'),
    ("1\nstage", "0\nstage", "B212", "should be from 1 to 10^15"),
    ("responsible", "responsable", "B201", 'unknown key "responsable". Did you mean "responsible"?'),
    ("horizon", "horisont", "B201", 'unknown key "horisont". Did you mean "horizon"?'),
    ("compression = 16.0\n", "compressions = 16.0\n", "B201", 'unknown key "compressions". Did you mean "compression"?'),
    ('"beroenden/exercise/1"', '"beroenden/outcome/1"', "B940", 'the file is no exercise: it should have schema = "beroenden/exercise/1"'),
    ('"beroenden/exercise/1"', '"beroenden/exercise/2"', "B940", "the file has schema 2 and 1 is read here: update beroenden, or plan the exercise anew"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "code", "message"), FAULTS, ids=[fault[1] for fault in FAULTS])
def test_a_fault_is_told_with_its_place(right: str, wrong: str, code: str, message: str, tmp_path: Path) -> None:
    before, _, after = TEXT.partition(right)
    found, findings = read(tmp_path / "ovning.toml", before + wrong + after)
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    assert found is None
    assert (code, line, column) in [(one.code, one.line, one.column) for one in findings]
    assert any(one.sentence.endswith(message) for one in findings if (one.line, one.column) == (line, column))


@pytest.mark.parametrize("header", ["exercise", "stage"])
def test_what_an_exercise_must_have(header: str, tmp_path: Path) -> None:
    tables = {"exercise": "[exercise]", "stage": "[[stage]]"}
    without = "\n\n".join(one for one in TEXT.split("\n\n") if not one.startswith(tables[header]))
    found, findings = read(tmp_path / "ovning.toml", without)
    assert found is None
    assert f'"{header}" is missing' in [one.message for one in findings]


def test_an_exercise_of_nothing_out(tmp_path: Path) -> None:
    kept = (one for one in TEXT.split("\n\n") if not one.startswith(("[[outage]]", "[[pin]]")))
    found, findings = read(tmp_path / "ovning.toml", "\n\n".join(kept))
    assert found is None and [one.code for one in findings] == ["B701"]


def test_every_fault_at_once(tmp_path: Path) -> None:
    wrong = TEXT.replace('"telefon"', '"telfon"').replace("reserve_for = 3", "reserve_for = 30").replace("16.0", "-1")
    assert [one.code for one in read(tmp_path / "ovning.toml", wrong)[1]] == ["B212", "B207"]


def test_an_inject_outside_its_stage_is_a_warning(tmp_path: Path) -> None:
    late = TEXT.replace("play = 2026-11-10 09:30", "play = 2026-11-10 12:30")
    found, findings = read(tmp_path / "ovning.toml", late)
    assert found is not None and found.injects[-1].number == 3
    assert [(one.code, one.severity, one.message) for one in findings] == [
        ("B945", "warning", "inject 3 is given outside stage 1")
    ]


def test_another_model_than_the_one_planned_on_is_a_warning(tmp_path: Path) -> None:
    changed = replace(NETWORK, hash="0" * 64)
    (tmp_path / "ovning.toml").write_text(TEXT)
    with writing_in("sv"):
        found, findings = read_exercise(tmp_path / "ovning.toml", changed)
    assert found == exercise()
    assert [(one.code, one.severity) for one in findings] == [("B949", "warning")]
    assert findings[0].message.startswith("modellen har ändrats sedan övningen planerades")
    (tmp_path / "ovning.toml").write_text(TEXT.replace("model_hash", "# model_hash"))
    assert read_exercise(tmp_path / "ovning.toml", changed)[1] == []


@pytest.mark.parametrize("text", ["[exercise", "\x00", "schema = 1", "exercise = 5\nschema = 'beroenden/exercise/1'"])
def test_what_is_no_exercise_is_no_traceback(text: str, tmp_path: Path) -> None:
    found, findings = read(tmp_path / "ovning.toml", text)
    assert found is None and findings
    assert named_model(tmp_path / "ovning.toml") is None


def test_the_model_that_an_exercise_names(tmp_path: Path) -> None:
    (tmp_path / "o.toml").write_text(TEXT)
    assert named_model(tmp_path / "o.toml") == tmp_path.resolve() / "../modell"
    assert named_model(tmp_path / "nothing.toml") is None
