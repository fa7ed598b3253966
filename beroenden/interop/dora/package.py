"""A register as it is handed over: a plain-CSV report package, packed or not, or a workbook with a sheet for each template.

Nothing is unpacked to disk: a package is measured first, and read from where it lies.
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Literal

from beroenden.errors import UsageError, why_unreadable
from beroenden.interop.delimited import divided, text_of
from beroenden.interop.dora.templates import is_heading, template_name
from beroenden.interop.sheets import Sheet
from beroenden.interop.workbook import LARGEST, read_sheets
from beroenden.language import say
from beroenden.modelfiles.findings import Finding, Report, visible

_TIGHTEST, _SMALL = 100, 10_000_000
"""Bytes out of one byte in; CSV packs well, so only what unpacks to more than `_SMALL` is held to it."""
_MOST_PARTS = 1_000
_REPORT, _PARAMETERS, _INDICATORS = "report.json", "parameters.csv", "filingindicators.csv"

Form = Literal["csv", "xlsx"]


@dataclass
class Package:
    """What a file or folder holds.

    Attributes:
        sheets: For each template, the file that it stands in and its cells.
        parameters: As parameters.csv gives them.
        reported: Templates by the filing indicators, and whether they are said to be reported.
    """

    path: Path
    form: Form
    sheets: dict[str, tuple[Path, Sheet]] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)
    reported: dict[str, bool] = field(default_factory=dict)


def open_package(path: Path, report: Report) -> Package | None:
    """The register in a file or folder; None, and an error, when there is none that can be read."""
    try:
        if path.is_dir():
            return _of_parts(path, _in_folder(path), report)
        content = _bytes(path)
        if not content.startswith(b"PK\x03\x04"):
            raise UsageError(_what_is_read())
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if any(name.startswith("xl/") for name in archive.namelist()):
                return _of_workbook(path, report)
            return _of_parts(path, _in_archive(archive), report)
    except UsageError as refused:
        report.file("B681", path, str(refused))
    except PermissionError as error:
        reason = why_unreadable(Path(error.filename or path), error)
        report.file(
            "B681",
            path,
            say(f"{error.filename} går inte att läsa: {reason}", f"{error.filename} cannot be read: {reason}"),
        )
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError, RuntimeError, ValueError) as error:
        message = say("paketet är skadat och går inte att läsa", "the package is damaged and cannot be read")
        report.file("B681", path, f"{message}: {visible(str(error))}")
    return None


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(_too_large())
        return path.read_bytes()
    except OSError as error:
        reason = why_unreadable(path, error)
        raise UsageError(say(f"går inte att läsa: {reason}", f"cannot be read: {reason}")) from error


def _what_is_read() -> str:
    return say(
        "är inget register som kan läsas: ange ett rapportpaket (.zip), dess uppackade mapp, eller en arbetsbok (.xlsx)",
        "is no register that can be read: give a report package (.zip), its unpacked folder, or a workbook (.xlsx)",
    )


def _too_large() -> str:
    most = LARGEST // 1_000_000
    return say(
        f"är större än {most} MB uppackad, eller orimligt hårt packad, och läses inte",
        f"is larger than {most} MB unpacked, or packed beyond reason, and is not read",
    )


Part = tuple[PurePosixPath, Callable[[], bytes]]


def _in_folder(folder: Path) -> list[Part]:
    """The files of an unpacked package, its root folder between or not."""
    files = [one for depth in ("*", "*/*", "*/*/*") for one in sorted(folder.glob(depth)) if one.is_file()]
    if len(files) > _MOST_PARTS:
        raise UsageError(_too_many())
    if sum(one.stat().st_size for one in files) > LARGEST:
        raise UsageError(_too_large())
    return [(PurePosixPath(one.relative_to(folder).as_posix()), one.read_bytes) for one in files]


def _in_archive(archive: zipfile.ZipFile) -> list[Part]:
    """The files of a package that has been measured, and whose names stay within it."""
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS:
        raise UsageError(_too_many())
    size, packed = sum(one.file_size for one in parts), sum(one.compress_size for one in parts)
    if size > LARGEST or (size > _SMALL and size > _TIGHTEST * packed):
        raise UsageError(_too_large())
    for one in parts:
        _check_part(one)
    names = [one.filename for one in parts]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UsageError(say(f"filen {twice[0]} finns två gånger", f"the file {twice[0]} is there twice"))
    files = (one for one in parts if not one.is_dir())
    return [(_name(one), _reader(archive, one)) for one in files]


def _reader(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Callable[[], bytes]:
    return lambda: archive.read(part)


def _name(part: zipfile.ZipInfo) -> PurePosixPath:
    """The name of a part; some programs on Windows write backslashes."""
    return PurePosixPath(part.filename.replace("\\", "/"))


def _check_part(part: zipfile.ZipInfo) -> None:
    name = _name(part)
    if name.is_absolute() or ":" in str(name) or ".." in name.parts:
        told = visible(part.filename)[:80]
        raise UsageError(
            say(
                f"filnamnet ”{told}” pekar utanför paketet, och paketet läses inte",
                f'the file name "{told}" points outside the package, which is not read',
            )
        )
    if part.flag_bits & 1:
        raise UsageError(say("paketet har lösenord; packa om det utan", "the package has a password; pack it without"))


def _too_many() -> str:
    return say(f"har över {_MOST_PARTS} filer", f"has over {_MOST_PARTS} files")


def _of_parts(path: Path, parts: list[Part], report: Report) -> Package | None:
    """The package that some files make; all of a register's templates lie in one folder."""
    found = [(name, read, template) for name, read in parts if (template := _template_of(name))]
    folders = sorted({str(name.parent) for name, _, _ in found})
    if not found:
        raise UsageError(_no_templates())
    if len(folders) > 1:
        names = ", ".join(folders)
        message = say(
            f"har flera register: {names}; ange ett i taget", f"has several registers: {names}; give one each"
        )
        raise UsageError(message)
    package = Package(path, "csv")
    beside = {name.name.lower(): (name, read) for name, read in parts if str(name.parent) == folders[0]}
    _read_about(package, beside, report)
    for name, read, template in found:
        _add(package, template, path / name, _sheet(path / name, read, report), report)
    return package


