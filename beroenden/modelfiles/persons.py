"""Whether a text tells of a person, where the model wants a function: guesses that would rather be silent than wrong."""

import re
import unicodedata
from itertools import pairwise

_NUMBER = re.compile(r"(?<!\d)(?:(?:19|20)\d\d(\d\d)(\d\d)[-+]?|\d\d(\d\d)(\d\d)[-+])\d{4}(?!\d)")
_MAIL = re.compile(r"([\w.+-]+)@([\w.-]+)")
_MOBILE = re.compile(r"(?<![\d-])(?:\+46|0046|0)[\s-]?(?:\(0\))?7[02369](?:[\s-]?\d){7}(?!\d)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SURNAME = re.compile(r"[a-zåäöéü]{2,}sson", re.IGNORECASE)
_COMPANIES = ("ericsson",)

_FUNCTIONS = (
    "ansvar", "avdelning", "bank", "beredskap", "betal", "brev", "central", "chef", "desk", "direkt", "drift", "ekonomi",
    "enhet", "expert", "fil", "finans", "funktion", "förvalt", "forvalt", "grupp", "help", "hjälp", "hjalp", "incident",
    "information", "jour", "kanal", "kansli", "kassa", "kommun", "konto", "kontakt", "kort", "kris", "kund", "led", "likvid",
    "ledning", "lön", "lon", "mottag", "myndighet", "nät", "nat", "office", "official", "oper", "ordn", "press", "projekt",
    "region", "registr", "samverk", "samord", "service", "social", "stab", "stat", "stöd", "stod", "support", "system",
    "säker", "saker", "teknik", "team", "terminal", "tjänst", "tjanst", "utbetal", "vakt", "verksam", "växel", "vaxel",
    "överv", "overv",
)  # fmt: skip
"""Stems of words for functions, as Swedish addresses and roles have them."""
_SHORT_FUNCTIONS = ("it", "ikt", "tib", "vb", "noc", "soc", "cert", "csirt", "info", "hr", "ops", "fk", "sgsi", "rix")
_GIVEN = frozenset(
    _WORD.findall(
        """
    adam agneta ahmed albin alexander ali alice anders andreas angelica anita ann anna anne annika arne arvid astrid axel
    barbro bengt berit birgitta bo bodil britt britta bror camilla carina carl carolina cecilia charlotte christer christian
    christina christoffer claes conny daniel david dennis ebba elin elias elisabet elisabeth ellen emelie emil emma erik
    erika eva evelina fatima felicia filip fredrik frida gabriel gabriella gerd gunilla gunnar gustaf gustav göran görel
    hamza hanna hannah hans harald hasse helen helena henrik hugo håkan ibrahim ida inger ingrid ingvar isabella isak jan
    jakob jenny jens jesper jessica jimmy joakim johan johanna johannes john jonas jonathan josefin josefine julia kajsa
    karin karl karolina katarina kenneth kerstin kjell klas klara kristian kristin kristina kristoffer lars lasse leif lena
    lennart linda linn linnea lisa lotta louise lovisa lucas ludvig lukas magdalena magnus maja malin marcus margareta
    margaretha maria marianne marie markus martin mats matilda mattias mehmet micael michael mikael mohamed mohammad moa
    mona monica monika nathalie niklas nils nina ola olle olof oskar ove patrik per peter petra philip pia pontus rasmus
    rebecca rickard robert robin roger roland rolf ronny rune sandra sara sebastian simon sofia sofie solveig sonja staffan
    stefan sture susanna susanne sven tobias tomas thomas tommy tony torbjörn ulf ulla ulrika urban viktor viktoria
    wilhelm william yvonne åke åsa östen
        """
    )
)
"""Given names that are common in Sweden and hardly mean anything else."""


def personal_number(text: str) -> bool:
    """Whether a text holds a Swedish personal identity number (not one of an organisation, whose month is above 12).

    >>> personal_number("850101-1234"), personal_number("19850101-1234"), personal_number("202100-5521")
    (True, True, False)
    """
    return any(_is_day(*(one or other for one, other in zip(found[:2], found[2:], strict=True))) for found in _NUMBER.findall(text))  # fmt: skip


def _is_day(month: str, day: str) -> bool:
    """A co-ordination number has 60 added to its day."""
    return 1 <= int(month) <= 12 and (1 <= int(day) <= 31 or 61 <= int(day) <= 91)


def persons_mail(text: str) -> bool:
    """Whether a text holds an address made of a person's names.

    >>> [persons_mail(f"{one}@fk.se") for one in ("anna.ek", "tib", "drift.jour", "bo.svensson2", "fk.utbetalning")]
    [True, False, False, True, False]
    """
    return any(_is_of_names(local, domain) for local, domain in _MAIL.findall(text))


def _is_of_names(local: str, domain: str) -> bool:
    words = _WORD.findall(local.replace("-", "."))
    if any(_is_function(word) or word.lower() in domain.lower() for word in words):
        return False
    if any(_is_surname(word) for word in words):
        return True
    return len(words) == 2 and "." in local and all(len(word) > 1 for word in words)


def mobile_number(text: str) -> bool:
    """Whether a text holds a Swedish mobile number.

    >>> mobile_number("Jour 070-123 45 67"), mobile_number("08-123 45 67"), mobile_number("+46 72 123 45 67")
    (True, False, True)
    """
    return _MOBILE.search(text) is not None


def persons_name(text: str) -> bool:
    """Whether a text holds what is surely a person's name: a common given name before a word that is no function, or alone.

    >>> [persons_name(one) for one in ("Anna Ek", "Driftchef Sven-Erik Ek", "Lars", "TiB", "Driftchef", "Maria jour")]
    [True, True, True, False, False, False]
    """
    words = _WORD.findall(text)
    if [word for word in words if _is_given(word)] and all(_is_given(word) for word in words):
        return True
    return any(
        word[0].isupper()
        and not _is_function(word)
        and (
            (_is_given(before) and not word.isupper())
            or (_is_surname(word) and before.istitle() and not _is_function(before))
        )
        for before, word in pairwise(words)
    )


def _is_given(word: str) -> bool:
    return word[0].isupper() and all(part.lower() in _GIVEN for part in word.split("-"))


def _is_surname(word: str) -> bool:
    return _SURNAME.fullmatch(word) is not None and word.lower() not in _COMPANIES


def _is_function(word: str) -> bool:
    plain = unicodedata.normalize("NFC", word).lower()
    return plain in _SHORT_FUNCTIONS or any(stem in plain for stem in _FUNCTIONS)
