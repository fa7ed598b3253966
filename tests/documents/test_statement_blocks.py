"""How statements are laid out: what they share is said once."""

from dataclasses import replace

import pytest

from beroenden.documents.document import Bullets, Paragraph, Table
from beroenden.documents.lagesbild import statement_blocks
from beroenden.incident.lagesbild.statements import Statement
from beroenden.language import writing_in

IF = "Om avbrottet kvarstår"


@pytest.fixture(autouse=True)
def in_swedish():
    with writing_in("sv"):
        yield


def computed(text, condition=IF, **more):
    return Statement("prognos.konsekvenser", text, "modellberäknad", "modellen", condition=condition, **more)


def laid_out(statements):
    return [
        [item.text for item in block.items] if isinstance(block, Bullets) else block.text
        for block in statement_blocks(statements)
        if isinstance(block, (Bullets, Paragraph))
    ]


def test_what_the_last_of_several_statements_depend_on_is_said_once():
    verdict = computed(f"{IF} blir Barnbidrag sen.")
    assert laid_out([verdict, computed(f"{IF}: Banken är nere."), computed(f"{IF}: Filen är nere.")]) == [
        [verdict.text],
        f"{IF}:",
        ["Banken är nere.", "Filen är nere."],
    ]


def test_a_condition_covers_nothing_that_stands_after_it():
    statements = [
        computed(f"{IF}: Banken är nere."),
        computed(f"{IF}: Filen är nere."),
        computed("Kontot var nedsatt.", ""),
    ]
    assert laid_out(statements) == [[one.text for one in statements]]


def test_a_single_statement_keeps_its_condition():
    assert laid_out([computed("Kontot var nedsatt.", ""), computed(f"{IF}: Banken är nere.")]) == [
        ["Kontot var nedsatt.", f"{IF}: Banken är nere."]
    ]


def test_statements_that_depend_on_different_things_keep_theirs():
    other = "Om den uppskattade längden håller"
    statements = [computed(f"{IF}: Banken är nere."), computed(f"{other}: Filen är nere.", other)]
    assert laid_out(statements) == [[one.text for one in statements]]


def test_a_long_cell_of_the_development_that_says_the_same_refers_to_the_one_above():
    systems = "Filmottagning (0 %), Internetbank (0 %) och Kontoregister (0 %)"
    cells = (("Tid", "T+0"), ("System", systems), ("Belopp", "0 kr"))
    row = replace(computed("T+0"), section="prognos.tid", cells=cells)
    later = replace(row, cells=(("Tid", "T+4"), ("System", systems), ("Belopp", "0 kr")))
    table = next(block for block in statement_blocks([row, later]) if isinstance(block, Table))
    assert table.rows == (("T+0", systems, "0 kr"), ("T+4", "som ovan", "0 kr"))
