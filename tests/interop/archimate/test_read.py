"""ArchiMate exchange files: who needs whom, what properties become, and that nothing is dropped unsaid."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import beroenden
from beroenden.cli.interop_archimate import archimate
from beroenden.interop.archimate.mapping import DEFAULT
from beroenden.interop.archimate.read import read_archimate
from beroenden.modelfiles.read import load

FILES = Path(__file__).parents[2] / "files/archimate"
FILE, MAP = FILES / "betalningar.xml", FILES / "karta.toml"


def providers(network, entity) -> set[str]:
    return {one for need in network.entity[entity].needs for one in need.providers}


def told(imported) -> list[str]:
    return [f"{one.line}:{one.column} {one.severity} {one.code} {one.message}" for one in imported.findings]


def model(elements: str, relationships: str = "") -> str:
    return (
        '<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f"<name>M</name><elements>{elements}</elements><relationships>{relationships}</relationships></model>"
    )


def node(key: str, kind: str = "Node") -> str:
    return f'<element identifier="{key}" xsi:type="{kind}"><name>{key}</name></element>'


def relation(kind: str, source: str = "a", target: str = "b", more: str = "") -> str:
    return f'<relationship identifier="r" source="{source}" target="{target}" xsi:type="{kind}" {more}/>'


def read(tmp_path, text: str, mapping: str | None = None):
    (tmp_path / "m.xml").write_text(text, "utf-8")
    if mapping is not None:
        (tmp_path / "map.toml").write_text(mapping, "utf-8")
    return read_archimate(tmp_path / "m.xml", tmp_path / "map.toml" if mapping is not None else None)


def test_elements_relationships_and_properties_by_a_map():
    network = read_archimate(FILE, MAP).network
    assert network.name == "Exempelmyndighetens utbetalningar"
    process = network.entity["utbetalning"]
    assert (process.kind, process.owner, process.mtpd, process.rto) == ("process", "exempelmyndigheten", 1440, 480)
    assert process.provenance.note == "Fil till banken varje vardag."
    assert process.provenance.source == "ArchiMate betalningar.xml: id-process"
    assert network.entity["exempelmyndigheten"].kind == "authority"
    assert providers(network, "utbetalning") == {"exempelmyndigheten", "betalfil"}
    assert providers(network, "betalfil") == {"utbetalningssystemet"}
    assert providers(network, "utbetalningssystemet") == {"server", "registret", "betaluppgifter"}
    assert providers(network, "betaluppgifter") == {"registret"}
    (need,) = [one for one in process.needs if one.providers == ("betalfil",)]
    assert (need.what, need.endurance[0].minutes) == ("Filen", 240)
    assert need.provenance.source == "ArchiMate betalningar.xml: Serving r-serve"


def test_of_an_or_junction_one_source_is_enough():
    network = read_archimate(FILE, MAP).network
    outage = {"start": "2026-03-02T08:00", "for": "12h"}
    hit = [
        {
            one["id"]
            for one in beroenden.simulate(network, [{"entity": net, **outage} for net in nets]).to_dict()["entities"]
        }
        for nets in (["nat-1"], ["nat-2"], ["nat-1", "nat-2"])
    ]
    assert ["server" in one for one in hit] == [False, False, True]


def test_of_several_properties_for_one_field_the_first_holds(tmp_path):
    text = FILE.read_text("utf-8").replace(">12 mkr<", ">3h<")
    imported = read(tmp_path, text, MAP.read_text("utf-8").replace('"Kostnad" = false', '"Kostnad" = "rto"'))
    assert imported.network.entity["utbetalning"].rto == 480
    assert '1 × the property "Kostnad": fills a field that another property has filled' in "\n".join(told(imported))


def test_what_does_not_come_along_is_told_with_its_place():
    assert told(read_archimate(FILE, MAP)) == [
        '22:9 warning B694 MTPD = "ett dygn": "ett dygn" is not a duration; write 90min, 4h, 3d, 1w, 1d 6h or PT4H. Did you mean "1d"?',
        "29:5 warning B696 an or-junction is read as a reserve: one of nat-1, nat-2 is enough. Is that so?",
        "32:5 warning B692 1 × Goal: the type becomes nothing (--map can say what)",
        "51:5 warning B693 1 × Association: the type becomes nothing (--map can say what)",
        "52:5 warning B693 1 × Serving: goes to or from another relationship",
        "53:5 warning B693 1 × Serving: goes to or from what does not exist",
    ]


def test_without_a_map_the_default_holds_and_says_what_it_left():
    imported = read_archimate(FILE)
    assert imported.network.entity["exempelmyndigheten"].kind == "supplier"
    assert imported.network.entity["utbetalning"].rto is None
    texts = "\n".join(told(imported))
    assert "1 × DataObject: the type becomes nothing" in texts
    assert "2 × Access: goes to or from an element that is not read" in texts
    assert '1 × the property "RTO (timmar)": fills no field' in texts


def test_every_element_and_relationship_is_read_or_left_out():
    imported = read_archimate(FILE)
    text = FILE.read_text("utf-8")
    elements, relationships = (len(re.findall(f"<{one} ", text)) for one in ("element", "relationship"))
    left = sum(len(ids) for _, _, ids in imported.left_out)
    read_in = sum(count for _, _, count in imported.kinds) + sum(count for _, count in imported.needs)
    assert left + read_in == elements + relationships


@pytest.mark.parametrize(
    ("kind", "more", "consumer"),
    [
        ("Serving", "", "b"), ("Flow", "", "b"), ("Triggering", "", "b"), ("Assignment", "", "b"), ("Realization", "", "b"),
        ("UsedByRelationship", "", "b"), ("RealisationRelationship", "", "b"), ("Composition", "", "a"), ("Access", "", "a"),
        ("Access", 'accessType="Read"', "a"), ("Access", 'accessType="ReadWrite"', "a"), ("Access", 'accessType="Write"', "b"),
        ("Association", "", None), ("Aggregation", "", None), ("Influence", "", None), ("Specialization", "", None),
    ],
)  # fmt: skip
def test_who_needs_whom(tmp_path, kind, more, consumer):
    imported = read(tmp_path, model(node("a") + node("b"), relation(kind, more=more)))
    needs = {one.id: [need.providers for need in one.needs] for one in imported.network.entities if one.needs}
    other = {"a": "b", "b": "a"}
    assert needs == ({consumer: [(other[consumer],)]} if consumer else {})
    assert len(imported.left_out) == (consumer is None)


def test_a_map_turns_relationships_and_leaves_them_out(tmp_path):
    text = model(node("a") + node("b"), relation("Association"))
    assert providers(read(tmp_path, text, '[relationships]\nAssociation = "source_needs_target"').network, "a") == {"b"}
    text = model(node("a") + node("b"), relation("Serving"))
    imported = read(tmp_path, text, "[relationships]\nServing = false")
    assert imported.left_out == (("Serving", "the map says that the type is not read", ("r",)),)
    assert told(imported) == ["2:179 info B693 1 × Serving: the map says that the type is not read"]


@pytest.mark.parametrize(
    ("mapping", "fault"),
    [
        ('[element]\nNode = "system"', '1:2: error B201 unknown table "element". Did you mean "elements"?'),
        ('[elements]\nNode = "sytem"', '2:8: error B207 "sytem" is none of'),
        ("[elements]\nNode = 4", "2:8: error B202"),
        ('[relationships]\nServing = "target"', "2:11: error B207"),
        ('[properties]\nRTO = "rtoo"', '2:7: error B207 "rtoo" is none of'),
        ('[properties]\nRTO = { unit = "h" }', '2:7: error B203 "field" is missing'),
        ('[properties]\nRTO = { field = "rto", unit = "hour" }', "B207"),
        ('[properties]\nRTO = { field = "rto", units = "h" }', "B201"),
        ("elements = 1", "B202"),
        ("[elements", "B104"),
    ],
)
def test_faults_of_a_map_are_errors_with_their_place(tmp_path, mapping, fault):
    imported = read(tmp_path, model(node("a")), mapping)
    assert imported.network is None
    assert fault in "\n".join(map(str, imported.findings))


def test_a_type_that_archimate_does_not_have_is_told(tmp_path):
    imported = read(tmp_path, model(node("a")), '[elements]\nNodes = "system"')
    assert 'map.toml:2:1: warning B207 ArchiMate has no "Nodes". Did you mean "Node"?' in str(imported.findings[0])


@pytest.mark.parametrize(
    ("name", "value", "field", "read_as"),
    [
        ("RTO", "4h", "rto", 240), ("återställningstid", "PT4H", "rto", 240), ("timmar", "1,5", "rto", 90),
        ("timmar", "1d 6h", "rto", 1800), ("mbco", "40 %", "mbco", 0.4), ("MBCO", "0,4", "mbco", 0.4),
        ("Befolkning", "1 500 000", "population", 1_500_000), ("kind", "bank", "kind", "bank"),
        ("RTO", "4", "rto", None), ("RTO", "fyra timmar", "rto", None), ("mbco", "mycket", "mbco", None),
        ("mbco", "140 %", "mbco", None), ("population", "-3", "population", None),
    ],
)  # fmt: skip
def test_values_as_people_write_them(tmp_path, name, value, field, read_as):
    definition = f'<propertyDefinitions><propertyDefinition identifier="p"><name>{name}</name></propertyDefinition></propertyDefinitions>'
    given = f'<properties><property propertyDefinitionRef="p"><value>{value}</value></property></properties></element>'
    text = model(node("a").replace("</element>", given)).replace("</model>", f"{definition}</model>")
    imported = read(tmp_path, text, '[properties]\ntimmar = { field = "rto", unit = "h" }')
    assert getattr(imported.network.entities[0], field) == read_as
    assert [one.code for one in imported.findings if one.code == "B694"] == ["B694"] * (read_as is None)


def test_an_owner_that_is_not_there_is_told(tmp_path):
    text = FILE.read_text("utf-8").replace('<value xml:lang="sv">Exempelmyndigheten<', "<value>Exempelmyndighten<")
    imported = read(tmp_path, text, MAP.read_text("utf-8"))
    assert imported.network.entity["utbetalning"].owner is None
    assert 'Did you mean "exempelmyndigheten"?' in "\n".join(told(imported))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<model/>", "is no ArchiMate model in the exchange format"),
        ('<archimate:model xmlns:archimate="http://www.archimatetool.com/archimate"/>', "Open Exchange File"),
        (model(node("a") + node("a")), 'identifier "a" is already taken'),
        (model("<element/>"), "has no identifier or xsi:type"),
        (model(node("a", "Goal")), "no element is of a type that is read"),
        ('<!DOCTYPE m [<!ENTITY x "y">]>' + model(node("a")), "defines entities"),
        ('<!DOCTYPE m SYSTEM "http://invalid.example/x.dtd">' + model(node("a")), "take out its DOCTYPE"),
        (model(node("a"))[:-4], "B651"),
    ],
)
def test_what_is_no_exchange_file_is_an_error(tmp_path, text, fault):
    imported = read(tmp_path, text)
    assert imported.network is None
    assert fault in "\n".join(map(str, imported.findings))


def test_the_types_of_archimate_2_and_its_names_of_properties(tmp_path):
    text = (
        '<model xmlns="http://www.opengroup.org/xsd/archimate" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><name>M</name>'
        '<elements><element identifier="a" xsi:type="InfrastructureService"><label>A</label><properties>'
        '<property identifierref="p"><value>2h</value></property></properties></element></elements>'
        '<propertydefs><propertydef identifier="p" name="RTO" type="string"/></propertydefs></model>'
    )
    (entity,) = read(tmp_path, text).network.entities
    assert (entity.name, entity.kind, entity.rto) == ("A", "infrastructure", 120)


def test_the_default_has_a_word_for_each_type_of_the_standard():
    """ArchiMate 3.1, and what only ArchiMate 2 has."""
    business = "Actor Role Collaboration Interface Process Function Interaction Event Service Object"
    application = "Component Collaboration Interface Function Interaction Process Event Service"
    technology = "Collaboration Interface Function Process Interaction Event Service"
    others = (
        "Contract Representation Product DataObject Node Device SystemSoftware Path CommunicationNetwork Artifact Equipment Facility "
        "DistributionNetwork Material Stakeholder Driver Assessment Goal Outcome Principle Requirement Constraint Meaning Value "
        "Resource Capability ValueStream CourseOfAction WorkPackage Deliverable ImplementationEvent Plateau Gap Grouping Location "
        "InfrastructureService InfrastructureFunction InfrastructureInterface CommunicationPath Network"
    )
    layers = {"Business": business, "Application": application, "Technology": technology}
    assert set(DEFAULT.kinds) == {
        *others.split(),
        *(f"{layer}{one}" for layer, names in layers.items() for one in names.split()),
    }


def test_the_command_writes_a_model_that_reads_back(tmp_path):
    arguments = [str(FILE), "-o", str(tmp_path / "model"), "--map", str(MAP), "--json", str(tmp_path / "report.json")]
    done = CliRunner().invoke(archimate, arguments)
    assert done.exit_code == 0, done.output
    network, _ = load(tmp_path / "model")
    assert network == read_archimate(FILE, MAP).network
    assert "by the map" in done.stdout
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert {
        "type": "Goal",
        "why": "the type becomes nothing (--map can say what)",
        "identifiers": ["id-goal"],
    } in report["left_out"]


def test_the_command_refuses_a_faulty_map_and_writes_nothing(tmp_path):
    (tmp_path / "map.toml").write_text("[elements]\nNode = 1\n", "utf-8")
    done = CliRunner().invoke(
        archimate, [str(FILE), "-o", str(tmp_path / "model"), "--map", str(tmp_path / "map.toml")]
    )
    assert done.exit_code == 1
    assert "map.toml:2:8: error B202" in done.stderr
    assert not (tmp_path / "model").exists()


@pytest.mark.parametrize(
    ("elements", "message"),
    [
        (node("a") + node("a"), 'identifier "a" is already taken'),
        ("<element><name>a</name></element>", "has no identifier or xsi:type"),
        (node("a", "Plateau"), "no element is of a type that is read"),
    ],
)
def test_a_file_without_sound_elements_is_refused(tmp_path, elements, message):
    imported = read(tmp_path, model(elements))
    assert imported.network is None
    assert any(f"error B691 {message}" in one for one in told(imported)), told(imported)


def test_a_property_that_fills_no_field_is_told(tmp_path):
    named = '<propertyDefinitions><propertyDefinition identifier="p"><name>colour</name></propertyDefinition></propertyDefinitions>'
    given = '<properties><property propertyDefinitionRef="p"><value>red</value></property></properties>'
    text = model(node("a").replace("</element>", f"{given}</element>")).replace("</model>", f"{named}</model>")
    assert any('info B695 1 × the property "colour": fills no field' in one for one in told(read(tmp_path, text)))
