"""What a crisis staff reads in the papers: the same figures in all of them, nothing past as if it lay ahead, no riddle."""

import json
from pathlib import Path

import pytest
from chain import tables
from logs import HEAD, basis_at, log_of, minute, situation_at
from matplotlib.lines import Line2D
from matplotlib.text import Text
from situations import situation_of

import beroenden
from beroenden.analysis.explanation import explain
from beroenden.consequences.simulate import simulate_scenario
from beroenden.documents import lagesbild, markdown
from beroenden.documents.followup import followup_document
from beroenden.documents.public import public
from beroenden.incident.basis import basis
from beroenden.incident.comparison import Range, difference_in_words
from beroenden.incident.conference import conference
from beroenden.incident.followup import follow_up
from beroenden.incident.known import known_at
from beroenden.incident.lagesbild.actors import own_runs
from beroenden.incident.lagesbild.claims import NEVER
from beroenden.incident.lagesbild.effects import effect
from beroenden.incident.lagesbild.issue import record_issue
from beroenden.incident.lagesbild.situation import Order, situation
from beroenden.incident.lagesbild.uncertainty import Sampling
from beroenden.incident.log.read import load_log
from beroenden.language import writing_in
from beroenden.model.network import WITHHELD
from beroenden.sharing.viewer import viewer_for
from beroenden.units.times import iso, parse_instant, short_time, time_zone
from beroenden.views.charts import payments_on_axis, payouts_delayed
from beroenden.views.signs import HARM

FEW = Order(sampling=Sampling(10, 1))
ROOT = Path(__file__).parents[2]
RUN = "allowance 2026-12-18"


def model_of(release=10, tlp="", **clearing):
    """The worked example; bank one is complete at 06.00, bank two when the clearing has delivered."""
    given = tables()
    given["model"] |= {"tlp": tlp} if tlp else {}
    stage = given["payment"][0]["stage"][1]
    stage["release"] = [one for one in stage["release"] if one.hour >= release]
    stage |= clearing
    made, findings = beroenden.build(given)
    assert made is not None, findings
    return made


MODEL = model_of()


def entry(kind, number, time, **fields):
    """An entry of a log; a value that is an instant is given as such."""
    lines = []
    for name, value in fields.items():
        is_time = name in ("start", "end", "until", "due", "done", "answered")
        shown = f"2026-12-18T{value}:00+01:00" if is_time else json.dumps(value)
        lines.append(f"{name} = {shown}\n" if not isinstance(value, dict) else f"{name} = {_table(value)}\n")
    return f'\n[[{kind}]]\nid = "{kind}-{number}"\ntime = 2026-12-18T{time}:00+01:00\n{"".join(lines)}'


def _table(value):
    return "{ " + ", ".join(f"{key} = {json.dumps(one)}" for key, one in value.items()) + " }"


def log_at(folder, text, model=MODEL):
    path = folder / "log.toml"
    path.write_text(HEAD + text, "utf-8")
    log, findings = load_log(path, model)
    assert log is not None, [str(one) for one in findings]
    return log


def said(situation, section):
    return " ".join(one.text for one in situation.in_section(section)).replace("\xa0", " ")


def text_of(document):
    return markdown.render(document).replace("\xa0", " ")


def out(number, time, entity="clr", start="04:00", **fields):
    return entry("outage", number, time, entity=entity, start=start, **fields)


def issue(folder, text, *times, model=MODEL):
    """A log after a lägesbild has been issued at each of some times."""
    log = log_at(folder, text, model)
    for at in times:
        record_issue(folder / "log.toml", "payer", situation_at(model, log, at, approved_by="TiB"), model)
        log, _ = load_log(folder / "log.toml", model)
    return log


LOGS = {
    "in time": out(1, "04:10") + out(2, "04:30", end="04:20", supersedes="outage-1", status="confirmed"),
    "an hour": out(1, "04:10", end="05:30"),
    "one release missed": out(1, "04:10", end="10:30"),
    "open": out(1, "04:10"),
    "a range": out(1, "04:10", **{"for": {"min": "2h", "mode": "8h", "max": "20h"}}),
    "two": out(1, "04:10", end="11:00") + out(2, "04:12", "b1", end="08:00"),
    "partly": out(1, "04:10", "b2", remaining=0.5),
    "only the own bank": out(1, "04:10", "b1", start="04:05", end="09:00"),
}


@pytest.mark.parametrize("model", [MODEL, model_of(6)], ids=["one release", "three releases"])
@pytest.mark.parametrize("log", LOGS)
def test_all_papers_say_of_a_run_what_simulate_says(tmp_path, log, model):
    """The completion is that of the last branch that is late: of the claims, the follow-up and the lägesbild."""
    made = issue(tmp_path, out(9, "04:05", "power", end="04:06") + LOGS[log], "04:15", model=model)
    known = known_at(made, minute("04:45"), model)
    outages = [
        {"entity": one.entity, "start": _iso(one.start), "remaining": one.remaining} for one in known.scenario.outages
    ]
    for table, one in zip(outages, known.scenario.outages, strict=True):
        table |= {} if one.end is None else {"end": _iso(one.end)}
    run = next(one for one in beroenden.simulate(model, outages).runs if one.day.isoformat() == "2026-12-18")
    late = [one.completed for one in run.branches if one.is_late]
    completed = NEVER if None in late else max(late, default=run.completed)

    ground = basis_at(model, made, "04:45")
    own = next(one for one in own_runs(ground.outcome, "payer") if one.run.day == run.day)
    assert (own.planned, own.completed) == (run.planned, run.completed)
    compared = [one for one in follow_up(ground, "payer", made).comparisons if one.aspect == "completed"]
    assert [one.now for one in compared if one.subject == RUN] in ([completed], [])
    paper = situation_at(model, made, "04:45")
    claimed = [one.value for one in paper.claims if (one.subject, one.aspect) == (RUN, "completed")]
    assert [_instant(one) for one in claimed] == ([completed] if run.status != "on_time" else [])
    rows = [dict(one.cells) for one in paper.in_section("prognos.betalningar") if one.cells]
    ends = sorted({end for end in late if end is not None}) + [None] * (None in late)
    assert [row["Beräknas klar"] for row in rows] == [_short(end) for end in ends]
    assert sum(one.recipients_late or 0 for one in own_runs(ground.outcome, "payer") if one.late) == sum(
        one.delayed_recipients or 0 for one in ground.outcome.late_runs
    )


