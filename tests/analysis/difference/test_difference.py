"""What differs between two models, and that it is all that differs."""

import json
from dataclasses import replace
from datetime import date, datetime, time

from chain import network, tables
from hypothesis import given, settings
from modelfiles.strategies import networks

import beroenden
from beroenden.analysis.difference.difference import difference
from beroenden.analysis.difference.words import difference_words, value_words
from beroenden.analysis.words import endurance_words
from beroenden.language import writing_in
from beroenden.model.entities import Need, Step
from beroenden.modelfiles.merging.records import Record, aligned, records_of, tables_of
from beroenden.modelfiles.read import build
from beroenden.modelfiles.write import content_hash


def changed(change):
    """The worked example with a change to its tables."""
    raw = tables()
    change(raw)
    made, findings = beroenden.build(raw)
    assert made is not None, findings
    return made


def lines(found):
    return [line for _, group in difference_words(found) for head, below in group for line in (head, *below)]


def test_a_model_does_not_differ_from_itself():
    assert difference(network(), network()).is_empty
    assert difference(network(), network()).to_dict()["same"] is True


def test_the_order_of_tables_needs_and_providers_is_no_difference():
    def shuffle(raw):
        raw["entity"].reverse()
        raw["entity"][0]["needs"][0]["any_of"].reverse()

    assert difference(network(), changed(shuffle)).is_empty


def test_fields_are_told_in_words_with_units():
    def change(raw):
        raw["entity"][1] |= {"rto": "90min", "mbco": 0.4}
        raw["entity"][1]["needs"][0] |= {"endurance": [["4h", 1.0], ["3d", 0.25]]}
        raw["payment"][0] |= {"amount": 5_000_001, "max_delay": "3d", "priority": 2}
        raw["payment"][0]["stage"][0]["opens"] = {"bank_days": -2, "at": time(19, 30)}

    found = difference(network(), changed(change))
    with writing_in("sv"):
        told = [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines(found)]
    assert told == [
        "~ sys",
        "återställningstid (rto): 8 tim → 1 tim 30 min",
        "lägsta acceptabla nivå (mbco): – → 40 %",
        "~ sys, behov av power (electricity)",
        "uthållighet: 4 tim → 100 % i 4 tim, sedan 25 % fram till 3 dygn",
        "~ allowance",
        "belopp: 5 000 000 → 5 000 001",
        "tolerabel försening: 24 tim → 3 dygn",
        "prioritet: 1 → 2",
        "~ allowance, steg underlag",
        "öppnar: bankdagar −3, kl. 18.00 → bankdagar −2, kl. 19.30",
    ]


def test_a_need_is_the_same_though_its_place_or_what_it_is_for_changed():
    def change(raw):
        raw["entity"][1]["needs"] = [{"provider": "b1"}, {"provider": "power", "endurance": "4h", "what": "el"}]

    found = difference(network(), changed(change))
    assert [one.key for one in found.added] == [("entity", "sys", "needs", "b1", "", "0")]
    [one] = found.changed
    assert [(each.field, each.old, each.new) for each in one.changes] == [("what", "electricity", "el")]


def test_what_came_or_went_is_told_once_with_what_is_in_it():
    def change(raw):
        raw["entity"].append({"id": "ny", "kind": "system", "needs": [{"provider": "power"}, {"provider": "sys"}]})
        del raw["payment"][0]

    found = difference(network(), changed(change))
    assert lines(found) == ["+ ny: ny, system, 2 needs", "− allowance: Allowance, 3 stages, 2 needs"]


def test_another_id_with_the_same_content_is_guessed_to_be_a_renaming():
    def change(raw):
        text = json.dumps(raw, default=lambda one: f"@{one.isoformat()}")
        for old, new in (("payer", "betalare"), ("sys", "system"), ("hours", "tider"), ("allowance", "bidrag")):
            text = (
                text.replace(f'"{old}"', f'"{new}"')
                .replace('"betalare":', '"payer":')
                .replace('"kind": "betalare"', "")
            )
        made = json.loads(text)
        for window in made["window"]:
            window["times"] = [[time.fromisoformat(one[1:]) for one in pair] for pair in window["times"]]
        for stage in made["payment"][0]["stage"]:
            if "opens" in stage:
                stage["opens"]["at"] = time.fromisoformat(stage["opens"]["at"][1:])
            if "cutoff" in stage:
                stage["cutoff"] = time.fromisoformat(stage["cutoff"][1:])
                stage["release"] = [time.fromisoformat(one[1:]) for one in stage["release"]]
        raw.clear()
        raw |= made

    found = difference(network(), changed(change))
    assert not (found.added or found.removed or found.changed)
    assert [(one.old, one.new) for one in found.renamed] == [
        (("entity", "payer"), ("entity", "betalare")),
        (("entity", "sys"), ("entity", "system")),
        (("payment", "allowance"), ("payment", "bidrag")),
        (("window", "hours"), ("window", "tider")),
    ]
    assert found.new_id == {"payer": "betalare", "sys": "system", "allowance": "bidrag"}
    assert "payer → betalare: renamed (a guess, same content)" in lines(found)


