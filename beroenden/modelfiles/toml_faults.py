"""What a person probably did where TOML cannot be read: the commonest faults in plain words, with what to write."""

import re
from collections.abc import Callable

from beroenden.language import say
from beroenden.modelfiles.positions import DOT, KEY, STRING
from beroenden.units.times import why_no_such_day
from beroenden.units.typed import typed_days

_LONGEST = 1_000
"""Characters of a line that a person wrote."""
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|#.*")
_VALUE = r"(?<=[=\[{,\s])"
_END = r"(?=\s*(?:$|[,\]}]))"
_KEY = re.compile(r"(?:^|[{,])\s*((?:[^=\"'{}\[\],#]|\"[^\"]*\")+?)\s*=(?!=)")
_HEADER = re.compile(r"^\s*\[\[?([^\]\"']*)\]?\]?\s*$")
_BARE = re.compile(r"[A-Za-z0-9_.\-\s]*")
_SPACED = re.compile(r"[^\s.]\s+[^\s.]")
_CURLY = "”“„»«’‘‚"
_BRACKETS = re.compile(r"\s*(\[+)\s*([A-Za-z][\w.-]*)\s*(\]*)\s*")
_COLON = re.compile(r"(?:^|[{,])\s*([A-Za-z][\w-]*)\s*:")
_NO_EQUALS = re.compile(r"\s*([A-Za-z][\w.-]*)\s+[^=\s]")
_NO_VALUE = re.compile(r"\s*([A-Za-z][\w.-]*)\s*=\s*")
_WORDS = re.compile(r"(?:^|[=\[,])\s*([A-Za-zåäöÅÄÖ][^\"',\]}=]*)")
_DOTTED = re.compile(rf"(?:{KEY.pattern})(?:{DOT.pattern}(?:{KEY.pattern}))*")
_YEAR_FIRST = re.compile(r"\d{4}")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_SLASHED = re.compile(r"[/.]")
_BEGINS = re.compile(rf"\s*(?:\[\[?\s*[A-Za-z]|{_DOTTED.pattern}\s*=)")
"""How a line begins that is the next thing and not the rest of a list."""


def plain_reason(line: str, column: int) -> str | None:
    """What is wrong in a line of TOML at a column from 1; None where it is nothing of the common."""
    if len(line) > _LONGEST:
        return None
    bare = _QUOTED.sub(lambda found: (" " if found.group()[0] == "#" else "_") * len(found.group()), line)
    at = column - 1
    return (
        _of_quotes(line, bare)
        or _of_brackets(bare, at)
        or _of_equals(bare, at)
        or _of_value(bare, at)
        or _of_key(line, bare)
        or _of_words(bare, at)
        or _of_list(bare, at)
    )


def reason_of_unfinished(text: str, begun: int, end: int) -> str | None:
    """What the last key before a fault lacks, if its list or text goes on over more lines; None where it does not.

    Args:
        text: The whole file.
        begun: Where the key begins.
        end: Where TOML cannot be read.
    """
    rest = text[end:].partition("\n")[0]
    if "\n" not in text[begun:end] or (rest.strip() and not _BEGINS.match(text[text.rfind("\n", 0, end) + 1 :])):
        return None
    bare = _QUOTED.sub("", STRING.sub("", text[begun:end]))
    key, line = _shown_key(text, begun), text.count("\n", 0, begun) + 1
    if bare.count("[") > bare.count("]"):
        return say(
            f"listan {key}, som börjar på rad {line}, slutar inte: ] saknas",
            f"the list {key}, which begins on line {line}, does not end: ] is missing",
        )
    if '"' in bare or "'" in bare:
        return say(
            f"texten {key}, som börjar på rad {line}, slutar inte: citattecken saknas i slutet",
            f"the text {key}, which begins on line {line}, does not end: the closing quotes are missing",
        )
    return None


def reason_of_line_end() -> str:
    """What is wrong where a line ends with a carriage return alone."""
    return say(
        "raden slutar med vagnretur (CR) utan radmatning (LF), som äldre Macar skrev: spara filen med radslut LF eller CRLF",
        "the line ends with a carriage return (CR) and no line feed (LF), as old Macs wrote: save the file with line ends LF or CRLF",
    )


