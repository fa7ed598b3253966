"""A house's own Word template: what is put where, and what is refused."""

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from documents.example import HARMLESS, document
from docx.oxml.ns import qn

from beroenden.documents import word
from beroenden.documents.document import Paragraph, Section
from beroenden.documents.forms import FORMS, placeholders, placeholders_of
from beroenden.documents.template import check, warnings
from beroenden.documents.word_body import element
from beroenden.errors import UsageError

ATTACKS = (
    "{{ ''.__class__ }}",
    "{{ tlp.__class__ }}",
    "{{ tlp|upper }}",
    "{{ tlp[0] }}",
    "{{ cycler.__init__ }}",
    "{{ lipsum() }}",
    "{{ 7*7 }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "{%p if tlp %}",
    "{{p tlp }}",
    "{{r tlp }}",
    "{% set x = 1 %}",
    "{% include '/etc/passwd' %}",
    "{# comment #}",
    "{{ tlp",
    "tlp }}",
    "{{{ tlp }}}",
)


@pytest.fixture
def house(tmp_path):
    """Makes a template of paragraphs."""

    def make(*texts: str, change=None):
        made = docx.Document()
        for text in texts:
            made.add_paragraph(text)
        if change:
            change(made)
        path = tmp_path / "own.docx"
        made.save(path)
        return path

    return make


def filled(path, made=None):
    return docx.Document(BytesIO(word.render(made or document(), path)))


def text(made) -> str:
    return "\n".join(
        "".join(part.text or "" for part in paragraph.iter(qn("w:t")))
        for paragraph in made.element.body.iter(qn("w:p"))
    )


def test_texts_and_sections_stand_where_the_template_has_them(house):
    path = house("Från {{ aktor }}", "{{titel}}", "Händelsen", "{{ fakta_handelse }}", "Slut {{ notis }}")
    lines = [paragraph.text for paragraph in filled(path).paragraphs]
    assert lines == [
        "Från Försäkringskassan",
        "Intern lägesbild: Försäkringskassan",
        "Händelsen",
        f"Avbrott hos {HARMLESS}.",
        "Slut Alla tider är svensk tid (Europe/Stockholm).",
    ]


def test_of_sections_in_a_row_each_but_the_first_has_its_own_heading(house):
    path = house("Händelsen", "{{ fakta_handelse }}", "", "{{ prognos_betalningar }}", "Mer", "{{ prognos_tid }}")
    titles = {section.key: section.title for section in document().sections}
    told = text(filled(path))
    assert titles["prognos.betalningar"] in told
    assert titles["fakta.handelse"] not in told


def test_everything_is_what_has_no_place_of_its_own(house):
    told = text(filled(house("{{ titel }} {{ aktor }}", "{{ fakta_handelse }}", "{{ innehall }}")))
    assert told.count("Intern lägesbild: Försäkringskassan") == 1
    assert told.count(f"Avbrott hos {HARMLESS}.") == 1
    assert told.count("Aktör") == 0
    for once in ("Händelse", "Lägesbild nummer", "Alla tider är svensk tid (Europe/Stockholm).", "Barnbidrag"):
        assert len(re.findall(f"^{re.escape(once)}$", told, re.MULTILINE)) == 1


def test_data_is_never_read_as_a_template(house):
    mark = "\ue000tlp\ue001"
    hostile = "{{ tlp }} {% for %} {_{ tlp }_} {# x #} " + mark
    made = replace(document(), title=hostile, sections=(Section("fakta.handelse", hostile, 1, (Paragraph(hostile),)),))
    told = text(filled(house("{{ titel }}", "{{ innehall }}"), made))
    assert told.count(hostile) == 3


