"""What one side gave another id: recognised where only the id changed, and carried over to what the others say."""

from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from beroenden.model.entities import Entity, Need
from beroenden.model.network import Network
from beroenden.modelfiles.editing.editable import Editable, open_model
from beroenden.modelfiles.merging.conflicts import Settled, in_list
from beroenden.modelfiles.merging.merging import Merged, merge
from beroenden.modelfiles.merging.outcome import check_alike, network_of, put_into
from beroenden.modelfiles.merging.sides import side_of
from beroenden.modelfiles.write import save
from modelfiles.merging.answers import opened, said
from modelfiles.strategies import networks

BASE = """
# Betalar ut
[[entity]]
id = "fk"
name = "Utbetalning"
kind = "system"
rto = "8h"

[[entity]]
id = "kontor"
kind = "system"
needs = [{ any_of = ["fk", "reserv"] }]

[[entity]]
id = "reserv"
kind = "supplier"
needs = [{ provider = "fk", endurance = "1h" }]
"""
NEW = '\n[[entity]]\nid = "ny"\nkind = "bank"\nneeds = [{ provider = "fk", what = "Fil" }]\n'
FASTER = BASE.replace('"8h"', '"5h"')


def with_id(text: str, new: str) -> str:
    return text.replace('"fk"', f'"{new}"')


def models(folder: Path, *texts: str) -> list[Editable]:
    return [opened(folder, name, text) for name, text in zip("pqrs", texts, strict=False)]


def merged(every: list[Editable], base: Editable, **how: Any) -> Merged:
    return merge([side_of(one, name=one.path.stem) for one in every], side_of(base), **how)


def codes(made: Merged) -> list[str]:
    return sorted(one.code for one in made.findings)


def test_what_others_say_of_it_lands_on_the_new_id(tmp_path: Path) -> None:
    base, expected = opened(tmp_path, "base", BASE), opened(tmp_path, "expected", with_id(FASTER + NEW, "fk2"))
    every = models(tmp_path, with_id(BASE, "fk2"), FASTER, BASE + NEW)
    for order in permutations(every):
        made = merged(list(order), base)
        [told] = made.findings
        assert (told.code, told.severity, told.file, told.line) == ("B734", "info", f"{tmp_path}/p/model.toml", 5)
        assert "fk: renamed to fk2 in p" in told.message
        assert said(made.records) == said(side_of(expected).records)
        network, findings = network_of(made, [one for each in every for one in each.findings])
        assert network is not None and not findings


def test_the_files_keep_their_comments_under_the_new_id(tmp_path: Path) -> None:
    base = opened(tmp_path, "base", BASE)
    changed, renamed = models(tmp_path, FASTER, with_id(BASE, "fk2"))
    made = merged([changed, renamed], base)
    put_into(changed, made)
    [text] = changed.changed().values()
    assert text == '[model]\nname = "Svar"\n' + with_id(FASTER, "fk2")


def test_two_who_rename_it_alike_agree(tmp_path: Path) -> None:
    base = opened(tmp_path, "base", BASE)
    made = merged(models(tmp_path, with_id(BASE, "fk2"), with_id(BASE, "fk2"), FASTER), base)
    assert codes(made) == ["B734"]
    assert made.records["entity", "fk2"].fields["rto"] == "5h"


@pytest.mark.parametrize("other", [with_id(BASE, "fk3"), BASE + NEW.replace('"ny"', '"fk2"')])
def test_two_ids_of_the_same_or_one_that_is_taken_is_refused(tmp_path: Path, other: str) -> None:
    base = opened(tmp_path, "base", BASE)
    every = models(tmp_path, with_id(BASE, "fk2"), other, BASE)
    for order in permutations(every):
        [error] = [one for one in merged(list(order), base).errors if one.code == "B735"]
        assert "fk2" in error.message and " in p" in error.message and "merge again" in error.message


def test_what_is_renamed_and_changed_is_asked_about_and_never_becomes_two(tmp_path: Path) -> None:
    base = opened(tmp_path, "base", BASE)
    every = models(tmp_path, with_id(BASE, "fk2").replace('"8h"', '"9h"'), FASTER)
    made = merged(every, base)
    assert codes(made) == ["B720", "B736"]
    [conflict] = made.conflicts
    kept, gone = (
        merged(
            every, base, settled=[Settled(conflict.at, in_list(conflict.a), in_list(conflict.b), which, "list", 2, 1)]
        )
        for which in ("b", "a")
    )
    assert [(one.code, one.severity) for one in kept.errors] == [("B736", "error")]
    assert not gone.errors and ("entity", "fk2") in gone.records and ("entity", "fk") not in gone.records


def test_what_is_renamed_and_changed_is_told_where_another_adds_a_need_of_it(tmp_path: Path) -> None:
    base = opened(tmp_path, "base", BASE)
    changed = with_id(BASE, "fk2").replace('"8h"', '"9h"').replace("Utbetalning", "Något annat")
    made = merged(models(tmp_path, changed, BASE + NEW), base)
    assert codes(made) == ["B736"]
    assert [one.code for one in network_of(made)[1] if one.severity == "error"] == ["B301"]


def test_what_is_removed_for_something_else_is_not_asked_about(tmp_path: Path) -> None:
    other = '\n[[entity]]\nid = "bud"\nkind = "supplier"\nneeds = [{ provider = "reserv" }]\n'
    base = opened(tmp_path, "base", BASE + NEW)
    every = models(tmp_path, BASE + other, BASE + NEW.replace('"bank"', '"supplier"'))
    assert codes(merged(every, base)) == ["B720"]


@st.composite
def changes(draw: st.DrawFn, network: Network) -> Network:
    """The network with numbers changed, and with something new that needs what was there."""
    entities = [replace(one, population=draw(st.sampled_from((one.population, 7)))) for one in network.entities]
    payments = [replace(one, count=draw(st.sampled_from((one.count, 9)))) for one in network.payments]
    needs = [Need("provider", (one.id,), what="det") for one in network.entities if draw(st.booleans())]
    more = Entity("mer", "Mer", "system", needs=tuple(needs))
    return replace(network, entities=(*entities, more), payments=tuple(payments), hash="")


SOME = networks().filter(lambda one: one.entities)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(given=SOME, data=st.data())
def test_a_renaming_and_a_change_make_the_change_renamed(
    given: Network, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    check_the_change_is_renamed(given, data, tmp_path_factory.mktemp("renamed"))


@pytest.mark.sweep
@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(given=SOME, data=st.data())
def test_many_renamings_and_changes_make_the_change_renamed(
    given: Network, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    check_the_change_is_renamed(given, data, tmp_path_factory.mktemp("renamed"))


def check_the_change_is_renamed(given: Network, data: st.DataObject, folder: Path) -> None:
    old = data.draw(st.sampled_from([*given.entity, *given.payment]))
    save(given, folder / "before.toml")
    save(data.draw(changes(given)), folder / "after.toml")
    base, renamed, changed, expected = (
        open_model(folder / f"{name}.toml") for name in ("before", "before", "after", "after")
    )
    renamed.rename(old, "nytt")
    expected.rename(old, "nytt")
    made = merged([renamed, changed], base)
    assume(made.renamed)  # else there is too little to know it by, or another like it
    assert not made.conflicts and not made.errors
    assert said(merged([changed, renamed], base).records) == said(made.records)
    network, findings = network_of(made)
    assert network is not None, findings
    check_alike(network, expected.network)
