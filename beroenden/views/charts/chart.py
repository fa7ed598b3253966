"""A picture, ready to be put into a document or a page."""

import re
from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING

from beroenden.views.charts.sheet import own_settings

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_IDS = re.compile(r'(\bid="|href="#|url\(#)')
_STYLE = re.compile(r"<defs>\s*<style.*?</style>\s*</defs>", re.DOTALL)
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
_LINES = ' stroke-linejoin="round" stroke-linecap="butt"'


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture 160 mm wide.

    Attributes:
        name: A word for file names.
        title: What stands above or below the picture; the picture itself has none.
        alt: What the picture shows and what it says, in words and figures.
    """

    name: str
    title: str
    alt: str
    figure: "Figure" = field(repr=False, compare=False)

    def svg(self) -> str:
        """The picture as an `<svg>` element without prolog; texts as outlines, so it looks the same everywhere.

        The same picture gives the same text, and ids are unlike those of any other picture on the page.
        """
        drawn = _METADATA.sub("", self._printed("svg", None, ("Date", "Creator", "Format", "Type")).decode())
        # The style sheet would reach everything on a page; as attributes the same is inherited by this picture only.
        body = _STYLE.sub("", drawn[drawn.index("<svg") :], count=1)
        prefix = f"{self.name}-{sha256(f'{self.title}{self.alt}{body}'.encode()).hexdigest()[:8]}-"
        body = _IDS.sub(rf"\g<1>{prefix}", body)
        opening, rest = body.split(">", 1)
        said = (
            f'<title id="{prefix}title">{escape(self.title)}</title><desc id="{prefix}desc">{escape(self.alt)}</desc>'
        )
        return f'{opening}{_LINES} role="img" aria-labelledby="{prefix}title {prefix}desc">{said}{rest}'

    def _repr_html_(self) -> str:
        """What a notebook shows: an image, since a notebook that is made into a page gives no SVG its alternative text."""
        drawn = b64encode(self.svg().encode()).decode()
        return f'<img alt="{escape(self.alt)}" src="data:image/svg+xml;base64,{drawn}">'

    def png(self, dpi: int = 150) -> bytes:
        """The picture as PNG; the same picture gives the same bytes."""
        return self._printed("png", dpi, ("Software",))

    def _printed(self, form: str, dpi: int | None, left_out: tuple[str, ...]) -> bytes:
        buffer = BytesIO()
        with own_settings():
            self.figure.savefig(buffer, format=form, dpi=dpi or "figure", metadata=dict.fromkeys(left_out))
        return buffer.getvalue()