@pytest.mark.parametrize("at", ["2026-12-16T09:30", "2026-12-16T14:00", "2026-12-17T09:00", "2026-12-18T10:00"])
def test_a_whole_incident_is_told_as_it_is_simulated(at):
    """The sample incident on the large model, where all is late to the end: claims and follow-up say what `simulate` does."""
    model = beroenden.load_or_raise(ROOT / "models/soes")
    log, _ = load_log(ROOT / "sample_data/incidents/clearingstorning.toml", model)
    known = known_at(log, minute(at), model)
    ground = basis(model, known)
    found = (one for one in simulate_scenario(model, known.scenario).runs if one.payment.payer == "forsakringskassan")
    runs = {f"{one.payment.id} {one.day}": NEVER if one.completed is None else one.completed for one in found}
    claims = [one for one in situation(ground, "forsakringskassan", FEW).claims if one.aspect == "completed"]
    assert {one.subject: _instant(one.value) for one in claims} == {one.subject: runs[one.subject] for one in claims}
    assert claims or at == "2026-12-16T14:00"
    compared = [one for one in follow_up(ground, "forsakringskassan", log).comparisons if one.aspect == "completed"]
    assert all(one.now == runs[one.subject] for one in compared if one.now is not None and one.subject in runs)


def _instant(value):
    return NEVER if value == NEVER else parse_instant(value, time_zone("Europe/Stockholm"))


def _iso(minutes):
    return iso(minutes, time_zone("Europe/Stockholm"))


def _short(minutes):
    with writing_in("sv"):
        return "inte inom perioden" if minutes is None else short_time(minutes, time_zone("Europe/Stockholm"))


def test_late_money_that_comes_later_than_was_said_is_told_though_others_wait_longer_in_time(tmp_path):
    """Bank two's accounts are due at 10.00 whatever happens; the follow-up said of bank one's that they came as was said."""
    text = out(1, "04:10", "b1", end="06:30") + out(2, "04:30", "b1", end="07:30", supersedes="outage-1")
    log = issue(tmp_path, text, "04:15")
    (row,) = (one for one in follow_up(basis_at(MODEL, log, "04:45"), "payer", log).comparisons if one.subject == RUN)
    assert (row.first, row.now, row.difference) == (minute("06:30"), minute("07:30"), 60)
    changed = " ".join(one.text for one in situation_at(MODEL, log, "04:45").changes)
    assert "Alla framme senare, fre 2026-12-18 07.30 (var fre 2026-12-18 06.30)" in changed


def test_money_that_was_said_to_be_late_and_is_not_has_no_time_to_compare(tmp_path):
    """The whole run is complete after what was said of its late part, and yet nothing was late."""
    text = out(1, "04:10", "b1", end="06:30") + out(2, "04:30", "b1", end="04:20", supersedes="outage-1")
    log = issue(tmp_path, text, "04:15")
    (row,) = (one for one in follow_up(basis_at(MODEL, log, "04:45"), "payer", log).comparisons if one.subject == RUN)
    assert (row.first, row.now, row.difference) == (minute("06:30"), None, None)
    with writing_in("sv"):
        assert difference_in_words(row) == "inträffade inte"


def test_a_payment_that_is_in_time_after_all_is_complete_when_its_last_branch_is(tmp_path):
    text = out(1, "04:10") + out(2, "04:30", end="04:20", supersedes="outage-1", status="confirmed")
    log = issue(tmp_path, text, "04:15")
    (row,) = (one for one in follow_up(basis_at(MODEL, log, "04:40"), "payer", log).comparisons if one.subject == RUN)
    assert row.now == minute("10:00")
    with writing_in("sv"):
        ground = basis_at(MODEL, log, "04:15")
        assert (
            "planerad fredag 18 december 2026 kl.\xa010.00" in payments_on_axis(ground.outcome, "payer", ground.at).alt
        )


def test_the_most_is_counted_from_the_as_of_time_and_says_when(tmp_path):
    """Both banks were down until 09.00: all 2,000 were without. Now one of them gives half, from 11.00 a quarter."""
    text = (
        out(1, "04:10", "b1", end="09:00", status="confirmed")
        + out(2, "04:11", "b2", start="09:30", end="20:00", remaining=0.5, status="confirmed")
        + out(3, "04:12", "b2", start="11:00", end="12:00", remaining=0.25, status="confirmed")
    )
    log = log_at(tmp_path, text)
    before, between, after = (
        said(situation_at(MODEL, log, at), "prognos.konsekvenser") for at in ("08:00", "10:00", "13:00")
    )
    assert "som mest nu: People (cirka 2 000)" in before
    assert "som mest från fre 2026-12-18 11.00: People (cirka 1 500)" in between
    assert "som mest nu: People (cirka 1 000)" in after
    over = said(situation_at(MODEL, log, "21:00"), "prognos.konsekvenser")
    assert "People" not in over


def test_an_own_system_is_told_as_it_is_from_the_as_of_time_on(tmp_path):
    text = out(1, "04:10", "sys", end="09:00", status="confirmed") + out(
        2, "04:11", "sys", start="09:00", end="12:00", remaining=0.5, status="confirmed"
    )
    log = log_at(tmp_path, text)
    assert "är tidvis nere från fredag 18 december 2026 kl. 04.00" in said(
        situation_at(MODEL, log, "05:00"), "prognos.konsekvenser"
    )
    halved = said(situation_at(MODEL, log, "10:00"), "prognos.konsekvenser")
    assert "har som lägst 50 % av sin förmåga från läget, nedsatt sedan fredag 18 december 2026 kl. 04.00" in halved
    assert "är nere" not in halved
    over = said(situation_at(MODEL, log, "13:00"), "prognos.konsekvenser")
    assert "var nedsatt fredag 18 december 2026 kl. 04.00 till fredag 18 december 2026 kl. 12.00" in over


def reader_basis(folder, text, at, model=MODEL):
    log = log_at(folder, text, model)
    return basis(model, known_at(log, minute(at), model), viewer_for(model, "TLP:GREEN"), only_disclosed=True)


def test_a_picture_for_who_may_not_know_the_outage_draws_nothing_past_at_the_as_of_time(tmp_path):
    """The clearing was down until 13.00: late from 10.00, complete at 14.00. The reader knows of no outage."""
    ground = reader_basis(tmp_path, out(1, "04:10", end="13:00", status="confirmed"), "20:00")
    chart = payouts_delayed(ground.outcome, "payer", ground.at)
    (line,) = (one for one in chart.figure.findobj(Line2D) if one.get_color() == HARM and len(one.get_xdata()) > 2)
    levels = dict.fromkeys(line.get_ydata())
    assert len(levels) == 2
    assert len(set(line.get_xdata())) == 3, "a rise at the edge, a fall and the end, each at a place of its own"
    with writing_in("sv"):
        axis = payments_on_axis(ground.outcome, "payer", ground.at)
    assert "14.00" in [one.get_text() for one in axis.figure.findobj(Text)]


