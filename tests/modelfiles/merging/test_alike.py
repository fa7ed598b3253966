"""What two answers have added by two ids, that may be one."""

import pytest

from beroenden.modelfiles.merging.alike import entities_alike
from beroenden.modelfiles.merging.sides import side_of
from modelfiles.merging.answers import opened

NEW = '[[entity]]\nid = "{}"\nname = "{}"\nkind = "{}"\n'


def alike(folder, one: tuple[str, str], other: tuple[str, str], kind: str = "supplier", base: str = "") -> list[str]:
    paths = [folder / name for name in ("a", "b")]
    texts = [base + NEW.format(*told, kind) for told in (one, other)]
    sides = [side_of(opened(folder, name, text)) for name, text in zip("ab", texts, strict=True)]
    before = side_of(opened(folder, "base", base)) if base else None
    return [found.code for found in entities_alike(sides, paths, before)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Nordic Cloud AB", "Nordic Cloud Aktiebolag"), ("Nordic Cloud", "Nordic Cloud AB (publ)"), ("Nordic", "Nordic Cloud"),
     ("Nordic Cloud Drift", "Nordic Cloud"), ("Nörd A/S", "Nord ASA")],
)  # fmt: skip
def test_suppliers_whose_names_are_alike(tmp_path, one, other):
    assert alike(tmp_path, ("a", one), ("b", other)) == ["B731"]


def test_systems_only_where_the_name_is_the_same(tmp_path):
    assert alike(tmp_path, ("fk-fil", "Gemensam filtjänst"), ("pm-fil", "Gemensam Filtjänst"), "system") == ["B731"]
    assert alike(tmp_path, ("fk-fil", "Ärendesystem FK"), ("pm-fil", "Ärendesystem PM"), "system") == []


def test_what_the_base_has_is_not_new(tmp_path):
    base = NEW.format("a", "Nordic Cloud", "supplier")
    assert alike(tmp_path, ("b", "Nordic Cloud AB"), ("c", "Bud"), base=base) == []


@pytest.mark.parametrize(
    ("told", "renames"),
    [
        ((("a", "Nordic Cloud"), ("b", "Nordic Cloud AB"), ("c", "Nordic Cloud (publ)")), ["b b a", "c c a"]),
        ((("a", "Nordic"), ("b", "Nordic Cloud"), ("c", "Nordic Cloud Drift")), ["b b a", "c c a"]),
        ((("a", "Nordic Cloud"), ("b", "Nordic Cloud AB"), ("a", "Nordic Cloud (publ)")), ["b b a"]),
        ((("a", "Nordic Cloud"), ("b", "Nordic Cloud AB"), ("b", "Nordic Cloud (publ)")), ["b b a", "c b a"]),
    ],
)
def test_of_three_alike_all_are_renamed_to_the_first(tmp_path, told, renames):
    texts = {name: NEW.format(*one, "supplier") for name, one in zip("abc", told, strict=True)}
    sides = [side_of(opened(tmp_path, name, text)) for name, text in texts.items()]
    found = [one.message for one in entities_alike(sides, [tmp_path / name for name in texts])]
    commands = [one.partition(f"edit rename {tmp_path}/")[2].partition('"')[0] for one in found]
    assert commands == renames
