"""A register as a model: what its rows become, and each trap on the way."""

import json
from datetime import date

import pytest
from interop.dora.registers import BANK, CLOUD, FILES, HALLS, OPERATIONS, SAVINGS, TELECOM, Given

import beroenden
from beroenden.interop.dora.account import as_dict
from beroenden.interop.dora.read import read_dora
from beroenden.modelfiles.read import load
from beroenden.modelfiles.write import save, to_toml

F1, F2, F3 = (f"{BANK.lower()}-f{one}" for one in "123")
OUTAGE = {"start": "2026-03-02T08:00", "for": "12h"}


@pytest.fixture
def given():
    return Given()


def network_of(given, folder):
    imported = given.read(folder)
    assert imported.network is not None, imported.findings
    return imported.network


def hit(network, entity) -> set[str]:
    """What an outage reaches."""
    outcome = beroenden.simulate(network, [{"entity": entity.lower(), **OUTAGE}]).to_dict()
    return {one["id"] for one in outcome["entities"]}


def told(imported, code) -> str:
    return "\n".join(str(one) for one in imported.findings if one.code == code)


def left(imported) -> dict[tuple[str, str], int]:
    return dict(imported.registers[0].tally.left)


def test_companies_functions_and_services(given, tmp_path):
    network = network_of(given, tmp_path)
    kinds = {one.id: one.kind for one in network.entities}
    assert kinds[BANK.lower()] == "bank"
    assert kinds[OPERATIONS.lower()] == "supplier"
    assert kinds[F1] == "process"
    assert [network.entity[F1].owner, network.entity[F1].rto] == [BANK.lower(), 60]
    service = network.entity[network.entity[F1].needs[0].providers[0]]
    assert (service.kind, service.owner) == ("system", OPERATIONS.lower())
    assert service.needs[0].providers == (OPERATIONS.lower(),)


def test_an_outage_follows_the_chain_and_no_other(given, tmp_path):
    """The halls are the cloud's for A-101: the functions below it fall, the other services of the provider do not exist."""
    network = network_of(given, tmp_path)
    assert {F1, F2} <= hit(network, HALLS)
    assert F3 not in hit(network, HALLS)
    assert OPERATIONS.lower() not in hit(network, HALLS)
    assert {F1, F2} & hit(network, TELECOM) == {F1}


def test_what_is_written_reads_back_without_errors(given, tmp_path):
    network = network_of(given, tmp_path)
    save(network, tmp_path / "model.toml")
    again, findings = load(tmp_path / "model.toml", today=date(2026, 6, 1))
    assert again == network
    assert not [one for one in findings if one.severity == "error"]


def test_everything_has_a_source_a_label_and_a_confidence(given, tmp_path):
    network = network_of(given, tmp_path)
    pieces = [one.provenance for one in network.entities]
    pieces += [need.provenance for one in network.entities for need in one.needs]
    assert {one.source for one in pieces} == {f"DORA RoI {BANK}, 2025-12-31"}
    assert {one.tlp for one in pieces} == {network.tlp} == {"TLP:AMBER+STRICT"}
    assert {one.confidence for one in pieces} == {"medium"}
    assert {one.verified for one in pieces} == {date(2025, 12, 31)}


def test_the_fixture_has_no_warnings(given, tmp_path):
    assert given.codes(tmp_path) == []


# The traps, in the order of PRACTICE 3.2


def test_trap_1_columns_stand_in_any_order(given, tmp_path):
    before = network_of(given, tmp_path)
    for code, (head, *rows) in given.tables.items():
        order = sorted(range(len(head)), key=lambda one: head[one][::-1])
        given.tables[code] = [[row[one] for one in order] for row in (head, *rows)]
    assert network_of(given, tmp_path) == before


def of_9_columns(given) -> None:
    rows = given.tables["B_05.01"]
    kept = [0, 1, 4, 6, 7, 8, 9, 10, 11]
    given.tables["B_05.01"] = [
        [f"c{10 * one:04d}" for one in range(1, 10)],
        *([row[i] for i in kept] for row in rows[1:]),
    ]


def test_trap_2_providers_in_9_columns(given, tmp_path):
    before = network_of(given, tmp_path)
    of_9_columns(given)
    imported = given.read(tmp_path)
    assert imported.network == before
    assert "older layout of 9 columns" in told(imported, "B689")
    assert read_dora([given.xlsx(tmp_path)], "en").network == before


