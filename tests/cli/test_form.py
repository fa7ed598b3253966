"""`beroenden form` and `beroenden import form` as a user meets them."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from analysis.gaps.small import TODAY, entity, payment, stage
from analysis.gaps.small import model as network_of
from click.testing import CliRunner
from interop.questionnaire.forms import NETWORK, Form
from interop.questionnaire.forms import model as small_model
from interop.questionnaire.test_alike import TWINS, tables_of
from interop.questionnaire.test_alike import network_of as network_of_alike
from openpyxl import load_workbook

import beroenden
from beroenden.cli.form import form
from beroenden.cli.interop_form import import_form
from beroenden.interop.questionnaire.agenda import agenda_csv, entries
from beroenden.interop.questionnaire.change import Answers, Change
from beroenden.interop.questionnaire.content import actors_of
from beroenden.interop.questionnaire.read import read_form
from beroenden.interop.questionnaire.settled import why_settled
from beroenden.language import writing_in
from beroenden.modelfiles.editing.editable import open_model


def run(command, *arguments: object):
    return CliRunner().invoke(command, [str(one) for one in arguments], env={"COLUMNS": "120"})


@pytest.fixture
def model(tmp_path) -> Path:
    folder = tmp_path / "modell"
    folder.mkdir()
    beroenden.save(NETWORK, folder / "model.toml")
    return folder


def test_a_workbook_and_its_csv_twins(model, tmp_path):
    book, twins = tmp_path / "ut" / "fk.xlsx", tmp_path / "csv"
    done = run(form, model, "--actor", "fk", "-o", book, "--reply-to", "grupp@example.se", "--json", "-")
    (told,) = json.loads(done.stdout)["forms"]
    assert told == {
        "actor": "fk",
        "files": [str(book)],
        "rows": {"Resurser": 2, "Behov": 6, "Betalningar": 1, "Andra om oss": 1},
        "tlp": "TLP:AMBER",
    }
    values = [cell for row in load_workbook(book)["Läs mig"].values for cell in row]
    assert "grupp@example.se" in values
    assert run(form, model, "--actor", "fk", "-o", twins).exit_code == 0
    assert sorted(one.name for one in twins.iterdir()) == [
        "andra-om-oss.csv",
        "behov.csv",
        "betalningar.csv",
        "ifyllt.csv",
        "las-mig.csv",
        "resurser.csv",
    ]
    assert (twins / "behov.csv").read_bytes().startswith("\ufefffrån;nr;till;".encode())
    for path in (book, twins):
        done = run(import_form, path, "--into", model, "--json", "-")
        assert done.exit_code == 0 and json.loads(done.stdout)["changes"] == []


def test_a_form_for_every_actor_that_can_answer(model, tmp_path):
    done = run(form, model, "--all", "-o", tmp_path / "alla", "--json", "-")
    assert {one.stem for one in (tmp_path / "alla").iterdir()} == {"fk", "bank2"}
    left = [one for one in actors_of(NETWORK) if one not in ("fk", "bank2")]
    assert json.loads(done.stdout)["left_out"] == left and len(left) == 4
    assert "No form for 4" in done.stderr and "--actor" in done.stderr and "hemlig" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [("-o", "x.xlsx"), ("--actor", "fk", "--all", "-o", "x"), ("--all", "-o", "x.xlsx"), ("--actor", "kf", "-o", "x.xlsx"),
     ("--actor", "fk-sys", "-o", "x.xlsx"), ("--actor", "fk", "-o", "x.docx")],
)  # fmt: skip
def test_wrong_usage(model, arguments):
    done = run(form, model, *arguments)
    assert done.exit_code == 2 and "Traceback" not in done.output
    assert not Path("x.xlsx").exists()


def test_what_an_actor_answers_for_has_no_form_but_its_actor(model, tmp_path):
    done = run(form, model, "--actor", "fk-sys", "-o", tmp_path / "x.xlsx")
    assert done.exit_code == 2 and "--actor fk." in done.output


def test_an_actor_that_is_not_there_is_told_how_it_comes_there(model, tmp_path):
    done = run(form, model, "--actor", "nymyndighet", "-o", tmp_path / "x.xlsx")
    assert done.exit_code == 2 and 'The model has no actor "nymyndighet"' in done.stderr
    assert "beroenden edit add MODEL entity id=nymyndighet name=NAME kind=authority" in done.stderr
    assert 'Did you mean "bank1" (Bank ett)?' in run(form, model, "--actor", "bank-1", "-o", tmp_path / "x.xlsx").stderr


def test_a_form_that_was_filled_in_is_kept(model, tmp_path):
    path = tmp_path / "fk.xlsx"
    path.write_bytes(b"besvarat")
    assert run(form, model, "--actor", "fk", "-o", path).exit_code == 0
    assert (tmp_path / "fk.1.xlsx").read_bytes() == b"besvarat"


def test_the_difference_then_the_files(model, tmp_path):
    answered = Form(tmp_path).put("Resurser", 4, rto="fyra timmar")
    answered.put("Andra om oss", answered.row("Andra om oss", "bank1"), stämmer="nej")
    answered.book.save(answered.path)
    before = (model / "model.toml").read_bytes()
    tried = run(import_form, answered.path, "--into", model, "--dry-run", "--source", "FK")
    assert tried.exit_code == 0 and "8h" in tried.stdout and "4h" in tried.stdout and "B853" in tried.stderr
    assert (model / "model.toml").read_bytes() == before
    done = run(import_form, answered.path, "--into", model, "--source", "FK", "--json", "-")
    found = json.loads(done.stdout)
    assert found["schema"] == "beroenden/form-import/1" and found["written"] == [str(model / "model.toml")]
    assert found["changes"][0] == {
        "kind": "changed", "what": "entity", "id": "fk", "need": None, "key": "rto", "before": "8h", "after": "4h",
    }  # fmt: skip
    assert found["on_others"] == [{"who": "bank1", "needs": "fk-sys", "agrees": False, "comment": "", "in_model": True}]
    network, _ = beroenden.load(model)
    assert network.entity["fk"].rto == 240
    again = run(import_form, answered.path, "--into", model, "--source", "FK", "--json", "-")
    assert json.loads(again.stdout)["changes"] == []


def test_what_to_take_up_is_kept_in_one_list(model, tmp_path):
    answered, agenda = Form(tmp_path), tmp_path / "att-ta-upp.csv"
    answered.put("Andra om oss", answered.row("Andra om oss", "bank1"), stämmer="nej", kommentar="2 h, inte 1 h")
    answered.put("Behov", answered.row("Behov", "fk", 1), uthållighet="okänt")
    answered.book.save(answered.path)
    told = run(import_form, answered.path, "--into", model, "--dry-run", "--list", agenda)
    assert told.exit_code == 0 and not agenda.exists()
    shown = run(import_form, answered.path, "--into", model).stdout
    assert "To take up: 2" in shown and "2 h, inte 1 h" in shown and "behovet av fk-sys" in shown
    done = run(import_form, answered.path, "--into", model, "--list", agenda, "--json", "-")
    assert json.loads(done.stdout)["written"] == [str(agenda)]
    head, *rows = agenda.read_text("utf-8-sig").splitlines()
    assert head == "datum;aktör;ärende;gäller;uppgift;i klartext;kommentar;ta upp med;kontakt;beslut;märkning"
    assert [row.partition(";")[2] for row in rows] == [
        "fk;håller inte med;bank1;behöver fk-sys;Bank ett behöver Kassans system;2 h, inte 1 h;Bank ett;;;TLP:AMBER",
        "fk;känt som okänt;fk;behovet av fk-sys: uthållighet;Kassan: behovet av Kassans system: uthållighet;;Kassan;TiB, tib@example.se;;TLP:AMBER",
    ]
    agenda.write_bytes(
        agenda.read_bytes().decode("utf-8-sig").replace("Bank ett;;", "Bank ett;;avtal ändras").encode("cp1252")
    )
    assert run(import_form, answered.path, "--into", model, "--list", agenda).exit_code == 0
    again = agenda.read_text("utf-8-sig").splitlines()
    assert again == [head, rows[0].replace(";;;TLP", ";;avtal ändras;TLP"), rows[1]]
    answered.put("Andra om oss", answered.row("Andra om oss", "bank1"), kommentar="3 h").book.save(answered.path)
    assert run(import_form, answered.path, "--into", model, "--list", agenda).exit_code == 0
    assert len(agenda.read_text("utf-8-sig").splitlines()) == 4


@pytest.mark.parametrize("content", ["något annat\n", "namn;typ\nx;y\n"])
def test_what_is_no_such_list_is_left_alone(model, tmp_path, content):
    answered, agenda = Form(tmp_path), tmp_path / "annat.csv"
    answered.put("Andra om oss", answered.row("Andra om oss", "bank1"), stämmer="nej").book.save(answered.path)
    agenda.write_text(content, "utf-8")
    done = run(import_form, answered.path, "--into", model, "--list", agenda)
    assert done.exit_code == 2 and "Traceback" not in done.output and agenda.read_text("utf-8") == content


EVERYTHING = {
    "namn": "Ny portal", "typ": "system", "mtpd": "24h", "rto": "8h", "rta": "6h", "rta_testad": date(2026, 5, 2), "mbco": "40 %",
    "rpo": "15 min", "kontaktfunktion": "Systemförvaltning", "kontaktväg": "forvaltning@example.se", "delning": "TLP:AMBER",
    "källa": "Avtal 7", "verifierad": date(2026, 5, 3), "säkerhet": "hög", "anmärkning": "Ersätter den gamla", "ändring": "ny",
}  # fmt: skip
NEED = {
    "från": "Ny portal", "till": "telia", "vad": "Tele", "alternativ_grupp": "X", "minst_antal": 2, "uthållighet": "4h 100 %; 3 dygn 40 %",
    "golv": "10 %", "omstart": "1h", "förväntad_återställning": "2h", "ändring": "ny",
}  # fmt: skip


@pytest.mark.parametrize(("language", "words"), [("sv", "kontaktväg: forv"), ("en", "contact channel: forv")])
def test_something_new_is_told_with_all_that_a_form_can_say_of_it(tmp_path, model, language, words):
    answered = Form(tmp_path).put("Resurser", 6, **EVERYTHING)
    row = answered.free("Behov")
    answered.put("Behov", row, **NEED).put("Behov", row + 1, **(NEED | {"till": "tele2"}))
    answered.put(
        "Behov",
        row + 2,
        från="Ny portal",
        till="bank1",
        andel=0.4,
        alternativ_grupp="Y",
        ändring="ny",
    )
    answered.put(
        "Behov",
        row + 3,
        från="Ny portal",
        till="bank2",
        andel=0.6,
        alternativ_grupp="Y",
        ändring="ny",
    )
    answered.book.save(answered.path)
    with writing_in(language):
        answers = read_form(answered.path, NETWORK)
        (told,) = [one.in_words()[3] for one in answers.changes if one.kind == "added"]
        assert words in told and "{" not in told
        done = run(import_form, answered.path, "--into", model, "--dry-run")
    assert done.exit_code == 0, done.output


def test_what_cannot_be_told_is_not_written(tmp_path, model, monkeypatch):
    answered = Form(tmp_path).put("Resurser", 4, rto="6h")
    answered.book.save(answered.path)
    before = (model / "model.toml").read_bytes()

    def fails(change: Change) -> None:
        raise KeyError

    monkeypatch.setattr(Change, "in_words", fails)
    assert run(import_form, answered.path, "--into", model).exit_code != 0
    assert (model / "model.toml").read_bytes() == before


def test_a_need_that_goes_is_told_to_who_delivers_and_what_was_asked_of_it_is_decided(model, tmp_path):
    agenda = tmp_path / "att-ta-upp.csv"
    head = "datum;aktör;ärende;gäller;uppgift;i klartext;kommentar;ta upp med;kontakt;beslut;märkning"
    asked = [f"2026-11-20;{one};håller inte med;fk;behöver {of};;;Kassan;;{decided};TLP:AMBER"
             for one, of, decided in (("bank2", "tele2", ""), ("tele2", "tele2", "står kvar"), ("bank1", "bank1", ""))]  # fmt: skip
    agenda.write_text("\n".join((head, *asked)), "utf-8-sig")
    answered = Form(tmp_path)
    answered.put("Behov", answered.row("Behov", "fk", 2, "tele2"), ändring="bort").book.save(answered.path)
    assert run(import_form, answered.path, "--into", model, "--list", agenda).exit_code == 0
    decided = [row.split(";")[-2] for row in agenda.read_text("utf-8-sig").splitlines()[1:]]
    today = date.today().isoformat()
    assert decided == [f"behovet är borttaget (fk {today})", "står kvar", "", ""]
    assert (
        agenda.read_text("utf-8-sig")
        .splitlines()[-1]
        .startswith(f"{today};fk;behöver inte längre;fk;behöver tele2;Kassan behöver Tele2;;Tele2")
    )


def test_with_faults_nothing_is_written(model, tmp_path):
    answered = Form(tmp_path).put("Resurser", 4, rto="snart", mtpd="2h")
    answered.book.save(answered.path)
    before = (model / "model.toml").read_bytes()
    done = run(import_form, answered.path, "--into", model)
    assert done.exit_code == 1 and f"{answered.path}:4:5: error B838" in done.stderr
    assert (model / "model.toml").read_bytes() == before


def test_what_the_rules_say_is_told_together_with_the_faults(model, tmp_path):
    answered = Form(tmp_path).put("Resurser", 4, rto="snart", kontaktfunktion="Anna Andersson, TiB")
    answered.book.save(answered.path)
    before = (model / "model.toml").read_bytes()
    done = run(import_form, answered.path, "--into", model)
    assert done.exit_code == 1 and (model / "model.toml").read_bytes() == before
    assert "error B838" in done.stderr and f"{answered.path}:4:10: warning B604" in done.stderr


def test_neither_form_nor_model(model, tmp_path):
    assert run(import_form, tmp_path / "inget.xlsx", "--into", model).exit_code == 1
    assert run(import_form, tmp_path / "inget.xlsx", "--into", tmp_path / "ingen").exit_code == 1


def test_answers_that_contradict_themselves_or_the_common_order_are_to_be_taken_up(model, tmp_path):
    answered, agenda = Form(tmp_path), tmp_path / "att-ta-upp.csv"
    answered.put("Resurser", answered.row("Resurser", "fk"), rto="8h", mtpd="4h")
    answered.book.save(answered.path)
    done = run(import_form, answered.path, "--into", model, "--list", agenda)
    assert done.exit_code == 0 and "B405" in done.stderr
    [row] = [one for one in agenda.read_text("utf-8-sig").splitlines() if "emot varandra" in one]
    assert row.partition(";")[2] == (
        "fk;svaren säger emot varandra;fk;rto 8h, mtpd 4h;Kassan: rto 8h, mtpd 4h;rto är längre än mtpd;Kassan;"
        "TiB, tib@example.se;;TLP:AMBER"
    )
    assert run(import_form, answered.path, "--into", model, "--list", agenda).exit_code == 0
    assert agenda.read_text("utf-8-sig").count("emot varandra") == 1


def test_what_is_said_of_a_need_that_goes_stands_in_the_list(model, tmp_path):
    agenda, answered = tmp_path / "att-ta-upp.csv", Form(tmp_path)
    answered.put("Behov", answered.row("Behov", "fk", 2, "tele2"), ändring="bort", anmärkning="Avtalet upphörde")
    answered.put("Behov", answered.row("Behov", "fk", 4), ändring="bort", anmärkning="Köps inte längre")
    answered.book.save(answered.path)
    told = run(import_form, answered.path, "--into", model, "--dry-run")
    assert "Köps inte" in told.stdout and "Avtalet" in told.stdout
    done = run(import_form, answered.path, "--into", model, "--list", agenda, "--json", "-")
    said = [one["comment"] for one in json.loads(done.stdout)["changes"] if "comment" in one]
    assert said == ["Avtalet upphörde", "Köps inte längre"]
    rows = [one.split(";") for one in agenda.read_text("utf-8-sig").splitlines() if "behöver inte längre" in one]
    assert [(row[4], row[6].strip('"'), row[7].strip(' "')) for row in rows] == [
        ("behöver beroende som inte delas (nr 4 i formuläret)", "Köps inte längre", "behovet gällde: Drift"),
        ("behöver tele2", "Avtalet upphörde", "Tele2"),
    ]


def test_what_is_said_of_what_goes_is_in_the_list_alone(model, tmp_path):
    answered = Form(tmp_path)
    answered.put("Behov", answered.row("Behov", "fk", 2, "tele2"), ändring="bort", anmärkning="Slut")
    answered.book.save(answered.path)
    done = run(import_form, answered.path, "--into", model)
    assert "only in the list" in " ".join(done.stdout.split()) and "--list" in done.stderr


def test_a_list_does_not_grow_by_the_same_form(model, tmp_path):
    """Though the need that it adds has a number in the model from then on."""
    agenda, answered = tmp_path / "att-ta-upp.csv", Form(tmp_path)
    unknown = {"vad": "Filer", "uthållighet": "okänt", "förväntad_återställning": "okänt", "ändring": "ny"}
    answered.put("Behov", answered.free("Behov"), från="fk", till="Nya driften", **unknown)
    answered.put("Behov", answered.free("Behov"), från="fk", till="telia", **unknown)
    answered.put("Behov", answered.free("Behov"), från="fk", till="telia", **(unknown | {"vad": "Larm"}))
    answered.book.save(answered.path)
    assert run(import_form, answered.path, "--into", model, "--list", agenda).exit_code == 0
    once = agenda.read_bytes()
    rows = [row.split(";") for row in once.decode("utf-8-sig").splitlines()]
    assert [(row[4], row[7]) for row in rows if row[2] == "känt som okänt"] == [
        ("behovet av nya-driften: uthållighet", "Kassan"),
        ("behovet av nya-driften: förväntad_återställning", "Nya driften"),
        ("behovet av telia (Filer): uthållighet", "Kassan"),
        ("behovet av telia (Filer): förväntad_återställning", "Telia"),
        ("behovet av telia (Larm): uthållighet", "Kassan"),
        ("behovet av telia (Larm): förväntad_återställning", "Telia"),
    ]
    assert run(import_form, answered.path, "--into", model, "--list", agenda).exit_code == 0
    assert agenda.read_bytes() == once


def test_payments_with_the_same_priority_are_to_be_taken_up_with_whoever_pays_the_other():
    paid = [payment("grant", stage("run", {"provider": "app"}), priority=3)]
    paid.append(payment("wage", stage("run", {"provider": "app"}), payer="town", priority=3))
    network = network_of([entity("town", kind="authority"), entity("app", owner="payer")], paid)
    for actor, own, whom in (("payer", "grant", "Town"), ("town", "wage", "Payer")):
        placed = (Change("changed", "payment", own, None, "priority", 4, 3),)
        [one] = entries(Answers(actor, placed, label="TLP:GREEN"), network, TODAY)
        assert (one["aktör"], one["ärende"], one["gäller"]) == (actor, "samma plats i ordningen", "grant")
        assert (one["uppgift"], one["ta upp med"]) == ("prioritet 3, samma som wage", whom)
        [one] = entries(Answers(actor, label="TLP:GREEN"), network, TODAY)
        assert one["ta upp med"] == "Payer, Town"  # somebody else has put them there
    assert entries(Answers("app"), network, TODAY) == []


def test_all_that_share_a_place_stand_in_one_row_whoever_answers():
    def listed(actor: str, payers: tuple[str, ...], before: bytes | None) -> bytes:
        paid = [payment(f"to-{one}", stage("run", {"provider": "app"}), payer=one, priority=3) for one in payers]
        actors = [entity("town", kind="authority"), entity("county", kind="authority")]
        network = network_of([*actors, entity("app", owner="payer")], paid)
        answers = Answers(actor, label="TLP:GREEN")
        return agenda_csv(entries(answers, network, TODAY), before, why_settled(answers, network, TODAY))

    two = listed("town", ("payer", "town"), None)
    three = listed("county", ("payer", "town", "county"), two)
    first, second = (row.split(";") for row in three.decode("utf-8-sig").splitlines()[1:])
    assert first[9] == f"gäller inte längre: fler har samma plats nu (county {TODAY})"
    assert (second[3], second[4]) == ("to-payer", "prioritet 3, samma som to-town, to-county")
    assert (second[7], second[9]) == ("Payer, Town, County", "")
    for actor in ("payer", "town"):
        assert listed(actor, ("payer", "town", "county"), three) == three


def test_what_an_actor_itself_settles_later_is_decided_until_it_is_asked_again(model, tmp_path):
    agenda = tmp_path / "att-ta-upp.csv"

    def decided(agrees: str, rto: str, rta: str) -> list[str]:
        """What is decided of a no, of what was unknown, and of what cannot hold, after a form with these answers."""
        form = Form(tmp_path)
        form.put("Andra om oss", form.row("Andra om oss", "bank1"), stämmer=agrees)
        form.put("Resurser", form.row("Resurser", "fk"), rto=rto, rta=rta).book.save(form.path)
        done = run(import_form, form.path, "--into", model, "--list", agenda)
        assert done.exit_code == 0, done.output
        rows = [row.split(";") for row in agenda.read_text("utf-8-sig").splitlines()[1:]]
        asked = ("håller inte med", "känt som okänt", "svaren säger emot varandra")
        return [row[-2].partition(" (")[0] for one in asked for row in rows if row[2] == one]

    known, changed = "gäller inte längre: uppgiften finns nu", "gäller inte längre: modellen har andra uppgifter nu"
    assert decided("nej", "30h", "okänt") == ["", "", ""]
    assert decided("ja", "2h", "1h") == ["gäller inte längre: aktören svarar nu ja", known, changed]
    assert decided("nej", "30h", "1h") == ["", known, ""]


def test_a_list_of_another_actors_answers_is_left_as_it_is(model, tmp_path):
    agenda = tmp_path / "att-ta-upp.csv"
    head = "datum;aktör;ärende;gäller;uppgift;kommentar;ta upp med;kontakt;beslut;märkning"
    rows = [
        "2026-11-20;bank1;håller inte med;bank1;behöver fk-sys;;Bank ett;;;TLP:AMBER",
        "2026-11-20;bank1;samma plats i ordningen;bidrag;prioritet 9, samma som annan;;Kassan;;;TLP:AMBER",
    ]
    agenda.write_text("\n".join((head, *rows)), "utf-8-sig")
    form = Form(tmp_path)
    form.put("Andra om oss", form.row("Andra om oss", "bank1"), stämmer="ja").book.save(form.path)
    assert run(import_form, form.path, "--into", model, "--list", agenda).exit_code == 0
    written = agenda.read_text("utf-8-sig").splitlines()
    assert [row.split(";")[8] for row in written[1:]] == ["", ""]


def test_what_people_have_decided_of_and_taken_away_is_not_added_once_more(model, tmp_path):
    agenda, answered = tmp_path / "att-ta-upp.csv", Form(tmp_path)
    answered.put("Resurser", answered.free("Resurser"), namn="Bank ett", id="eget", typ="system", ändring="ny")
    answered.put("Behov", answered.free("Behov"), från="fk", till="Tele2 AB", vad="Data", ändring="ny")
    answered.put("Behov", answered.free("Behov"), från="eget", till="telia", vad="Data", ändring="ny")
    answered.book.save(answered.path)
    assert run(import_form, answered.path, "--into", model, "--list", agenda).exit_code == 0
    opened = open_model(model)
    opened.remove_need("entity:fk", 4)
    opened.remove("entity:tele2-ab")
    opened.remove("entity:eget")
    opened.commit()
    listed = agenda.read_text("utf-8-sig")
    assert listed.count("kan vara samma") == 2
    undecided = run(import_form, answered.path, "--into", model, "--list", agenda, "--dry-run", "--json", "-")
    assert len(json.loads(undecided.stdout)["changes"]) == 3
    agenda.write_text(listed.replace(";;TLP", ";samma;TLP"), "utf-8-sig")
    done = run(import_form, answered.path, "--into", model, "--list", agenda, "--json", "-")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["changes"] == [] and done.stderr.count("B852") == 3
    rows = csv.DictReader(agenda.read_text("utf-8-sig").splitlines(), delimiter=";")
    told = [one["kommentar"] for one in rows if one["ärende"] == "svar mot nyare uppgift"]
    left = [one.rpartition("modellen hade ")[2] for one in told]
    assert left == ["inte längre eget", "inte längre tele2-ab", "inte längre eget"]


def test_needs_that_an_actor_cannot_tell_apart_are_told_when_its_form_is_written(tmp_path):
    path, book = tmp_path / "model.toml", tmp_path / "fk.xlsx"
    beroenden.save(network_of_alike(TWINS), path)
    with writing_in("sv"):
        told = run(form, path, "--actor", "fk", "-o", book).stderr
    assert "fk har 3 behov som fk ser likadana: needs[0] (a), needs[1] (b), needs[2] (c)" in told
    assert f'beroenden edit set {path} fk "needs[0].what" TEXT' in told
    with writing_in("en"):
        assert "fk has 3 needs that fk sees alike" in run(form, path, "--actor", "fk", "-o", book).stderr
    cells = [cell for sheet in load_workbook(book) for row in sheet.values for cell in row]
    assert not any("Dold" in str(cell) or "needs[" in str(cell) for cell in cells)
    beroenden.save(network_of_alike([{**one, "what": one["provider"] * 3} for one in TWINS]), path)
    assert "alike" not in run(form, path, "--actor", "fk", "-o", book).stderr


def test_an_actor_that_nothing_makes_a_reader_is_told_when_its_form_is_written(tmp_path):
    path, book = tmp_path / "model.toml", tmp_path / "fk.xlsx"
    tables = tables_of(TWINS[2:])
    del tables["audience"]
    beroenden.save(small_model(tables), path)
    with writing_in("sv"):
        told = run(form, path, "--actor", "fk", "-o", book).stderr
    assert "2 av 2 rader på bladet Behov visar inte fk vem som levererar, för fk läser TLP:CLEAR" in told
    assert f"beroenden edit add {path} audience actor=fk tlp=TLP:GREEN" in told
    with writing_in("en"):
        assert (
            "2 of 2 rows of the sheet Behov do not show fk who delivers"
            in run(form, path, "--actor", "fk", "-o", book).stderr
        )
    beroenden.save(network_of_alike(TWINS[2:]), path)
    assert "fk läser" not in run(form, path, "--actor", "fk", "-o", book).stderr
