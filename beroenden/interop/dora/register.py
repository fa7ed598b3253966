"""One register as records: what its rows say, before they are put together."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from beroenden.interop.dora.codes import (
    ARRANGEMENT,
    ENTITY_TYPES,
    IMPACT,
    REINTEGRATION,
    RELIANCE,
    SERVICES,
    SUBSTITUTABILITY,
    WHY_NOT,
    YES_NO,
    is_lei,
    plain,
)
from beroenden.interop.dora.package import Form, Package
from beroenden.interop.dora.table import Row, Table, table_of
from beroenden.interop.dora.tally import Tally
from beroenden.interop.dora.templates import B_02_02, B_05_01, B_06_01, B_99_01, DEFINED, NOT_READ, READ
from beroenden.language import say
from beroenden.modelfiles.findings import Finding, Report, visible

_CORE = (B_02_02, B_05_01, B_06_01)


@dataclass(frozen=True, slots=True)
class Party:
    """A company by its code (LEI or other) and the type of that code; the type is "" where it is not said."""

    code: str
    code_type: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """B_01.02: a company within the scope of the register; `deleted` is when it left that."""

    row: Row
    party: Party
    name: str
    type: str | None
    deleted: date | None


@dataclass(frozen=True, slots=True)
class Contract:
    """B_02.01."""

    reference: str
    arrangement: str | None
    overarching: str


@dataclass(frozen=True, slots=True)
class Use:
    """B_02.02: a function of a user rests on a service of a provider."""

    row: Row
    contract: str
    user: Party
    provider: Party
    function: str
    service: str
    ends: date | None
    reliance: str | None


@dataclass(frozen=True, slots=True)
class Provider:
    """B_05.01."""

    row: Row
    party: Party
    name: str


@dataclass(frozen=True, slots=True)
class Link:
    """B_05.02: a provider's place in the supply chain of a service; no recipient at rank 1."""

    row: Row
    contract: str
    service: str
    provider: Party
    rank: int
    recipient: Party | None


@dataclass(frozen=True, slots=True)
class Function:
    """B_06.01; times in minutes, None is unknown."""

    row: Row
    id: str
    lei: Party
    name: str
    activity: str
    critical: str | None
    rto: int | None
    rpo: int | None
    impact: str | None


@dataclass(frozen=True, slots=True)
class Assessment:
    """B_07.01; an alternative is one that was found, not one that is connected."""

    row: Row
    contract: str
    provider: Party
    service: str
    substitutability: str | None
    why_not: str | None
    exit_plan: str | None
    reintegration: str | None
    impact: str | None
    alternatives: str | None
    which: str


@dataclass
class Register:
    """What one register says.

    Attributes:
        lei: Of the company that keeps the register; "" where it does not say.
        reference_date: The reference date; None where it does not say.
        definitions: B_99.01: column and code that is defined, and how.
    """

    path: Path
    form: Form
    tally: Tally
    lei: str = ""
    name: str = ""
    reference_date: date | None = None
    organisations: list[Organisation] = field(default_factory=list)
    contracts: dict[str, Contract] = field(default_factory=dict)
    uses: list[Use] = field(default_factory=list)
    users: list[tuple[str, Party]] = field(default_factory=list)
    providers: list[Provider] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    functions: list[Function] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    definitions: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def mark(self) -> str:
        """What tells it from other registers."""
        return self.lei or self.path.stem

    @property
    def source(self) -> str:
        """How the model names the register as a source."""
        return f"DORA RoI {self.lei or self.path.name}" + (f", {self.reference_date}" if self.reference_date else "")


def read_register(package: Package, report: Report) -> Register:
    """The records of a package."""
    made = Register(package.path, package.form, Tally())
    tables = dict(_tables(package, made.tally, report))
    _keeper(made, package, tables.get("B_01.01"), report)
    readers: dict[str, Callable[[Row], None]] = {
        "B_01.02": lambda row: made.organisations.extend(_organisation(row)),
        "B_02.01": lambda row: made.contracts.update(_contract(row)),
        "B_02.02": lambda row: made.uses.extend(_use(row)),
        "B_04.01": lambda row: made.users.extend(_user(row)),
        "B_05.01": lambda row: made.providers.extend(_provider(row)),
        "B_05.02": lambda row: made.links.extend(_link(row)),
        "B_06.01": lambda row: made.functions.extend(_function(row)),
        "B_07.01": lambda row: made.assessments.extend(_assessment(row)),
        "B_99.01": lambda row: made.definitions.extend(_definitions(row)),
    }
    for code, read in readers.items():
        for row in tables[code].rows() if code in tables else ():
            read(row)
    _what_matters_is_there(package, report)
    return made


def _tables(package: Package, tally: Tally, report: Report) -> Iterator[tuple[str, Table]]:
    for template in READ:
        path, sheet = package.sheets.get(template.code, (package.path, None))
        if sheet is not None and sheet.rows:
            is_plain = template is not B_99_01
            table = table_of(template, path, sheet, report if is_plain else Report(), tally)
            if table is not None:
                yield template.code, replace(table, report=report)
            elif not is_plain:
                tally.leave(template.code, "vertical", len(sheet.rows))
    for code, reason in NOT_READ.items():
        if code in package.sheets and len(package.sheets[code][1].rows) > 1:
            tally.leave(code, reason, len(package.sheets[code][1].rows) - 1)


def _what_matters_is_there(package: Package, report: Report) -> None:
    """Templates that the indicators promise, and those without which there are no dependencies, are there."""
    for template in READ:
        if template.code not in package.sheets and package.reported.get(template.code, template in _CORE):
            message = say(f"mallen {template.code} saknas", f"the template {template.code} is missing")
            report.findings.append(Finding("B689", "warning", message, visible(str(package.path)), 1, 1))