def test_no_band_stands_in_the_key_where_none_is_seen(tmp_path):
    ground = basis_at(MODEL, log_at(tmp_path, out(1, "04:10", end="13:00")), "05:00")
    same = payouts_delayed(ground.outcome, "payer", ground.at, {10: ground.outcome, 90: ground.outcome})
    assert "P10" not in same.alt


def test_a_length_that_has_passed_its_middle_says_what_it_is(tmp_path):
    text = out(1, "04:10", **{"for": {"min": "1h", "mode": "2h", "max": "20h"}})
    log = log_at(tmp_path, text)
    assert "uppgiven som troligast" in said(situation_at(MODEL, log, "05:00"), "prognos.antaganden")
    later = said(situation_at(MODEL, log, "09:00"), "prognos.antaganden")
    assert "uppgiven som troligast" not in later
    assert "uppskattningens 2 tim har passerat, och det här är medianen av det som återstår av den efter 5 tim" in later


def test_what_was_observed_and_what_was_reported_are_both_said(tmp_path):
    text = out(1, "04:10", remaining=0.5, **{"for": {"min": "5h", "mode": "8h", "max": "20h"}}) + entry(
        "observation", 1, "04:30", text="Better", entity="clr", level=0.9
    )
    made = situation_at(MODEL, log_at(tmp_path, text), "05:00")
    both = "(90 % av förmågan kvar enligt en iakttagelse, 50 % enligt rapporten)"
    assert both in said(made, "prognos.antaganden")
    assert both in said(made, "prognos.osakerhet")


TWICE = (
    out(1, "04:10", **{"for": {"min": "16h", "mode": "22h", "max": "30h"}})
    + out(2, "05:10", end="05:00", supersedes="outage-1", status="confirmed")
    + out(3, "05:12", start="05:00", remaining=0.5, **{"for": {"min": "1h", "mode": "7h", "max": "15h"}})
)


def test_two_outages_of_one_entity_are_not_mixed(tmp_path):
    log = issue(tmp_path, TWICE, "04:30")
    changed = " ".join(one.text for one in situation_at(MODEL, log, "05:30").changes).replace("\xa0", " ")
    assert (
        "ändrad längd (var 16 tim–30 tim, troligast 22 tim, nu till fre 2026-12-18 05.00): Avbrott i Clearing"
        in changed
    )
    assert "Nytt: Avbrott i Clearing (50 % av förmågan kvar)" in changed
    log = issue(tmp_path, TWICE, "04:30", "05:30")
    rows = {one.name: one for one in follow_up(basis_at(MODEL, log, "05:40"), "payer", log).comparisons}
    of_clearing = [name for name in rows if name.startswith("Clearing") and "avbrott" in name]
    began, ended = (
        f"Clearing (från fre 2026-12-18 04.00), {what}" for what in ("avbrottets början", "avbrottet åtgärdat")
    )
    assert of_clearing == [began, ended]
    assert (rows[began].first, rows[began].now) == (minute("04:00"), minute("04:00"))
    estimated = Range(minute("06:00"), minute("12:00"), minute("20:00"))
    assert (rows[ended].first, rows[ended].latest, rows[ended].now) == (
        Range(minute("20:00"), minute("2026-12-19T02:00"), minute("2026-12-19T10:00")),
        estimated,
        minute("12:00"),
    )


def test_what_got_worse_was_not_resolved_early(tmp_path):
    text = (
        out(1, "04:10", remaining=0.6, end="08:00")
        + out(2, "05:10", remaining=0.6, end="05:00", supersedes="outage-1", status="confirmed")
        + out(3, "05:12", start="05:00", end="09:00", status="confirmed")
    )
    log = issue(tmp_path, text, "04:30")
    (row,) = (one for one in follow_up(basis_at(MODEL, log, "09:40"), "payer", log).comparisons if one.aspect == "end")
    assert (row.first, row.now, row.difference) == (minute("08:00"), minute("09:00"), 60)


def test_an_endurance_that_saves_a_payment_is_an_assumption(tmp_path):
    """The clearing is down when it should deliver, and the stage manages an hour without."""
    text = out(1, "09:45", start="09:40", end="12:00")
    saved = situation_at(MODEL, log_at(tmp_path, text), "09:50")
    assert "blir ingen" in said(saved, "viktigast") or "Ingen" in said(saved, "viktigast")
    assert "”clearing” i Allowance antas klara sig 1 tim utan Clearing" in said(saved, "prognos.antaganden")
    assert "Fungerar det inte: 600 fler sena utbetalningar" in said(saved, "prognos.antaganden")
    late = situation_at(MODEL, log_at(tmp_path, out(1, "04:10", end="12:00")), "09:50")
    assert "antas klara sig" not in said(late, "prognos.antaganden")


def test_with_several_outages_it_is_said_which(tmp_path):
    one = situation_at(MODEL, log_at(tmp_path, out(1, "04:10")), "04:30")
    assert "Om avbrottet kvarstår" in said(one, "viktigast")
    two = situation_at(MODEL, log_at(tmp_path, out(1, "04:10") + out(2, "04:12", "b1")), "04:30")
    assert "Om avbrotten i Clearing och Bank one kvarstår" in said(two, "viktigast")
    assert "är avbrotten i Clearing och Bank one åtgärdade senast" in said(two, "viktigast")
    mixed = out(1, "04:10") + out(2, "04:12", "b1", end="04:25", status="confirmed")
    assert "är avbrottet i Clearing åtgärdat senast" in said(
        situation_at(MODEL, log_at(tmp_path, mixed), "04:30"), "viktigast"
    )


def test_a_named_outage_gives_its_label_to_what_depends_on_it(tmp_path):
    text = out(1, "04:10") + out(2, "04:12", "b1", tlp="TLP:AMBER")
    for at in ("04:30", "11:00"):  # to come, and overdue
        made = situation_at(MODEL, log_at(tmp_path, text), at)
        named = [one for one in made.statements if "avbrotten i Clearing och Bank one" in one.text]
        assert "Allowance" in said(made, "viktigast")
        assert {one.tlp for one in named} == {"TLP:AMBER"}
    reader = situation(basis_at(MODEL, log_at(tmp_path, text), "04:30", "TLP:GREEN"), "payer", Order(to="TLP:GREEN"))
    assert "Bank one" not in said(reader, "viktigast")
    assert "avbrotten" not in said(reader, "viktigast")


