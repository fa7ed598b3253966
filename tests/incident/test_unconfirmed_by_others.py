"""What only others tell of, and nobody has confirmed: an assumption that is varied away, and a question to the own house."""

import pytest
from chain import network
from logs import log_of, situation_at

MODEL = network()


def told(status="obekräftad", entity="clr", end="unknown", tlp="TLP:GREEN"):
    """What bank one tells of an outage."""
    claims = {"start": "2026-12-18T04:00+01:00", "remaining": "0", "end": end}
    listed = ", ".join(f'{{ subject = "{entity}", aspect = "{key}", value = "{one}" }}' for key, one in claims.items())
    return f"""
[[received]]
id = "received-1"
time = 2026-12-18T04:20:00+01:00
sender = "b1"
number = 1
tlp = "TLP:AMBER"
at = 2026-12-18T04:15:00+01:00
hash = "sha256:1"
  [[received.statement]]
  section = "fakta.handelse"
  text = "Out."
  status = "{status}"
  tlp = "{tlp}"
  claims = [{listed}]
"""


def section(tmp_path, text, name, at="05:00", to=None):
    return situation_at(MODEL, log_of(tmp_path, text, MODEL), at, to).in_section(name)


def doubted(tmp_path, text, to=None):
    return [one for one in section(tmp_path, text, "prognos.antaganden", to=to) if "Stämmer det inte" in one.text]


def test_it_is_varied_away_unless_its_teller_has_confirmed_it_or_the_own_log_speaks_of_it(tmp_path):
    (assumed,) = doubted(tmp_path, told())
    assert "Avbrott i Clearing är obekräftat. Stämmer det inte: 600 färre sena utbetalningar" in assumed.text
    assert doubted(tmp_path, told("bekräftad")) == []
    own = '\n[[outage]]\nid = "outage-1"\ntime = 2026-12-18T04:10:00+01:00\nstatus = "confirmed"\nentity = "clr"\n'
    assert doubted(tmp_path, own + "start = 2026-12-18T04:00:00+01:00\n" + told()) == []


@pytest.mark.parametrize("tlp", ["TLP:GREEN", "TLP:AMBER"])
def test_it_has_at_least_the_label_of_the_word(tmp_path, tlp):
    (assumed,) = doubted(tmp_path, told(tlp=tlp))
    assert assumed.tlp == "TLP:AMBER"
    assert doubted(tmp_path, told(tlp=tlp), to="TLP:GREEN") == []


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        ("obekräftad", "är det bekräftat, och håller uppgiften att det är åtgärdat"),
        ("bekräftad", "håller uppskattningen att det är åtgärdat"),
    ],
)
def test_it_is_asked_of_whether_it_is_confirmed(tmp_path, status, asked):
    text = told(status, end="2026-12-18T10:00+01:00")
    questions = [one.text for one in section(tmp_path, text, "prognos.information")]
    assert any(one.startswith(f"Avbrott i Clearing: {asked}") for one in questions)


@pytest.mark.parametrize("status", ["obekräftad", "bekräftad"])
def test_of_what_is_the_own_houses_it_is_asked_whether_it_is_so(tmp_path, status):
    questions = [one.text for one in section(tmp_path, told(status, "sys"), "prognos.information")]
    asked = "stämmer det? Det är vårt eget, och bara Bank one uppger det. För in i loggen vad som gäller."
    assert f"Avbrott i The payer's system: {asked}" in questions
    own = '\n[[outage]]\nid = "outage-1"\ntime = 2026-12-18T04:30:00+01:00\nentity = "sys"\n'
    own += "start = 2026-12-18T04:00:00+01:00\n"
    questions = [one.text for one in section(tmp_path, told(status, "sys") + own, "prognos.information")]
    assert not any("stämmer det?" in one for one in questions)


def test_what_should_have_ended_is_tried_as_going_on_and_not_as_half_as_long(tmp_path):
    text = told("bekräftad", end="2026-12-18T10:00+01:00")
    ahead, afterwards = (section(tmp_path, text, "prognos.antaganden", at)[0].text for at in ("09:00", "11:00"))
    assert "antas vara åtgärdat" in ahead
    assert "Dubblas längden" in ahead
    assert "antas ha upphört fredag 18 december 2026 kl.\xa010.00; det är inte bekräftat." in afterwards
    assert "Pågår det ännu, och ett dygn till: " in afterwards
    assert "längden" not in afterwards
