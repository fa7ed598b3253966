"""Finds the texts of Python source that a user reads, and what is wrong with them as two languages."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

_GAP = re.compile(r"\{\w*(?:\[[^\]]*\])?(?:![rs])?(?::[^{}]*)?\}")
_BRACES = re.compile(r"\{[^{}]*\}")
_QUOTED = re.compile(r"(?<!\w)'[^']+'(?!\w)|”[^”]*”|\"[^\"]*\"|`[^`]*`|\([\wåäö]+\)")
_CODE = re.compile(r"\[\[?[\w.]+\]?\]|\[[^\]]*\]|--[\w-]+|[\w/.]+\.(?:toml|json|md|docx|xlsx|csv)\b|\w+_\w+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_PROSE = re.compile(r"[^\W\d_]{2,}[,:;]? [^\W\d_]+[,:;]? [^\W\d_]{2,}")
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "is",
        "are",
        "was",
        "were",
        "been",
        "with",
        "which",
        "from",
        "not",
        "this",
        "that",
        "these",
        "those",
        "an",
        "than",
        "whose",
        "where",
        "when",
        "who",
        "has",
        "have",
        "its",
    ]
)
_SWEDISH = frozenset(
    [
        "alla",
        "att",
        "av",
        "blir",
        "det",
        "eller",
        "ett",
        "från",
        "för",
        "går",
        "finns",
        "har",
        "hos",
        "ingen",
        "inga",
        "inte",
        "ja",
        "kan",
        "med",
        "nej",
        "och",
        "om",
        "på",
        "sen",
        "ska",
        "som",
        "till",
        "utan",
        "vid",
        "är",
    ]
)
_BUGS = frozenset(["AssertionError", "AttributeError", "RuntimeError", "TypeError", "ValueError"])
_PATTERNS = frozenset(["compile", "match", "search", "sub", "fullmatch", "filterwarnings"])


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the source: its words with {} for each gap, what fills the gaps, and how figures in it are written."""

    words: str
    gaps: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()

    def __add__(self, other: "Text") -> "Text":
        return Text(self.words + other.words, self.gaps | other.gaps, self.figures | other.figures)


@dataclass(frozen=True, slots=True)
class Pair:
    """One text in both languages."""

    line: int
    sv: Text
    en: Text


@cache
def nodes_of(tree: ast.AST) -> tuple[ast.AST, ...]:
    """All nodes of a syntax tree; it is gone through often, so once for all."""
    return tuple(ast.walk(tree))


