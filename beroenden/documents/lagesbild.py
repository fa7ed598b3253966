"""The internal lägesbild as Markdown."""

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from beroenden.incident.situation import Situation
from beroenden.incident.statements import HIGHLIGHTS, INTERNAL_FORM

if TYPE_CHECKING:
    from jinja2 import Template

_SPECIAL = re.compile(r"([\\`*_\[\]|#~])")


def render(situation: Situation) -> str:
    """The lägesbild with the four boxes of FSPOS' form; questions without statements stay as prompts."""
    return _template().render(situation=situation, form=INTERNAL_FORM, highlights=HIGHLIGHTS)


def escape(value: Any) -> str:
    """A text that Markdown shows as it is, on one line."""
    line = " ".join(str(value).splitlines())
    return _SPECIAL.sub(r"\\\1", line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


@cache
def _template() -> "Template":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("beroenden.documents", "templates"),
        finalize=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("lagesbild.md.j2")