CANCELLED = entry(
    "measure",
    1,
    "04:20",
    type="operational",
    text="Release by hand",
    progress="cancelled",
    effect="no",
    disclose=True,
    tlp="TLP:CLEAR",
)


def test_a_cancelled_measure_is_a_fact_with_its_effect_and_not_told_the_public(tmp_path):
    log = log_at(tmp_path, out(1, "04:10") + CANCELLED)
    assert "Avbruten: Release by hand. Avsedd effekt inte uppnådd." in said(
        situation_at(MODEL, log, "05:00"), "fakta.operativt"
    )
    followed = text_of(followup_document(follow_up(basis_at(MODEL, log, "05:00"), "payer", log)))
    assert "avbruten, avsedd effekt inte uppnådd" in followed
    told = situation_at(MODEL, log, "05:00", "TLP:CLEAR", form="allmanhet")
    assert "Release by hand" not in text_of(public(told))


def test_the_short_form_says_what_has_happened_and_was_decided_and_goes_on_from_the_whole(tmp_path):
    text = out(1, "04:10") + entry("decision", 1, "04:40", text="No rerouting", by="TiB")
    log = issue(tmp_path, text, "04:15")
    short = situation_at(MODEL, log, "05:00", form="kort")
    written = text_of(lagesbild.short(short))
    assert "## Vad har hänt?" in written
    assert "Avbrott i Clearing uppges ha börjat" in written
    assert "No rerouting" in written
    assert "sedan den fullständiga lägesbilden nr 1 (fredag 18 december 2026" in written
    assert short.number == 1
    assert situation_at(MODEL, log, "04:15", form="kort").before is None, "the whole one as of then stands beside it"


def test_the_short_form_has_the_label_of_what_stands_in_it(tmp_path):
    """A consequence stands in the whole one and in the four fields, and not in the short one."""
    text = out(1, "04:10") + entry("observation", 1, "04:20", text="Staff called in", topic="personell", tlp="TLP:RED")
    made = situation_at(MODEL, log_of(tmp_path, text, MODEL), "05:00", form="kort")
    labels = [form(made).label for form in (lagesbild.internal, lagesbild.four_fields, lagesbild.short)]
    assert labels == ["TLP:RED", "TLP:RED", "TLP:GREEN"]


def test_an_outage_that_got_worse_says_when_it_began_and_stands_first_in_the_short_form(tmp_path):
    half = "remaining = 0.5\nstart = 2026-12-18T04:00:00+01:00\nend = 2026-12-18T05:00:00+01:00\n"
    parts = f"""
[[observation]]
id = "observation-1"
time = 2026-12-18T04:05:00+01:00
text = "Fine"
entity = "power"
level = 1.0

[[outage]]
id = "outage-1"
time = 2026-12-18T05:05:00+01:00
status = "confirmed"
entity = "clr"
{half}
[[outage]]
id = "outage-2"
time = 2026-12-18T05:10:00+01:00
status = "confirmed"
entity = "clr"
start = 2026-12-18T05:00:00+01:00
"""
    made = situation_at(MODEL, log_of(tmp_path, parts, MODEL), "06:00", form="kort")
    facts = text_of(lagesbild.short(made)).partition("## Vad har hänt?")[2].replace("\xa0", " ").split("\n- ")
    assert "Avbrott i Clearing förvärrades fredag 18 december 2026 kl. 05.00, för 1 tim sedan (det började" in facts[1]
    assert "började fredag 18 december 2026 kl. 04.00)" in facts[1]
    eased = parts.replace("remaining = 0.5", "remaining = 0.0").replace('T05:00:00+01:00\n"""', "")
    made = situation_at(MODEL, log_of(tmp_path, eased + "remaining = 0.4\n", MODEL), "06:00")
    told = " ".join(one.text for one in made.in_section("fakta.handelse"))
    assert "(40\xa0% av förmågan kvar) blev delvis avhjälpt fredag" in told


def test_an_outage_that_went_on_as_it_was_did_not_get_worse_and_its_expected_end_is_no_question(tmp_path):
    parts = out(1, "04:10", end="05:00") + out(2, "05:10", start="05:00")
    made = situation_at(MODEL, log_of(tmp_path, parts, MODEL), "06:00")
    facts = [one.text.replace("\xa0", " ") for one in made.in_section("fakta.handelse")]
    since = "fredag 18 december 2026 kl. 04.00"
    assert facts[0].endswith(f"uppges ha börjat {since} och fortsatte efter fredag 18 december 2026 kl. 05.00.")
    assert "uppges ha fortsatt efter fredag 18 december 2026 kl. 05.00, för 1 tim sedan" in facts[1]
    assert f"(det började {since})" in facts[1]
    asked = [one.text for one in made.in_section("prognos.information") if "antas ha upphört" in one.text]
    assert asked == []


RECEIVED = """
[[received]]
id = "received-1"
time = 2026-12-18T09:20:00+01:00
status = "unconfirmed"
sender = "b2"
sender_name = "Bank two"
number = 1
at = 2026-12-18T09:10:00+01:00
approved_by = "Crisis manager"
tlp = "TLP:GREEN"
hash = "sha256:00"

  [[received.statement]]
  section = "fakta.handelse"
  text = "It is over."
  status = "bekräftad"
  tlp = "TLP:GREEN"
  claims = [
    { subject = "clr", aspect = "start", value = "2026-12-18T04:00+01:00" },
    { subject = "clr", aspect = "end", value = "2026-12-18T09:00+01:00" },
  ]
"""


ESTIMATED = RECEIVED.replace(
    'aspect = "end", value = "2026-12-18T09:00+01:00"', 'aspect = "length", value = "3h..6h..20h"'
)


CHOSEN_HERE = 'status = "unconfirmed"\n'
DISCLOSED = f"{CHOSEN_HERE}disclose = true\n"
RECEIVED_ONGOING = RECEIVED.replace("2026-12-18T09:00+01:00", "unknown").replace("It is over", "It is down")


@pytest.mark.parametrize(
    ("received", "told"),
    [
        (RECEIVED, "har upphört enligt Bank two"),
        (ESTIMATED, "är längden okänd, men Bank two uppskattar den till mellan 3 tim och 20 tim, troligast 6 tim"),
    ],
    ids=["an end", "a length"],
)
def test_what_others_have_told_of_an_own_outage_without_end_is_said_under_its_label(tmp_path, received, told):
    log = log_at(tmp_path, out(1, "04:10") + received.replace("TLP:GREEN", "TLP:AMBER"))
    needed = situation_at(MODEL, log, "09:30").in_section("prognos.information")
    (said_,) = (one for one in needed if told in one.text.replace("\xa0", " "))
    assert said_.tlp == "TLP:AMBER"
    assert not any("när beräknas det vara åtgärdat" in one.text for one in needed)


