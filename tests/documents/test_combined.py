"""The samlad lägesbild as a document: its parts in order, in both languages, each statement with who says it."""

from pathlib import Path

import pytest
from chain import network
from delgivningar import begun, delgivning, ground, moment, outage, read, shared

from beroenden.documents import html, markdown
from beroenden.documents.combined import combined_document
from beroenden.documents.document import Document, Table
from beroenden.incident.combined import combine
from beroenden.incident.exchange.files import read_exchanges, received_entry
from beroenden.incident.lagesbild.situation import Order, situation
from beroenden.incident.log.write import append

KEYS = [
    "samlad.bidrag",
    "samlad.saknas",
    "samlad.overens",
    "samlad.skiljer",
    "samlad.luckor",
    "fakta",
    "prognos",
    "atgarder",
    "budskap",
]
MESSAGE = {"kind": "message", "audience": "external", "text": "Pengarna kommer <i dag>", "disclose": True}
ASK = {"kind": "request", "type": "help", "to": "b2", "text": "Kan ni ta emot filen?", "disclose": True}


@pytest.fixture
def own(tmp_path) -> Path:
    """A log into which three delgivningar have been read: two agree, one differs."""
    path = begun(tmp_path / "own.toml", "payer", ASK)
    for actor, start, more in (("clr", "04:00", MESSAGE), ("b1", "04:00", ASK), ("b2", "04:15", MESSAGE)):
        log = begun(tmp_path / f"{actor}-log.toml", actor, outage("clr", start, end=moment("09:00")), more)
        file = shared(tmp_path / f"{actor}.toml", delgivning(log, "prognos.betalningar"))
        exchanges, _ = read_exchanges([file], network(), read(path))
        append(path, [received_entry(one, moment("05:10"), network()) for one in exchanges], network())
    return path


def made(own: Path, language="sv", **order) -> Document:
    found = ground(own, "05:30", language=language)
    return combined_document(combine(found, situation(found, "payer", Order("samlad", **order))))


def section(document: Document, key: str):
    return next(one for one in document.sections if one.key == key)


def rows(document: Document, key: str) -> list[tuple[str, ...]]:
    return [row for block in section(document, key).blocks if isinstance(block, Table) for row in block.rows]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_sections_stand_in_order_whoever_says_what(own, tmp_path, language):
    document = made(own, language)
    assert [one.key for one in document.sections if one.key in KEYS] == KEYS
    assert (document.form, document.label, document.is_exercise) == ("samlad", "TLP:GREEN", True)
    bare = begun(tmp_path / "bare.toml", "payer", outage("clr", "04:00"))
    empty = combined_document(combine(ground(bare, language=language)))
    assert [one.key for one in empty.sections] == KEYS
    assert all(one.blocks for one in empty.sections)


def test_who_has_contributed_stands_with_role_and_as_of_time(own):
    first, *others = rows(made(own, approved_by="Stabschef"), "samlad.bidrag")
    assert first[:4] == ("The payer (egen)", "", "fre 2026-12-18 05.30", "Stabschef")
    assert [row[:4] for row in others] == [
        (name, "1", "fre 2026-12-18 05.00", "Krisledare") for name in ("Clearing", "Bank one", "Bank two")
    ]


def test_each_ones_word_stands_beside_the_others(own):
    told = [row[:4] for row in rows(made(own), "samlad.skiljer") if row[0] == "Clearing: avbrottets början"]
    assert told == [
        ("Clearing: avbrottets början", "Clearing (svarar för det)", "fre 2026-12-18 04.00", "bekräftad"),
        ("Clearing: avbrottets början", "Bank one", "fre 2026-12-18 04.00", "bekräftad"),
        ("Clearing: avbrottets början", "Bank two", "fre 2026-12-18 04.15", "bekräftad"),
    ]


@pytest.mark.parametrize(("language", "word"), [("sv", "uppskattat"), ("en", "estimated")])
def test_an_end_that_lay_ahead_when_it_was_said_is_estimated(own, language, word):
    (row,) = (
        one
        for one in rows(made(own, language), "samlad.overens")
        if one[0].endswith(("avbrottets slut", "end of the outage"))
    )
    assert row[2] == f"Clearing ({word}), Bank one ({word}), Bank two ({word})"


def test_what_is_agreed_says_whether_it_is_verified(own):
    agreed = {row[0]: row[3] for row in rows(made(own), "samlad.overens")}
    assert agreed["Clearing: kvarvarande förmåga under avbrottet"] == "ja"
    assert agreed["Clearing: avbrottets slut"] == "nej, inte bekräftat av två"
    assert agreed["Allowance (fre 18 dec): senaste återställning"] == "nej, modellberäknat"


def test_facts_messages_and_requests_stand_with_who_says_them(own):
    text = markdown.render(made(own))
    assert "- **bekräftad**: Bank two: Avbrott i Clearing började" in text
    assert "- **bekräftad**: Clearing: Pengarna kommer &lt;i dag&gt;" in text
    assert "### Till Bank two\n\n- **bekräftad**: The payer: Kan ni ta emot filen? Gäller: hjälp." in text
    assert "delgivning nr 1" in text


def test_in_english_only_what_others_wrote_is_swedish(own):
    text = markdown.render(made(own, "en"))
    for told in (
        "Who has contributed",
        "Verified by one another",
        "start of the outage",
        "(answers for it)",
        "To Bank two",
    ):
        assert told in text
    assert "svarar för det" not in text


def test_no_word_of_probability_and_no_judgement(own):
    text = markdown.render(made(own)).lower()
    assert not any(word in text for word in ("sannolik", "trolig", "felaktig", "motsägelse"))


def test_it_becomes_html(own):
    assert "Skiljer sig" in html.render(made(own))


def test_another_reader_is_told_that_it_sees_a_part(own):
    found = ground(own, "05:30", "TLP:CLEAR")
    text = markdown.render(combined_document(combine(found, situation(found, "payer", Order("samlad", "TLP:CLEAR")))))
    assert "### Har inte delat något som mottagaren får se" in text
    assert "## Saknas" not in text and "har inte bidragit" not in text
    assert (
        "Bland det som delas finns inget som två eller flera har uttalat sig om och där alla säger samma sak." in text
    )


def test_what_is_only_computed_stands_last_and_apart_from_facts(tmp_path):
    """Two actors' computed deadlines differ with the length that each has heard; that they do is no disagreement of fact."""
    log = begun(tmp_path / "own.toml", "payer")
    for actor, end in (("b1", "06:30"), ("clr", "11:00")):
        sender = begun(tmp_path / f"{actor}-log.toml", actor, outage("clr", "04:00", end=moment(end)))
        file = shared(tmp_path / f"{actor}.toml", delgivning(sender, "prognos"))
        exchanges, _ = read_exchanges([file], network(), read(log))
        append(log, [received_entry(one, moment("05:10"), network()) for one in exchanges], network())
    document = made(log)
    keys = [one.key for one in document.sections if one.level == 1]
    assert keys[-1] == "samlad.modell"
    assert keys.index("samlad.skiljer") < keys.index("fakta") < keys.index("samlad.modell")
    facts = [row[0] for row in rows(document, "samlad.skiljer")]
    computed = [row[0] for row in rows(document, "samlad.modell.skiljer")]
    assert facts == ["Clearing: avbrottets slut"] * 2
    assert computed
    assert all("avbrottets" not in what for what in computed)
