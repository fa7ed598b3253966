"""Open-PSA fault trees: what each part becomes, and what is refused with its place."""

import pytest

from beroenden.analysis.cutsets.cutsets import cut_sets
from beroenden.interop.open_psa import read_open_psa
from beroenden.language import writing_in

EVENTS = "".join(f'<define-basic-event name="{one}"><float value="0.1"/></define-basic-event>' for one in "abcd")


def read(tmp_path, tree: str, data: str = EVENTS):
    path = tmp_path / "tree.xml"
    path.write_text(
        f'<opsa-mef>\n<define-fault-tree name="Tree">\n{tree}\n</define-fault-tree>\n<model-data>{data}</model-data>\n</opsa-mef>',
        "utf-8",
    )
    return read_open_psa(path)


def top(formula: str) -> str:
    return f'<define-gate name="top">{formula}</define-gate>'


def events(names: str) -> str:
    return "".join(f'<basic-event name="{one}"/>' for one in names)


def sets_of(read_in, target: str = "top") -> set[str]:
    assert read_in.network is not None, read_in.findings
    return {"".join(sorted(one)) for one in cut_sets(read_in.network, target).smallest_first()}


@pytest.mark.parametrize(
    ("formula", "sets"),
    [
        (f"<or>{events('ab')}</or>", {"a", "b"}),
        (f"<and>{events('ab')}</and>", {"ab"}),
        (f'<atleast min="2">{events("abc")}</atleast>', {"ab", "ac", "bc"}),
        (f'<atleast min="1">{events("ab")}</atleast>', {"a", "b"}),
        (f'<atleast min="2">{events("ab")}</atleast>', {"ab"}),
        (events("a"), {"a"}),
        (f"<and>{events('aab')}</and>", {"ab"}),
        (f'<atleast min="2">{events("aabc")}</atleast>', {"a", "bc"}),
        (f"<and><or>{events('ab')}</or><or>{events('cd')}</or></and>", {"ac", "ad", "bc", "bd"}),
        (f"<or><and>{events('ab')}</and><and>{events('c')}<or>{events('ad')}</or></and></or>", {"ab", "ac", "cd"}),
        (f'<atleast min="2">{events("ab")}<constant value="true"/></atleast>', {"a", "b"}),
        (f'<or>{events("a")}<constant value="false"/></or>', {"a"}),
        (f'<atleast min="2">{events("ab")}<constant value="false"/></atleast>', {"ab"}),
    ],
)
def test_formulas_fail_as_they_say(tmp_path, formula, sets):
    assert sets_of(read(tmp_path, top(formula))) == sets


def test_gates_refer_across_and_house_events_are_worked_in(tmp_path):
    tree = (
        top('<and><gate name="g"/><event name="h" type="gate"/></and>')
        + '<define-gate name="g"><or><event name="a"/><house-event name="off"/></or></define-gate>'
        + f'<define-gate name="h"><or><and><house-event name="on"/>{events("b")}</and><gate name="g"/></or></define-gate>'
        + '<define-house-event name="off"><constant value="false"/></define-house-event>'
    )
    found = read(tmp_path, tree, EVENTS + '<define-house-event name="on"><constant value="true"/></define-house-event>')
    assert sets_of(found) == {"a"}
    assert found.tops == ("top",)
    assert [one.code for one in found.findings] == ["B656", "B656"]  # c and d are in no gate


def test_private_names_of_components_are_their_own(tmp_path):
    inner = '<define-component name="{}"><define-gate name="{}"><gate name="g"/></define-gate><define-gate name="g" role="private">{}</define-gate></define-component>'
    tree = top('<and><gate name="one"/><gate name="two"/><gate name="Tree.B.g"/></and>')
    tree += inner.format("A", "one", events("a")) + inner.format("B", "two", events("b"))
    found = read(tmp_path, tree)
    assert sets_of(found) == {"ab"}
    assert {one.id: one.name for one in found.network.entities}["tree-a-g"] == "Tree.A.g"


