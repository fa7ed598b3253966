"""The contact list and the responsibility list as a document."""

from dataclasses import replace

from chain import network
from logs import OUT, basis_at, log_of

from beroenden.documents.contacts import contacts_document
from beroenden.documents.markdown import render

MODEL = network()


def test_missing_functions_and_an_empty_responsibility_list_are_said(tmp_path):
    made = contacts_document(basis_at(MODEL, log_of(tmp_path, OUT, MODEL), "04:40"), "payer")
    assert [section.key for section in made.sections] == ["kontakter", "ansvar"]
    text = render(made)
    assert "| Clearing | kontaktfunktion saknas i modellen |  | har själv ett avbrott (obekräftat) |" in text
    assert "Inget som är ute eller nedsatt används av flera aktörer." in text


def test_it_speaks_english(tmp_path):
    ground = replace(basis_at(MODEL, log_of(tmp_path, OUT, MODEL), "04:40"), language="en")
    text = render(contacts_document(ground, "payer", is_exercise=False))
    assert "LIVE" in text and "has an outage itself" in text
    assert not any(word in text for word in ("Kontakt", "är själv", "saknas", "Läget"))


def test_a_red_outage_makes_the_list_red_and_what_is_left_out_is_not_denied(tmp_path):
    log = log_of(tmp_path, OUT + 'tlp = "TLP:RED"\n', MODEL)
    assert contacts_document(basis_at(MODEL, log, "04:40"), "payer").label == "TLP:RED"
    shared = contacts_document(basis_at(MODEL, log, "04:40", "TLP:GREEN"), "payer")
    text = render(shared)
    assert shared.label == "TLP:GREEN"
    assert "Inget av det som delas och är ute eller nedsatt används av flera aktörer." in text
