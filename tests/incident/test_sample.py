"""The sample incident: what its log says at four times, and what two others have shared."""

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from logs import basis_at, minute

import beroenden
from beroenden.documents import combined, lagesbild, markdown
from beroenden.incident.combined import combine
from beroenden.incident.exchange.files import read_exchange, read_exchanges, received_entry
from beroenden.incident.known import known_at
from beroenden.incident.lagesbild.situation import Order, Situation, situation
from beroenden.incident.log.entries import Decision, Log, Measure, Observation, Request
from beroenden.incident.log.read import named_model, read_log
from beroenden.incident.log.write import append
from beroenden.model.network import Network

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "sample_data/incidents"
LOG = FOLDER / "clearingstorning.toml"
LOGS = ("clearingstorning", "swedbank", "bankgirot")
SHARED = [FOLDER / "delgivning-swedbank.toml", FOLDER / "delgivning-bankgirot.toml"]
UNKNOWN, ESTIMATED, LATER, OVER = TIMES = (
    "2026-12-16T09:30",
    "2026-12-16T14:00",
    "2026-12-17T09:00",
    "2026-12-18T10:00",
)
ELSEWHERE = 1_005_000
"""1 500 000 children's allowances, of which 67 % are not to the paying bank's own customers (33 %)."""
LATE_FRIDAY = ELSEWHERE + 2 * 73_700
"""And two halves of the sickness compensation: 110 000 each, of which 67 %."""
FORMS = {"intern": lagesbild.internal, "delgivning": lagesbild.sharing, "soes": lagesbild.four_fields}


@cache
def soes() -> Network:
    return beroenden.load_or_raise(ROOT / "models/soes")


@cache
def sample() -> Log:
    log, findings = read_log(LOG, soes())
    assert log is not None, [str(finding) for finding in findings]
    return log


def made(at: str, form: str = "intern", to: str | None = None) -> Situation:
    """The lägesbild as the command makes it: with the sections that were decided to be shared by then."""
    decisions = sample().as_of(minute(at)).of(Decision)
    disclosed = tuple(section for one in decisions for section in one.discloses)
    order = Order(form=form, to=to or "", disclosed=disclosed)
    return situation(basis_at(soes(), sample(), at, to), "forsakringskassan", order)


@cache
def own_runs(at: str) -> dict[str, tuple[int, str | None]]:
    """The own late runs at a time: recipients that are late, and when all have their money."""
    computed = basis_at(soes(), sample(), at).outcome.to_dict()["payments"]
    own = [one for one in computed if soes().payment[one["payment"]].payer == "forsakringskassan"]
    return {
        f"{one['payment']} {one['date']}": (one["delayed_recipients"], one["completed"])
        for one in own
        if one["delayed_recipients"]
    }


def texts(at: str, section: str) -> str:
    return " ".join(one.text for one in made(at).in_section(section))


@pytest.mark.parametrize("name", LOGS)
def test_the_logs_read_without_a_finding_and_name_their_model(name):
    path = FOLDER / f"{name}.toml"
    log, findings = read_log(path, soes())
    assert log is not None
    assert not findings, [str(finding) for finding in findings]
    model = named_model(path)
    assert model is not None
    assert model.resolve() == ROOT / "models/soes"
    assert log.incident.is_exercise


def test_at_first_the_length_is_unknown_and_everything_ahead_is_late():
    # All of the actor's payments due within two weeks, to the 67 % behind clearing: on the 18th 1 152 400; on the 23rd
    # sickness benefit 127 300, activity grant 117 250, parental benefit 3 x 100 500, housing allowance 114 490.
    assert sum(count for count, _ in own_runs(UNKNOWN).values()) == 1_812_940
    assert own_runs(UNKNOWN)["barnbidrag 2026-12-18"] == (ELSEWHERE, None)
    assert "uppges ha börjat onsdag 16 december 2026 kl.\xa008.30" in texts(UNKNOWN, "fakta.handelse")
    assert "Längden är okänd" in texts(UNKNOWN, "fakta.handelse")


