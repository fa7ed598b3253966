"""The follow-up's questions verbatim, the log's answers under them, and blanks for people."""

from dataclasses import replace

from chain import network
from logs import OUT, basis_at, log_of

from beroenden.documents.document import Paragraph
from beroenden.documents.followup import followup_document
from beroenden.documents.markdown import render
from beroenden.incident.followup import follow_up

MODEL = network()
QUESTIONS = """\
Har beslutade åtgärder genomförts?
Har genomförda åtgärder fått avsedd effekt?
Är vi på väg åt rätt håll?
Varför har en eller flera beslutade åtgärder inte genomförts?
Varför har genomförda åtgärder inte fått avsedd effekt?
Finns det några hjälp- eller informationsbehov som inte blir åtgärdade?
Behöver vi ompröva vår gemensamma målbild?
Behöver vi ompröva vår åtgärdsplanering?
Behöver vi nya eller justerade samordnade budskap?
Behöver vi involvera någon annan eller ytterligare aktör i samverkan?
Har händelsen utvecklats på ett sätt vi inte förutsett?
Har vi förbisett någon viktig åtgärd?"""
FULL = (
    OUT
    + """for = "2h"

[[measure]]
id = "measure-1"
time = 2026-12-18T04:15:00+01:00
type = "operational"
text = "Ring clearingen"
due = 2026-12-18T04:20:00+01:00

[[measure]]
id = "measure-2"
time = 2026-12-18T04:16:00+01:00
type = "communicative"
text = "Nyhet på webben"
owner = "presstjänsten"
progress = "done"
done = 2026-12-18T04:16:00+01:00
effect = "partly"
intended_effect = "Färre samtal"

[[message]]
id = "message-1"
time = 2026-12-18T04:17:00+01:00
audience = "external"
text = "Pengarna kan dröja."

[[request]]
id = "request-1"
time = 2026-12-18T04:18:00+01:00
type = "help"
to = "clr"
text = "Kan ni köra en extra omgång?"

[[issued]]
id = "issued-1"
time = 2026-12-18T04:20:00+01:00
form = "intern"
number = 1
at = 2026-12-18T04:20:00+01:00
claims = [{subject = "clr", aspect = "end", value = "2026-12-18T05:00+01:00"}]
"""
)


def made(tmp_path, text=FULL, to=None, language="sv"):
    log = log_of(tmp_path, text, MODEL)
    ground = replace(basis_at(MODEL, log, "04:40", to), language=language)
    return followup_document(follow_up(ground, "payer", log))


def test_the_questions_are_verbatim_and_in_order(tmp_path):
    titles = [section.title for section in made(tmp_path).sections if section.level == 2]
    assert [title.split(". ")[-1] for title in titles] == QUESTIONS.splitlines()


def test_why_and_the_direction_are_left_to_people(tmp_path):
    asked = [section for section in made(tmp_path).sections if section.key.startswith(("checklista.", "fraga.hall"))]
    assert len(asked) == 10
    prompt = Paragraph("Fylls i av handläggaren.", is_prompt=True)
    assert all(section.blocks[-1] == prompt for section in asked)
    assert [section.blocks for section in asked if section.key == "fraga.hall"] == [(prompt,)]


def test_what_the_log_answers_stands_under_its_question(tmp_path):
    text = render(made(tmp_path)).replace("\xa0", " ")
    for told in (
        "Nej enligt loggen. 1 av 2 är genomförd, 1 har passerat sin tid, 0 är avbrutna.",
        "| Kommunikationsåtgärder | 0 | 0 | 1 | 0 | 0 |",
        "| Ring clearingen | saknas | fre 18 dec 04.20 (passerad sedan 20 min) | beslutad |",
        "- Nyhet på webben. Genomförd fre 18 dec 04.16. Avsedd effekt: Färre samtal.",
        "| Kan ni köra en extra omgång? (hjälp) | Clearing | fre 18 dec 04.18 | – |",
        "| Avbrott i Clearing | 2 tim (sagt fre 18 dec 04.10) | 2 tim; har varat 40 min | som det sades |",
        "| Clearing, avbrottet åtgärdat (obekräftat) | fre 18 dec 05.00 | fre 18 dec 06.00 | 1 tim senare |",
    ):
        assert told in text


def test_an_empty_log_says_so(tmp_path):
    text = render(made(tmp_path, OUT))
    assert "Inga åtgärder är loggade. Mer går inte att avgöra av loggen." in text
    assert "Ingen lägesbild är lämnad" in text


def test_another_reader_is_told_that_it_sees_a_part(tmp_path):
    text = render(made(tmp_path, FULL, "TLP:GREEN"))
    assert "Bygger bara på de poster som är valda för delgivning." in text
    assert "Ring clearingen" not in text and "Inga åtgärder delas. Mer går inte att avgöra av det som delas." in text
    for told in ("sådan åtgärd", "obesvarad begäran om hjälp eller information"):
        assert f"Bland det som delas finns ingen {told}." in text
    assert "Loggen" not in text and "Inga budskap delas." in text


def test_it_speaks_english(tmp_path):
    text = render(made(tmp_path, OUT, language="en"))
    assert "Have the measures decided been carried out?" in text
    assert not any(word in text for word in ("åtgärd", "Fylls", "loggen", "Avbrott"))


def test_one_is_one_and_a_date_is_brief(tmp_path):
    done = FULL[: FULL.index("[[measure]]")] + FULL[FULL.index('[[measure]]\nid = "measure-2"') :].replace(
        'effect = "partly"\nintended_effect = "Färre samtal"', 'effect = "yes"\nintended_effect = "Färre samtal."'
    )
    text = render(made(tmp_path, done))
    assert "Ja enligt loggen. 1 av 1 är genomförd, 0 har passerat sin tid, 0 är avbrutna." in text
    assert "Den genomförda fick avsedd effekt." in text
    late = done.replace('for = "2h"', 'for = "9h"')
    assert "| Allowance (fre 18 dec), alla framme | i tid | " in render(made(tmp_path, late))


def test_a_range_and_an_end_that_nobody_confirmed_are_worded(tmp_path):
    ranged = FULL.replace('for = "2h"', 'for = { min = "1h", mode = "2h", max = "4h" }')
    text = render(made(tmp_path, ranged)).replace("\xa0", " ")
    assert "| mellan 1 tim och 4 tim, troligast 2 tim (sagt fre 18 dec 04.10) |" in text
    assert "| inom uppskattningen |" in text
    text = render(made(tmp_path, FULL.replace('for = "2h"', 'for = "20min"'))).replace("\xa0", " ")
    assert "antas ha upphört efter 20 min, inte bekräftat" in text
