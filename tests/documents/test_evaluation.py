"""The evaluation on paper: each figure with where it comes from, what cannot be judged said, causes left to people."""

from dataclasses import replace
from io import BytesIO

import docx
import pytest
from exercise.example import moment
from exercise.played import FULL, INJECTS, NETWORK, evaluation, exercise, log

from beroenden.documents import word
from beroenden.documents.document import Paragraph, Table
from beroenden.documents.evaluation import evaluation_document
from beroenden.documents.markdown import render
from beroenden.exercise.evaluation.evaluation import evaluate
from beroenden.exercise.exercise import Evidence


def text(made):
    return render(evaluation_document(made)).replace("\xa0", " ")


def test_each_figure_says_where_it_comes_from(tmp_path):
    told = text(evaluation(tmp_path))
    for row in (
        "| The payer | 3 | 3 av 3 | 1 av 3 | 20 min | 1 av 1 | 1 av 1 |",
        "| 2. Elen är borta | tis 15 dec 16.30 | tis 15 dec 16.40 (outage-1), om Power | 10 min |",
        "| tis 15 dec 20.00 (planerat) | tis 15 dec 21.50 (observation-3), om The payer's system | 1 tim 50 min, sent |",
        "| aldrig: överhoppat | – | – |",
        "| Allowance (fre 18 dec) | ons 16 dec 18.00 | tis 15 dec 16.30, inspel 2: 25 tim 30 min, 58 min speltid | "
        "ons 16 dec 17.30 (measure-1 → measure-2), om Allowance | 30 min före |",
        "| bekräftat (outage-2) | 4. tis 15 dec 19.00 | ja: tis 15 dec 19.10 (observation-1) |",
        "| 2 | The payer | Elen är borta | 09.00 | 09.03 (+3 min) | TiB larmade |",
        "| Sent loggade inspel: 5 (Systemet stannar) efter 1 tim 50 min. (observation-3) |",
        "Kontakt: TiB, tib@example.se.",
        "- Inspel utan utfall: 4, 5, 8, 10 och 11.",
    ):
        assert row in told


def test_players_without_a_log_are_named_in_one_line_and_stand_in_no_table_of_the_logs(tmp_path):
    made = evaluation_document(evaluation(tmp_path))
    told = render(made)
    missing = "Logg saknas från Bank two och Bank one: inget kan sägas om vad de märkte, beslutade eller trodde."
    assert told.count("ogg saknas") == told.count(missing) == 1
    by_the_logs = told[told.index("## Vad som märktes") : told.index("## Inspel")]
    assert "Bank two" not in by_the_logs
    assert "| Loggar från | The payer |" in told
    assert "| Alla med logg |" not in told


@pytest.mark.parametrize(
    ("time", "cause", "words"),
    [
        ("16T18:25", (), "25 min efter |"),
        ("16T18:25", (("unconfirmed", "15T18:00"),), "25 min efter; fristen passerade innan orsaken var bekräftad |"),
        ("16T18:25", (("cause", "16T19:00"),), "25 min efter; fristen passerade innan orsaken var känd |"),
        ("16T18:25", (("unconfirmed", "16T19:00"),), "25 min efter; fristen passerade innan orsaken var känd |"),
        ("16T18:25", (("unconfirmed", "15T18:00"), ("cause", "16T17:30")), "25 min efter |"),
        ("16T17:25", (("cause", "16T19:00"),), "35 min före |"),
        ("", (("unconfirmed", "15T18:00"),), "| inget | inget beslut; fristen passerade innan orsaken var bekräftad |"),
    ],
)
def test_a_deadline_that_passed_before_the_cause_was_known_says_so(tmp_path, time, cause, words):
    decision = (
        f'\n[[decision]]\nid = "decision-1"\ntime = 2026-12-{time}:00+01:00\ntext = "…"\nconcerns = ["allowance"]\n'
    )
    stopped = replace(INJECTS[4].evidence, path=("sys", "clr", "power"))  # its own system, and not what lies behind it
    heard = [replace(INJECTS[4], number=20, evidence=stopped)] if cause else [INJECTS[1]]
    for number, (event, at) in enumerate(cause, 30):
        about = Evidence(event, moment("15T16:00"), ("power",), path=("power",))
        heard.append(replace(INJECTS[4], number=number, time=moment(at), evidence=about))
    made = evaluate(NETWORK, exercise(injects=tuple(heard)), [log(tmp_path, decision if time else "")])
    assert words in text(made)


def test_all_with_a_log_are_also_counted_together(tmp_path):
    made = evaluate(NETWORK, exercise(), [log(tmp_path), log(tmp_path, "", "b2")])
    assert "| Alla med logg | 4 | 3 av 4 | 1 av 3 | 20 min | 1 av 1 | 1 av 1 |" in text(made)
    assert "| Ingen post efter inspel 10 (Pengarna kom inte)." in text(made)


