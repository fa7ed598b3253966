"""The finder of faults in texts, tried on each fault that it is to find."""

import ast
import re

import pytest
import texts
from texts_in_pages import outright_in, pairs_in, texts_in_script

SAYERS = frozenset({"echo", "heading", "line", "table", "UsageError"})


def faults_of(source: str) -> list[str]:
    tree = ast.parse(source)
    return [
        fault for pair in texts.pairs(tree, texts.takers_of_both([tree])) for fault in texts.faults(pair, {"ändring"})
    ]


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ('say("Betalningar", "Betalningar")', "both languages say the same"),
        ('say("Betalningar", "")', "a language is empty"),
        ('say("", " ")', "a language is empty"),
        ('say(f"{a} av {b}", f"{a} of many")', "filled differently: b"),
        ('say("{count} av {all}", "{count} of {al}")', "filled differently: {all}, {al}"),
        ('say(f"{x:.1f} timmar", f"{x:.1f} hours")', "a figure written without units.numbers: .1f"),
        ('say(f"{x:,} kr", f"SEK {x}")', "a figure written without units.numbers: ,"),
        ('say("Payments that are late", "Payments that are late again")', "English in the Swedish: are, that"),
        ('say("Sena betalningar", "Betalningar som är sena")', "Swedish in the English: som, är"),
        ('say("Lägg till", "Add för now")', "Swedish in the English: för"),
        ('NAMES = ("hög", "hög")', "both languages say the same"),
        ('option("--top", "Hur många", "How mänga")', "Swedish in the English: mänga"),
        ('def both(name, sv, en): ...\nboth("x", "Längd", "Längd")', "both languages say the same"),
        ('say("ja" if yes else "nej", "yes" if yes else "nej")', "Swedish in the English: nej"),
    ],
)
def test_the_finder_finds_a_fault(source, fault):
    found = faults_of(source)
    assert any(set(re.split(r"\W+", fault)) <= set(re.split(r"\W+", one)) for one in found), found


@pytest.mark.parametrize(
    "source",
    [
        'say("Betalning", "Payment")',
        'say(f"{is_sv} saknas", f"{is_en} is missing")',
        'say("skriv ny i ändring", "write ny in ändring")',
        'say("”är”", \'"är"\')',
        'say(f"kl. {t:%H.%M}", f"at {t:%H:%M}")',
        'KEYS = ("with_events", "by")',
        'say("Ange --and-the-others", "Give --and-the-others now")',
        'say("{ id = andel }", "{ id = share } too")',
    ],
)
def test_the_finder_passes_what_is_right(source):
    assert faults_of(source) == []


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('message = "the model has no name"', "the model has no name"),
        ('raise UsageError("modellen har inget namn")', "modellen har inget namn"),
        ('told = f"{count} rows were left out"', "{} rows were left out"),
        ('WORDS = {"a": "aldrig i tid alls"}', "aldrig i tid alls"),
    ],
)
def test_the_finder_finds_a_text_in_one_language(source, text):
    assert [found for _, found in texts.literals(ast.parse(source), {"say": 0})] == [text]


@pytest.mark.parametrize(
    "source",
    [
        '"""What the module is for."""',
        'say("modellen har inget namn", "the model has no name")',
        'raise ValueError("no such thing here")',
        'PATTERN = re.compile(r"of the model")',
        'example = "beroenden show models/soes bankgirot now"',
        'sv = "modellen har inget namn"',
    ],
)
def test_the_finder_passes_texts_for_the_program(source):
    assert [*texts.literals(ast.parse(source), {"say": 0})] == []


@pytest.mark.parametrize(
    "source",
    [
        'click.echo("Done")',
        'heading(f"Late: {n}")',
        'table(("Name", "Time"), rows)',
        'option("--x", help="Only one")',
        'UsageError("No" + x)',
    ],
)
def test_the_finder_finds_what_is_shown_outright(source):
    assert [*texts.said_outright(ast.parse(source), SAYERS)]


def test_the_finder_passes_what_is_said_in_both():
    source = 'click.echo(say("Klart", "Done")); option(metavar="ID"); table(("", ""), rows); line(f"{a}: {b}")'
    assert [*texts.said_outright(ast.parse(source), SAYERS)] == []


def test_the_finder_finds_what_nothing_uses():
    tree = ast.parse('NEVER = ("aldrig", "never")\nUSED = 1\ndef late_words(): return USED\ndef main(): ...\nmain()')
    assert [*texts.unused([tree], "")] == ["NEVER", "late_words"]
    assert [*texts.unused([tree], "{{ late_words() }}")] == ["NEVER"]


def test_the_finder_finds_a_word_that_nothing_asks_for():
    trees = {
        "a.py": ast.parse('WORDS = {"low": ("låg", "low"), "odd": say("udda", "odd")}'),
        "b.py": ast.parse('say_it("low")'),
    }
    assert [key for _, _, key in texts.unasked(trees, {"say": 0})] == ["odd"]


def test_the_finder_reads_templates_and_scripts():
    assert outright_in('<p>{{ say("Ja", "Yes") }} and more</p>') == ["and more"]
    assert outright_in('<a title="Read more">{{ x }}</a>') == ["Read more"]
    assert outright_in("<p class='note'>{{ x }}: <b>✕</b></p><style>body { color: red }</style>") == []
    (pair,) = pairs_in('{% if a %}{{ say("Nej", "Nej") }}{% endif %}')
    assert [*texts.faults(pair)]
    assert texts_in_script('const a = "late payments again"; // no text here at all') == ["late payments again"]
    assert texts_in_script("box.append(`är ${of(name)}`);") == ["är "]
    assert texts_in_script('element("div", fill(words.late, { planned }), "note late");') == []