def test_nobody_is_asked_for_an_end_that_has_been_told(tmp_path):
    text = out(1, "04:10", **{"for": {"min": "1h", "mode": "2h", "max": "3h"}})
    log = log_at(tmp_path, text + RECEIVED)
    needed = said(situation_at(MODEL, log, "09:30"), "prognos.information")
    assert "i loggen pågår det, men det har upphört enligt Bank two (fre 2026-12-18 09.00)" in needed
    assert "Vilken är den nya?" not in needed
    called = conference(basis_at(MODEL, log, "09:30"), "payer").participants
    asked = [(one.contact.actor, text) for one in called for text in one.questions]
    assert not any("längsta uppskattningen" in text for _, text in asked)
    ((teller, question),) = ((actor, text) for actor, text in asked if "upphört" in text)
    assert (teller, question.endswith("Vad gäller?")) == ("b2", True)
    before = conference(basis_at(MODEL, log, "09:15"), "payer").participants
    assert any("längsta uppskattningen" in text for one in before for text in one.questions)


def test_a_bank_that_is_not_told_of_is_not_named_as_a_dependency(tmp_path):
    ground = reader_basis(tmp_path, out(1, "04:10", "b2", end="13:00"), "05:00")
    made = situation(ground, "payer", Order(form="allmanhet", to="TLP:GREEN", disclosed=("prognos",)))
    assert any(branch.bank == WITHHELD for run in ground.outcome.late_runs for branch in run.branches)
    assert "vissa banker" in text_of(public(made))
    assert "beroende som inte delas" not in text_of(public(made))
    with writing_in("sv"):
        chart = payments_on_axis(ground.outcome, "payer", ground.at)
    assert "beroende som inte delas" not in chart.alt


def test_the_message_to_the_public_is_no_answer_to_what_to_do(tmp_path):
    text = out(1, "04:10") + entry(
        "message", 1, "04:20", audience="external", text="The money comes later.", disclose=True, tlp="TLP:CLEAR"
    )
    made = situation_at(MODEL, log_at(tmp_path, text), "05:00", "TLP:CLEAR", form="allmanhet")
    sections = {one.title: one for one in public(made).sections}
    assert "The money comes later." in str(sections["Vad vill vi säga?"])
    assert "The money comes later." not in str(sections["Vad behöver du göra?"])


def test_changes_say_what_was_withdrawn_and_whom_a_request_is_to(tmp_path):
    first = out(1, "04:10") + out(2, "04:12", "b1", start="04:05")
    log = issue(tmp_path, first, "04:30")
    text = (tmp_path / "log.toml").read_text("utf-8").removeprefix(HEAD)
    text += entry("withdrawn", 1, "04:40", supersedes="outage-2", text="A mistake", status="confirmed")
    text += entry("request", 1, "04:45", type="information", to="b1", text="When?", status="confirmed")
    log = log_at(tmp_path, text)
    changed = " ".join(one.text for one in situation_at(MODEL, log, "05:00").changes).replace("\xa0", " ")
    assert "Återkallat: Avbrott i Bank one från fre 2026-12-18 04.05 (outage-2). A mistake." in changed
    assert "Ny begäran till Bank one: When?" in changed
    text += entry(
        "request",
        2,
        "05:10",
        type="information",
        to="b1",
        text="When?",
        answered="05:05",
        answer="Tonight",
        supersedes="request-1",
    )
    log = issue(tmp_path, text, "05:00")
    answered = " ".join(one.text for one in situation_at(MODEL, log, "05:30").changes).replace("\xa0", " ")
    assert "Besvarad begäran till Bank one, fre 2026-12-18 05.05 (”Tonight”): When?" in answered


def test_an_observation_against_a_reported_outage_asks_of_that(tmp_path):
    text = out(1, "04:10") + entry("observation", 1, "04:30", text="Works", entity="clr", level=0.9)
    asked = said(situation_at(MODEL, log_at(tmp_path, text), "04:30"), "prognos.information")
    assert "Stämmer det rapporterade avbrottet" in asked
    assert "modellens beroenden" not in asked


def test_what_should_have_come_is_late_and_does_not_become_so(tmp_path):
    log = issue(tmp_path, out(1, "04:10", end="13:00"), "04:15")
    ahead, after = (situation_at(MODEL, log, at) for at in ("08:00", "11:00"))
    assert "Om avbrottet är åtgärdat som uppgivet blir dessa betalningar sena: Allowance" in said(ahead, "viktigast")
    assert "Dessa betalningar är redan sena: Allowance" in said(after, "viktigast")
    assert "blir sena" not in said(after, "viktigast").lower()
    assert "Redan sena, och går inte att rädda: Allowance" in said(after, "prognos.beslut")


def test_no_clumsy_words_remain(tmp_path):
    log = log_at(tmp_path, out(1, "04:10"))
    with writing_in("en"):
        followed = text_of(
            followup_document(
                follow_up(basis(MODEL, known_at(log, minute("05:00"), MODEL), language="en"), "payer", log)
            )
        )
    assert "delgivning" not in followed
    ground = basis_at(MODEL, log, "05:00")
    why = " ".join(one.contact.why for one in conference(ground, "payer").participants)
    assert "har själv ett avbrott" in why
    live = situation(basis(MODEL, known_at(log, minute("05:00"), MODEL)), "payer", Order(is_exercise=False))
    assert "scenariot" not in text_of(lagesbild.internal(live)).lower()


def test_what_will_be_down_throughout_is_not_down_at_times_though_it_works_yet(tmp_path):
    log = log_at(tmp_path, out(1, "04:10", "power", end="12:00", status="confirmed"))
    assert "är nere från fredag 18 december 2026 kl. 08.00" in said(
        situation_at(MODEL, log, "05:00"), "prognos.konsekvenser"
    )


def test_all_that_another_tells_of_the_same_thing_is_reckoned_with(tmp_path):
    """The half that was still out was dropped, and the paper said that it was over."""
    half = """
  [[received.statement]]
  section = "fakta.handelse"
  text = "Half of it works."
  status = "obekräftad"
  tlp = "TLP:GREEN"
  claims = [
    { subject = "clr", aspect = "start", value = "2026-12-18T09:00+01:00" },
    { subject = "clr", aspect = "remaining", value = "0.5" },
    { subject = "clr", aspect = "end", value = "2026-12-18T20:00+01:00" },
  ]
"""
    log = log_at(tmp_path, RECEIVED + half)
    outages = known_at(log, minute("09:30"), MODEL).scenario.outages
    assert [(one.start, one.end, one.remaining) for one in outages] == [
        (minute("04:00"), minute("09:00"), 0.0),
        (minute("09:00"), minute("20:00"), 0.5),
    ]
    made = situation_at(MODEL, log, "09:30")
    assert "åtgärdat sedan" not in said(made, "viktigast")
    assert "håller uppskattningen att det är åtgärdat fredag 18 december 2026 kl. 20.00?" in said(
        made, "prognos.information"
    )


