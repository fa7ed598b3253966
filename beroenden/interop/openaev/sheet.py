"""The injects as a sheet that OpenAEV imports, and the mapper that tells it what the columns are.

Source: InjectImportService and MapperService of OpenAEV (Apache-2.0), commits 1ac24f4b and 08ce584d.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from beroenden.exercise.exercise import Exercise, Inject
from beroenden.interop.openaev.injects import (
    MANUAL,
    SCORE,
    description,
    expectation,
    is_by_the_clock,
    seconds,
    team_names,
    title,
)
from beroenden.language import say, writing_in
from beroenden.model.network import Network
from beroenden.modelfiles.findings import visible
from beroenden.units.durations import DAY, HOUR

_PLAIN, _WITH_EXPECTATION, _NOT_BY_THE_CLOCK = "inspel", "inspel med förväntan", "importeras inte"
"""Words of the first column: the importer takes a row by one of the first two, and leaves any other."""
_COLUMNS = ("import", "tid", "rubrik", "beskrivning", "lag", "förväntan")
_WIDTHS = (22, 12, 40, 90, 30, 50)
_LONGEST = 32_767
"""Characters in a cell."""
_NO_TIME = datetime(1980, 1, 1, tzinfo=UTC)


def mapper(exercise: Exercise) -> bytes:
    """The mapper for `openaev_xlsx`, JSON: a list of one, as OpenAEV exports its own.

    The rows without an expectation have rules of their own: every row under a rule about expectations gets one.
    """
    with writing_in(exercise.language):
        expected = (
            _rule("expectation_name", default=say("Förväntad åtgärd", "Expected action")),
            _rule("expectation_description", "F"),
            _rule("expectation_score", default=str(SCORE)),
        )
        name = f"{say('ÖVNING', 'EXERCISE')} – {visible(exercise.name)}"
    made = {
        "import_mapper_name": name,
        "import_mapper_inject_type_column": "A",
        "import_mapper_inject_importers": [_importer(_PLAIN), _importer(_WITH_EXPECTATION, *expected)],
    }
    return json.dumps([made], ensure_ascii=False, indent=1).encode()


def _importer(word: str, *rules: dict[str, Any]) -> dict[str, Any]:
    common = (
        _rule("trigger_time", "B", config={"timePattern": ""}),
        _rule("title", "C"),
        _rule("description", "D"),
        _rule("teams", "E", config={"allTeamsValue": ""}),
    )
    return {
        "inject_importer_type_value": f"^{word}$",
        "inject_importer_injector_contract": MANUAL,
        "inject_importer_rule_attributes": [*common, *rules],
    }


def _rule(
    name: str, column: str | None = None, *, default: str = "", config: dict[str, str] | None = None
) -> dict[str, Any]:
    return {
        "rule_attribute_name": name,
        "rule_attribute_columns": column,
        "rule_attribute_default_value": default,
        "rule_attribute_additional_config": config or {},
    }


def openaev_xlsx(exercise: Exercise, network: Network) -> bytes:
    """The injects as the sheet that `mapper` maps; the same bytes for the same exercise.

    The importer cannot read from a sheet that an inject is disabled, so a reserve or skipped inject is marked in the first
    column as not imported; who wants it writes another word there. It also counts the times from the earliest row, so
    where nothing is given at the start a row says that the exercise begins.

    Returns:
        The content of an .xlsx file.
    """
    content = BytesIO()
    with writing_in(exercise.language), Workbook(content, {"in_memory": True}) as workbook:
        label = exercise.tlp or network.tlp
        workbook.set_properties(
            {"title": f"{label} {say('ÖVNING', 'EXERCISE')} {visible(exercise.name)}", "created": _NO_TIME}
        )
        sheet = workbook.add_worksheet("OpenAEV")
        wrapped, bold = workbook.add_format({"text_wrap": True, "valign": "top"}), workbook.add_format({"bold": True})
        for column, (heading, width) in enumerate(zip(_COLUMNS, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, bold)
        for number, row in enumerate(_rows(exercise, network), start=1):
            for column, text in enumerate(row):
                sheet.write_string(number, column, _fitting(text), wrapped)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_header(f"&C{label} {say('ÖVNING', 'EXERCISE')}")
    return content.getvalue()


def _rows(exercise: Exercise, network: Network) -> Iterator[tuple[str, ...]]:
    teams = team_names(exercise, network)
    given = [seconds(exercise, one) for one in exercise.injects if is_by_the_clock(one)]
    if given and min(given) > 0:
        begins = say("Övningen börjar", "The exercise begins")
        yield _PLAIN, relative_time(0), begins, f"{say('ÖVNING', 'EXERCISE')}: {begins}", "", ""
    for inject in exercise.injects:
        yield (
            _word(inject),
            relative_time(seconds(exercise, inject)),
            title(inject),
            description(inject, exercise, network),
            teams[inject.to] if inject.is_for_players else "",
            expectation(inject),
        )


def _word(inject: Inject) -> str:
    if not is_by_the_clock(inject):
        return _NOT_BY_THE_CLOCK
    return _WITH_EXPECTATION if expectation(inject) else _PLAIN


def relative_time(seconds_in: int) -> str:
    """A time from the start as the importer reads it.

    >>> relative_time(26 * 3600 + 1800)
    'D1 H2 M30'
    """
    days, minutes = divmod(seconds_in // 60, DAY)
    return f"D{days} H{minutes // HOUR} M{minutes % HOUR}"


def _fitting(text: str) -> str:
    """The text, cut with a remark where it is longer than a cell may be."""
    if len(text) <= _LONGEST:
        return text
    remark = say(" … [texten är avkortad; hela finns i inspelslistan]", " … [cut; the inject list has all of it]")
    return text[: _LONGEST - len(remark)] + remark
