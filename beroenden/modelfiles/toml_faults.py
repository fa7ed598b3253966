"""What a person probably did where TOML cannot be read: the commonest faults in plain words, with what to write."""

import re
from collections.abc import Callable

from beroenden.language import say

_LONGEST = 1_000
"""Characters of a line that a person wrote."""
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|#.*")
_VALUE = r"(?<=[=\[{,\s])"
_END = r"(?=\s*(?:$|[,\]}]))"
_KEY = re.compile(r"(?:^|[{,])\s*((?:[^=\"'{}\[\],#]|\"[^\"]*\")+?)\s*=(?!=)")
_HEADER = re.compile(r"^\s*\[\[?([^\]\"']*)\]?\]?\s*$")
_BARE = re.compile(r"[A-Za-z0-9_.\-\s]*")
_SPACED = re.compile(r"[^\s.]\s+[^\s.]")


def plain_reason(line: str, column: int) -> str | None:
    """What is wrong in a line of TOML at a column from 1; None where it is nothing of the common."""
    if len(line) > _LONGEST:
        return None
    bare = _QUOTED.sub(lambda found: (" " if found.group()[0] == "#" else "_") * len(found.group()), line)
    return _of_value(bare, column - 1) or _of_key(line, bare)


def _of_value(bare: str, at: int) -> str | None:
    for pattern, words in _FAULTS:
        for found in pattern.finditer(bare):
            if found.start() <= at <= found.end() + 1:
                return words(found)
    return None


def _of_key(line: str, bare: str) -> str | None:
    header = _HEADER.match(line)
    keys = [header.group(1)] if header else [line[one.start(1) : one.end(1)] for one in _KEY.finditer(bare)]
    for key in keys:
        named = _QUOTED.sub("_", key).strip()
        shown = key.strip()[:60]
        if not _BARE.fullmatch(named):
            return say(
                f"nyckeln {shown} får bara ha a–z, siffror, - och _: inga å, ä, ö eller andra tecken",
                f"the key {shown} may only have a–z, digits, - and _: no å, ä, ö or other signs",
            )
        if _SPACED.search(named):
            return say(
                f"nyckeln {shown} får inte ha mellanslag; skriv - eller _",
                f"the key {shown} may not hold a space; write - or _",
            )
    return None


def _date(found: re.Match[str]) -> str:
    year, month, day = (int(one) for one in found.groups())
    written = f"{year}-{month:02}-{day:02}"
    return say(
        f"datumet {found.group()} skrivs med två siffror i månad och dag: {written}",
        f"the date {found.group()} is written with two digits in month and day: {written}",
    )


def _time(found: re.Match[str]) -> str:
    hour, minute, second = (int(one or 0) for one in found.groups())
    written = f"{hour:02}:{minute:02}:{second:02}"
    return say(
        f"klockslaget {found.group()} skrivs med timmar, minuter och sekunder: {written}",
        f"the time {found.group()} is written with hours, minutes and seconds: {written}",
    )


def _decimal(found: re.Match[str]) -> str:
    written = found.group().replace(",", ".")
    return say(
        f"decimaltalet {found.group()} skrivs med punkt: {written}",
        f"the decimal number {found.group()} is written with a point: {written}",
    )


def _grouped(found: re.Match[str]) -> str:
    written = re.sub(r"\s", "", found.group())
    return say(
        f"talet {found.group()} skrivs utan mellanslag: {written}",
        f"the number {found.group()} is written without spaces: {written}",
    )


def _with_unit(found: re.Match[str]) -> str:
    return say(
        f"{found.group()}: ett tal skrivs utan enhet (belopp i hela kronor, andelar som 0.4); en tid skrivs inom citattecken, "
        'som "4h"',
        f"{found.group()}: a number is written without a unit (amounts in kronor, shares as 0.4); a duration is written within "
        'quotes, as "4h"',
    )


_FAULTS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"{_VALUE}(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_END}"), _date),
    (re.compile(rf"{_VALUE}(\d{{1,2}}):(\d{{1,2}})(?::(\d{{2}}))?{_END}"), _time),
    (re.compile(rf"{_VALUE}[-+]?\d+,\d+{_END}"), _decimal),
    (re.compile(rf"{_VALUE}\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+{_END}"), _grouped),
    (re.compile(rf"{_VALUE}[-+]?\d[\d.,]*\s*(?:%|[A-Za-zåäöÅÄÖ]+\.?){_END}"), _with_unit),
)
"""The commonest faults of values, each with how it is told."""