def test_then_it_is_estimated_to_end_in_time_but_not_with_certainty():
    # 08.25 + 8 h = 16.25, before 18.45: a quarter of an hour for the bank to hand in the file before the cut-off 19.00.
    assert own_runs(ESTIMATED) == {}
    [outage] = basis_at(soes(), sample(), ESTIMATED).known.scenario.outages
    assert outage.end == minute("2026-12-16T16:25")
    assert "onsdag 16 december 2026 kl.\xa018.45 (om 4\xa0tim 45\xa0min)" in texts(ESTIMATED, "prognos.beslut")
    # The longest that was thought possible, 14 h, is 22.25: too late.
    rows = [dict(one.cells) for one in made(ESTIMATED).in_section("prognos.osakerhet") if one.cells]
    assert [row["Klar P50"][:14] for row in rows] == ["fre 2026-12-18"] * 3
    assert [row["Klar P90"] for row in rows] == ["mån 2026-12-21 07.50"] * 3


def test_then_it_is_later_and_the_allowance_is_late_over_the_weekend():
    # 08.25 + 33 h is Thursday 17.25: the cut-off on Wednesday has been missed, the one on Thursday has not. Two bank
    # days from Thursday is Monday, released 06.00; 07.00 settlement 15 min, account 30 min, usable 5 min: 07.50.
    late = own_runs(LATER)
    assert sum(count for count, _ in late.values()) == LATE_FRIDAY == 1_152_400
    assert {completed for _, completed in late.values()} == {"2026-12-21T07:50+01:00"}
    assert late["barnbidrag 2026-12-18"][0] == ELSEWHERE
    # The longest, 42 h, is Friday 02.25: another cut-off missed, and a day more.
    rows = [dict(one.cells) for one in made(LATER).in_section("prognos.osakerhet") if one.cells]
    assert [row["Klar P90"] for row in rows] == ["tis 2026-12-22 07.50"] * 3


def test_at_last_it_is_over_and_what_was_missed_remains_late():
    assert own_runs(OVER) == own_runs(LATER)
    assert "upphörde torsdag 17 december 2026 kl.\xa016.35 (varade" in texts(OVER, "fakta.handelse")
    ends = {one.entity: one.end for one in basis_at(soes(), sample(), OVER).known.scenario.outages}
    assert ends == {"bankgirot": minute("2026-12-17T16:35"), "swedbank-app": minute("2026-12-18T08:00")}


def test_a_feared_outage_is_not_simulated_until_it_comes():
    before = known_at(sample(), minute("2026-12-17T14:00"), soes())
    assert [one.outage.entity for one in before.feared] == ["swedbank-app"]
    assert [one.entity for one in before.scenario.outages] == ["bankgirot"]
    assert not known_at(sample(), minute(OVER), soes()).feared


def test_an_observation_pins_a_level_that_the_model_computes_otherwise():
    known = known_at(sample(), minute(ESTIMATED), soes())
    assert [(one.entity, one.level) for one in known.scenario.pins] == [("dataclearing", 0.6)]
    assert "Dataclearing observerades" in texts(ESTIMATED, "prognos.information")


def test_every_topic_is_observed():
    topics = {one.topic for one in sample().of(Observation)}
    assert topics == {"handelse", "personell", "materiell", "ekonomisk", "fortroende", "kommunikation"}


@pytest.mark.parametrize("kind", ["strategic", "operational", "communicative"])
def test_a_measure_of_each_type_goes_from_decided_to_done_with_an_effect(kind):
    done = [one for one in sample().of(Measure) if one.type == kind and one.progress == "done"]
    for one in done:
        steps: list[Measure] = [one]
        while steps[0].supersedes:
            earlier = sample().entry[steps[0].supersedes]
            assert isinstance(earlier, Measure)
            steps.insert(0, earlier)
        assert [step.progress for step in steps] == ["decided", "ongoing", "done"]
        assert one.effect in ("yes", "partly")
    assert len(done) == 1