def test_names_become_ids_and_stay_as_names(tmp_path):
    tree = top(f'<or><basic-event name="Pump 1"/><basic-event name="pump_1"/>{events("a")}</or>')
    data = "".join(
        f'<define-basic-event name="{one}"><label>Pump\n no. 1</label><float value="0.2"/></define-basic-event>'
        for one in ("Pump 1", "pump_1")
    )
    network = read(tmp_path, tree, EVENTS + data).network
    assert {one.id: one.name for one in network.entities if one.id.startswith("pump")} == {
        "pump-1": "Pump 1",
        "pump-1-2": "pump_1",
    }
    assert network.entity["pump-1"].provenance.note == "Pump no. 1"
    assert network.entity["pump-1"].failure.unavailability == 0.2
    assert network.entity["top"].failure.unavailability == 0
    assert network.name == "Tree"


@pytest.mark.parametrize("operator", ["not", "xor", "nand", "nor", "iff", "imply", "cardinality"])
def test_what_is_not_coherent_is_refused_with_the_gates_name(tmp_path, operator):
    found = read(tmp_path, top(f"<and>{events('a')}\n  <{operator}>{events('b')}</{operator}></and>"))
    assert found.network is None
    (finding,) = [one for one in found.findings if one.severity == "error"]
    assert (finding.code, finding.line, finding.column) == ("B652", 4, 3)
    assert '"top"' in finding.message
    assert f'"{operator}"' in finding.message


@pytest.mark.parametrize(
    ("tree", "data", "told"),
    [
        (
            top('<or><gate name="g"/></or>'),
            EVENTS,
            '3:29: error B653 the gate "top" refers to "g", which is not defined',
        ),
        (top('<or><house-event name="h"/></or>'), EVENTS, 'refers to "h", which is not defined'),
        (top(f'<atleast min="4">{events("abc")}</atleast>'), EVENTS, 'min should be from 1 to 3, not "4"'),
        (top(f"<atleast>{events('abc')}</atleast>"), EVENTS, 'min should be from 1 to 3, not ""'),
        (top("<and/>"), EVENTS, 'the gate "top" has no inputs'),
        (
            top('<gate name="g"/>') + '<define-gate name="g"><or><gate name="top"/></or></define-gate>',
            EVENTS,
            "B655 the gates form a ring: top → g → top",
        ),
        (top(events("a")) * 2, EVENTS, '"top" is already defined on line 3'),
        (
            top(events("a")),
            '<define-basic-event name="a"><float value="1.5"/></define-basic-event>',
            "a number from 0 to 1",
        ),
        (
            top(events("a")),
            '<define-basic-event name="a"><float value="nan"/></define-basic-event>',
            "a number from 0 to 1",
        ),
        (
            top(events("a")),
            '<define-basic-event name="a"><float value="x"/></define-basic-event>',
            "a number from 0 to 1",
        ),
        (top('<constant value="true"/>'), EVENTS, "no gate is left to import"),
        ("", EVENTS, "the file has no gates"),
        (top(events("a")) + "<define-gate><or/></define-gate>", EVENTS, "should have a name"),
        (top(events("a")) + '<define-gate name="a#1"><or/></define-gate>', EVENTS, "a name without #"),
    ],
)
def test_faults_are_errors_with_their_place(tmp_path, tree, data, told):
    found = read(tmp_path, tree, data)
    assert found.network is None
    assert told in "\n".join(map(str, found.findings))
    assert all(one.line for one in found.findings)


@pytest.mark.parametrize(
    ("tree", "data", "told"),
    [
        (top(events("ax")), EVENTS, 'the gate "top" has several formulas'),
        (top(f"<or>{events('ax')}</or>"), EVENTS, 'the basic event "x" is not defined; it gets no failure data'),
        (
            top(f"<or>{events('a')}<gate name='g'/></or>") + '<define-gate name="g"/>',
            EVENTS,
            'the gate "g" is not developed',
        ),
        (top(f"<or>{events('ax')}</or>"), EVENTS + '<define-basic-event name="x"/>', '"x" has no probability'),
        (
            top(f"<or>{events('ax')}</or>"),
            EVENTS + '<define-basic-event name="x"><exponential/></define-basic-event>',
            "is an expression (exponential) and becomes unknown",
        ),
        (top(f"<or>{events('a')}</or>") + "<define-CCF-group/>", EVENTS, '"define-CCF-group" is not imported'),
    ],
)
def test_what_is_left_unknown_is_told_with_its_place(tmp_path, tree, data, told):
    found = read(tmp_path, tree, data)
    (finding,) = [one for one in found.findings if told in one.message]
    if finding.severity == "warning":
        unknown = [one for one in found.network.entities if not one.needs and one.failure is None]
        assert len(unknown) == (0 if "CCF" in told else 1)