def test_trap_2_twelve_columns_of_which_the_last_are_left_out(given, tmp_path):
    before = network_of(given, tmp_path)
    given.tables["B_05.01"] = [row[:9] for row in given.tables["B_05.01"]]
    assert network_of(given, tmp_path) == before


def test_trap_2_what_cannot_be_told_is_refused(given, tmp_path):
    given.tables["B_05.01"] = [["c0010", "c0020", "c0030", "c0050", "c0080"], ["X", "LEI", "SE", "SE", "SE"]]
    imported = given.read(tmp_path)
    assert imported.network is None
    assert "12 columns" in told(imported, "B683")


def test_trap_3_functions_by_the_first_printing(given, tmp_path):
    before = network_of(given, tmp_path)
    codes = {"c0050": "c0060", "c0060": "c0070", "c0070": "c0080", "c0080": "c0090", "c0090": "c0100", "c0100": "c0110"}
    head = given.tables["B_06.01"][0]
    given.tables["B_06.01"][0] = [codes.get(one, one) for one in head]
    imported = given.read(tmp_path)
    assert imported.network == before
    assert "B_06.01 has the older layout" in told(imported, "B689")


@pytest.mark.parametrize(
    "written", ["S14", "eba_TA:S14", "EBA_TA:s14", "ICT operation management (including maintenance)"]
)
def test_trap_4_codes_with_and_without_prefix_and_labels(given, tmp_path, written):
    before = network_of(given, tmp_path)
    assert network_of(given.put("B_02.02", 1, "c0060", written), tmp_path) == before


@pytest.mark.parametrize(
    ("hours", "minutes"),
    [("0", None), ("1", 60), ("4", 240), ("", None), ("0,5", 30), ("8760", 525600)],
)
def test_trap_5_0_hours_are_unknown_and_1_is_at_most_1(given, tmp_path, hours, minutes):
    imported = given.put("B_06.01", 1, "c0080", hours).put("B_06.01", 1, "c0090", hours).read(tmp_path)
    function = imported.network.entity[F1]
    assert (function.rto, function.rpo) == (minutes, minutes)
    assert ("at most 1 hour" in function.provenance.note) == (minutes == 60)
    assert left(imported).get(("B_06.01", "zero"), 0) == 2 + 2 * (hours == "0")


@pytest.mark.parametrize("hours", ["-1", "soon", "nan", "1e9", "inf"])
def test_trap_5_what_is_no_time_is_unknown_and_told(given, tmp_path, hours):
    imported = given.put("B_06.01", 1, "c0080", hours).read(tmp_path)
    assert imported.network.entity[F1].rto is None
    assert ".csv:2:8: warning B685 row 2, column H (B_06.01.0080)" in told(imported, "B685")


@pytest.mark.parametrize(
    ("end", "ended"),
    [("9999-12-31", False), ("", False), ("2025-12-31", False), ("2025-12-30", True), ("30/06/2025", True)],
)
def test_trap_6_a_contract_ends_when_it_says_and_never_on_9999_12_31(given, tmp_path, end, ended):
    imported = given.put("B_02.02", 5, "c0080", end).read(tmp_path)
    assert (imported.network.entity[F3].needs == ()) == ended
    assert left(imported)["B_02.02", "ended"] == 1 + ended


def test_trap_7_a_row_for_each_country_is_one_dependency_with_the_highest_reliance(given, tmp_path):
    imported = given.read(tmp_path)
    needs = imported.network.entity[F1].needs
    assert [need.providers[0].rsplit("-", 2)[-2] for need in needs] == ["s14", "s10"]
    assert "full" in needs[0].provenance.note
    assert left(imported)["B_02.02", "repeated"] == 1


@pytest.mark.parametrize("recipient", ["", OPERATIONS, BANK])
def test_trap_8_the_recipient_of_rank_1_may_be_anything(given, tmp_path, recipient):
    before = network_of(given, tmp_path)
    assert network_of(given.put("B_05.02", 1, "c0060", recipient), tmp_path) == before


@pytest.mark.parametrize("recipient", ["", CLOUD])
def test_trap_8_a_missing_recipient_below_is_assumed_only_where_it_is_clear(given, tmp_path, recipient):
    imported = given.put("B_05.02", 2, "c0060", recipient).read(tmp_path)
    assert F1 in hit(imported.network, CLOUD)
    assert "is assumed" in told(imported, "B687")
    given.add("B_05.02", "A-101", "eba_TA:S14", TELECOM, "LEI", "1")
    imported = given.read(tmp_path)
    assert F1 not in hit(imported.network, CLOUD)
    assert "becomes no dependency" in told(imported, "B687")