@cache
def text_of(node: ast.expr) -> Text | None:
    """The text that an expression makes; None where it is none, or comes from elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return Text(_BRACES.sub("{}", node.value), frozenset(_GAP.findall(node.value)))
    if isinstance(node, ast.JoinedStr):
        return sum((_part(one) for one in node.values), Text(""))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = text_of(node.left), text_of(node.right)
        return left + right if left and right else None
    if isinstance(node, ast.IfExp):
        body, otherwise = text_of(node.body), text_of(node.orelse)
        return body + Text(" ") + otherwise if body and otherwise else None
    return None


def _part(node: ast.expr) -> Text:
    if not isinstance(node, ast.FormattedValue):
        return Text(str(node.value))  # type: ignore[attr-defined]
    names = {one.id for one in ast.walk(node.value) if isinstance(one, ast.Name)}
    as_written = "".join(str(getattr(one, "value", "")) for one in getattr(node.format_spec, "values", ()))
    figures = {as_written} if re.fullmatch(r",|,?\.\d[fge%]|%", as_written) else set()
    return Text("{}", frozenset(_of_either(name) for name in names if not name.isupper()), frozenset(figures))


def _of_either(name: str) -> str:
    """A name without the language that it is of: is_sv and is_en are the same gap."""
    return re.sub(r"(^|_)(sv|en|swedish|english)$", r"\1", name)


def takers_of_both(trees: Iterable[ast.AST]) -> dict[str, int]:
    """Functions and classes that take a text in both languages, and which argument is the Swedish one."""
    found = {"say": 0}
    for node in (node for tree in trees for node in nodes_of(tree)):
        names: list[str] = []
        if isinstance(node, ast.FunctionDef):
            names = [one.arg for one in node.args.args]
        elif isinstance(node, ast.ClassDef):
            names = [
                one.target.id
                for one in node.body
                if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
            ]
        if ("sv", "en") in pairwise(names):
            found[node.name] = names.index("sv")  # type: ignore[attr-defined]
    return found


def pairs(tree: ast.AST, takers: Mapping[str, int]) -> Iterator[Pair]:
    """Every text that is written in both languages side by side."""
    for node in nodes_of(tree):
        for sv, en in _beside(node, takers):
            texts = text_of(sv), text_of(en)
            if texts[0] and texts[1]:
                yield Pair(sv.lineno, texts[0], texts[1])


def _beside(node: ast.AST, takers: Mapping[str, int]) -> Iterator[tuple[ast.expr, ast.expr]]:
    """The two of a taker of both languages; a tuple of two texts; neighbours in prose, as after a key."""
    if isinstance(node, ast.Call) and called(node) in takers:
        first = takers[called(node)]
        yield from pairwise(node.args[first : first + 2])
    elif isinstance(node, ast.Tuple) and len(node.elts) == 2:
        if all(_is_text(one) for one in node.elts):
            yield node.elts[0], node.elts[1]
    elif isinstance(node, ast.Tuple | ast.Call) and not (isinstance(node, ast.Call) and called(node) in _PATTERNS):
        given = node.elts if isinstance(node, ast.Tuple) else node.args
        if len([one for one in given if _is_text(one)]) <= 3:
            yield from ((one, other) for one, other in pairwise(given) if _is_prose(one) and _is_prose(other))


@cache
def _is_text(node: ast.expr) -> bool:
    """Whether a node is words for a reader, and no key, pattern or empty text."""
    text = text_of(node) if isinstance(node, ast.Constant | ast.JoinedStr) else None
    return text is not None and bool(_WORD.search(text.words)) and not re.search(r"\\|\(\?|^\w+_\w+$", text.words)


def _is_prose(node: ast.expr) -> bool:
    text = text_of(node)
    return _is_text(node) and text is not None and len(_WORD.findall(text.words)) > 1


def called(node: ast.Call) -> str:
    """The last name of what is called: click.echo is echo."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def faults(pair: Pair, names: Set[str] = frozenset()) -> Iterator[str]:
    """What is wrong with a pair of texts, each as a sentence.

    Args:
        pair: The texts.
        names: Swedish words that stand in English texts as well: columns, values, forms.
    """
    sv, en = pair.sv.words, pair.en.words
    if not sv.strip() or not en.strip():
        yield "a language is empty"
        return
    if sv == en and _WORD.search(_bare(sv)):
        yield "both languages say the same"
    if pair.sv.gaps != pair.en.gaps:
        yield f"filled differently: {', '.join(sorted(pair.sv.gaps ^ pair.en.gaps))}"
    if pair.sv.figures | pair.en.figures:
        yield f"a figure written without units.numbers: {', '.join(sorted(pair.sv.figures | pair.en.figures))}"
    if found := words_of(sv) & _ENGLISH:
        yield f"English in the Swedish: {', '.join(sorted(found))}"
    foreign = words_of(en) & _SWEDISH | {
        word for word in _WORD.findall(_bare(en)) if re.search("^[a-zåäö]*[åäö]", word)
    }
    if found := foreign - names:
        yield f"Swedish in the English: {', '.join(sorted(found))}"


def words_of(text: str) -> set[str]:
    """The words of a text that are of a language: nothing in quotes, no options, keys, gaps or capitals."""
    return {word.lower() for word in _WORD.findall(_bare(text)) if not word.isupper()}


def _bare(text: str) -> str:
    return _CODE.sub(" ", _QUOTED.sub(" ", _BRACES.sub(" ", text)))


