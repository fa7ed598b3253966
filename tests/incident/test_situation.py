"""A lägesbild from a log: for whom, since when, and what has changed."""

from dataclasses import replace

import pytest
from chain import network, tables
from logs import OUT, basis_at, log_of, minute, situation_at
from situations import situation_of

import beroenden
from beroenden.errors import UsageError
from beroenden.incident.lagesbild.issue import record_issue, record_lowering
from beroenden.incident.lagesbild.situation import Order, situation
from beroenden.incident.log.read import load_log

MODEL = network()
SHARED = OUT + 'disclose = true\nfor = "5h"\nstatus = "confirmed"\n'
SECRET = """
[[observation]]
id = "observation-1"
time = 2026-12-18T04:20:00+01:00
text = "For us only"
tlp = "TLP:AMBER"
disclose = true

[[observation]]
id = "observation-2"
time = 2026-12-18T04:25:00+01:00
text = "Not chosen"

[[decision]]
id = "decision-1"
time = 2026-12-18T04:30:00+01:00
text = "Share the payments"
discloses = ["prognos.betalningar"]
"""


def test_a_delgivning_holds_what_was_chosen_and_may_be_read(tmp_path):
    log = log_of(tmp_path, SHARED + SECRET, MODEL)
    made = situation_at(MODEL, log, "04:40", "TLP:GREEN", form="delgivning", disclosed=("prognos.betalningar",))
    assert {one.section for one in made.statements} == {"fakta.handelse", "prognos.betalningar"}
    assert made.tlp == "TLP:GREEN"
    texts = " ".join(one.text for one in made.statements)
    assert "For us only" not in texts
    assert "Not chosen" not in texts
    inside = situation_at(MODEL, log, "04:40")
    assert "For us only" in " ".join(one.text for one in inside.statements)
    assert inside.tlp == "TLP:AMBER"


def test_nothing_is_shared_by_itself(tmp_path):
    log = log_of(tmp_path, OUT + SECRET, MODEL)
    made = situation_at(MODEL, log, "04:40", "TLP:RED", form="delgivning")
    assert [one.entry for one in made.statements] == ["observation-1"]


def test_a_lowered_label_shows_it_under_the_readers_own(tmp_path):
    log = log_of(tmp_path, SHARED + SECRET, MODEL)
    ground = basis_at(MODEL, log, "04:40", "TLP:GREEN", lowered="TLP:AMBER")
    made = situation(ground, "payer", Order(form="delgivning", to="TLP:GREEN"))
    assert "For us only" in " ".join(one.text for one in made.statements)
    assert made.tlp == "TLP:GREEN"


def test_an_entry_that_names_what_the_reader_may_not_see_is_held_back(tmp_path):
    given = {"id": "secret", "name": "Hidden Works", "kind": "supplier", "tlp": "TLP:RED", "needs": []}
    changed = tables()
    changed["entity"].append(given)
    model, _ = beroenden.build(changed)
    text = (
        SHARED
        + '\n[[observation]]\nid = "observation-1"\ntime = 2026-12-18T04:20:00+01:00\ntext = "It is at HIDDEN works."\ndisclose = true\n'
    )
    ground = basis_at(model, log_of(tmp_path, text, model), "04:40", "TLP:GREEN")
    assert [one.id for one in ground.held_back] == ["observation-1"]
    made = situation(ground, "payer", Order(form="delgivning", to="TLP:GREEN"))
    assert "hidden" not in str(made.to_dict()).lower()


def test_an_issued_one_is_counted_and_compared_with(tmp_path):
    log = log_of(tmp_path, OUT, MODEL)
    path = tmp_path / "log.toml"
    first = situation_at(MODEL, log, "04:40", approved_by="Head of crisis")
    assert (first.number, first.version, first.before) == (1, "första", None)
    record_issue(path, "payer", first, MODEL)
    with path.open("a", encoding="utf-8") as file:
        file.write(
            '\n[[outage]]\nid = "outage-2"\ntime = 2026-12-18T05:00:00+01:00\nsupersedes = "outage-1"\n'
            'status = "confirmed"\nentity = "clr"\nstart = 2026-12-18T04:00:00+01:00\nend = 2026-12-18T05:30:00+01:00\n'
        )
    log, _ = load_log(path, MODEL)
    second = situation_at(MODEL, log, "05:05")
    assert (second.number, second.version) == (2, "uppdatering")
    told = [one.text for one in second.changes]
    begin = "Bekräftat, ändrad längd (var okänd, nu till fre 2026-12-18 05.30): Avbrott i Clearing började"
    assert any(text.startswith(begin) for text in told)
    assert "Blir inte längre sena, om avbrottet är åtgärdat som uppgivet: Allowance (2026-12-18)." in told
    (gone,) = (text for text in told if text.startswith("Berörs inte längre, om avbrottet är åtgärdat som uppgivet: "))
    assert "Bank two" in gone and "The payer" not in gone, "its own house knows of itself"
    assert situation_at(MODEL, log, "04:30").number == 1
    afterwards = [one.text for one in situation_at(MODEL, log, "2026-12-19T05:05").changes]
    assert "Blev inte sena: Allowance (2026-12-18)." in afterwards