def test_trap_9_the_report_says_how_far_the_register_goes(given, tmp_path):
    imported = given.read(tmp_path)
    assert (imported.scope.services, imported.scope.described) == (3, 1)
    assert (imported.scope.critical, imported.scope.critical_described) == (2, 1)
    assert "does not mean that there is none" in as_dict(imported)["remarks"][0]


def test_trap_10_the_long_form_is_refused_and_says_what_to_do(given, tmp_path):
    given.tables["B_02.02"] = [["datapoint", "CIT", "factValue"], ["dp410222", "A-1", "x"]]
    imported = given.read(tmp_path)
    assert imported.network is None
    assert "export the register as plain CSV" in told(imported, "B682")


@pytest.mark.parametrize("labels", [True, False])
@pytest.mark.parametrize("prefix", ["B_", "RT."])
def test_trap_10_a_workbook_says_the_same_with_codes_or_labels(given, tmp_path, labels, prefix):
    before = network_of(given, tmp_path)
    imported = read_dora([given.xlsx(tmp_path, labels=labels, prefix=prefix)], "en")
    assert imported.network == before, imported.findings
    assert imported.registers[0].form == "xlsx"


def test_trap_11_an_identified_alternative_is_a_note_and_no_reserve(given, tmp_path):
    network = network_of(given, tmp_path)
    needs = [need for one in network.entities for need in one.needs]
    assert {need.form for need in needs} == {"provider"}
    (note,) = [need.provenance.note for need in needs if need.provenance.note and "Exempelmoln" in need.provenance.note]
    assert "Alternative identified (not connected): yes (Exempelmoln Ltd)." in note


def test_trap_12_functions_and_contracts_of_several_registers_are_kept_apart_and_providers_are_one(tmp_path):
    imported = read_dora([FILES / "exempelbanken", FILES / "exempelsparbanken"], "en")
    network = imported.network
    other = f"{SAVINGS.lower()}-f1"
    assert network.entity[other].rto == 480
    assert {F1, F2, other} <= hit(network, OPERATIONS)
    assert other not in hit(network, CLOUD)
    assert "Also called EXEMPELDRIFT AB (PUBL)." in network.entity[OPERATIONS.lower()].provenance.note
    assert network.entity[OPERATIONS.lower()].provenance.source.count("DORA RoI") == 2


def test_trap_12_ids_do_not_depend_on_what_else_is_read():
    alone = read_dora([FILES / "exempelsparbanken"], "en").network
    both = read_dora([FILES / "exempelbanken", FILES / "exempelsparbanken"], "en").network
    assert set(alone.entity) <= set(both.entity)


def test_trap_12_one_id_with_two_names_and_times_is_told_and_the_longest_time_holds(given, tmp_path):
    given.add("B_06.01", "F1", BANK, "eba_TA:x223", "Kreditbetalningar", "eba_BT:x29", "", "", "6", "3", "")
    imported = given.read(tmp_path)
    function = imported.network.entity[F1]
    assert (function.rto, function.rpo) == (360, 180)
    assert "Critical or important: yes" in function.provenance.note
    assert 'F1 is also called "Betalningar"' in told(imported, "B688")
    assert "F1 also has 1 h; the longest holds" in told(imported, "B688")


def test_trap_13_costs_are_nowhere(given, tmp_path):
    costs = {row[4] for row in given.tables["B_02.01"][1:]} | {row[10] for row in given.tables["B_01.02"][1:]}
    costs |= {row[9] for row in given.tables["B_05.01"][1:] if row[9]}
    imported = given.read(tmp_path)
    text = to_toml(imported.network) + json.dumps(as_dict(imported))
    assert len(costs) == 8
    assert not [one for one in costs if one in text]


# What does not hold together


def test_what_is_only_referred_to_becomes_a_node_that_is_unsure(given, tmp_path):
    for row in (1, 2, 3):
        given.put("B_02.02", row, "c0050", "F9")
    imported = given.put("B_02.02", 4, "c0030", HALLS[:-2] + "00").read(tmp_path)
    assert 'the function "F9" is not in B_06.01' in told(imported, "B687")
    assert told(imported, "B687").count("F9") == 1
    assert imported.network.entity[f"{BANK.lower()}-f9"].provenance.confidence == "low"
    assert "is not in B_05.01" in told(imported, "B687")
    assert "is no valid LEI" in told(imported, "B686")


