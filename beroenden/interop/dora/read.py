"""DORA registers of information as a model: the bank and supplier half of the chain, never the agency half.

B681  error           no register that can be read: damaged, too large, unsafe, several in one
B682  error           another framework, the long form, a workbook without templates
B683  error, warning  columns: missing, twice, of no known layout (errors); unknown (warning)
B684  error           a formula, or the error of one; merged cells
B685  warning         a value that cannot be read and counts as unknown
B686  warning         no valid LEI
B687  warning         something is missing or is referred to that the register does not describe
B688  error, warning  two registers of one company (error); rows that contradict each other
B689  info, warning   an older layout; what the package tells of itself is missing or untrue
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beroenden.interop.dora.chain import Chain, chain_of
from beroenden.interop.dora.codes import YES
from beroenden.interop.dora.model import tables_of
from beroenden.interop.dora.package import open_package
from beroenden.interop.dora.register import Register, read_register
from beroenden.language import Language, say, writing_in
from beroenden.model.network import Network
from beroenden.modelfiles.findings import Finding, Report, has_errors, visible
from beroenden.modelfiles.read import build

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Scope:
    """How far down the registers tell of the supply chain.

    Attributes:
        services: Bought by the companies themselves.
        described: Of these, how many have a subcontractor in the registers.
        critical: Those that a critical or important function rests on.
        critical_described: Of these, how many have a subcontractor.
    """

    services: int
    described: int
    critical: int
    critical_described: int


@dataclass(frozen=True, slots=True)
class Imported:
    """What some registers held.

    Attributes:
        network: None when any finding is an error.
        registers: Each as it was read, with its tally.
    """

    network: Network | None
    findings: tuple[Finding, ...]
    registers: tuple[Register, ...] = ()
    companies: int = 0
    functions: int = 0
    services: int = 0
    scope: Scope = Scope(0, 0, 0, 0)


def read_dora(paths: Sequence[str | Path], language: Language = "sv") -> Imported:
    """Some registers as one model, with all findings.

    Args:
        paths: Report packages (.zip), their unpacked folders, or workbooks (.xlsx); one for each company that keeps one.
        language: Of the model's texts.
    """
    report = Report()
    packages = [package for path in paths if (package := open_package(Path(path), report)) is not None]
    registers = [read_register(package, report) for package in packages]
    _none_is_there_twice(registers, report)
    if not registers or has_errors(report.findings):
        return Imported(None, tuple(report.findings), tuple(registers))
    chain = chain_of(registers)
    _chains_hold(chain, registers, report)
    return _imported(chain, registers, report, language)


def _imported(chain: Chain, registers: list[Register], report: Report, language: Language) -> Imported:
    with writing_in(language):
        tables: dict[str, Any] = tables_of(chain, registers)
    if not chain.companies:
        report.file("B682", registers[0].path, say("registret är tomt", "the register is empty"))
        return Imported(None, tuple(report.findings), tuple(registers))
    network, more = build(tables)
    if network is None:
        return Imported(None, (*report.findings, *more), tuple(registers))
    counts = (len(chain.companies), len(chain.functions), len(chain.services))
    return Imported(network, tuple(report.findings), tuple(registers), *counts, _scope(chain))


def _none_is_there_twice(registers: list[Register], report: Report) -> None:
    """Of each company one register: two would be two truths."""
    first: dict[str, Register] = {}
    for one in registers:
        if one.mark in first:
            other = first[one.mark].path
            message = say(
                f"{one.mark} har redan ett register här: {other}; ange bara det senaste",
                f"{one.mark} already has a register here: {other}; give only the latest",
            )
            report.file("B688", one.path, message)
        first.setdefault(one.mark, one)


def _chains_hold(chain: Chain, registers: list[Register], report: Report) -> None:
    """Links of a supply chain that no function reaches, told once for each register."""
    loose = chain.unlinked()
    for register in registers:
        own = [node for node in loose if node.register is register]
        if own:
            some = ", ".join(f"{node.key[1]} {node.key[2]} {node.key[3].code}" for node in own[:_SHOWN])
            message = say(
                f"{len(own)} led i B_05.02 hänger inte ihop med någon tjänst i B_02.02 (avtal, tjänst, leverantör): {some}",
                f"{len(own)} links of B_05.02 hang together with no service of B_02.02 (contract, service, provider): {some}",
            ) + (" …" if len(own) > _SHOWN else "")
            report.findings.append(Finding("B687", "warning", visible(message), visible(str(register.path)), 1, 1))


def _scope(chain: Chain) -> Scope:
    direct = [node for node in chain.services.values() if node.rank == 1]
    critical = {key for one in chain.functions.values() if one.critical == YES for key in one.services}
    counted = [node for node in direct if node.key in critical]
    described, critical_described = (sum(bool(node.subcontracted) for node in nodes) for nodes in (direct, counted))
    return Scope(len(direct), described, len(counted), critical_described)
