"""Reading the texts of a model before they are written anywhere."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from beroenden.model.network import Network
from beroenden.modelfiles.findings import Finding, Place, Report, Source, visible
from beroenden.modelfiles.read import draft_models, draft_tables, finish, syntax_error
from beroenden.modelfiles.schema import Draft


@dataclass(frozen=True, slots=True)
class Reading:
    """What the texts of a model are read as; the network is None when a finding is an error."""

    network: Network | None
    findings: list[Finding]
    draft: Draft


def read_texts(texts: Mapping[Path, str], today: date | None = None) -> Reading:
    """Read a model of texts by the names of their files."""
    report, parsed = Report(), []
    for file, text in texts.items():
        plain = text.removeprefix("\ufeff")
        try:
            source = Source(visible(str(file)), plain)
            parsed.append((source.tables, report.root(source)))
        except tomllib.TOMLDecodeError as error:
            syntax_error(file, plain, str(error), report)
    return read_parsed(parsed, report, today, is_whole=len(parsed) == len(texts))


def read_parsed(
    parsed: list[tuple[dict[str, Any], Place]], report: Report, today: date | None = None, *, is_whole: bool = True
) -> Reading:
    """Read a model of its files as they have been parsed, with the report that heard of that."""
    draft = Draft()
    draft_models(parsed, draft)
    draft_tables(parsed, draft)
    network, findings = finish(draft, report, today, is_whole=is_whole)
    return Reading(network, findings, draft)
