"""A model changed by id: it reads as its network changed alike, all or nothing is written, and references follow."""

import re
import shutil
import tomllib
from copy import deepcopy
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from random import Random
from typing import Any

import chain
import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

import beroenden
from beroenden.errors import FaultyFilesError, UsageError
from beroenden.model.entities import Need
from beroenden.model.network import Network
from beroenden.modelfiles.editing import committing
from beroenden.modelfiles.editing.editable import Editable, open_model
from beroenden.modelfiles.editing.fields import Written
from beroenden.modelfiles.write import to_toml
from modelfiles.editing.by_hand import laid_out
from modelfiles.strategies import networks
from modelfiles.test_round_trip import SAME_EXAMPLES

ROOT = Path(__file__).parents[3]
SOES = ROOT / "models" / "soes"
DURATIONS = ("0min", "15min", "4h", "1d 6h", "2w")


@pytest.fixture
def soes(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SOES, tmp_path / "soes"))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.toml"
    path.write_text(to_toml(chain.network()), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small model in three files, each with something that names `power`."""
    made = tmp_path / "folder"
    made.mkdir()
    sections = re.split(r"\n(?=\[\[(?:entity|payment|window)\]\])", to_toml(chain.network()))
    own = [one for one in sections if 'id = "power"' in one]
    rest = [one for one in sections if one not in own]
    (made / "a.toml").write_text("\n".join(rest), encoding="utf-8")
    (made / "b.toml").write_text("# power\n\n" + "\n".join(own), encoding="utf-8")
    (made / "c.toml").write_text('[[audience]]\nactor = "power"\ntlp = "TLP:RED"\n', encoding="utf-8")
    return made


def bytes_of(path: Path) -> dict[str, bytes]:
    files = path.iterdir() if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files if file.suffix == ".toml"}


def read(path: Path) -> Network:
    network, findings = beroenden.load(path)
    assert network is not None, [str(one) for one in findings]
    return network


def merged(model: Editable) -> dict[str, Any]:
    """The raw tables of all files, as the network has them in its order."""
    tables: dict[str, Any] = {}
    for file in model.before:
        for key, value in model.document(file).get().items():
            tables[key] = [*tables.get(key, []), *value] if isinstance(value, list) else value
    return deepcopy(tables)


def table_of(tables: dict[str, Any], wanted: str) -> dict[str, Any]:
    found = (one for kind in ("entity", "payment") for one in tables.get(kind, ()) if one["id"] == wanted)
    return next(found)


def edit(model: Editable, tables: dict[str, Any], random: Random) -> None:
    """A random edit of a model by id, and of its tables by hand."""
    network = model.network
    target = random.choice([*network.entity, *network.payment])
    table = table_of(tables, target)
    is_entity = target in network.entity
    needs = table.setdefault("needs", []) if is_entity else []
    kind = random.choice(("duration", "text", "unset", "need", "no need", "need's", "stage's", "need replaced"))
    if kind == "duration":
        key = random.choice(("mtpd", "rto", "rpo")) if is_entity else "max_delay"
        table[key] = random.choice(DURATIONS)
        model.set(target, key, Written(table[key]))
    elif kind == "text":
        table["note"] = random.choice(("2026", "true", 'said "so"', "åäö # no comment", "[1]"))
        model.set(target, "note", table["note"])
    elif kind == "unset":
        keys = [key for key in table if key in ("name", "rto", "contact", "note", "tlp", "max_delay", "count")]
        if keys:
            key = random.choice(keys)
            del table[key]
            model.unset(target, key)
    elif kind == "need" and is_entity:
        need = {"provider": random.choice(list(network.entity)), "endurance": random.choice(DURATIONS)}
        index = random.randint(0, len(needs))
        needs.insert(index, need)
        model.add_need(target, need, index=index)
    elif kind == "no need" and needs:
        index = random.randrange(len(needs))
        del needs[index]
        model.remove_need(target, index)
    elif kind == "need's" and needs:
        index = random.randrange(len(needs))
        needs[index]["expects"] = random.choice(DURATIONS)
        model.set(target, f"needs[{index}].expects", needs[index]["expects"])
    elif kind == "need replaced" and needs:
        index = random.randrange(len(needs))
        needs[index] = {"any_of": sorted(network.entity)[:2], "at_least": 1, "what": "either"}
        model.replace_need(target, index, needs[index])
    elif kind == "stage's" and not is_entity:
        stage = random.choice(table["stage"])
        stage.setdefault("needs", []).insert(0, {"provider": next(iter(network.entity))})
        model.add_need(target, stage["needs"][0], stage=stage["id"], index=0)
        stage["duration"] = random.choice(DURATIONS)
        model.set(target, ("stage", stage["id"], "duration"), stage["duration"])


def check_edits(path: Path, seed: int, count: int) -> None:
    random, model = Random(seed), open_model(path)
    for _ in range(count):
        tables = merged(model)
        edit(model, tables, random)
        expected, findings = beroenden.build(tables)
        assert expected is not None, [str(one) for one in findings]
        assert model.network == expected
        assert model.network.hash == expected.hash
    model.commit()
    assert read(path) == model.network


@pytest.mark.parametrize("seed", range(2))
def test_random_edits_of_the_model_are_those_of_its_tables(soes: Path, seed: int) -> None:
    check_edits(soes, seed, 6)


@settings(SAME_EXAMPLES, max_examples=25)
@given(network=networks(), seed=st.integers(0, 10**6))
def test_random_edits_of_random_models(network: Network, seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    if not network.entities:
        return
    path = tmp_path_factory.mktemp("random") / "model.toml"
    path.write_bytes(laid_out(tomllib.loads(to_toml(network)), Random(seed)).encode())
    assert read(path) == network
    check_edits(path, seed, 3)


def test_an_edit_is_that_of_the_network(soes: Path) -> None:
    before = read(soes)
    model = open_model(soes)
    model.set("bankgirot", "rto", Written("6h"))
    model.set("bankgirot", "mbco", Written("0.25"))
    model.set("bankgirot", "rta_tested", Written("2026-01-02"))
    model.set("bankgirot", "regimes", Written('["dora", "nis2"]'))
    entity = replace(
        before.entity["bankgirot"], rto=360, mbco=0.25, rta_tested=date(2026, 1, 2), regimes=("dora", "nis2")
    )
    expected = tuple(entity if one.id == entity.id else one for one in before.entities)
    assert model.network == replace(before, entities=expected)
    assert len([line for line in model.diff().splitlines() if line.startswith("+") and "+++" not in line]) == 4
    assert [file.name for file in model.commit()] == ["infrastructure.toml"]
    assert {name for name, content in bytes_of(soes).items() if content != bytes_of(SOES)[name]} == {
        "infrastructure.toml"
    }


def signs(model: Editable) -> tuple[int, int]:
    """How many lines are taken away and added."""
    lines = [line for line in model.diff().splitlines() if not line.startswith(("+++", "---"))]
    return sum(line.startswith("-") for line in lines), sum(line.startswith("+") for line in lines)


@pytest.mark.parametrize(("end", "seed"), [("\n", 1), ("\r\n", 2)])
def test_only_the_lines_of_the_edit_change(soes: Path, end: str, seed: int) -> None:
    for file in soes.glob("*.toml"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", end.encode()))
    random = Random(seed)
    model = open_model(soes)
    entity = random.choice([one for one in model.network.entities if one.needs])
    payment = random.choice(model.network.payments)
    index = random.randrange(len(entity.needs))
    model.add_need(entity.id, {"provider": "elnat", "endurance": "4h"}, index=index)
    assert signs(model) == (0, 4)  # a header, two keys and a blank line
    model.remove_need(entity.id, index)
    assert signs(model) == (0, 0)
    model.remove_need(entity.id, index)
    taken, added = signs(model)
    assert taken >= 3
    assert added == 0
    model = open_model(soes)
    model.set(payment.id, "max_delay", "77h")
    model.add_need(payment.id, {"provider": "elnat"}, stage=payment.stages[0].id)
    assert signs(model) == (1, 2)
    model.set(entity.id, f"needs[{index}].endurance", "77h")
    assert signs(model) == ((1, 3) if entity.needs[index].endurance is None else (2, 3))


@pytest.mark.parametrize("wanted", ["swedbank", "window:rix-oppettid"])
def test_renaming_there_and_back_gives_the_same_bytes(soes: Path, wanted: str) -> None:
    before, network = bytes_of(soes), read(soes)
    name = wanted.rpartition(":")[2]
    model = open_model(soes)
    there = model.rename(wanted, "something-else")
    model.commit()
    assert name not in {*read(soes).entity, *read(soes).payment, *read(soes).window}
    assert to_toml(read(soes)).count('"something-else"') + to_toml(read(soes)).count("something-else =") == (
        to_toml(network).count(f'"{name}"') + to_toml(network).count(f"{name} =")
    )
    again = open_model(soes)
    back = again.rename(wanted.replace(name, "something-else"), name)
    again.commit()
    assert there.references == back.references
    assert bytes_of(soes) == before


@settings(SAME_EXAMPLES, max_examples=25)
@given(network=networks(), seed=st.integers(0, 10**6))
def test_renaming_in_random_models(network: Network, seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("renamed") / "model.toml"
    text = laid_out(tomllib.loads(to_toml(network)), Random(seed)).encode()
    path.write_bytes(text)
    if not network.entities:
        return
    assert read(path) == network
    old = network.entities[0].id
    model = open_model(path)
    model.rename(old, "zzzz-zzzz")
    model.commit()
    assert read(path) == renamed_network(network, old, "zzzz-zzzz")
    again = open_model(path)
    again.rename("zzzz-zzzz", old)
    again.commit()
    assert path.read_bytes() == text


def renamed_network(network: Network, old: str, new: str) -> Network:
    """The network with another id for an entity, by hand: wherever the model has an id, and in no text."""

    def one(word: str | None) -> str | None:
        return new if word == old else word

    def shares(given: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
        return tuple((new if bank == old else bank, share) for bank, share in given)

    def needs(given: tuple[Need, ...]) -> tuple[Need, ...]:
        return tuple(replace(need, providers=tuple(str(one(word)) for word in need.providers)) for need in given)

    return replace(
        network,
        accounts=shares(network.accounts),
        entities=tuple(
            replace(entity, id=one(entity.id), owner=one(entity.owner), needs=needs(entity.needs))
            for entity in network.entities
        ),
        payments=tuple(
            replace(
                payment,
                payer=one(payment.payer),
                paying_bank=one(payment.paying_bank),
                recipients=one(payment.recipients),
                accounts=shares(payment.accounts),
                stages=tuple(replace(stage, needs=needs(stage.needs)) for stage in payment.stages),
            )
            for payment in network.payments
        ),
        audiences=tuple(replace(audience, actor=one(audience.actor)) for audience in network.audiences),
        events=tuple(
            replace(event, entities=tuple(str(one(word)) for word in event.entities)) for event in network.events
        ),
    )


def test_renaming_follows_into_scenarios_and_reports_logs(small: Path, tmp_path: Path) -> None:
    scenario, log = tmp_path / "s.toml", tmp_path / "log.toml"
    scenario.write_text(
        '# power\n[[outage]]\nentity = "power" # power\nstart = 2026-12-16T08:00:00\n', encoding="utf-8"
    )
    log.write_text('[incident]\nid = "x"\n\n[[outage]]\nentity = "power"\n', encoding="utf-8")
    model = open_model(small)
    renamed = model.rename("power", "grid", also=[scenario, log])
    model.commit()
    assert renamed.references == 2
    assert renamed.in_logs == (f"{log}:5:10: outage[0].entity",)
    assert scenario.read_text(encoding="utf-8").count('entity = "grid" # power') == 1
    assert 'entity = "power"' in log.read_text(encoding="utf-8")


@pytest.mark.parametrize("new", ["b1", "allowance", "Big", "", "a b"])
def test_an_id_that_is_taken_or_none_is_refused(small: Path, new: str) -> None:
    model = open_model(small)
    with pytest.raises(UsageError):
        model.rename("power", new)
    assert model.changed() == {}


def test_removing_is_refused_while_something_refers_to_it(small: Path) -> None:
    model = open_model(small)
    with pytest.raises(UsageError) as refused:
        model.remove("b1")
    assert "b1 is referred to in 3 places" in str(refused.value)
    assert all(f"{one.file}:{one.line}:" in str(refused.value) for one in model.references("b1"))
    assert model.changed() == {}


def test_removing_with_what_refers_to_it(small: Path) -> None:
    model = open_model(small)
    gone = model.remove("power", cascade=True)
    assert [one.path for one in gone] == [("entity", 1, "needs", 0, "provider")]
    assert "power" not in model.network.entity
    assert model.network.entity["sys"].needs == ()
    model.remove("b1", cascade=True)
    with pytest.raises(FaultyFilesError, match=r"B40[12]"):
        model.commit()
    assert "b1" in read(small).entity


def test_removing_the_last_of_a_list_of_alternatives(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_text(
        '[model]\nname = "m"\n\n[[entity]]\nid = "a"\nkind = "bank"\n  [[entity.needs]]\n  any_of = ["b"]\n'
        '  [[entity.needs]]\n  any_of = ["b", "c"]\n\n[[entity]]\nid = "b"\nkind = "bank"\nowner = "b"\n\n'
        '[[entity]]\nid = "c"\nkind = "bank"\nowner = "b"\n\n[[audience]]\nactor = "b"\ntlp = "TLP:RED"\n',
        encoding="utf-8",
    )
    model = open_model(path)
    assert len(model.remove("entity:b", cascade=True)) == 4
    model.commit()
    assert [one.providers for one in read(path).entity["a"].needs] == [("c",)]
    assert read(path).entity["c"].owner is None
    assert read(path).audiences == ()


def test_adding_everything(soes: Path) -> None:
    model = open_model(soes)
    placed = [
        model.add("entity", {"id": "ny", "kind": "system", "owner": "csn", "needs": [{"provider": "elnat"}]}),
        model.add("window", {"id": "natt", "days": "all", "times": [[time(22), time(6)]]}),
        model.add("audience", {"actor": "ny", "tlp": "TLP:GREEN"}),
        model.add(
            "event",
            {
                "id": "byte",
                "start": Written("2026-12-05T22:00:00"),
                "end": Written("2026-12-06T06:00:00"),
                "entities": ["ny"],
            },
            file="events.toml",
        ),
        model.add(
            "payment",
            {
                "id": "nytt-bidrag",
                "payer": "csn",
                "rrule": "FREQ=WEEKLY;BYDAY=TH",
                "stage": [{"id": "fil", "opens": {"bank_days": -1, "at": time(8)}, "needs": [{"provider": "ny"}]}],
            },
        ),
    ]
    assert [file.name for file in placed] == [
        "systems.toml",
        *["model.toml"] * 2,
        "events.toml",
        "payments.toml",
    ]
    model.add_stage("nytt-bidrag", {"id": "bank", "window": "natt"})
    model.add_need("nytt-bidrag", {"provider": "elnat"}, stage="bank")
    model.replace_stage("nytt-bidrag", "fil", {"id": "fil", "opens": {"days": 0}, "needs": [{"provider": "elnat"}]})
    model.commit()
    network = read(soes)
    assert network.entity["ny"].needs[0].providers == ("elnat",)
    assert network.window["natt"].times == ((1320, 360),)
    assert [stage.id for stage in network.payment["nytt-bidrag"].stages] == ["fil", "bank"]
    assert network.payment["nytt-bidrag"].stages[0].needs[0].providers == ("elnat",)
    assert (soes / "events.toml").read_text(encoding="utf-8").startswith('[[event]]\nid = "byte"\n')
    removed = open_model(soes)
    for target in ("payment:nytt-bidrag", "event:byte", "audience:ny", "window:natt", "entity:ny"):
        removed.remove(target)
    removed.commit()
    assert (soes / "events.toml").read_bytes() == b""
    (soes / "events.toml").unlink()
    assert bytes_of(soes) == bytes_of(SOES)


def test_an_entity_stands_with_its_like(soes: Path) -> None:
    model = open_model(soes)
    banks = [one.id for one in read(soes).entities if one.kind == "bank"]
    assert model.add("entity", {"id": "ny", "kind": "bank", "needs": [{"provider": "elnat"}]}).name == "banks.toml"
    ids = [one.id for one in model.network.entities]
    assert ids[ids.index("ny") - 1] == banks[-1]


def test_stages_and_needs_are_found_by_what_they_are(small: Path) -> None:
    model = open_model(small)
    model.set("sys", "needs.power.expects", "2h")
    model.set("allowance", "stage.clearing.needs.clr.endurance", Written('[["4h", 1.0], ["72h", 0.4]]'))
    model.set("allowance", ("stage", 0, "needs", "sys", "restart"), "30min")
    stages = model.network.payment["allowance"].stages
    assert model.network.entity["sys"].needs[0].expects == 120
    assert [step.minutes for step in stages[1].needs[0].endurance or ()] == [240, 4320]
    assert stages[0].needs[0].restart == 30
    for key in ("needs.b1.expects", "needs[4].expects", "needs.[", "stage.x.lead"):
        with pytest.raises(UsageError):
            model.set("sys", key, "2h")


def test_a_source_takes_the_place_of_those_of_what_it_covers(small: Path) -> None:
    model = open_model(small)
    model.stamp("sys", source="test", about="failure.per_year")
    model.stamp("sys", source="letter", about="rto")
    assert model.stamp("sys", source="test", about="failure") == "test (failure); letter (rto); interview"
    assert model.stamp("sys", source="call", about="rto") == "call (rto); test (failure); interview"
    assert model.stamp("sys", source="call", about="rt") == "call (rt); call (rto); test (failure); interview"


def test_a_source_that_told_several_keeps_what_is_not_told_anew(small: Path) -> None:
    """It was credited with a value that it had lost."""
    model = open_model(small)
    model.set("sys", "source", "S3, formulär 2026-11-23 (rto, mbco, verifierad); interview")
    told = model.stamp("sys", source="Möte 5", about="rto", verified=date(2026, 11, 22))
    assert told == "Möte 5 (rto); S3, formulär 2026-11-23 (mbco); interview"


def test_stamping_says_who_and_when_on_what_was_changed(small: Path) -> None:
    model = open_model(small)
    model.stamp("sys", "needs.power.expects", source="interview", verified=date(2026, 2, 14))
    model.stamp("allowance", "stage.clearing.opens.at", source="calendar")
    model.stamp("payer", "contact.role", source="list")
    network = model.network
    assert network.entity["sys"].needs[0].provenance.verified == date(2026, 2, 14)
    assert network.payment["allowance"].stages[1].provenance.source == "calendar"
    assert network.entity["payer"].provenance.source == "list"
    with pytest.raises(UsageError):
        model.stamp("model", "name", source="x")


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("name", "2026", "2026"),
        ("name", '"quoted"', "quoted"),
        ("name", 'the "so called"', 'the "so called"'),
        ("note", "true", "true"),
        ("mtpd", "1d 6h", "1d 6h"),
        ("mbco", "0.4", 0.4),
        ("population", "1_500", 1500),
        ("verified", "2026-02-14", date(2026, 2, 14)),
        ("contact.role", "TiB", "TiB"),
        ("failure.duration", '{ p50 = "2h", p90 = "4h" }', {"p50": "2h", "p90": "4h"}),
    ],
)
def test_values_as_a_person_writes_them(small: Path, key: str, text: str, value: Any) -> None:
    model = open_model(small)
    model.set("sys", key, Written(text))
    assert model.get("sys", key) == value
    assert model.network is not None


@pytest.mark.parametrize(
    ("key", "text"),
    [("mtpd", "sex"), ("mbco", "1.5"), ("verified", "i går"), ("rtoo", "4h"), ("tlp", "röd"), ("kind", "banc")],
)
def test_values_that_are_none_are_refused_with_what_is_meant(small: Path, key: str, text: str) -> None:
    model = open_model(small)
    with pytest.raises(UsageError, match=f"entity.{key}"):
        model.set("sys", key, Written(text))
    assert model.changed() == {}


def test_an_edit_against_a_rule_writes_nothing(small: Path) -> None:
    before = bytes_of(small)
    model = open_model(small)
    model.set("allowance", "accounts.b1", 0.5)
    model.set("sys", "needs[0].provider", "powr")
    with pytest.raises(FaultyFilesError) as refused:
        model.commit()
    assert [one.code for one in refused.value.findings] == ["B301", "B401"]
    assert all(one.line for one in refused.value.findings)
    assert bytes_of(small) == before
    model.set("allowance", "accounts.b2", 0.5)
    model.set("sys", "needs[0].provider", "power")
    model.commit()
    assert read(small).payment["allowance"].accounts == (("b1", 0.5), ("b2", 0.5))


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_when_one_file_cannot_be_written_none_is(folder: Path, failing: int, monkeypatch: pytest.MonkeyPatch) -> None:
    before = bytes_of(folder)
    model = open_model(folder)
    model.rename("power", "powers")
    calls, rename = 0, Path.replace

    def fail(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(UsageError, match="No space left"):
        model.commit()
    monkeypatch.undo()
    assert bytes_of(folder) == before
    assert not list(folder.glob(".*.tmp"))
    model.commit()
    assert "powers" in read(folder).entity


def test_when_a_temporary_file_cannot_be_written_nothing_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = bytes_of(folder)
    model = open_model(folder)
    model.rename("power", "powers")

    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(committing.os, "fsync", fail)
    with pytest.raises(UsageError, match="Input/output error"):
        model.commit()
    assert bytes_of(folder) == before
    assert not list(folder.glob(".*.tmp"))


def test_another_writer_is_waited_for_and_then_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = bytes_of(folder)
    monkeypatch.setattr(committing, "PATIENCE", 0.05)
    model = open_model(folder)
    model.set("power", "rto", "1h")
    with FileLock(folder / ".model.lock"), pytest.raises(UsageError, match="busy"):
        model.commit()
    assert bytes_of(folder) == before
    model.commit()


@pytest.mark.parametrize("change", ["text", "gone", "new"])
def test_what_others_wrote_meanwhile_is_not_overwritten(folder: Path, change: str) -> None:
    model = open_model(folder)
    model.set("power", "rto", "1h")
    if change == "text":
        (folder / "b.toml").write_text("# theirs\n", encoding="utf-8")
    elif change == "gone":
        (folder / "b.toml").unlink()
    else:
        (folder / "theirs.toml").write_text("# theirs\n", encoding="utf-8")
    before = bytes_of(folder)
    with pytest.raises(UsageError, match="changed by someone else"):
        model.commit()
    assert bytes_of(folder) == before


def test_a_file_that_is_read_only_is_not_replaced(folder: Path) -> None:
    model = open_model(folder)
    model.rename("power", "powers")
    (folder / "c.toml").chmod(0o444)
    before = bytes_of(folder)
    with pytest.raises(UsageError, match="read-only"):
        model.commit()
    assert bytes_of(folder) == before


def test_permissions_and_links_stay(folder: Path, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere.toml"
    (folder / "b.toml").rename(real)
    (folder / "b.toml").symlink_to(real)
    real.chmod(0o640)
    model = open_model(folder)
    model.set("power", "rto", "1h")
    model.commit()
    assert (folder / "b.toml").is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert read(folder).entity["power"].rto == 60


def test_a_model_with_errors_is_not_opened(small: Path) -> None:
    small.write_text(
        small.read_text(encoding="utf-8").replace('provider = "power"', 'provider = "powr"'), encoding="utf-8"
    )
    with pytest.raises(FaultyFilesError, match="B301"):
        open_model(small)
    small.write_text("[model\n", encoding="utf-8")
    with pytest.raises(FaultyFilesError, match="B104"):
        open_model(small)
    with pytest.raises(FaultyFilesError, match="B101"):
        open_model(small.with_name("none.toml"))


def test_formatting_keeps_the_network(soes: Path) -> None:
    before = read(soes)
    model = open_model(soes)
    model.format()
    model.commit()
    assert read(soes) == before
    assert read(soes).hash == before.hash
    again = open_model(soes)
    again.format()
    assert again.changed() == {}


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests" / "files" / "valid").glob("*.toml")), ids=lambda path: path.stem
)
def test_every_valid_file_can_be_edited_and_formatted(path: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(path, tmp_path))
    before = read(copy)
    model = open_model(copy)
    model.set("model", "name", "Another name")
    for entity in before.entities:
        model.set(entity.id, "note", "noted")
    model.format()
    model.commit()
    noted = tuple(replace(one, provenance=replace(one.provenance, note="noted")) for one in before.entities)
    assert read(copy) == replace(before, name="Another name", entities=noted)


def test_changes_together_are_all_made_or_none(small: Path) -> None:
    model = open_model(small)
    text = model.document(small).text
    with pytest.raises(UsageError), model.together():
        model.set("power", "rto", "7h")
        model.add("entity", {"id": "new", "kind": "system"})
        model.set("nobody", "rto", "7h")
    assert model.document(small).text == text and not model.has("new")
    with model.together():
        model.add("entity", {"id": "new", "kind": "system", "needs": [{"provider": "power"}]})
        model.set("new", "rto", "7h")
    assert model.network.entity["new"].rto == 420
