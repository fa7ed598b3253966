"""What people write beside the tables is not read into the model, and not lost."""

import zipfile
from datetime import date

from interop.questionnaire.forms import NETWORK, Form
from openpyxl.comments import Comment

from beroenden.interop.questionnaire.agenda import entries
from beroenden.interop.questionnaire.change import Answers
from beroenden.interop.questionnaire.content import form_of
from beroenden.interop.questionnaire.read import read_form
from beroenden.interop.questionnaire.written import csv_files
from beroenden.language import writing_in

TEXT = "Avtalet säger 4 men de svarar alltid snabbt"


def told(answers: Answers) -> list[tuple[str, str, int | None, int | None]]:
    return [(one.code, one.severity, one.line, one.column) for one in answers.findings]


@writing_in("sv")
def test_a_comment_on_a_cell(tmp_path):
    form = Form(tmp_path)
    row, column = form.row("Behov", "fk", 1), form.column("Behov", "förväntad_återställning")
    form.book["Behov"].cell(row, column).comment = Comment(f"Karin:\n{TEXT}", "Karin")
    answers = form.read()
    assert told(answers) == [("B854", "warning", row, column)]
    (found,) = answers.findings
    assert "bladet Behov, rad 4, kolumn L (förväntad_återställning)" in found.message and TEXT in found.message
    (entry,) = entries(answers, NETWORK, date(2026, 11, 22))
    assert (entry["ärende"], entry["gäller"], entry["kommentar"]) == ("anteckning", "fk", TEXT)
    assert entry["uppgift"] == "Behov L4 (förväntad_återställning)" and "Karin" not in str(answers)


def test_texts_outside_the_tables(tmp_path):
    form = Form(tmp_path)
    form.book["Resurser"]["R7"] = "Fråga Kalle om detta"
    form.book["Resurser"]["H1"] = "Ring TiB"
    form.book["Läs mig"]["D4"] = "Vi svarar i december"
    form.book["Leverantörer"]["F2"] = "Saknas: Posten"
    form.book.create_sheet("Frågor")["B2"] = "Vem äger systemet?"
    answers = form.read()
    assert {code for code, *_ in told(answers)} == {"B854"}
    assert {(one.where, one.text) for one in answers.remarks} == {
        ("Resurser R7", "Fråga Kalle om detta"), ("Resurser H1 (mbco)", "Ring TiB"), ("Läs mig D4", "Vi svarar i december"),
        ("Leverantörer F2", "Saknas: Posten"), ("Frågor B2", "Vem äger systemet?"),
    }  # fmt: skip


def test_a_comment_on_a_heading_is_told_but_not_the_help_there(tmp_path):
    form = Form(tmp_path)
    form.book["Resurser"].cell(3, 5).comment = Comment("Menar ni avtalad tid?", "Karin")
    assert told(form.read()) == [("B854", "warning", 3, 5)]


def test_a_thread_is_told_whole(tmp_path):
    """As Excel 365 keeps it: a note that stands in for it, and the thread in a part of its own."""
    form = Form(tmp_path)
    form.book["Behov"].cell(4, 12).comment = Comment("[Threaded comment]\n\nComment:\n    Hur vet ni?", "tc={1}")
    form.book.save(form.path)
    with zipfile.ZipFile(form.path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    relations = next(name for name in parts if name.endswith("sheet3.xml.rels"))
    parts[relations] = parts[relations].replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" '
        b'Target="../threadedComments/threadedComment1.xml"/></Relationships>',
    )
    comment = '<threadedComment ref="L4" id="{{{}}}" personId="{{9}}"><text>{}</text></threadedComment>'
    said = comment.format(1, "Hur vet ni?") + comment.format(2, "Avtalet")
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    parts["xl/threadedComments/threadedComment1.xml"] = (
        f'<ThreadedComments xmlns="{space}">{said}</ThreadedComments>'.encode()
    )
    with zipfile.ZipFile(form.path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    assert [(one.where, one.text) for one in read_form(form.path, NETWORK).remarks] == [
        ("Behov L4 (förväntad_återställning)", "Hur vet ni? | Avtalet")
    ]


def test_what_names_a_person_is_told(tmp_path):
    form = Form(tmp_path)
    form.book["Behov"]["T7"] = "fråga anna.berg@example.se"
    assert [code for code, *_ in told(form.read())] == ["B854", "B851"]


def test_a_file_of_ones_own_among_the_csv_files(tmp_path):
    for name, content in csv_files(form_of(NETWORK, "fk")).items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "fragor.csv").write_text("Vem äger systemet?;och hur nås de?\n", "utf-8")
    answers = read_form(tmp_path, NETWORK)
    assert [(one.about, one.text) for one in answers.remarks] == [
        ("fragor.csv", "Vem äger systemet? | och hur nås de?")
    ]
