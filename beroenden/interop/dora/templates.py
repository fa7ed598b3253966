"""The templates of the register that the map is made of: which columns are read, and what each is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_COLUMN = re.compile(r"(?:(?:RT|B)[._ ]?\d{2}[._]\d{2}[._]|c)?(0\d{3})", re.IGNORECASE)
_NAME = re.compile(r"(?:RT|B)[._ ]?(\d{2})[._](\d{2})(?!\d)", re.IGNORECASE)
LONG_FORM = ("datapoint", "factvalue")


@dataclass(frozen=True, slots=True)
class Template:
    """A template, in one of the layouts that are in use.

    Attributes:
        code: As "B_02.02".
        columns: What is read, by name, with the code of its column. No costs: they are never taken up.
        required: Names without which the template tells nothing.
        width: How many columns the layout has.
    """

    code: str
    columns: Mapping[str, str]
    required: tuple[str, ...]
    width: int


def _template(code: str, required: str, others: str, width: int) -> Template:
    """A template from "name:code" pairs."""
    columns = {name: column for name, _, column in (one.partition(":") for one in f"{required} {others}".split())}
    names = tuple(one.partition(":")[0] for one in required.split())
    return Template(code, columns, names, width)


B_01_01 = _template("B_01.01", "lei:0010", "name:0020 type:0040 date:0060", 6)
B_01_02 = _template("B_01.02", "lei:0010 name:0020", "type:0040 deleted:0090", 11)
B_02_01 = _template("B_02.01", "contract:0010", "arrangement:0020 overarching:0030", 5)
B_02_02 = _template(
    "B_02.02",
    "contract:0010 user:0020 provider:0030 function:0050 service:0060",
    "code_type:0040 ends:0080 reliance:0180",
    18,
)
B_04_01 = _template("B_04.01", "contract:0010 user:0020", "", 4)
B_05_01 = _template("B_05.01", "provider:0010 name:0050", "code_type:0020 latin:0060", 12)
B_05_01_OF_9 = _template("B_05.01", "provider:0010 name:0030", "code_type:0020", 9)
B_05_02 = _template(
    "B_05.02",
    "contract:0010 service:0020 provider:0030 rank:0050",
    "code_type:0040 recipient:0060 recipient_type:0070",
    7,
)
B_06_01 = _template(
    "B_06.01",
    "function:0010 name:0030 lei:0040",
    "activity:0020 critical:0050 rto:0080 rpo:0090 impact:0100",
    10,
)
B_06_01_OF_2024 = _template(
    "B_06.01",
    "function:0010 name:0030 lei:0040",
    "activity:0020 critical:0060 rto:0090 rpo:0100 impact:0110",
    10,
)
"""As the regulation was first printed, before its corrigendum (OJ L 2025/90725): 0050 is skipped."""
B_07_01 = _template(
    "B_07.01",
    "contract:0010 provider:0020 service:0040",
    "code_type:0030 substitutability:0050 why_not:0060 exit_plan:0080 reintegration:0090 impact:0100 "
    "alternatives:0110 which:0120",
    12,
)
B_99_01 = Template("B_99.01", {f"{one:04d}": f"{one:04d}" for one in range(10, 200, 10)}, (), 19)

READ = (B_01_01, B_01_02, B_02_01, B_02_02, B_04_01, B_05_01, B_05_02, B_06_01, B_07_01, B_99_01)
NOT_READ = {
    "B_01.03": "branch",
    "B_02.03": "intra-group",
    "B_03.01": "signing",
    "B_03.02": "signing",
    "B_03.03": "signing",
}
"""Templates that add nothing to the map, with the reason."""

DEFINED = (
    *(("B_02.01.0020", one) for one in ("x1", "x2", "x3")),
    *(("B_02.02.0170", one) for one in ("x791", "x792", "x793")),
    *(("B_06.01.0100", one) for one in ("x791", "x792", "x793")),
    *(("B_07.01.0050", one) for one in ("x959", "x960", "x961", "x962")),
    *(("B_07.01.0090", one) for one in ("x798", "x966", "x967")),
    *(("B_07.01.0100", one) for one in ("x791", "x792", "x793")),
)
"""What the 19 columns of B_99.01 define, in order: a column of another template and a code of it."""


def template_name(text: str) -> str | None:
    """The template that a file or sheet is named after.

    >>> template_name("b_02.02.csv"), template_name("RT.02.02 Contracts"), template_name("Notes")
    ('B_02.02', 'B_02.02', None)
    """
    match = _NAME.match(text.strip())
    return f"B_{match[1]}.{match[2]}" if match else None


def column_code(heading: str) -> str | None:
    """The code of a column by its heading.

    >>> column_code("c0010"), column_code("B_02.02.0050"), column_code("0180"), column_code("2024")
    ('0010', '0050', '0180', None)
    """
    match = _COLUMN.fullmatch(heading.strip())
    return match[1] if match else None


def is_heading(text: str) -> bool:
    """Whether a cell is the heading of a column, of this dialect or of the long form."""
    return column_code(text) is not None or text.strip().casefold() in LONG_FORM