def test_what_an_update_is_is_said_and_not_twice(tmp_path):
    entries = """
[[request]]
id = "request-1"
time = 2026-12-18T04:20:00+01:00
type = "information"
text = "When is it mended?"

[[measure]]
id = "measure-1"
time = 2026-12-18T04:20:00+01:00
type = "operational"
text = "Call the bank"
progress = "decided"

[[observation]]
id = "observation-1"
time = 2026-12-18T04:20:00+01:00
text = "Nothing works"
"""
    log = log_of(tmp_path, OUT + entries, MODEL)
    path = tmp_path / "log.toml"
    record_issue(path, "payer", situation_at(MODEL, log, "04:40", approved_by="Head"), MODEL)
    later = entries.replace("T04:20", "T05:00").replace('-1"', '-2"').replace("Nothing works", "Rättelse: half works")
    later = later.replace('"decided"', '"done"').replace(
        'text = "When', 'answered = 2026-12-18T04:50:00+01:00\nanswer = "At nine"\ntext = "When'
    )
    for kind in ("request", "measure", "observation"):
        later = later.replace(f'id = "{kind}-2"', f'id = "{kind}-2"\nsupersedes = "{kind}-1"')
    with path.open("a", encoding="utf-8") as file:
        file.write(later)
    log, _ = load_log(path, MODEL)
    told = [one.text for one in situation_at(MODEL, log, "05:05").changes]
    assert any(text.startswith("Besvarad begäran till alla, fre 2026-12-18 04.50 (”At nine”): ") for text in told)
    assert any(text.startswith("Genomförd: Call the bank") for text in told)
    assert "Rättat: half works" in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Filen är rättad.", "Filen är rättad."),
        ("Rättad.", "Rättad."),
        ("Felet är rättat: ny fil kl. 15", "Felet är rättat: ny fil kl. 15"),
        ("The file is corrected - sent at 3", "The file is corrected - sent at 3"),
        ("Rättelse: halva filen", "halva filen"),
        ("Rättat. Halva filen", "Halva filen"),
        ("Correction – half of the file", "half of the file"),
        ("Corrected.", "Corrected."),
    ],
)
def test_what_a_correction_begins_with_is_not_said_twice_and_nothing_else_is_lost(tmp_path, text, told):
    seen = '\n[[observation]]\nid = "observation-1"\ntime = 2026-12-18T04:20:00+01:00\ntext = "Nothing works"\n'
    path = tmp_path / "log.toml"
    log = log_of(tmp_path, OUT + seen, MODEL)
    record_issue(path, "payer", situation_at(MODEL, log, "04:40", approved_by="Head"), MODEL)
    later = seen.replace("-1", '-2"\nsupersedes = "observation-1', 1).replace("Nothing works", text)
    with path.open("a", encoding="utf-8") as file:
        file.write(later.replace("T04:20", "T05:00"))
    log, _ = load_log(path, MODEL)
    assert f"Rättat: {told}" in [one.text for one in situation_at(MODEL, log, "05:05").changes]


def test_what_becomes_later_is_said(tmp_path):
    log = log_of(tmp_path, OUT + 'for = "5h"\n', MODEL)
    path = tmp_path / "log.toml"
    record_issue(path, "payer", situation_at(MODEL, log, "04:40", approved_by="Head"), MODEL)
    with path.open("a", encoding="utf-8") as file:
        file.write(
            '\n[[outage]]\nid = "outage-2"\ntime = 2026-12-18T05:00:00+01:00\nsupersedes = "outage-1"\n'
            'entity = "clr"\nstart = 2026-12-18T04:00:00+01:00\nfor = "12h"\n'
        )
    log, _ = load_log(path, MODEL)
    told = [one.text for one in situation_at(MODEL, log, "05:05").changes]
    moved = "Ändrad längd (var till fre 2026-12-18 09.00, nu till fre 2026-12-18 16.00): Avbrott i Clearing"
    assert any(text.startswith(moved) for text in told)
    assert "Alla framme senare, mån 2026-12-21 06.00 (var fre 2026-12-18 10.00): Allowance (2026-12-18)." in told