def single_words(tree: ast.AST, takers: Mapping[str, int]) -> Iterator[str]:
    """Texts of one word that are written alone: keys, values and columns, which are the same in both languages."""
    passed = _passed(tree, takers)
    for node in nodes_of(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in passed:
            yield from re.findall(r"^[\w-]+$", node.value)


def literals(tree: ast.AST, takers: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    """Texts that look written for a reader but stand in one language only: line and text."""
    yield from _alone(tree, _passed(tree, takers))


def _passed(tree: ast.AST, takers: Mapping[str, int]) -> set[ast.AST]:
    """What is no text in one language: pairs, docstrings and what is said below a constant, a text kept as `sv`."""
    found: set[ast.AST] = {one for node in nodes_of(tree) for pair in _beside(node, takers) for one in pair}
    for node in nodes_of(tree):
        if (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)) or (
            isinstance(node, ast.Assign) and any(getattr(one, "id", "") in ("sv", "en") for one in node.targets)
        ):
            found.add(node.value)
    return found


def _alone(node: ast.AST, passed: set[ast.AST]) -> Iterator[tuple[int, str]]:
    if node in passed or isinstance(node, ast.FormattedValue) or _is_for_the_program(node):
        return
    text = text_of(node) if isinstance(node, ast.Constant | ast.JoinedStr) else None
    if text and written_for_a_reader(text.words):
        yield node.lineno, text.words  # type: ignore[attr-defined]
        return
    for child in ast.iter_child_nodes(node):
        yield from _alone(child, passed)


def _is_for_the_program(node: ast.AST) -> bool:
    """Patterns, and errors that only a fault of the program raises."""
    if isinstance(node, ast.Call) and called(node) in _PATTERNS:
        return True
    if isinstance(node, ast.AnnAssign | ast.arg) or not isinstance(node, ast.Raise):
        return False
    return (
        isinstance(node.exc, ast.Call) and called(node.exc) in _BUGS and not any(_is_call(one) for one in node.exc.args)
    )


def _is_call(node: ast.expr) -> bool:
    return isinstance(node, ast.Call)


def written_for_a_reader(text: str) -> bool:
    """Whether a text has three words in a row and is no example of a command."""
    return bool(_PROSE.search(_BRACES.sub(" ", text))) and not text.startswith("beroenden ")


def said_outright(tree: ast.AST, sayers: Set[str]) -> Iterator[tuple[int, str]]:
    """Words handed as they are to what shows them: line and text. A `say` around them is what is missing."""
    for node in nodes_of(tree):
        if isinstance(node, ast.Call):
            given = [*node.args] if called(node) in sayers else []
            given += [
                one.value for one in node.keywords if one.arg in ("help", "metavar", "epilog", "prompt", "caption")
            ]
            yield from (found for one in given for found in _words_in(one))


def _words_in(node: ast.expr) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Constant | ast.JoinedStr):
        text = text_of(node)
        if text and words_of(text.words) and not text.words.startswith("beroenden "):
            yield node.lineno, text.words
    elif isinstance(node, ast.Tuple | ast.List):
        for child in node.elts:
            yield from _words_in(child)
    elif isinstance(node, ast.BinOp):
        yield from _words_in(node.left)
        yield from _words_in(node.right)


def unused(trees: Iterable[ast.Module], elsewhere: str) -> Iterator[str]:
    """Names defined on the level of a module or a class that nothing mentions.

    Args:
        trees: The modules.
        elsewhere: Text that also mentions names: templates and scripts.
    """
    trees = list(trees)
    mentioned = set(re.findall(r"\w+", elsewhere))
    for node in (node for tree in trees for node in nodes_of(tree)):
        mentioned |= set(_mentions(node))
    for tree in trees:
        for node in (*tree.body, *(inner for one in tree.body if isinstance(one, ast.ClassDef) for inner in one.body)):
            yield from (name for name in _defined(node) if name not in mentioned and not name.startswith("__"))


def _mentions(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 200:
        yield from re.findall(r"\w+", node.value)


def _defined(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign):
        yield from (one.id for one in node.targets if isinstance(one, ast.Name))
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id


def unasked(trees: Mapping[str, ast.Module], takers: Mapping[str, int]) -> Iterator[tuple[str, int, str]]:
    """Keys of dictionaries of texts that nothing else names: module, line and key."""
    asked: Counter[str] = Counter()
    for tree in trees.values():
        said = {one for node in nodes_of(tree) for pair in _beside(node, takers) for one in pair}
        asked.update(name for node in nodes_of(tree) if node not in said for name in _named(node))
    for module, tree in trees.items():
        for node in nodes_of(tree):
            if isinstance(node, ast.Dict) and node.keys and all(_is_both(one, takers) for one in node.values):
                keys = [key for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
                yield from ((module, key.lineno, key.value) for key in keys if asked[key.value] == 1)


def _named(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.keyword | ast.arg) and node.arg:
        yield node.arg
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id
    elif isinstance(node, ast.FunctionDef):
        yield node.name


def _is_both(node: ast.expr, takers: Mapping[str, int]) -> bool:
    return (isinstance(node, ast.Call) and called(node) in takers) or (
        isinstance(node, ast.Tuple) and next(_beside(node, takers), None) is not None
    )
