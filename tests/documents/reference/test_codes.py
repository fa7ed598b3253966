"""The list of findings: every code of the source, with the severity and message that files really get."""

import re
from datetime import date
from pathlib import Path

import pytest

import beroenden
from beroenden.documents.reference import codes
from beroenden.documents.reference.codes import ELSEWHERE, every_code
from beroenden.language import writing_in

ROOT = Path(__file__).parents[3]
INVALID = sorted((ROOT / "tests" / "files" / "invalid").glob("*.toml"))
CODES = {(one.code, one.severity): one for one in every_code()}


def test_every_code_that_the_source_holds_is_listed_with_a_message() -> None:
    files = (ROOT / "beroenden").rglob("*.py")
    held = {code for file in files for code in re.findall(r'"(B\d{3})"', file.read_text("utf-8"))}
    assert {code for code, _ in CODES} == held
    assert [one.code for one in CODES.values() if not one.messages] == []


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.stem)
def test_findings_of_real_files_are_listed_as_they_are(file: Path) -> None:
    findings = beroenden.load(file, today=date(2026, 12, 1))[1]
    assert findings
    for one in findings:
        listed = CODES[one.code, one.severity]
        if one.code not in ELSEWHERE:
            ways = [re.escape(text).replace("…", ".*") for text in listed.messages]
            assert any(re.fullmatch(f"{way}\\.?", one.message) for way in ways), (one.message, listed.messages)


def test_what_is_worded_by_hand_is_what_cannot_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "ELSEWHERE", {})
    found = {one.code: one.messages for one in every_code()}
    assert {code for code, messages in found.items() if not messages} <= set(ELSEWHERE)
    by_one_call = {"B970", "B971"}
    beside_found = {"B830"}
    assert {code for code in ELSEWHERE if found[code]} == by_one_call | beside_found


def test_messages_are_in_the_language_being_written() -> None:
    with writing_in("sv"):
        swedish = {(one.code, one.severity): one.messages for one in every_code()}
    assert swedish["B509", "error"] == ("händelsen slutar innan den börjar",)
    assert CODES["B509", "error"].messages == ("the event ends before it starts",)
    assert swedish.keys() == CODES.keys()