def _template_of(name: PurePosixPath) -> str | None:
    return template_name(name.name) if name.suffix.lower() == ".csv" else None


def _no_templates() -> str:
    return say(
        "har inga mallar: ett rapportpaket har reports/b_01.01.csv till b_99.01.csv",
        "has no templates: a report package has reports/b_01.01.csv to b_99.01.csv",
    )


def _sheet(path: Path, read: Callable[[], bytes], report: Report) -> Sheet | None:
    try:
        return divided(text_of(read()), is_heading)
    except UsageError as refused:
        report.file("B681", path, str(refused))
        return None


def _add(package: Package, template: str, path: Path, sheet: Sheet | None, report: Report) -> None:
    if template in package.sheets:
        there = package.sheets[template]
        where = there[1].name or there[0].name
        report.file("B681", path, say(f"{template} finns redan: {where}", f"{template} is already there: {where}"))
    elif sheet is not None:
        package.sheets[template] = (path, sheet)


def _of_workbook(path: Path, report: Report) -> Package | None:
    package = Package(path, "xlsx")
    sheets = read_sheets(path, report, "B681", is_heading)
    for sheet in sheets:
        template = template_name(sheet.name)
        if template:
            _add(package, template, path, sheet, report)
    if sheets and not package.sheets:
        names = ", ".join(sheet.name for sheet in sheets[:5])
        message = say(
            f"inget blad heter som en mall (B_01.01 till B_99.01); bladen är {names}",
            f"no sheet is named after a template (B_01.01 to B_99.01); the sheets are {names}",
        )
        report.file("B682", path, message)
    return package if package.sheets else None


def _read_about(package: Package, beside: dict[str, Part], report: Report) -> None:
    """What the package tells of itself, beside its templates."""
    for name, put in ((_PARAMETERS, _put_parameters), (_INDICATORS, _put_indicators)):
        if name in beside:
            path, read = beside[name]
            put(package, list(_pairs(package.path / path, read, report)))
        else:
            _missing(package, name, report)
    if _REPORT in beside:
        path, read = beside[_REPORT]
        _check_framework(package.path / path, read, report)


def _missing(package: Package, name: str, report: Report) -> None:
    message = say(f"paketet saknar reports/{name}", f"the package has no reports/{name}")
    report.findings.append(Finding("B689", "warning", message, visible(str(package.path)), 1, 1))


def _pairs(path: Path, read: Callable[[], bytes], report: Report) -> Iterator[tuple[str, str]]:
    """The first two cells of each row below the heading."""
    try:
        rows = list(csv.reader(io.StringIO(text_of(read()), newline="")))
    except (UsageError, csv.Error) as error:
        report.file("B681", path, str(error))
        return
    yield from ((row[0].strip(), row[1].strip()) for row in rows[1:] if len(row) > 1)


def _put_parameters(package: Package, pairs: list[tuple[str, str]]) -> None:
    package.parameters.update(pairs)


def _put_indicators(package: Package, pairs: list[tuple[str, str]]) -> None:
    package.reported.update(
        (template, value.casefold() == "true") for name, value in pairs if (template := template_name(name))
    )


def _check_framework(path: Path, read: Callable[[], bytes], report: Report) -> None:
    """A report of another framework has templates of its own that are no register."""
    try:
        about = json.loads(text_of(read()))["documentInfo"]
        extended = [one for one in about.get("extends", []) if isinstance(one, str)]
    except (UsageError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        message = say("rapportens beskrivning går inte att läsa", "the description of the report cannot be read")
        report.findings.append(Finding("B689", "warning", message, visible(str(path)), 1, 1))
        return
    if extended and not any("dora" in one.casefold() for one in extended):
        told = visible(extended[0])[:120]
        message = say(f"rapporten följer ett annat ramverk: {told}", f"the report follows another framework: {told}")
        report.file("B682", path, message)