def test_a_deadline_names_only_the_outages_that_can_hold_its_payment_up(tmp_path):
    """Of what only others' payments rest on nothing is asked; a reader elsewhere is told of all, and so not what needs what."""
    given = tables()
    given["entity"].append({"id": "phones", "name": "Phones", "kind": "infrastructure"})
    model, findings = beroenden.build(given)
    assert model is not None, findings
    log = log_at(tmp_path, out(1, "04:10") + out(2, "04:12", "phones"), model)
    own = situation_at(model, log, "04:30")
    assert "är avbrottet i Clearing åtgärdat senast" in said(own, "viktigast")
    assert "är avbrottet i Clearing åtgärdat då" in said(own, "prognos.beslut")
    bank = situation_at(model, log, "04:30", "TLP:AMBER")
    assert "är avbrotten i Clearing och Phones och allt annat som prognosen räknar med åtgärdade då" in said(
        bank, "prognos.beslut"
    )


@pytest.mark.parametrize("more", ["", out(2, "04:12", "b1", status="confirmed")], ids=["nothing hidden", "one hidden"])
def test_a_deadline_promises_another_nothing_of_what_it_may_not_know_of(tmp_path, more):
    """Bank one's accounts are late while it is out; whether anything is hidden, the words do not tell."""
    ground = reader_basis(tmp_path, out(1, "04:10", disclose=True) + more, "04:30")
    made = situation(ground, "payer", FEW)
    everything = "avbrottet och allt annat som prognosen räknar med"
    assert f"Första tidsfristen: är {everything} åtgärdade senast" in said(made, "viktigast")
    assert f": är {everything} åtgärdade då kommer Allowance (fre 18 dec) i tid." in said(made, "prognos.beslut")


def test_of_what_comes_in_part_it_is_said_how_many_do_not(tmp_path):
    """Bank two's 600 come when the clearing has delivered; bank one's 400 not while it is out."""
    log = log_at(tmp_path, out(1, "04:10", end="12:00") + out(2, "04:12", "b1"))
    made = situation_at(MODEL, log, "04:30")
    assert rows_of(made, "Beräknas klar", "Sena utbetalningar", "Sena för konton i") == [
        ("fre 2026-12-18 14.00", "600", "Bank two"),
        ("inte inom perioden", "400", "Bank one"),
    ]
    headline = said(made, "viktigast")
    assert "inte klart inom perioden: 400 av Allowance (fre 18 dec); resten framme fre 2026-12-18 14.00" in headline


TWO_TIMES = out(1, "04:10", end="12:00") + out(2, "04:12", "b1", start="04:05", end="07:00")
"""Bank one's own accounts, due at 06.00, come at 07.00; bank two's, due at 10.00, when the clearing has delivered at 14.00."""


def rows_of(made, *headings):
    cells = (dict(one.cells) for one in made.in_section("prognos.betalningar") if one.cells)
    return [tuple(row[one].replace("\xa0", " ") for one in headings) for row in cells]


def test_what_comes_at_two_times_has_a_row_for_each_with_its_own_plan(tmp_path):
    made = situation_at(MODEL, log_at(tmp_path, TWO_TIMES), "04:30")
    assert rows_of(made, "Planerad", "Beräknas klar", "Sena för konton i") == [
        ("fre 2026-12-18 06.00", "fre 2026-12-18 07.00", "Bank one"),
        ("fre 2026-12-18 10.00", "fre 2026-12-18 14.00", "Bank two"),
    ]
    assert [one.value for one in made.claims if one.subject == RUN and one.aspect == "completed"] == [
        iso(minute("14:00"), time_zone("Europe/Stockholm"))
    ]


def test_the_own_house_is_told_whose_money_is_still_waited_for(tmp_path):
    log = log_at(tmp_path, TWO_TIMES)
    assert "Ännu väntar" not in said(situation_at(MODEL, log, "06:30"), "viktigast")
    made = situation_at(MODEL, log, "10:30")
    assert "gäller konton i alla banker. Ännu väntar konton i Bank two." in said(made, "viktigast")
    assert rows_of(made, "Beräknas klar") == [
        ("bör vara framme sedan fre 2026-12-18 07.00",),
        ("fre 2026-12-18 14.00",),
    ]


def public_at(folder, text, at, release=0):
    order = {"form": "allmanhet", "disclosed": ("prognos.betalningar",)}
    model = model_of(release, "TLP:CLEAR")
    return text_of(public(situation_at(model, log_at(folder, text, model), at, "TLP:CLEAR", **order)))


def test_the_public_is_told_when_each_bank_s_customers_are_paid_where_the_banks_may_be_named(tmp_path):
    text = public_at(tmp_path, TWO_TIMES, "04:30")
    assert (
        "| fre 2026-12-18 06.00 | fre 2026-12-18 07.00 till fre 2026-12-18 14.00, olika för olika mottagare | alla banker |"
        in text
    )
    assert "De gäller om det som vi räknar med stämmer." in text
    chosen = out(1, "04:10", end="12:00", disclose=True, tlp="TLP:CLEAR")
    chosen += out(2, "04:12", "b1", start="04:05", end="07:00", disclose=True, tlp="TLP:CLEAR")
    text = public_at(tmp_path, chosen, "04:30")
    assert "| fre 2026-12-18 06.00 | fre 2026-12-18 07.00 | Bank one |" in text
    assert "| fre 2026-12-18 06.00 | fre 2026-12-18 14.00 | Bank two |" in text


def test_what_was_due_at_two_times_and_is_told_in_one_row_is_not_late_before_it_was_due(tmp_path):
    """Bank one's own accounts come at 07.00, after 06.00 when they were due and before bank two's are."""
    text = public_at(tmp_path, TWO_TIMES, "04:30", release=10)
    due = "fre 2026-12-18 06.00 till fre 2026-12-18 10.00, olika för olika mottagare"
    comes = "fre 2026-12-18 07.00 till fre 2026-12-18 14.00, olika för olika mottagare"
    assert f"| {due} | {comes} | alla banker |" in text