def reason_of_second(text: str, begun: int) -> str:
    """What to do about a header or key that excludes an earlier one."""
    if text[begun] == "[":
        name = text[begun:].partition("\n")[0].strip("[] \t")[:60]
        return say(
            f"tabellen {name} krockar med en som redan finns: slå ihop dem, eller skriv [[{name}]] på var och en om de är flera",
            f"the table {name} clashes with one that is there: put them together, or write [[{name}]] on each if they are several",
        )
    key = _shown_key(text, begun)
    return say(
        f"nyckeln {key} finns redan i samma tabell: ta bort den ena",
        f"the key {key} is already in the same table: remove one of them",
    )


def _shown_key(text: str, begun: int) -> str:
    found = _DOTTED.match(text, begun)
    return found[0][:60] if found else ""


def _of_quotes(line: str, bare: str) -> str | None:
    """Quotes that Word makes, or quotes that do not end on the line."""
    if '"""' in line or "'''" in line:
        return None
    straight = re.search("[\"']", bare)
    curly = re.search(f"[{_CURLY}]", bare)
    is_first = curly is not None and (straight is None or curly.start() < straight.start())
    if is_first or (straight is not None and _is_closed_by_curly(bare[straight.start() :])):
        return say(
            'citattecknen är böjda (”); skriv raka: "4h", eller stäng av smarta citattecken i ordbehandlaren',
            'the quotes are curly (”); write straight ones: "4h", or turn off smart quotes in the word processor',
        )
    if straight is None:
        return None
    return say(
        f"citattecknet {straight[0]} avslutas inte på raden: skriv ett likadant efter texten",
        f"the quote {straight[0]} is not closed on the line: write one like it after the text",
    )


def _is_closed_by_curly(rest: str) -> bool:
    """Whether the text after a straight quote ends with a curly one that none in it has opened."""
    return rest.rstrip(" \t,]}").endswith(tuple(_CURLY)) and sum(one in _CURLY for one in rest) % 2 == 1


def _of_brackets(bare: str, at: int) -> str | None:
    """A header with too few or too many brackets; a table within { } that goes on over the end of the line."""
    header = _BRACKETS.fullmatch(bare)
    if header is not None:
        opening, name, closing = header.groups()
        width = min(2, max(len(opening), len(closing)))
        written = "[" * width + name + "]" * width
        if opening + name + closing != written:
            return say(
                f"rubriken {opening}{name}{closing} ska ha lika många hakparenteser på båda sidor: {written}",
                f"the header {opening}{name}{closing} needs as many brackets on both sides: {written}",
            )
    if bare.count("{") > bare.count("}") and at >= len(bare.rstrip()):
        return say(
            "} saknas: en tabell inom { } står på en enda rad, utan komma sist",
            "} is missing: a table within { } stands on a single line, without a last comma",
        )
    return None


def _of_value(bare: str, at: int) -> str | None:
    for pattern, words in _FAULTS:
        for found in pattern.finditer(bare):
            if found.start() <= at <= found.end() + 1 and (reason := words(found)):
                return reason
    return None


def _of_equals(bare: str, at: int) -> str | None:
    """A key without its equals sign, or without anything after that."""
    for colon in _COLON.finditer(bare):
        if colon.end(1) <= at < colon.end():
            return say(
                f"efter nyckeln {colon[1]} skrivs likhetstecken, inte kolon: {colon[1]} = …",
                f"the key {colon[1]} is followed by an equals sign, not a colon: {colon[1]} = …",
            )
    missing = _NO_EQUALS.match(bare)
    if missing is not None and "=" not in bare and missing.end(1) <= at < missing.end():
        return say(
            f"likhetstecken saknas efter nyckeln {missing[1]}: {missing[1]} = …",
            f"the equals sign is missing after the key {missing[1]}: {missing[1]} = …",
        )
    if (empty := _NO_VALUE.fullmatch(bare)) is not None:
        return say(
            f"värdet saknas efter {empty[1]} =; skriv det, eller ta bort raden",
            f"the value is missing after {empty[1]} =; write it, or remove the line",
        )
    return None