def test_other_forms_and_readers_are_counted_apart(tmp_path):
    log = log_of(tmp_path, OUT, MODEL)
    path = tmp_path / "log.toml"
    record_issue(path, "payer", situation_at(MODEL, log, "04:40", approved_by="Head"), MODEL)
    log, _ = load_log(path, MODEL)
    assert situation_at(MODEL, log, "04:50").number == 2
    assert situation_at(MODEL, log, "04:50", form="soes").number == 1
    assert situation_at(MODEL, log, "04:50", "TLP:GREEN").number == 1


def test_the_last_one_after_the_close_is_final(tmp_path):
    closed = '\n[[closed]]\nid = "closed-1"\ntime = 2026-12-18T12:00:00+01:00\ntext = "Over"\n'
    log = log_of(tmp_path, OUT + closed, MODEL)
    assert situation_at(MODEL, log, "11:59").version == "första"
    assert situation_at(MODEL, log, "12:00").version == "slutlig"


def test_a_lowering_is_recorded_once(tmp_path):
    log = log_of(tmp_path, OUT, MODEL)
    path = tmp_path / "log.toml"
    lowered = ("TLP:AMBER", "Head")
    assert record_lowering(path, log, minute("04:40"), "TLP:GREEN", lowered, MODEL)
    log, _ = load_log(path, MODEL)
    assert "TLP:AMBER" in log.entries[-1].text
    assert not record_lowering(path, log, minute("04:45"), "TLP:GREEN", lowered, MODEL)


def test_what_is_announced_or_feared_has_a_lagesbild_before_it_begins(tmp_path):
    later = OUT.replace("start = 2026-12-18T04:00", "start = 2026-12-18T06:00")
    made = situation_at(MODEL, log_of(tmp_path, later, MODEL), "05:00")
    assert "uppges börja fredag 18 december 2026 kl.\xa006.00" in made.in_section("fakta.handelse")[0].text
    feared = situation_at(MODEL, log_of(tmp_path, later + 'status = "feared"\n', MODEL), "05:00")
    assert "befaras från fredag 18 december 2026" in feared.in_section("fakta.handelse")[0].text


def test_a_scenario_has_no_lagesbild_before_it_begins():
    outcome = beroenden.simulate(MODEL, [{"entity": "clr", "start": "2026-12-18T06:00"}], at="2026-12-18T05:00")
    with pytest.raises(UsageError):
        situation_of(outcome, "payer")


KNOWN_TO_US = """
[[outage]]
id = "outage-1"
time = 2026-12-18T04:10:00+01:00
status = "confirmed"
tlp = "TLP:AMBER"
disclose = true
entity = "b2"
start = 2026-12-18T04:00:00+01:00
for = "12h"

[[outage]]
id = "outage-2"
time = 2026-12-18T04:15:00+01:00
status = "confirmed"
tlp = "TLP:GREEN"
disclose = true
entity = "power"
start = 2026-12-18T04:05:00+01:00
for = "2h"
"""


def test_an_outage_that_the_reader_may_not_know_of_is_not_told_by_what_follows_from_it(tmp_path):
    """The bank itself is no secret, its outage is: the payment is late, through something that is not shared."""
    log = log_of(tmp_path, KNOWN_TO_US, MODEL)
    inside = situation_at(MODEL, log, "04:40", form="delgivning", disclosed=("prognos", "viktigast"))
    assert "Bank two" in str(inside.to_dict())
    made = situation_at(MODEL, log, "04:40", "TLP:GREEN", form="delgivning", disclosed=("prognos", "viktigast"))
    late = made.in_section("prognos.betalningar")[0]
    assert dict(late.cells)["Orsak"].startswith("beroende som inte delas")
    assert dict(late.cells)["Sena utbetalningar"] == "600"
    told = [one for one in made.statements if "Bank two" in one.text and "konton fördelar sig" not in one.text]
    assert told == []
    assert "Power" in " ".join(one.text for one in made.statements)


def shared(tmp_path, text, to="TLP:GREEN", at="04:40", disclosed=("prognos", "viktigast"), **more):
    made = situation_at(MODEL, log_of(tmp_path, text, MODEL), at, to, form="delgivning", disclosed=disclosed, **more)
    return made, str(made.to_dict())