def test_a_probability_of_zero_is_told_to_be_in_no_set(tmp_path):
    data = EVENTS + '<define-basic-event name="z"><float value="0"/></define-basic-event>'
    found = read(tmp_path, top(f"<or>{events('az')}</or>"), data)
    assert sets_of(found) == {"a"}
    assert any("counts as never failing" in one.message for one in found.findings)


def test_a_gate_that_always_or_never_fails_is_left_out_and_worked_into_the_others(tmp_path):
    tree = (
        top(f'<and>{events("a")}<gate name="g"/></and>')
        + '<define-gate name="g"><constant value="true"/></define-gate>'
    )
    found = read(tmp_path, tree)
    assert sets_of(found) == {"a"}
    assert "g" not in found.network.entity
    assert any('the gate "g" always fails' in one.message for one in found.findings)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "1:1: error B651 the file ends too early; export or fetch it anew"),
        ("<opsa-mef>\n<a></a>", "2:8: error B651 the file ends too early"),
        ("<opsa-mef>\n<a na", "2:1: error B651 the file ends too early"),
        ("<opsa-mef>\n<a></b></opsa-mef>", "2:6: error B651 the file is not proper XML from here on"),
        ("<other/>", 'the root is "other"'),
        ('<!DOCTYPE a [<!ENTITY x "y">]>\n<opsa-mef>&x;</opsa-mef>', "defines entities"),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>\n<opsa-mef>&x;</opsa-mef>', "defines entities"),
        ("<opsa-mef>" + "<a>" * 200 + "</a>" * 200 + "</opsa-mef>", "nested too deeply"),
        ('<?xml version="1.0" encoding="nonsense"?><opsa-mef/>', "B651"),
    ],
)
def test_what_is_no_tree_is_an_error(tmp_path, text, told):
    path = tmp_path / "tree.xml"
    path.write_text(text, "utf-8")
    found = read_open_psa(path)
    assert found.network is None
    assert told in str(found.findings[0])
    assert len(found.findings) == 1


def test_a_missing_file_and_a_folder_are_errors(tmp_path):
    assert "does not exist" in str(read_open_psa(tmp_path / "none.xml").findings[0])
    assert "cannot be read" in str(read_open_psa(tmp_path).findings[0])


def test_a_document_type_elsewhere_is_not_fetched(tmp_path):
    path = tmp_path / "tree.xml"
    path.write_text('<!DOCTYPE opsa-mef SYSTEM "http://invalid.example/opsa.dtd">\n<opsa-mef/>', "utf-8")
    (finding,) = read_open_psa(path).findings
    assert "take out its DOCTYPE" in finding.message


def test_a_tree_may_be_deep(tmp_path):
    deep = 3000
    gates = "".join(f'<define-gate name="g{n}"><or><gate name="g{n + 1}"/></or></define-gate>' for n in range(deep))
    found = read(tmp_path, gates + f'<define-gate name="g{deep}">{events("a")}</define-gate>')
    assert sets_of(found, "g0") == {"a"}


def test_findings_are_told_in_swedish(tmp_path):
    with writing_in("sv"):
        found = read(tmp_path, top(f"<not>{events('a')}</not>"))
    assert "är inte koherent" in found.findings[0].message


@pytest.mark.parametrize(
    ("event", "told"),
    [
        ("", 'B654 the basic event "a" has no probability'),
        ("<exponential/>", 'B654 the probability of "a" is an expression (exponential) and becomes unknown'),
        ('<float value="0"/>', 'B654 "a" has the probability 0: it counts as never failing and is in no cut set'),
        (
            "</define-basic-event><define-CCF-group/><define-basic-event name='b'>",
            'B657 "define-CCF-group" is not imported',
        ),
    ],
)
def test_what_is_not_read_is_told_and_the_rest_is(tmp_path, event, told):
    found = read(tmp_path, top(events("a")), f'<define-basic-event name="a">{event}</define-basic-event>')
    assert found.network is not None
    assert any(told in str(one) and one.severity == "warning" for one in found.findings), found.findings