def test_a_dependency_without_a_function_is_kept(given, tmp_path):
    imported = given.put("B_02.02", 5, "c0050", "").read(tmp_path)
    (unknown,) = [one for one in imported.network.entities if one.name.startswith("Unknown function")]
    assert len(unknown.needs) == 1
    assert "no function is given" in told(imported, "B687")


def test_a_lei_is_checked_once(given, tmp_path):
    wrong = "529900EXEMPELTELE075"
    for code, rows in given.tables.items():
        given.tables[code] = [[one.replace(TELECOM, wrong) for one in row] for row in rows]
    imported = given.read(tmp_path)
    assert told(imported, "B686").count(wrong) == 1
    assert wrong.lower() in imported.network.entity


def test_a_chain_that_hangs_in_the_air_is_told(given, tmp_path):
    imported = given.put("B_05.02", 1, "c0030", TELECOM).put("B_05.02", 2, "c0060", TELECOM).read(tmp_path)
    assert "links of B_05.02 hang together with no service" in told(imported, "B687")
    assert F1 not in hit(imported.network, CLOUD)


def test_types_of_codes_may_be_left_out_where_one_is_declared(given, tmp_path):
    before = network_of(given, tmp_path)
    assert network_of(given.put("B_02.02", 5, "c0040", ""), tmp_path) == before


@pytest.mark.parametrize("written", ["F 1", "f1", " F1"])
def test_function_ids_are_the_same_however_they_are_spaced(given, tmp_path, written):
    before = network_of(given, tmp_path)
    assert network_of(given.put("B_02.02", 1, "c0050", written).put("B_06.01", 1, "c0010", written), tmp_path) == before


def test_two_registers_of_one_company_are_refused(given, tmp_path):
    imported = read_dora([given.zip(tmp_path, "a.zip"), given.zip(tmp_path, "b.zip")], "en")
    assert imported.network is None
    assert "give only the latest" in told(imported, "B688")


def test_a_company_that_left_the_scope_is_left_out(given, tmp_path):
    imported = given.put("B_01.02", 2, "c0090", "2025-06-30").read(tmp_path)
    assert left(imported)["B_01.02", "deleted"] == 1
    assert "549300exempelgrupp92" not in imported.network.entity


def test_another_keeper_than_the_parameters_say_is_told(given, tmp_path):
    given.parts["reports/parameters.csv"] = f"name,value\nentityID,lei:{SAVINGS}\nrefPeriod,2025-12-31\n".encode()
    assert f"another LEI than in parameters.csv ({SAVINGS})" in told(given.read(tmp_path), "B688")


def test_indicators_that_promise_what_is_not_there_are_told(given, tmp_path):
    del given.tables["B_07.01"]
    imported = given.read(tmp_path)
    assert "the template B_07.01 is missing" in told(imported, "B689")


def test_without_contracts_or_functions_that_is_told(given, tmp_path):
    del given.parts["reports/FilingIndicators.csv"], given.tables["B_02.02"]
    given.tables["B_06.01"] = []
    imported = given.read(tmp_path)
    assert "the template B_02.02 is missing" in told(imported, "B689")
    assert (imported.companies, imported.functions, imported.services) == (7, 0, 0)


def test_definitions_are_told_in_the_report(given, tmp_path):
    (register,) = as_dict(given.read(tmp_path))["registers"]
    assert {"of": "Impact of discontinuing the function: high", "definition": "Betalningar står stilla"} in register[
        "definitions"
    ]


def test_names_of_what_is_defined_are_no_definitions(given, tmp_path):
    """The supervisors' workbook has them below the codes of the columns."""
    given.tables["B_99.01"].insert(1, ["Standalone arrangement", "Overarching arrangement", *["Low"] * 17])
    (register,) = as_dict(read_dora([given.xlsx(tmp_path)], "en"))["registers"]
    assert [one["definition"] for one in register["definitions"]][:2] == ["Avtal för sig", "Avtal med avrop"]
    assert "Low" not in {one["definition"] for one in register["definitions"]}


def test_a_provider_without_a_legal_name_has_its_latin_one(given, tmp_path):
    network = network_of(given.put("B_05.01", 5, "c0050", ""), tmp_path)
    assert network.entity["vat-se556000123401"].name == "Smaprogram i Amal AB"


def test_the_models_texts_have_their_own_language(tmp_path):
    network = read_dora([FILES / "exempelbanken"]).network
    assert network.name == "DORA-register: Exempelbanken AB"
    assert "Kritisk eller viktig: ja." in network.entity[F1].provenance.note