def test_a_placeholder_split_over_runs_is_found(house):
    def split(made):
        paragraph = made.add_paragraph("{")
        for part in ("{ ak", "tor ", "}}"):
            paragraph.add_run(part).bold = True

    assert "Försäkringskassan" in text(filled(house("{{ innehall }}", change=split)))


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("place", ["body", "header", "cell", "property"])
def test_anything_but_a_name_is_refused(house, attack, place):
    def change(made):
        if place == "header":
            made.sections[0].header.paragraphs[0].text = attack
        elif place == "cell":
            made.add_table(1, 1).rows[0].cells[0].text = attack
        elif place == "property":
            made.core_properties.title = attack

    if place == "property" and attack in ("{# comment #}", "tlp }}"):
        pytest.skip("says nothing and does nothing")
    path = house("{{ innehall }}", *([attack] if place == "body" else []), change=change)
    with pytest.raises(UsageError):
        word.render(document(), path)
    with pytest.raises(UsageError):
        check(path, "intern")


def test_an_attack_in_the_description_of_a_picture_is_refused(house):
    def change(made):
        made.element.body.set(qn("w:rsidR"), "{{ ''.__class__ }}")

    with pytest.raises(UsageError):
        word.render(document(), house("{{ innehall }}", change=change))


def test_an_unknown_placeholder_is_told_with_the_nearest_and_all(house):
    with pytest.raises(UsageError) as error:
        word.render(document(), house("{{ innehal }} {{ zzz }}"))
    assert "innehal (did you mean innehall?)" in str(error.value)
    assert "zzz" in str(error.value)
    assert "fakta_handelse" in str(error.value)


def test_what_the_form_has_but_not_this_document_is_left_empty(house):
    told = text(filled(house("[{{ dragningar }}]", "{{ prognos_juridik }}", "{{ innehall }}")))
    assert "[]" in told
    assert "prognos" not in told


@pytest.mark.parametrize("where", ["sentence", "header"])
def test_a_section_in_the_middle_of_a_sentence_or_in_a_header_is_refused(house, where):
    def change(made):
        if where == "header":
            made.sections[0].header.paragraphs[0].text = "{{ fakta_handelse }}"

    with pytest.raises(UsageError, match="fakta_handelse"):
        word.render(document(), house("här: {{ fakta_handelse }}" if where == "sentence" else "x", change=change))


def test_a_section_in_a_cell_leaves_the_cell_whole(house):
    def change(made):
        cells = made.add_table(1, 3).rows[0].cells
        for cell, name in zip(cells, ("prognos_betalningar", "fakta_handelse", "prognos_juridik"), strict=True):
            cell.text = f"{{{{ {name} }}}}"

    made = filled(house(change=change))
    for cell in made.tables[0].rows[0].cells:
        assert cell._tc[-1].tag == qn("w:p")
    assert "Barnbidrag" in text(made)


@pytest.mark.parametrize("missing", ["tlp", "lage"])
def test_a_label_is_not_lost_by_a_template_without_it(house, missing):
    def change(made):
        made.sections[0].different_first_page_header_footer = True
        made.add_section()
        other = "lage" if missing == "tlp" else "tlp"
        made.sections[0].footer.paragraphs[0].text = f"{{{{ {other} }}}}"

    path = house("{{ innehall }}", "{{ tlp }} {{ lage }}", change=change)
    assert check(path, "intern").label_added
    made = filled(path)
    section = made.sections[0]
    for header in (section.header, section.first_page_header, made.sections[1].header):
        assert "TLP:AMBER" in header.paragraphs[0].text
        assert "ÖVNING" in header.paragraphs[0].text


def test_a_label_in_the_footer_of_the_template_is_enough(house):
    def change(made):
        made.sections[0].footer.paragraphs[0].text = "{{ lage }} {{ tlp }}"

    path = house("{{ innehall }}", change=change)
    assert not check(path, "intern").label_added
    section = filled(path).sections[0]
    assert section.footer.paragraphs[0].text == "ÖVNING TLP:AMBER"
    assert section.header.is_linked_to_previous


def test_a_template_without_the_styles_that_are_used(house):
    def change(made):
        for name in ("Heading 1", "Heading 2", "List Bullet", "Table Grid", "Caption", "Title"):
            made.styles[name].delete()

    assert "• modellberäknad: 600 utbetalningar" in text(filled(house("{{ innehall }}", change=change)))


