"""Whom to call and why, who answers for what is shared; what a reader may not see is not on the lists."""

import pytest
from chain import network, tables
from logs import OUT, basis_at, log_of, minute

import beroenden
from beroenden.documents import markdown
from beroenden.documents.conference import conference_document
from beroenden.documents.contacts import contacts_document
from beroenden.errors import UsageError
from beroenden.incident.basis import basis
from beroenden.incident.conference import conference
from beroenden.incident.contacts import contact_list, to_dict
from beroenden.incident.known import known_at
from beroenden.incident.responsibility import shared_systems
from beroenden.language import writing_in

ASKED = """
[[request]]
id = "request-1"
time = 2026-12-18T04:20:00+01:00
type = "information"
to = "power"
text = "How long?"
"""


def shared_network(**clearing):
    """The worked example in which a bank needs clearing as well, within an hour."""
    given = tables()
    given["entity"][3] |= clearing
    given["entity"][5]["needs"] = [{"provider": "clr", "endurance": "0min", "expects": "1h"}]
    made, findings = beroenden.build(given)
    assert made is not None, findings
    return made


def test_the_cause_stands_first_then_who_was_asked_then_who_is_affected(tmp_path):
    model = network()
    rows = contact_list(basis_at(model, log_of(tmp_path, OUT + ASKED, model), "04:40"), "payer")
    assert [(row.actor, row.reasons[0][0]) for row in rows] == [("clr", "cause"), ("power", "asked"), ("b2", "bank")]
    assert [row.is_pressing for row in rows] == [True, True, False]


def test_a_function_that_is_missing_is_empty_and_the_own_house_is_not_on_its_list(tmp_path):
    given = tables()
    given["entity"][3]["contact"] = {"role": "Operations"}
    model, _ = beroenden.build(given)
    rows = contact_list(basis_at(model, log_of(tmp_path, OUT, model), "04:40"), "b2")
    assert {row.actor: (row.role, row.channel) for row in rows} == {
        "clr": ("Operations", ""),
        "payer": ("TiB", "tib@example.se"),
    }


def test_a_shared_system_has_its_users_its_promise_and_what_they_count_on(tmp_path):
    model = shared_network(rto="4h", owner="clr", contact={"role": "Operations"})
    (one,) = shared_systems(basis_at(model, log_of(tmp_path, OUT, model), "04:40"), "payer")
    assert (one.name, one.state, one.owner, one.rto, one.rta) == ("Clearing", "out", "Clearing", 240, None)
    assert set(one.users) == {"The payer", "Bank two"}
    assert one.expects == (("Bank two", 60),)
    assert one.lacking == ("1 av 2 användare räknar med kortare tid än den registrerade",)


def test_missing_responsibility_is_said(tmp_path):
    model = shared_network()
    ground = basis_at(model, log_of(tmp_path, OUT, model), "04:40")
    (one,) = shared_systems(ground, "payer")
    assert one.owner == ""
    assert one.lacking == (
        "ingen ansvarig i modellen",
        "kontaktfunktion saknas i modellen",
        "återställningstid saknas",
    )


@pytest.mark.parametrize(
    ("more", "state", "words"),
    [
        ("", "out", "har själv ett avbrott (obekräftat)"),
        ('status = "confirmed"\n', "out", "har själv ett avbrott"),
        ('for = "30min"\n', "assumed_over", "har haft ett avbrott (antas ha upphört, inte bekräftat)"),
        (
            'status = "confirmed"\nend = 2026-12-18T04:05:00+01:00\n', "was_out",
            "har haft ett avbrott (åtgärdat)",
        ),
    ],
)  # fmt: skip
def test_an_outage_whose_time_has_passed_is_assumed_to_be_over_until_somebody_says_so(tmp_path, more, state, words):
    model = shared_network(owner="clr")
    basis = basis_at(model, log_of(tmp_path, OUT + more, model), "05:00")
    with writing_in("sv"):
        (cause,) = (row for row in contact_list(basis, "b1") if row.actor == "clr")
        (system,) = (one for one in shared_systems(basis, "b1") if one.entity == "clr")
        text = markdown.render(contacts_document(basis, "b1"))
    assert (cause.reasons[0][1], system.state) == (words, state)
    assert ("antas ha upphört" in text) == (state == "assumed_over")