def test_the_wall_clock_is_told_beside_the_scenarios(tmp_path):
    entry = '\n[[observation]]\nid = "observation-1"\ntime = {}:00+01:00\ntext = "…"\nentity = "{}"\n'
    said = entry.format("2026-11-10T09:04", "power")
    told = text(evaluation(tmp_path, said, clock="play"))
    assert "| 10 min, 1 min speltid |" in told
    assert "Loggarnas tider är speltid" in told
    later = exercise(injects=(replace(INJECTS[1], time=moment("15T16:30"), played=None), *INJECTS[2:]))
    early = text(evaluate(NETWORK, later, [log(tmp_path, entry.format("2026-12-15T16:10", "power"))]))
    assert "| 20 min före inspelet |" in early
    jump = text(evaluation(tmp_path, entry.format("2026-12-16T17:30", "sys")))
    assert "| 21 tim 30 min, varav 19 tim tidshopp, sent |" in jump


def test_causes_and_actions_are_left_to_people(tmp_path):
    made = evaluation_document(evaluation(tmp_path))
    (_, table) = next(one for one in made.sections if one.key == "atgarder.payer").blocks
    assert isinstance(table, Table)
    assert [row[1] for row in table.rows][:2] == ["[ATT SKRIVA: åtgärd]"] * 2
    assert made.sections[-1].blocks == (Paragraph("Fylls i av handläggaren.", is_prompt=True),)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            {"injects": ()},
            ("Inget inspel berättade något", "Inget rykte spelades in.", "Loggarna ger inget att följa upp."),
        ),
        (
            {"injects": tuple(replace(one, status="överhoppat") for one in INJECTS)},
            ("| 3 | The payer | Rykte", "överhoppat"),
        ),
    ],
)
def test_an_exercise_of_which_little_is_known_says_so(tmp_path, change, told):
    found = text(evaluate(NETWORK, exercise(**change), [log(tmp_path, "")]))
    assert all(one in found for one in told)


def test_without_logs_there_is_nothing_to_follow_up_and_no_table_of_them():
    told = text(evaluate(NETWORK, exercise()))
    assert "Utan loggar finns inget att följa upp." in told
    assert "Logg saknas från The payer, Bank two och Bank one" in told
    assert "## Vad som märktes" not in told
    assert "| Nr | Till | Rubrik |" in told


def test_the_notice_says_which_logs_were_kept_by_the_clock_on_the_wall(tmp_path):
    logs = [log(tmp_path, ""), log(tmp_path, "", "b2")]
    mixed = text(evaluate(NETWORK, exercise(), logs, clocks={"b2": "play"}))
    assert "Loggarnas tider är lästa som scenariotid, men de från Bank two är speltid och är omräknade" in mixed
    assert "Loggarnas tider är speltid" in text(evaluate(NETWORK, exercise(), logs, clock="play"))


def test_it_is_an_exercise_in_the_language_asked_for_with_the_strictest_label(tmp_path):
    secret = FULL.replace('text = "Många ringer"', 'text = "Många ringer"\ntlp = "TLP:RED"')
    made = evaluation_document(evaluation(tmp_path, secret, language="en"))
    assert (made.label, made.state, made.language) == ("TLP:RED", "EXERCISE", "en")
    told = render(made)
    for swedish in ("Inspel ", "Loggat", "logg saknas", "ATT SKRIVA", "tidshopp", "överhoppat"):
        assert swedish not in told.replace("Inspelslista", "")


def test_what_only_tells_the_time_is_named_and_not_tabled(tmp_path):
    clock = replace(INJECTS[0], number=12, to="payer", kind="information", title="Tiden i scenariot")
    told = text(evaluate(NETWORK, exercise(injects=(*INJECTS, clock)), [log(tmp_path)]))
    assert "- Inspel som bara säger tiden i scenariot, inte i tabellerna: 12." in told
    assert "| 12 |" not in told


def test_what_was_logged_before_is_told_where_nothing_was_after(tmp_path):
    entry = '\n[[observation]]\nid = "observation-1"\ntime = 2026-12-15T19:50:00+01:00\ntext = "…"\nentity = "sys"\n'
    told = text(evaluation(tmp_path, entry))
    assert "| inte efteråt; dessförinnan tis 15 dec 19.50 (observation-1) | – |" in told
    assert "5 (Systemet stannar, dessförinnan observation-1)" in told


def test_word_holds_all_tables(tmp_path):
    made = evaluation_document(evaluation(tmp_path))
    tables = sum(isinstance(block, Table) for section in made.sections for block in section.blocks)
    assert len(docx.Document(BytesIO(word.render(made))).tables) == tables + 1  # and the head table


def test_what_is_to_be_gone_through_says_why(tmp_path):
    during = 'id = "decision-1"\ntime = 2026-12-15T18:30:00+01:00\ntext = "…"\nconcerns = ["allowance"]\n'
    told = text(evaluation(tmp_path, FULL.replace("[[observation]]", f"[[decision]]\n{during}\n[[observation]]", 1)))
    assert "Beslut, åtgärder och budskap att gå igenom:" in told
    assert "(decision-1), om Allowance: ryktet i inspel 3 (Rykte om clearingen) var då taget för sant." in told
    assert "att gå igenom" not in text(evaluation(tmp_path))


def test_a_deadline_that_nobody_could_know_of_is_a_row_and_not_counted(tmp_path):
    made = evaluate(NETWORK, exercise(), [log(tmp_path, "", "b2")])
    (row,) = [line for line in text(made).splitlines() if line.startswith("| Allowance (fre 18 dec)")]
    assert row.endswith("| inget | kunde inte veta; räknas inte |")
    assert made.tally(made.players).deadlines == 0
