"""XML as a tree whose elements know their places, from a reader that follows no entities and fetches nothing."""

from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers.expat import errors
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

from beroenden.errors import why_unreadable
from beroenden.language import say
from beroenden.modelfiles.findings import Finding, Severity, visible

LARGEST_FILE = 200_000_000
DEEPEST = 100
_ENDED = (errors.XML_ERROR_NO_ELEMENTS, errors.XML_ERROR_UNCLOSED_TOKEN, errors.XML_ERROR_UNCLOSED_CDATA_SECTION)
"""What the parser says of a file that ends before its root does."""


@dataclass(slots=True)
class Element:
    """An element; line and column count from 1."""

    tag: str
    attributes: dict[str, str]
    line: int
    column: int
    children: list["Element"] = field(default_factory=list)
    text: str = ""

    @property
    def name(self) -> str:
        """Its name attribute, without the space around it."""
        return self.attributes.get("name", "").strip()


@dataclass
class Reading:
    """The findings of one file."""

    path: Path
    findings: list[Finding] = field(default_factory=list)

    def add(self, code: str, severity: Severity, message: str, at: Element | None = None) -> None:
        """Report a finding at an element, or at the beginning of the file."""
        line, column = (at.line, at.column) if at else (1, 1)
        self.at(code, severity, message, line, column)

    def at(self, code: str, severity: Severity, message: str, line: int, column: int) -> None:
        """Report a finding at a place."""
        self.findings.append(Finding(code, severity, visible(message), visible(str(self.path)), line, column))

    def error(self, code: str, message: str, at: Element | None = None) -> None:
        """Report an error."""
        self.add(code, "error", message, at)

    def warning(self, code: str, message: str, at: Element | None = None) -> None:
        """Report a warning."""
        self.add(code, "warning", message, at)


class TooDeepError(SAXException):
    """Elements nested deeper than anybody writes them."""

    def __init__(self) -> None:
        super().__init__(say("för djupt nästlat", "nested too deeply"))


def read_xml(reading: Reading) -> Element | None:
    """The root of a file; None, and a finding, when it cannot be read."""
    from defusedxml import DefusedXmlException
    from defusedxml.sax import make_parser

    builder = _Builder()
    parser = make_parser()
    parser.setContentHandler(builder)
    try:
        if reading.path.stat().st_size > LARGEST_FILE:
            reading.error("B651", say("filen är större än 200 MB", "the file is larger than 200 MB"))
            return None
        with reading.path.open("rb") as file:
            parser.parse(file)
    except FileNotFoundError:
        reading.error("B101", say("finns inte", "does not exist"))
    except OSError as error:
        reason = why_unreadable(reading.path, error)
        reading.error("B101", say(f"går inte att läsa: {reason}", f"cannot be read: {reason}"))
    except DefusedXmlException:
        refused = say(
            "filen definierar entiteter eller hänvisar till andra filer, och det läses inte; ta bort dess DOCTYPE",
            "the file defines entities or refers to other files, which is not read; take out its DOCTYPE",
        )
        reading.at("B651", "error", refused, *_place(parser))
    except (SAXException, ValueError, LookupError) as error:
        told = error.getMessage() if isinstance(error, SAXException) else str(error)
        reading.at("B651", "error", _fault(told), *_place(parser))
    else:
        return builder.root
    return None


def _fault(told: str) -> str:
    """What is wrong with a file that is not XML, or not all of it."""
    if told in _ENDED:
        return say(
            "filen tar slut för tidigt; exportera eller hämta den på nytt",
            "the file ends too early; export or fetch it anew",
        )
    return say(
        f"filen är inte riktig XML härifrån ({told}); exportera eller hämta den på nytt",
        f"the file is not proper XML from here on ({told}); export or fetch it anew",
    )


def _place(parser: Locator) -> tuple[int, int]:
    return parser.getLineNumber() or 1, (parser.getColumnNumber() or 0) + 1


class _Builder(ContentHandler):
    """Makes the tree as the parser goes."""

    def __init__(self) -> None:
        super().__init__()
        self.root: Element | None = None
        self._open: list[Element] = []
        self._reached = Locator()

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802
        """Where the parser tells how far it has come."""
        self._reached = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        """An element begins."""
        if len(self._open) >= DEEPEST:
            raise TooDeepError
        made = Element(name, dict(attrs.items()), *_place(self._reached))
        if self._open:
            self._open[-1].children.append(made)
        else:
            self.root = made
        self._open.append(made)

    def endElement(self, name: str) -> None:  # noqa: N802
        """The innermost element ends."""
        self._open.pop()

    def characters(self, content: str) -> None:
        """Text within the innermost element."""
        self._open[-1].text += content