def test_what_was_observed_to_work_is_not_said_to_do_so_after_the_as_of_time(tmp_path):
    """The system worked at 05.00; power, on which it rests, has been out since 06.00 and is until 08.00."""
    given = tables()
    given["entity"][1]["needs"][0]["endurance"] = "0min"
    model, findings = beroenden.build(given)
    assert model is not None, findings
    text = entry("observation", 1, "05:00", entity="sys", level=1.0, text="Works.", status="confirmed")
    text += out(2, "05:10", "power", start="06:00", end="08:00")
    log = issue(tmp_path, text, "06:30", model=model)
    for at in ("06:30", "07:00"):
        made = situation_at(model, log, at, approved_by="TiB")
        assert "The payer's system är nere från läget, återställt" in said(made, "prognos.konsekvenser")
        rows = [dict(one.cells) for one in made.in_section("prognos.tid")]
        after = at.replace(":", ".")[:-1] + "1"
        assert [(row["Tid"], row["Egna system nedsatta (förmåga kvar)"].replace("\xa0", " ")) for row in rows[:2]] == [
            (f"T+0 tim, fre 2026-12-18 {at.replace(':', '.')}", "inga"),
            (f"T+0 tim 1 min, fre 2026-12-18 {after} (kortvarigt nedsatt)", "The payer's system (0 %)"),
        ]
        assert not any("Nedsatta från" in one.text for one in made.changes)


def test_the_public_is_told_that_some_of_it_cannot_be_said_yet(tmp_path):
    text = public_at(tmp_path, out(1, "04:10", end="12:00") + out(2, "04:12", "b1"), "04:30")
    assert "fre 2026-12-18 14.00; för 400 går det inte att säga ännu | alla banker" in text


def test_once_some_should_have_come_the_public_is_told_when_the_rest_does(tmp_path):
    text = public_at(tmp_path, TWO_TIMES, "10:30")
    assert "| en del bör vara framme sedan fre 2026-12-18 07.00, resten fre 2026-12-18 14.00 | alla banker |" in text
    text = public_at(tmp_path, out(1, "04:10") + out(2, "04:12", "b1", start="04:05", end="07:00"), "10:30")
    assert "en del bör vara framme sedan fre 2026-12-18 07.00; för 600 går det inte att säga ännu" in text


def test_that_some_should_have_come_since_the_lagesbild_before_is_a_change(tmp_path):
    def arrived(log, at):
        return [one.text for one in situation_at(MODEL, log, at).changes if "kommit" in one.text]

    some = "En del bör ha kommit fram, resten väntar ännu: Allowance (2026-12-18)."
    log = issue(tmp_path, TWO_TIMES, "04:30")
    for at, told in (("06:30", []), ("07:00", [some]), ("13:30", [some])):
        assert arrived(log, at) == told
    assert arrived(log, "14:00") == ["Bör ha kommit fram, som det sades: Allowance (2026-12-18)."]
    assert arrived(issue(tmp_path, TWO_TIMES, "08:00"), "13:30") == []


def test_once_all_should_have_come_the_public_is_promised_nothing_more(tmp_path):
    text = public_at(tmp_path, TWO_TIMES, "15:00")
    assert "bör vara framme sedan fre 2026-12-18 14.00" in text
    assert "Tiderna är beräknade; att pengarna har kommit är inte bekräftat." in text
    assert "kan ändras" not in text


def test_what_others_have_told_is_named_to_a_third_only_where_it_was_chosen(tmp_path):
    """What rests on it is told as what rests on what is not shared; who told it knows of it."""
    for chosen, told in ((RECEIVED_ONGOING, False), (RECEIVED_ONGOING.replace(CHOSEN_HERE, DISCLOSED), True)):
        made = situation(reader_basis(tmp_path, chosen, "09:30"), "payer", FEW)
        text = " ".join(one.text for one in made.statements if one.section.startswith("prognos.") and not one.entry)
        assert ("Om avsändarens antaganden håller" in text, "Clearing" in text) == (not told, told)
    log = log_at(tmp_path, RECEIVED_ONGOING)
    sender = basis(MODEL, known_at(log, minute("09:30"), MODEL), viewer_for(MODEL, "b2"), only_disclosed=True)
    assert "clr" not in sender.known.scenario.withheld


def test_how_a_system_fares_depends_only_on_what_it_needs(tmp_path):
    """The system needs power and not the clearing; a reader elsewhere is not told which of the two it is."""
    log = log_at(tmp_path, out(1, "04:10", "power") + out(2, "04:12"))
    own = [one.text for one in situation_at(MODEL, log, "04:30").in_section("prognos.konsekvenser")]
    assert any(text.startswith("Om avbrottet i Power kvarstår: The payer's system") for text in own)
    assert any(text.startswith("Om avbrotten i Power och Clearing kvarstår blir") for text in own)
    told = [one.text for one in situation_at(MODEL, log, "04:30", "TLP:AMBER").in_section("prognos.konsekvenser")]
    assert any(text.startswith("Om avbrotten i Power och Clearing kvarstår: The payer's system") for text in told)


def test_what_is_withdrawn_keeps_its_label(tmp_path):
    """The paper is no stricter than what was entered in it."""
    decided = entry("decision", 1, "04:20", text="Wait", by="Crisis manager")
    log = issue(tmp_path, out(1, "04:10") + decided, "04:30")
    gone = entry("withdrawn", 1, "04:40", supersedes="decision-1", text="A slip")
    with (tmp_path / "log.toml").open("a", encoding="utf-8") as file:
        file.write(gone)
    log, _ = load_log(tmp_path / "log.toml", MODEL)
    later = situation_at(MODEL, log, "04:50")
    assert any("Återkallat" in one.text for one in later.changes)
    assert later.tlp == situation_at(MODEL, log, "04:35").tlp != "TLP:RED"


def test_how_to_mend_the_log_is_told_to_its_own_house_alone(tmp_path):
    log = log_at(tmp_path, out(1, "04:10", disclose=True) + ESTIMATED)
    own = said(situation_at(MODEL, log, "09:30"), "prognos.information")
    other = said(situation_at(MODEL, log, "09:30", "TLP:GREEN"), "prognos.information")
    assert ("i den egna posten" in own, "i den egna posten" in other) == (True, False)
    assert "när beräknas det vara åtgärdat" in other


def test_a_deadline_names_the_one_outage_whose_end_saves_its_payment(tmp_path):
    """The own bank is behind the payment too, and at 80 % it harms nobody."""
    log = log_at(tmp_path, out(1, "04:10") + out(2, "04:12", "b1", remaining=0.8))
    assert "är avbrottet i Clearing åtgärdat senast" in said(situation_at(MODEL, log, "04:30"), "viktigast")


