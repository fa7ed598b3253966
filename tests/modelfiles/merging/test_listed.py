"""A list of conflicts as people read it, and as it is read back: in either language, or as it was before it had words."""

from pathlib import Path
from typing import Any

import pytest

from beroenden.language import Language, writing_in
from beroenden.modelfiles.merging.conflicts import Settled
from beroenden.modelfiles.merging.merging import merge
from beroenden.modelfiles.merging.settling import rows as listed
from beroenden.modelfiles.merging.sides import Side, side_of
from modelfiles.merging.answers import opened

SUPPLIER = '[[entity]]\nid = "bg"\nname = "Giro"\nkind = "supplier"\n'
BASE = SUPPLIER + '[[entity]]\nid = "fk"\nname = "Kassan"\nkind = "system"\nowner = "bg"\n'
NEED = '  [[entity.needs]]\n  provider = "bg"\n  what = "Fil"\n  endurance = [["1h", 1.0], ["2d", 0.5]]\n  restart = "1h"\n  confidence = "low"\n'


def sides(folder: Path, **texts: str) -> tuple[list[Side], Side]:
    found = {name: side_of(opened(folder, name, text), name=name) for name, text in texts.items()}
    base = found.pop("base")
    return list(found.values()), base


def needs(folder: Path) -> tuple[list[Side], Side]:
    """One has changed a need that the other has removed."""
    return sides(folder, base=BASE + NEED, a=BASE + NEED.replace('restart = "1h"', 'restart = "2h"'), b=BASE)


def test_a_need_that_was_changed_and_removed_is_said_in_words(tmp_path: Path) -> None:
    every, base = needs(tmp_path)
    [row] = listed(merge(every, base).conflicts)
    assert row["about"] == "fk (Kassan), need of bg (Giro) (Fil)"
    assert row["at"] == "entity.fk.needs[bg][Fil]"
    assert row["a"] == "what: Fil; endurance: 100% until 1h, 50% until 2d; restart: 2h; confidence: low; providers: bg"
    assert row["b"] == "(removed)"


@pytest.mark.parametrize("which", ["a", "b"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_is_said_in_words_is_read_back_in_either_language(tmp_path: Path, which: Any, language: Language) -> None:
    every, base = needs(tmp_path)
    with writing_in(language):
        [row] = listed(merge(every, base).conflicts)
    made = merge(every, base, settled=[Settled(row["at"], row["a"], row["b"], which, "list", 2, 1)])
    assert not made.conflicts and not made.errors
    assert (("entity", "fk", "needs", "bg", "Fil", "0") in made.records) == (which == "a")


def test_a_list_in_toml_form_is_read_back(tmp_path: Path) -> None:
    every, base = needs(tmp_path)
    [conflict] = merge(every, base).conflicts
    found = conflict.to_dict()
    assert found["a"].startswith("{ ") and found["b"] == ""
    made = merge(every, base, settled=[Settled(found["at"], found["a"], found["b"], "b", "list", 2, 1)])
    assert not made.conflicts and not made.errors


@pytest.mark.parametrize(
    ("mine", "theirs", "a", "b"),
    [
        ("", "rto = '2h'", "(nothing)", "2h"),
        ("regimes = ['nis2']", "regimes = ['nis2', 'dora']", "nis2", "nis2, dora"),
        ("failure = { unavailability = 0.25 }", "failure = { per_year = 2 }", "unavailable 0.25", "times a year 2"),
    ],
)
def test_the_values_of_fields(tmp_path: Path, mine: str, theirs: str, a: str, b: str) -> None:
    before = "rto = '1h'\nregimes = ['cer']\nfailure = { per_year = 1 }\n"
    texts = [before if not one else f"{one}\n" for one in (mine, theirs)]
    every, base = sides(tmp_path, base=BASE + before, a=BASE + texts[0], b=BASE + texts[1])
    if not mine:
        every, base = sides(tmp_path, base=BASE + before, a=BASE, b=BASE + texts[1])
    field = theirs.partition(" ")[0]
    [row] = [one for one in listed(merge(every, base).conflicts) if one["at"].endswith(field)]
    assert (row["a"], row["b"]) == (a, b)