def test_what_one_actor_uses_is_not_shared(tmp_path):
    model = network()
    assert shared_systems(basis_at(model, log_of(tmp_path, OUT, model), "04:40"), "payer") == ()


def test_what_is_withheld_leaves_no_row_no_name_and_no_count(tmp_path):
    model = shared_network(tlp="TLP:RED", rto="4h")
    ground = basis_at(model, log_of(tmp_path, OUT + ASKED, model), "04:40", "TLP:GREEN")
    contacts, systems = contact_list(ground, "payer"), shared_systems(ground, "payer")
    assert [row.actor for row in contacts] == ["b2"]  # the request to power was not chosen for sharing
    assert systems == ()
    text = str(to_dict(contacts, systems))
    assert "clr" not in text and "Clearing" not in text and "withheld" not in text


def test_a_withheld_user_is_not_counted(tmp_path):
    given = tables()
    given["entity"][5] |= {"tlp": "TLP:RED", "needs": [{"provider": "clr", "endurance": "0min"}]}
    model, _ = beroenden.build(given)
    log = log_of(tmp_path, OUT, model)
    assert len(shared_systems(basis_at(model, log, "04:40"), "payer")) == 1
    assert shared_systems(basis_at(model, log, "04:40", "TLP:GREEN"), "payer") == ()


def test_a_system_is_no_actor(tmp_path):
    model = network()
    with pytest.raises(UsageError), writing_in("en"):
        contact_list(basis_at(model, log_of(tmp_path, OUT, model), "04:40"), "sys")


def test_only_what_the_reader_may_know_of_is_named_as_the_cause(tmp_path):
    given = tables()
    given["entity"].append({"id": "net", "name": "Network", "kind": "system", "owner": "clr"})
    model, _ = beroenden.build(given)
    red = OUT.replace("outage-1", "outage-2").replace('"clr"', '"net"') + 'tlp = "TLP:RED"\n'
    log = log_of(tmp_path, OUT + red, model)
    (cause, *_) = contact_list(basis_at(model, log, "04:40", "TLP:GREEN"), "payer")
    assert (cause.why, cause.tlp) == ("har själv ett avbrott (obekräftat)", "TLP:GREEN")
    (cause, *_) = contact_list(basis_at(model, log, "04:40"), "payer")
    assert (cause.why, cause.tlp) == (
        "svarar för det som har avbrott: Clearing (obekräftat), Network (obekräftat)",
        "TLP:RED",
    )


def test_what_is_only_feared_has_not_begun(tmp_path):
    model = shared_network()
    feared = OUT.replace("04:00:00+01:00\n", "09:00:00+01:00\n") + 'status = "feared"\nfor = "30h"\n'
    ground = basis_at(model, log_of(tmp_path, feared, model), "04:40")
    whys = {row.actor: row.why for row in contact_list(ground, "payer")}
    assert whys["clr"].startswith("befaras själv få avbrott")
    assert "om det befarade inträffar" in whys["b2"]
    assert {one.state for one in shared_systems(ground, "payer")} == {"feared"}


def test_what_is_left_out_is_not_said_to_be_missing(tmp_path):
    given = tables()
    given["entity"].append({"id": "op", "name": "Operator", "kind": "supplier", "tlp": "TLP:RED"})
    given["entity"][3]["owner"] = "op"
    given["entity"][5]["needs"] = [{"provider": "clr", "endurance": "0min"}]
    model, _ = beroenden.build(given)
    (one,) = shared_systems(basis_at(model, log_of(tmp_path, OUT, model), "04:40", "TLP:GREEN"), "payer")
    assert one.lacking == ("återställningstid saknas", "ingen förväntan registrerad bland det som delas")