def test_the_public_is_told_that_nobody_knows_yet_when_the_money_comes(tmp_path):
    log = log_at(tmp_path, out(1, "04:10", disclose=True))
    order = {"form": "allmanhet", "disclosed": ("prognos.betalningar",)}
    text = text_of(public(situation_at(MODEL, log, "04:30", "TLP:GREEN", **order)))
    assert "går inte att säga ännu" in text
    assert "inom perioden" not in text


def test_deadlines_of_own_and_others_payments_stand_in_one_order():
    """Försäkringskassan's and, between them, the pensions that it carries a stage of."""
    model, _ = beroenden.load(ROOT / "models" / "soes")
    outages = [{"entity": "bankgirot", "start": "2026-12-15T13:50"}]
    paper = situation_of(beroenden.simulate(model, outages, at="2026-12-16T12:00"), "forsakringskassan")
    clocks = [one for one in paper.in_section("prognos.beslut") if one.text.startswith("Tidsfrist")]
    assert any("andras betalningar" in one.text for one in clocks)
    assert [one.time for one in clocks] == sorted(one.time for one in clocks)


def test_what_is_unconfirmed_is_told_the_public_as_such(tmp_path):
    seen = {"text": "Slow", "disclose": True, "tlp": "TLP:CLEAR"}
    text = out(1, "04:10") + entry("observation", 1, "04:20", topic="handelse", **seen)
    written = text_of(
        public(situation_at(MODEL, log_of(tmp_path, text, MODEL), "05:00", "TLP:CLEAR", form="allmanhet"))
    )
    assert "- **obekräftad**: Slow" in written


def test_the_short_form_has_what_holds_now_first_and_counts_what_is_over(tmp_path):
    """Four levels were seen; the last of each system holds. The latest decisions stand, not the first."""
    levels = (("04:10", "clr", 0.4), ("04:20", "clr", 0.6), ("04:30", "power", 0.3), ("04:40", "clr", 1.0))
    text = "".join(
        entry("observation", number, time, text=f"Seen {number}", entity=one, level=level)
        for number, (time, one, level) in enumerate(levels, 1)
    )
    text += entry("observation", 5, "04:25", text="The press asks")
    text += "".join(entry("decision", number, f"04:5{number}", text=f"Decided {number}") for number in range(1, 6))
    written = text_of(lagesbild.short(situation_at(MODEL, log_at(tmp_path, text), "05:00", form="kort")))
    _, _, facts = written.partition("## Vad har hänt?")
    assert [line.partition("**: ")[2].partition(".")[0] for line in facts.splitlines() if line.startswith("- ")][
        :3
    ] == [
        "Seen 4",
        "Seen 3",
        "The press asks (The payer, fre 2026-12-18 04",
    ]
    assert "2 till, om det som inte längre gäller, står i den fullständiga lägesbilden." in facts
    _, _, decided = facts.partition("## Fattade beslut")
    places = [decided.index(f"Decided {number}") for number in (5, 4, 3)]
    assert places == sorted(places)
    assert "Decided 2" not in decided
    assert "2 till står i den fullständiga lägesbilden." in decided


def changes_after(folder, before, after):
    """What is told as changed once a log in which a lägesbild was issued at 04.30 has gone on."""
    issue(folder, before, "04:30")
    with (folder / "log.toml").open("a", encoding="utf-8") as file:
        file.write(after)
    log, findings = load_log(folder / "log.toml", MODEL)
    assert log is not None, findings
    return [one.text.replace("\xa0", " ") for one in situation_at(MODEL, log, "05:00").changes]


def test_a_changed_decision_says_what_it_was(tmp_path):
    before = out(1, "04:10") + entry("decision", 1, "04:20", text="Wait", by="TiB")
    after = entry("decision", 2, "04:40", text="Rättelse: Pay by hand", by="TiB", supersedes="decision-1")
    assert "Ändrat beslut (var ”Wait”): Pay by hand (TiB)" in changes_after(tmp_path, before, after)


def test_a_measure_whose_time_is_moved_says_what_it_was(tmp_path):
    given = {"type": "operational", "text": "Call the bank"}
    before = out(1, "04:10") + entry("measure", 1, "04:20", **given, due="06:00")
    after = entry("measure", 2, "04:40", **given, due="08:00", supersedes="measure-1")
    told = changes_after(tmp_path, before, after)
    assert "Ändrad tid (var fre 2026-12-18 06.00, nu fre 2026-12-18 08.00): Call the bank" in told


def test_what_stood_under_a_stricter_label_is_not_quoted_under_a_wider(tmp_path):
    before = out(1, "04:10") + entry("decision", 1, "04:20", text="Wait", tlp="TLP:RED")
    after = entry("decision", 2, "04:40", text="Pay by hand", supersedes="decision-1", tlp="TLP:GREEN")
    assert "Rättat: Pay by hand" in changes_after(tmp_path, before, after)


def test_what_no_longer_comes_within_the_period_is_told_as_such(tmp_path):
    ends, open_ = out(1, "04:10", end="12:00"), out(2, "04:40", supersedes="outage-1")
    told = " ".join(changes_after(tmp_path, ends, open_))
    assert "Inte längre alla framme inom perioden (var fre 2026-12-18 14.00): Allowance (2026-12-18)" in told
    told = " ".join(changes_after(tmp_path, out(1, "04:10"), out(2, "04:40", end="12:00", supersedes="outage-1")))
    assert "Alla framme tidigare, fre 2026-12-18 14.00 (förut inte inom perioden)" in told
    told = " ".join(changes_after(tmp_path, out(1, "04:10", "b2", start="04:05", end="04:20"), out(2, "04:40")))
    assert "Blir sena, inte alla framme inom perioden: Allowance (2026-12-18)" in told


def test_how_late_money_is_on_average_is_said_to_the_minute(tmp_path):
    """Bank one's 400 are an hour late, bank two's 600 four hours."""
    ground = basis_at(MODEL, log_at(tmp_path, TWO_TIMES), "04:30")
    with writing_in("sv"):
        assert effect(ground.outcome, "payer").wait().replace("\xa0", " ") == "2 tim 48 min"


@pytest.mark.parametrize(
    ("at", "told"), [("11:00", "även om avbrottet åtgärdas genast"), ("13:00", "räknas som åtgärdat")]
)
def test_what_is_over_is_not_said_to_be_resolved_at_once(at, told):
    outages = [{"entity": "clr", "start": "2026-12-18T04:00", "end": "2026-12-18T12:00"}]
    with writing_in("sv"):
        (course,) = explain(beroenden.simulate(MODEL, outages, at=f"2026-12-18T{at}"), "allowance").courses
    assert told in course.recovery_text