def test_swedish_names_of_styles_are_found_by_their_built_in_names(house):
    def change(made):
        style = made.styles["Heading 1"].element
        style.set(qn("w:styleId"), "Rubrik1")

    body = filled(house("{{ innehall }}", change=change)).element.body
    assert "Rubrik1" in {style.get(qn("w:val")) for style in body.iter(qn("w:pStyle"))}


def test_who_made_the_template_is_not_told(house):
    def change(made):
        made.core_properties.author = made.core_properties.last_modified_by = "anna.andersson"
        made.core_properties.comments = "C:\\Users\\anna"

    data = word.render(document(), house("{{ innehall }}", change=change))
    with ZipFile(BytesIO(data)) as file:
        assert not any(b"anna" in file.read(name) for name in file.namelist())


def test_the_same_template_and_document_give_the_same_bytes(house):
    path = house("{{ innehall }}")
    assert word.render(document(), path) == word.render(document(), path)


def _packed(*parts: tuple[str, bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        for name, content in parts:
            file.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        word.render(document())[:3000],
        _packed(("a.txt", b"x")),
        _packed(("[Content_Types].xml", b"<x>application/vnd.ms-word.document.macroEnabled.main+xml</x>")),
        _packed(("[Content_Types].xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>")),
        _packed(("word/document.xml", bytes(160_000_000))),
    ],
    ids=["empty", "text", "doc", "cut off", "zip", "macros", "entities", "bomb"],
)
def test_what_is_no_template_is_refused(tmp_path, data):
    path = tmp_path / "own.docx"
    path.write_bytes(data)
    with pytest.raises(UsageError, match=r"own\.docx"):
        word.render(document(), path)


@pytest.mark.parametrize("name", ["own.dotx", "own.docm", "own.doc"])
def test_other_formats_of_word_are_told_the_way_out(tmp_path, name):
    (tmp_path / name).write_bytes(b"PK")
    with pytest.raises(UsageError, match=r"\.docx"):
        word.render(document(), tmp_path / name)


def test_a_template_that_is_not_there(tmp_path):
    with pytest.raises(UsageError, match="No such file"):
        word.render(document(), tmp_path / "own.docx")


@pytest.mark.parametrize("form", FORMS)
def test_the_template_to_start_from_can_be_used_as_it_is(tmp_path, form):
    path = tmp_path / "own.docx"
    path.write_bytes(word.starter(form))
    found = check(path, form)
    assert not found.unknown
    assert not list(warnings(found))
    made = filled(path, replace(FORMS[form](), label="TLP:RED", title="Titeln"))
    assert "Titeln" in text(made)
    assert 'w:val="FF2B2B"' in made.sections[0].header._element.xml


def test_a_template_without_content_is_warned_of(house):
    (content, label) = warnings(check(house("{{ titel }}"), "intern"))
    assert "{{ innehall }}" in content
    assert "{{ tlp }}" in label


def test_no_two_placeholders_of_a_form_have_the_same_name():
    for form, make in FORMS.items():
        made = make()
        keys = [each.key for each in made.header] + [each.key for each in made.sections if each.key]
        assert len(placeholders(form)) == 5 + len(keys)
    assert set(placeholders_of(document())) - {"prognos_betalningar"} <= set(placeholders("intern"))


def test_an_unknown_form_is_told_with_the_nearest():
    with pytest.raises(UsageError, match='Did you mean "intern"'):
        placeholders("inter")


def test_the_path_of_the_template_behind_the_template_is_not_told(house):
    def change(made):
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
        key = made.part._settings_part.relate_to("file:///C:/Users/anna/Normal.dotm", kind, is_external=True)
        made.settings.element.insert(0, element("attachedTemplate"))
        made.settings.element[0].set(qn("r:id"), key)

    with ZipFile(BytesIO(word.render(document(), house("{{ innehall }}", change=change)))) as file:
        assert not any(b"anna" in file.read(name) for name in file.namelist())