def _of_words(bare: str, at: int) -> str | None:
    """A text without its quotes."""
    for found in _WORDS.finditer(bare):
        text = found[1].strip()
        if found.start(1) != at:
            continue
        if text.lower() in ("true", "false"):
            return say(f"{text} skrivs {text.lower()}", f"{text} is written {text.lower()}")
        return say(f'text skrivs inom citattecken: "{text[:60]}"', f'text is written within quotes: "{text[:60]}"')
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


def _of_list(bare: str, at: int) -> str | None:
    """Two values of a list without a comma between."""
    before = bare[:at]
    if (
        before.count("[") <= before.count("]")
        or not before.endswith((" ", "\t"))
        or bare[at : at + 1] in ("", " ", ",", "]")
    ):
        return None
    if not re.search(r"[\w\]}]\s+$", before):
        return None
    return say("komma saknas mellan två värden i listan", "a comma is missing between two values of the list")


def _date(found: re.Match[str]) -> str | None:
    if reason := why_no_such_day(found.group()):
        return reason
    year, month, day = (int(one) for one in found.groups()[:3])
    written = f"{year}-{month:02}-{day:02}"
    if found[4]:
        return _moment(found, written)
    return say(
        f"datumet {found.group()} skrivs med två siffror i månad och dag: {written}",
        f"the date {found.group()} is written with two digits in month and day: {written}",
    )


def _day_otherwise(found: re.Match[str]) -> str:
    """A day with other signs between, with its year last, or in words; which is the month of 13/8 and 8/13 is not guessed."""
    text = found.group()
    plain = _YEAR_LAST.sub(r"\1/\2 \3", _SLASHED.sub("-", text) if _YEAR_FIRST.match(text) else text)
    try:
        day, _ = typed_days(plain)
    except ValueError:
        return say(
            f"datumet {text} skrivs med år, månad och dag, som 2026-08-01",
            f"the date {text} is written with year, month and day, as 2026-08-01",
        )
    return say(
        f"datumet {text} skrivs med år, månad och dag: {day}",
        f"the date {text} is written with year, month and day: {day}",
    )


def _moment(found: re.Match[str], day: str) -> str | None:
    hour, minute, second = (int(one or 0) for one in found.groups()[3:])
    if hour > 23 or minute > 59:
        return _no_such_time(found.group())
    written = f"{day}T{hour:02}:{minute:02}:{second:02}"
    return say(
        f"tidpunkten {found.group()} skrivs med timmar, minuter och sekunder: {written}",
        f"the time {found.group()} is written with hours, minutes and seconds: {written}",
    )


def _no_such_time(text: str) -> str:
    return say(
        f"klockslaget {text} finns inte: timmen är 0–23 och minuten 0–59",
        f"there is no time {text}: the hour is 0–23 and the minute 0–59",
    )


def _time(found: re.Match[str]) -> str:
    hour, minute, second = (int(one or 0) for one in found.groups())
    if hour > 23 or minute > 59:
        return _no_such_time(found.group())
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


_FAULTS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    (
        re.compile(rf"{_VALUE}(\d{{4}})-(\d{{1,2}})-(\d{{1,2}})(?:[T ](\d{{1,2}}):(\d\d)(?::(\d\d))?)?{_END}"),
        _date,
    ),
    (
        re.compile(
            rf"{_VALUE}(?:\d{{4}}[/.]\d{{1,2}}[/.]\d{{1,2}}|{_YEAR_LAST.pattern}|\d{{1,2}}[-/]\d{{1,2}}[-/]\d{{2}}"
            rf"|\d{{1,2}}/\d{{1,2}}\s+\d{{4}}|\d{{1,2}}\s+[A-Za-zåäö]{{3,9}}\.?\s+\d{{4}}){_END}"
        ),
        _day_otherwise,
    ),
    (re.compile(rf"{_VALUE}(\d{{1,2}}):(\d{{1,2}})(?::(\d{{2}}))?{_END}"), _time),
    (re.compile(rf"{_VALUE}[-+]?\d+,\d+{_END}"), _decimal),
    (re.compile(rf"{_VALUE}\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+{_END}"), _grouped),
    (re.compile(rf"{_VALUE}[-+]?\d[\d.,]*\s*(?:%|[A-Za-zåäöÅÄÖ]+\.?){_END}"), _with_unit),
)
"""The commonest faults of values, each with how it is told."""