def test_one_measure_is_overdue_at_the_end():
    then = sample().as_of(minute(OVER))
    overdue = [one for one in then.of(Measure) if one.progress != "done" and (one.due or 0) < minute(OVER)]
    assert [one.id for one in overdue] == ["measure-10"]


def test_some_requests_are_answered_and_some_are_not():
    asked = {one.to: one.answered is not None for one in sample().as_of(minute(OVER)).of(Request)}
    assert asked == {"bankgirot": True, "swedbank": True, "riksbanken": False, "csn": False}


@pytest.mark.parametrize("entry", sample().entries, ids=lambda entry: entry.id)
def test_nothing_later_shines_through(entry):
    """What is known at an entry's time is the same whether or not the log goes on after it."""
    upto = replace(sample(), entries=tuple(one for one in sample().entries if one.time <= entry.time))
    assert known_at(sample(), entry.time, soes()) == known_at(upto, entry.time, soes())
    before = sample().as_of(entry.time - 1)
    assert entry not in before.entries
    assert all(one.time < entry.time for one in before.entries)


@pytest.mark.parametrize("at", TIMES)
@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_built_at_each_time(form, at):
    text = markdown.render(FORMS[form](made(at, form, "csn" if form == "delgivning" else None)))
    assert "ÖVNING" in text.splitlines()[0]
    assert "Störning i clearingen i barnbidragsveckan" in text


@pytest.mark.parametrize("to", ["csn", "TLP:CLEAR", "TLP:GREEN", "riksbanken"])
@pytest.mark.parametrize("at", [LATER, OVER])
def test_what_is_said_in_the_room_stays_there(at, to):
    assert "angrepp" in texts(at, "fakta.handelse")
    shared = made(at, "delgivning", to)
    assert "angrepp" not in markdown.render(lagesbild.sharing(shared))
    assert shared.tlp != "TLP:RED"


def test_nothing_of_amber_is_shared_with_a_reader_of_green():
    text = markdown.render(lagesbild.sharing(made(LATER, "delgivning", "csn")))
    assert "Fristen 18.45 är passerad" in text
    for amber in ("attesterar", "Kön i telefon", "Underlag för beslut", "Stab upprättas"):
        assert amber not in text


def test_what_others_have_shared_reads_without_a_finding():
    for path in SHARED:
        exchange, findings = read_exchange(path, soes(), sample())
        assert exchange is not None
        assert not findings, [str(finding) for finding in findings]
        assert exchange.to == "forsakringskassan"


def test_others_agree_about_the_start_and_one_differs_about_the_end(tmp_path):
    log_file = tmp_path / "log.toml"
    shutil.copy(LOG, log_file)
    exchanges, findings = read_exchanges(SHARED, soes(), sample())
    assert not findings
    received = [received_entry(one, minute("2026-12-17T17:45"), soes()) for one in exchanges]
    assert append(log_file, received, soes()) == ["received-1", "received-2"]
    log, _ = read_log(log_file, soes())
    assert log is not None
    ground = basis_at(soes(), log, "2026-12-17T18:00")
    whole = combine(ground, situation(ground, "forsakringskassan", Order(form="samlad")))
    same = [(one.subject, one.aspect, len(one.voices)) for one in whole.agreeing]
    assert ("bankgirot", "start", 3) in same
    [end] = [one for one in whole.differing if one.subject == "bankgirot"]
    assert end.aspect == "end"
    assert {one.sender: one.value for one in end.voices} == {
        "forsakringskassan": "2026-12-17T16:35+01:00",
        "swedbank": "2026-12-17T17:10+01:00",
        "bankgirot": "2026-12-17T16:35+01:00",
    }
    assert "Observerad förmåga i Bankgirot: 60" in markdown.render(combined.combined_document(whole))