def test_who_is_out_is_not_on_the_list_of_a_reader_who_may_not_know_it(tmp_path):
    """It stood there by what its own desk suffers."""
    given = tables()
    given["entity"].append(
        {"id": "desk", "name": "Desk", "kind": "system", "owner": "b2", "needs": [{"provider": "b2"}]}
    )
    model, findings = beroenden.build(given)
    assert model is not None, findings
    log = log_of(tmp_path, OUT.replace('"clr"', '"b2"') + 'tlp = "TLP:AMBER"\n', model)
    assert "b2" in [row.actor for row in contact_list(basis_at(model, log, "04:40"), "payer")]
    assert "b2" not in [row.actor for row in contact_list(basis_at(model, log, "04:40", "TLP:GREEN"), "payer")]


def test_a_contact_that_is_withheld_is_not_said_to_be_missing(tmp_path):
    """It names what the reader may not see."""
    given = tables()
    given["entity"][2] |= {"tlp": "TLP:RED", "name": "Elverket"}
    given["entity"][3] |= {"owner": "clr", "rto": "1h", "contact": {"role": "Jour", "channel": "jour@example.se"}}
    given["entity"][5]["needs"] = [{"provider": "clr", "endurance": "0min", "expects": "2h"}]
    log = log_of(tmp_path, OUT, beroenden.build(given)[0])

    def told(role):
        given["entity"][3]["contact"]["role"] = role
        model, _ = beroenden.build(given)
        ground = basis_at(model, log, "04:40", "TLP:GREEN")
        row, (system,) = contact_list(ground, "payer")[0], shared_systems(ground, "payer")
        papers = contacts_document(ground, "payer"), conference_document(conference(ground, "payer"))
        return row, system, [markdown.render(paper) for paper in papers]

    row, system, papers = told("Jour hos Elverket")
    assert (row.role, row.channel, row.to_dict()["contact_shared"]) == ("", "jour@example.se", False)
    assert system.lacking == ()
    given["entity"][3]["contact"].pop("channel")
    row, system, papers = told("Jour hos Elverket")
    assert (row.role, row.channel) == ("", "")
    assert system.lacking == ("kontaktfunktionen delas inte",)
    for paper in papers:
        assert "| Clearing | kontaktfunktionen delas inte |" in paper
    row, system, papers = told("Jour")
    assert (row.role, row.to_dict()["contact_shared"]) == ("Jour", True)
    assert system.lacking == ()


@pytest.mark.parametrize(
    ("answered", "sv", "en"),
    [
        ((False,), "har fått en begäran (obesvarad)", "has been asked (unanswered)"),
        ((True,), "har fått en begäran (besvarad)", "has been asked (answered)"),
        ((True, False), "har fått 2 begäranden (1 obesvarad)", "has been asked 2 times (1 unanswered)"),
        ((False, True, False), "har fått 3 begäranden (2 obesvarade)", "has been asked 3 times (2 unanswered)"),
        ((True, True), "har fått 2 begäranden (besvarade)", "has been asked 2 times (answered)"),
    ],
)
def test_an_unanswered_request_is_told_beside_those_that_were_answered(tmp_path, answered, sv, en):
    model, text = network(), ""
    for number, one in enumerate(answered, 1):
        text += ASKED.replace("request-1", f"request-{number}")
        text += "answered = 2026-12-18T04:30:00+01:00\n" if one else ""
    log = log_of(tmp_path, OUT + text, model)
    for language, words in (("sv", sv), ("en", en)):
        ground = basis(model, known_at(log, minute("04:40"), model), language=language)
        assert {row.actor: row.why for row in contact_list(ground, "payer")}["power"] == words