def test_entries_that_were_not_chosen_are_not_among_the_changes(tmp_path):
    log = log_of(tmp_path, SHARED, MODEL)
    first = situation_at(
        MODEL, log, "04:20", "TLP:GREEN", form="delgivning", disclosed=("prognos",), approved_by="Head"
    )
    record_issue(tmp_path / "log.toml", "payer", first, MODEL)
    with (tmp_path / "log.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[observation]]\nid = "observation-1"\ntime = 2026-12-18T04:25:00+01:00\ntext = "We disagree"\n')
    log, _ = load_log(tmp_path / "log.toml", MODEL)
    made = situation_at(MODEL, log, "04:40", "TLP:GREEN", form="delgivning", disclosed=("prognos",))
    assert "We disagree" not in str(made.to_dict())


def secret(more: str, kind: str = "outage") -> str:
    return (
        f'\n[[{kind}]]\nid = "{kind}-9"\ntime = 2026-12-18T04:15:00+01:00\ntlp = "TLP:RED"\ndisclose = true\n{more}\n'
    )


@pytest.mark.parametrize(
    "more",
    [
        'entity = "power"\nstart = 2026-12-18T03:41:00+01:00\nstatus = "feared"\nfor = "5h"',
        'entity = "power"\nstart = 2026-12-18T03:41:00+01:00\nstatus = "confirmed"\nfor = "5h"',
        'entity = "power"\nstart = 2026-12-18T03:41:00+01:00\nfor = { min = "1h", mode = "5h", max = "9h" }',
    ],
)
def test_of_an_outage_above_the_label_nothing_is_told(tmp_path, more):
    made, everything = shared(tmp_path, SHARED + secret(more))
    assert "Power" not in everything
    assert "03.41" not in everything
    assert "03:41" not in everything
    assert made.start >= minute("04:00")


def test_one_readable_entry_does_not_open_the_others_on_the_same_entity(tmp_path):
    asked = '\n[[observation]]\nid = "observation-1"\ntime = 2026-12-18T04:12:00+01:00\ntext = "Calls"\nentity = "power"\ndisclose = true\n'
    seen = secret('text = "x"\nentity = "power"\nlevel = 0.35', "observation")
    _, everything = shared(tmp_path, SHARED + asked + seen)
    assert "Calls" in everything
    assert "observerades" not in everything
    assert "Power" not in everything


def test_an_outage_that_was_not_chosen_is_not_named_though_its_consequences_are(tmp_path):
    from beroenden.incident.basis import basis
    from beroenden.incident.known import known_at
    from beroenden.sharing.viewer import viewer_for

    log = log_of(tmp_path, OUT + 'for = "5h"\n', MODEL)
    known = known_at(log, minute("04:40"), MODEL)
    ground = basis(MODEL, known, viewer_for(MODEL, "TLP:GREEN"), only_disclosed=True)
    made = situation(ground, "payer", Order("delgivning", "TLP:GREEN", disclosed=("prognos",)))
    late = made.in_section("prognos.betalningar")[0]
    assert dict(late.cells)["Orsak"].startswith("beroende som inte delas")
    assert "Clearing" not in dict(late.cells)["Orsak"].split(";")[0]


def test_computed_statements_carry_the_label_of_what_they_name(tmp_path):
    given = tables()
    given["payment"][0]["tlp"] = "TLP:AMBER"
    model, _ = beroenden.build(given)
    made = situation_at(model, log_of(tmp_path, OUT + 'for = "5h"\n', model), "04:40")
    assert made.in_section("prognos.betalningar")[0].tlp == "TLP:AMBER"
    assert made.tlp == "TLP:AMBER"
    text = OUT + 'for = "5h"\ntlp = "TLP:AMBER+STRICT"\n'
    made = situation_at(MODEL, log_of(tmp_path, text, MODEL), "04:40", "TLP:AMBER+STRICT", disclosed=("prognos",))
    assert made.in_section("prognos.betalningar")[0].tlp == "TLP:AMBER+STRICT"


@pytest.mark.parametrize(
    "text", ["Hidden Workss central", "hidden  works", "Hidden\u00a0Works nere", "HIDDEN WORKS' jour"]
)
def test_a_name_is_found_however_it_is_written(text):
    from beroenden.sharing.masking import masked
    from beroenden.sharing.viewer import viewer_for

    changed = tables()
    changed["entity"].append(
        {"id": "secret", "name": "Hidden Works", "kind": "supplier", "tlp": "TLP:RED", "needs": []}
    )
    model, _ = beroenden.build(changed)
    assert masked(model, viewer_for(model, "TLP:GREEN")).tells(text)


def test_a_cancelled_measure_is_a_change(tmp_path):
    measure = '\n[[measure]]\nid = "measure-{}"\ntime = 2026-12-18T04:{}:00+01:00\ntype = "operational"\ntext = "Send by hand"\n'
    log = log_of(tmp_path, OUT + measure.format(1, 20), MODEL)
    record_issue(tmp_path / "log.toml", "payer", situation_at(MODEL, log, "04:30", approved_by="Head"), MODEL)
    with (tmp_path / "log.toml").open("a", encoding="utf-8") as file:
        file.write(measure.format(2, 35) + 'progress = "cancelled"\nsupersedes = "measure-1"\n')
    log, _ = load_log(tmp_path / "log.toml", MODEL)
    assert "Avbruten: Send by hand." in [one.text for one in situation_at(MODEL, log, "04:40").changes]


def test_a_number_is_never_given_twice(tmp_path):
    log = log_of(tmp_path, OUT, MODEL)
    made = situation_at(MODEL, log, "04:40", approved_by="Head")
    record_issue(tmp_path / "log.toml", "payer", made, MODEL)
    with pytest.raises(UsageError, match="1"):
        record_issue(tmp_path / "log.toml", "payer", made, MODEL)


def test_percentiles_of_a_run_are_of_its_last_branch(tmp_path):
    """The paying bank's own customers have their money first; the run is complete when the last have theirs."""
    given = tables()
    given["payment"][0]["stage"][-1]["duration"] = "30min"
    given["payment"][0]["stage"].insert(
        -1,
        {"id": "transfer", "duration": "45min", "interbank": True, "needs": [{"provider": "b1", "endurance": "0min"}]},
    )
    model, _ = beroenden.build(given)
    text = OUT + 'for = { min = "30min", mode = "1h", max = "9h" }\nstatus = "confirmed"\n'
    made = situation_at(model, log_of(tmp_path, text, model), "04:20")
    rows = [dict(one.cells) for one in made.in_section("prognos.osakerhet") if one.cells]
    assert rows
    assert all(row["Klar P10"] >= row["Planerad"] for row in rows)


def test_of_several_outages_the_condition_says_which_persists_and_which_ends_as_was_said(tmp_path):
    text = OUT.replace('entity = "clr"', 'entity = "sys"') + OUT.replace("outage-1", "outage-2") + 'for = "2h"\n'
    made = situation_at(MODEL, log_of(tmp_path, text, MODEL), "04:30")
    begun = "Om avbrottet i The payer's system kvarstår och avbrottet i Clearing är åtgärdat som uppgivet"
    assert made.in_section("viktigast")[0].text.startswith(begun)
    over = situation_at(MODEL, log_of(tmp_path, text, MODEL), "07:00")
    assert over.in_section("viktigast")[0].text.startswith("Om avbrottet i The payer's system kvarstår blir")


def test_the_name_of_an_incident_carries_the_incidents_label(tmp_path):
    log = log_of(tmp_path, OUT + 'tlp = "TLP:GREEN"\n', MODEL)
    strict = replace(log, incident=replace(log.incident, tlp="TLP:AMBER+STRICT"))
    assert situation_at(MODEL, log, "04:30").tlp == "TLP:GREEN"
    assert situation_at(MODEL, strict, "04:30").tlp == "TLP:AMBER+STRICT"
    shared = situation_at(MODEL, strict, "04:30", "TLP:GREEN")
    assert (shared.tlp, "Clearing trouble" in shared.incident) == ("TLP:GREEN", False)


def in_parts(folder, label):
    """Clearing was out for half an hour, and is half restored; the second entry has a label of its own."""
    entries = [
        ("outage-1", "04:00", 'end = 2026-12-18T04:30:00+01:00\ntlp = "TLP:GREEN"'),
        ("outage-2", "04:30", f'remaining = 0.5\ntlp = "{label}"'),
    ]
    text = "".join(
        f'\n[[outage]]\nid = "{name}"\ntime = 2026-12-18T04:31:00+01:00\nentity = "clr"\nstatus = "confirmed"\n'
        f"start = 2026-12-18T{start}:00+01:00\n{more}\n"
        for name, start, more in entries
    )
    return log_of(folder, text, MODEL)


def test_an_outage_that_was_half_restored_is_said_to_be_so_to_whom_may_know(tmp_path):
    half = "var fredag 18 december 2026 kl.\xa004.30 delvis avhjälpt"
    first, second = situation_at(MODEL, in_parts(tmp_path, "TLP:GREEN"), "05:00").in_section("fakta.handelse")
    assert half in first.text
    assert "50\xa0% av förmågan kvar" in second.text
    (only,) = situation_at(MODEL, in_parts(tmp_path, "TLP:RED"), "05:00", "TLP:GREEN").in_section("fakta.handelse")
    assert "började" in only.text and "delvis" not in only.text
