"""Contacts are functions: persons are recognised, and functions are not taken for persons."""

from pathlib import Path

import pytest

import beroenden
from beroenden.modelfiles.persons import mobile_number, personal_number, persons_mail, persons_name


@pytest.mark.parametrize(
    "text",
    [
        "Anna Andersson",
        "Driftchef Anna Andersson",
        "Sven-Erik Ek (TiB)",
        "Karl-Johan",
        "K. Svensson",
        "Eva Ek, it-drift",
    ],
)
def test_a_persons_name(text):
    assert persons_name(text)


@pytest.mark.parametrize(
    "text",
    ["TiB", "Driftchef", "Krisledare", "Jourhavande tjänsteman", "Tjänsteperson i beredskap (TiB)", "Vakthavande befäl",
     "RIX-driften, operativ jour", "LM Ericsson Drift", "Stockholm Exergi", "Nätdriftcentral (NOC)", "Maria jour", "", "IT"],
)  # fmt: skip
def test_a_function_is_no_person(text):
    assert not persons_name(text)


@pytest.mark.parametrize(
    ("mail", "is_persons"),
    [("anna.ek@fk.se", True), ("anna.svensson@fk.se", True), ("asvensson@fk.se", True), ("tib@fk.se", False),
     ("jour@fk.se", False), ("it.drift@fk.se", False), ("stat.swedbank@swedbank.se", False), ("rix-jour@example.se", False)],
)  # fmt: skip
def test_a_persons_address(mail, is_persons):
    assert persons_mail(f"se {mail}, dygnet runt") == is_persons


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("850101-1234", True), ("198501011234", True), ("850161-1234", True), ("202100-5521", False), ("556036-0793", False),
     ("08-123456", False), ("850141-1234", False)],
)  # fmt: skip
def test_a_personal_number(text, is_one):
    assert personal_number(text) == is_one


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("070-123 45 67", True), ("+46 (0)73 1234567", True), ("08-123 45 67", False), ("0771-123 456", False)],
)
def test_a_mobile_number(text, is_one):
    assert mobile_number(text) == is_one


def test_nothing_of_the_model_is_taken_for_a_person():
    network, _ = beroenden.load(Path(__file__).parents[2] / "models" / "soes")
    assert network is not None
    for entity in network.entities:
        texts = [entity.name, *((entity.contact.role or "", entity.contact.channel or "") if entity.contact else ())]
        assert not any(persons_name(text) or persons_mail(text) or personal_number(text) for text in texts), texts