def test_a_stage_is_renamed_and_two_alike_are_not_guessed_at():
    def rename(raw):
        raw["payment"][0]["stage"][2]["id"] = "account"

    found = difference(network(), changed(rename))
    assert [one.old[-2:] for one in found.renamed] == [("stage", "konto")]
    assert not (found.added or found.removed or found.changed)

    def twice(raw):
        raw["entity"] += [{"id": one, "name": "Twin", "kind": "system"} for one in ("t1", "t2")]

    def other(raw):
        raw["entity"] += [{"id": one, "name": "Twin", "kind": "system"} for one in ("u1", "u2")]

    found = difference(changed(twice), changed(other))
    assert (len(found.removed), len(found.added), len(found.renamed)) == (2, 2, 0)


def test_another_order_of_stages_is_a_difference():
    def change(raw):
        stages = raw["payment"][0]["stage"]
        stages[1:] = [stages[2], stages[1]]

    found = difference(network(), changed(change))
    assert lines(found) == ["~ allowance", "order of the stages: underlag, clearing, konto → underlag, konto, clearing"]


def _value(value, like):
    """A value of the JSON as TOML has it, by a value of the same field."""
    if isinstance(like, datetime):
        return datetime.fromisoformat(value)
    if isinstance(like, date):
        return date.fromisoformat(value)
    if isinstance(like, time):
        return time.fromisoformat(value)
    if isinstance(like, list):
        return [_value(one, another) for one, another in zip(value, like, strict=True)]
    if isinstance(like, dict):
        return {name: _value(one, like[name]) for name, one in value.items()}
    return value


def _key(told):
    key = ("model",) if told["kind"] == "model" else (told["kind"], told["id"])
    key += ("stage", told["stage"]) if "stage" in told else ()
    if need := told.get("need"):
        key += ("needs", "+".join(need["providers"]), need["what"] or "", str(need["number"]))
    return key


def applied(told, old, new):
    """The new network, made of the old one and the JSON of the difference."""
    likes = records_of(new)
    found = dict(aligned(likes, records_of(old), by_what=False)[0])
    for one in told["removed"]:
        del found[_key(one)]
    for one in told["added"]:
        fields = _value(one["fields"], likes[_key(one)].fields)
        found[_key(one)] = Record(_key(one), fields, fields)
    for one in told["changed"]:
        record = found[_key(one)]
        fields = dict(record.fields)
        for each in one["changes"]:
            fields[each["field"]] = each["new"] and _value(each["new"], likes[_key(one)].fields[each["field"]])
            if each["new"] is None:
                del fields[each["field"]]
        found[_key(one)] = replace(record, fields=fields)
    order = {key: place for place, key in enumerate(likes)}
    whole = {
        key: replace(found[key], written=dict(found[key].fields)) for key in sorted(found, key=lambda key: order[key])
    }
    made, findings = build(tables_of(whole)[0])
    assert made is not None, findings
    return made


@settings(max_examples=25, deadline=None)
@given(old=networks(), new=networks())
def test_the_difference_makes_the_new_model_of_the_old(old, new):
    found = difference(old, new)
    same = build(tables_of({key: replace(one, written=one.fields) for key, one in records_of(new).items()})[0])[0]
    if not found.renamed:
        assert content_hash(applied(json.loads(json.dumps(found.to_dict())), old, new)) == same.hash
    assert found.is_empty == (
        {key: one.fields for key, one in records_of(old).items()}
        == {key: one.fields for key, one in records_of(new).items()}
    )
    with writing_in("sv"):
        assert bool(lines(found)) != found.is_empty or all(
            each.field == "order" for one in found.changed for each in one.changes
        )


def test_of_a_longer_note_only_what_was_added_is_told():
    def change(raw):
        raw["entity"][1]["source"] = "interview | source: B"

    assert lines(difference(network(), changed(change))) == ["~ sys", "source, added last: source: B"]


def test_later_steps_of_an_endurance_are_counted_from_its_beginning_everywhere():
    need = Need("provider", ("power",), endurance=(Step(3 * 1440, 1.0), Step(14 * 1440, 0.6)))
    with writing_in("sv"):
        told = endurance_words(need), value_words("endurance", [["3d", 1.0], ["14d", 0.6]])
    assert [one.replace("\N{NO-BREAK SPACE}", " ") for one in told] == [
        "3 dygn, sedan 60 % fram till 14 dygn",
        "100 % i 3 dygn, sedan 60 % fram till 14 dygn",
    ]