def _keeper(made: Register, package: Package, table: Table | None, report: Report) -> None:
    """Who keeps the register, and its reference date: from the parameters, else from B_01.01."""
    entity = plain(package.parameters.get("entityID", "").split(":")[-1]).split(".")[0].upper()
    made.lei = entity
    made.reference_date = _iso(package.parameters.get("refPeriod", ""))
    for row in table.rows() if table else ():
        if made.lei and row.code("lei") != made.lei:
            message = say(
                f"ett annat LEI än i parameters.csv ({made.lei})", f"another LEI than in parameters.csv ({made.lei})"
            )
            row.at("lei").warning("B688", message)
        made.lei = made.lei or row.code("lei")
        made.name = made.name or row.text("name")
        made.reference_date = made.reference_date or row.day("date")
        made.organisations.append(
            Organisation(row, Party(row.code("lei"), "LEI"), row.text("name"), row.choice("type", ENTITY_TYPES), None)
        )
    if not made.lei or made.reference_date is None:
        what = (
            say("vem som för registret", "who keeps the register")
            if not made.lei
            else say("referensdagen", "the reference date")
        )
        message = say(f"registret säger inte {what}", f"the register does not tell {what}")
        report.findings.append(Finding("B689", "warning", message, visible(str(made.path)), 1, 1))


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _has(row: Row, *names: str) -> bool:
    """Whether a row has what it is about; one that has not is told and left out."""
    missing = [name for name in names if not row.text(name)]
    if missing:
        code = row.table.template.columns[missing[0]]
        message = say(f"c{code} är tom, och raden läses inte", f"c{code} is empty, and the row is not read")
        row.at(missing[0]).warning("B687", message)
        row.table.tally.leave(row.table.template.code, "no key")
    return not missing


def _party(row: Row, name: str, type_name: str) -> Party:
    """A company by its code; the type with the country before it, as SE_VAT, is that type."""
    told = plain(row.text(type_name)).upper()
    named = {"QX2000": "LEI", "QX2001": "NIN", "QX2002": "EUID", "QX2003": "CRN", "QX2004": "VAT", "QX2005": "PNR"}
    code = row.code(name)
    return Party(code, "LEI" if is_lei(code) else named.get(told, told.rpartition("_")[2]))


def _organisation(row: Row) -> Iterator[Organisation]:
    if _has(row, "lei"):
        yield Organisation(
            row, Party(row.code("lei"), "LEI"), row.text("name"), row.choice("type", ENTITY_TYPES), row.day("deleted")
        )


def _contract(row: Row) -> Iterator[tuple[str, Contract]]:
    if _has(row, "contract"):
        reference = row.text("contract")
        yield reference, Contract(reference, row.choice("arrangement", ARRANGEMENT), row.text("overarching"))


def _use(row: Row) -> Iterator[Use]:
    if _has(row, "contract", "user", "provider"):
        yield Use(
            row,
            row.text("contract"),
            Party(row.code("user"), "LEI"),
            _party(row, "provider", "code_type"),
            row.code("function"),
            row.choice("service", SERVICES) or "",
            row.day("ends"),
            row.choice("reliance", RELIANCE),
        )


def _user(row: Row) -> Iterator[tuple[str, Party]]:
    if _has(row, "contract", "user"):
        yield row.text("contract"), Party(row.code("user"), "LEI")


def _provider(row: Row) -> Iterator[Provider]:
    if _has(row, "provider"):
        yield Provider(row, _party(row, "provider", "code_type"), row.text("name") or row.text("latin"))


def _link(row: Row) -> Iterator[Link]:
    if not _has(row, "contract", "provider"):
        return
    provider = _party(row, "provider", "code_type")
    recipient = _party(row, "recipient", "recipient_type") if row.text("recipient") else None
    rank = row.text("rank")
    if not rank.isascii() or not rank.isdigit() or not 1 <= int(rank[:9]) <= 100:
        message = say(f"”{rank[:20]}” är ingen rang från 1", f'"{rank[:20]}" is no rank from 1')
        row.at("rank").warning("B685", message)
        rank = "2" if recipient else "1"
    yield Link(row, row.text("contract"), row.choice("service", SERVICES) or "", provider, int(rank), recipient)


def _function(row: Row) -> Iterator[Function]:
    if _has(row, "function", "lei"):
        yield Function(
            row,
            row.code("function"),
            Party(row.code("lei"), "LEI"),
            row.text("name"),
            row.text("activity"),
            row.choice("critical", YES_NO),
            row.minutes("rto"),
            row.minutes("rpo"),
            row.choice("impact", IMPACT),
        )


def _assessment(row: Row) -> Iterator[Assessment]:
    if _has(row, "contract", "provider"):
        yield Assessment(
            row,
            row.text("contract"),
            _party(row, "provider", "code_type"),
            row.choice("service", SERVICES) or "",
            row.choice("substitutability", SUBSTITUTABILITY),
            row.choice("why_not", WHY_NOT),
            row.choice("exit_plan", YES_NO),
            row.choice("reintegration", REINTEGRATION),
            row.choice("impact", IMPACT),
            row.choice("alternatives", YES_NO),
            row.text("which"),
        )


def _definitions(row: Row) -> Iterator[tuple[str, str, str]]:
    if ARRANGEMENT.code_of(row.text("0010")):
        return  # the names of what is defined, below the codes of the columns
    for place, (column, code) in enumerate(DEFINED, start=1):
        text = row.text(f"{10 * place:04d}")
        if text:
            yield column, code, text
