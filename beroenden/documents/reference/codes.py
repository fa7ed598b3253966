"""Every finding that the program can give, read out of the source that gives it.

A finding's code, severity and message stand once, in the call that reports it. Listing them by hand would be a second
place to keep true; here the calls are looked up in the syntax trees of the package's own modules instead. A part of a
message that is known only when it is given is "…".
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import product

from beroenden.language import language, say

SEVERITIES = ("error", "warning", "info")
_CODE = re.compile(r"B\d{3}")
_REPORTS = {
    "error": "error",
    "_error": "error",
    "file": "error",
    "read_sheets": "error",
    "warning": "warning",
    "info": "info",
    "Doubt": "warning",
    "Finding": None,
    "add": None,
    "at": None,
}
"""What reports a finding, and how severe it is; None: an argument says."""
_DEEPEST = 4
"""How many steps from the call the message is looked for: through names and functions of the module."""

_HINT = re.compile("Menade du|Did you mean")
"""What is added to a message where something near is known."""


_PLAYER = (
    "texten nämner något som spelaren inte får läsa (märkning i modellen); skriv om den",
    "the text names something that the player may not read (its label in the model); reword it",
)
_CAUSE = (
    "texten nämner något som spelaren ännu inte ska veta är ute; är det meningen?",
    "the text names something that the player should not know to be out yet; is that meant?",
)
_MERGED = (
    "cellerna … är sammanfogade; dela dem och skriv ut värdet i varje cell",
    "the cells … are merged; split them",
)
_COMPUTED = (
    "cellen har en formel eller ett fel; klistra in värdet i stället",
    "the cell has a formula or an error; paste the value instead",
)
_NO_SHEETS = ("filen går inte att läsa som tabell: …", "the file cannot be read as tables: …")
_NOTHING = (
    "… × en sort som inte blir något i modellen, och varför",
    "… × a type that becomes nothing in the model, and why",
)
ELSEWHERE: dict[str, tuple[tuple[str, str], ...]] = {
    "B211": (
        (
            "ett datum, ett klockslag eller en tidpunkt som inte går att läsa; skriv hela minuter",
            "a date, a time of day or an instant that cannot be read; write whole minutes",
        ),
    ),
    "B692": (_NOTHING,),
    "B693": (_NOTHING,),
    "B830": (_NO_SHEETS, ("mappen har inga CSV-filer", "the folder has no CSV files")),
    "B836": (_MERGED,),
    "B837": (_COMPUTED,),
    "B950": (_NO_SHEETS,),
    "B956": (_MERGED,),
    "B957": (_COMPUTED,),
    "B970": (_PLAYER,),
    "B971": (_CAUSE,),
}
"""What codes say whose message is put together in another module, or whose one call reports two codes."""


@dataclass(frozen=True, slots=True)
class Code:
    """A finding's code, one of its severities, and what it says then, each text once."""

    code: str
    severity: str
    messages: tuple[str, ...]


def every_code() -> list[Code]:
    """All codes in order, the most severe first, their messages in the language being written."""
    found: defaultdict[tuple[str, int], dict[str, None]] = defaultdict(dict)
    texts = (module.read_text("utf-8") for module in _modules(files("beroenden")))
    for text in (one for one in texts if _CODE.search(one)):
        for code, severities, messages in _Source(ast.parse(text)).reported():
            for severity in severities:
                found[code, SEVERITIES.index(severity)] |= dict.fromkeys(messages)
    return [
        Code(code, SEVERITIES[severity], _elsewhere(code) or tuple(messages))
        for (code, severity), messages in sorted(found.items())
    ]


def _elsewhere(code: str) -> tuple[str, ...]:
    return tuple(say(*one) for one in ELSEWHERE.get(code, ()))


def _modules(folder: Traversable) -> Iterator[Traversable]:
    for one in sorted(folder.iterdir(), key=lambda path: path.name):
        if one.is_dir():
            yield from _modules(one)
        elif one.name.endswith(".py"):
            yield one


class _Source:
    """The syntax tree of a module, and what its calls report."""

    def __init__(self, tree: ast.Module) -> None:
        self._nodes = list(ast.walk(tree))

    @cached_property
    def _parents(self) -> dict[ast.AST, ast.AST]:
        return {child: node for node in self._nodes for child in ast.iter_child_nodes(node)}

    @cached_property
    def _functions(self) -> dict[str, ast.FunctionDef]:
        return {node.name: node for node in self._nodes if isinstance(node, ast.FunctionDef)}

    def reported(self) -> Iterator[tuple[str, set[str], list[str]]]:
        """Each code that something is reported under, with its severities and messages."""
        for node in self._nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value):
                call = self._reporting(node)
                if call is not None:
                    yield node.value, set(self._severities(call, node)), self._messages(call, node)

    def _reporting(self, code: ast.AST) -> ast.Call | None:
        """The call that reports a code; where the code stands beside its message, the one further down."""
        node = code
        while not isinstance(node, ast.stmt):
            above = self._parents[node]
            if isinstance(above, ast.Compare) or (isinstance(above, ast.Tuple) and self._is_looked_for_in(above)):
                return None
            if isinstance(above, ast.Call) and _name(above) in _REPORTS:
                return above
            node = above
        calls = [one for one in ast.walk(self._around(node)) if isinstance(one, ast.Call) and _name(one) == "Finding"]
        return calls[0] if calls else None

    def _is_looked_for_in(self, codes: ast.Tuple) -> bool:
        return isinstance(self._parents[codes], ast.Compare)

    def _around(self, node: ast.AST) -> ast.FunctionDef | ast.Module:
        while not isinstance(node, ast.FunctionDef | ast.Module):
            node = self._parents[node]
        return node

    def _severities(self, call: ast.Call, code: ast.AST) -> Iterator[str]:
        fixed = _REPORTS[_name(call)]
        if fixed is not None:
            yield fixed
            return
        chosen = self._parents[code]
        for node in call.args:
            values = self._values(node)
            if isinstance(chosen, ast.IfExp) and isinstance(node, ast.IfExp) and _is_same(chosen.test, node.test):
                values = [node.body if code is chosen.body else node.orelse]
            for value in values:
                yield from (str(one) for one in _constants(value) if one in SEVERITIES)

    def _messages(self, call: ast.Call, code: ast.AST) -> list[str]:
        """What is said in the call, or beside the code."""
        beside = self._parents[code]
        nodes = beside.elts if isinstance(beside, ast.Tuple) else [*call.args, *(one.value for one in call.keywords)]
        said = [one for node in nodes for one in self._said(node) or ()]
        plain = [re.sub(r"\s+", " ", one).strip().removesuffix(".") for one in said]
        return [one for one in plain if one and not _HINT.search(one)]

    def _said(self, node: ast.AST, depth: int = 0) -> list[str] | None:
        """The texts that an expression may have; None where nothing in it is said to a user."""
        if depth > _DEEPEST:
            return None
        if isinstance(node, ast.Call) and _name(node) == "say":
            return ["".join(_pieces(node.args[0 if language() == "sv" else 1]))]
        if (parts := _parts(node)) != [node]:
            return self._joined(parts, depth)
        if isinstance(node, ast.IfExp):
            return self._either([node.body, node.orelse], depth)
        if isinstance(node, ast.Name):
            return self._either(self._values(node), depth + 1, but=node)
        if isinstance(node, ast.Call):
            called = self._functions.get(_name(node))
            return self._either(node.args if called is None else _returned(called), depth + 1)
        return None

    def _joined(self, parts: list[ast.AST], depth: int) -> list[str] | None:
        """Every way to join the texts of some parts, "…" where a part is not said."""
        found = [self._said(part, depth) for part in parts]
        if not any(found):
            return None
        texts = [
            said or ([str(part.value)] if isinstance(part, ast.Constant) else ["…"])
            for part, said in zip(parts, found, strict=True)
        ]
        return ["".join(one) for one in product(*texts)]

    def _either(self, nodes: list[ast.expr], depth: int, but: ast.AST | None = None) -> list[str] | None:
        found = [self._said(node, depth) for node in nodes if node is not but]
        if not any(found):
            return None
        empty = [""] if any(isinstance(node, ast.Constant) and node.value == "" for node in nodes) else []
        return [one for each in found for one in each or ()] + empty

    def _values(self, node: ast.expr) -> list[ast.expr]:
        """What an expression may be: of a name, what it was last given before, in the function or by its callers."""
        if not isinstance(node, ast.Name):
            return [node]
        function = self._around(node)
        arguments = (
            [one.arg for one in function.args.args if one.arg != "self"]
            if isinstance(function, ast.FunctionDef)
            else []
        )
        if isinstance(function, ast.FunctionDef) and node.id in arguments:
            at = arguments.index(node.id)
            calls = (one for one in self._nodes if isinstance(one, ast.Call) and _name(one) == function.name)
            return [call.args[at] for call in calls if len(call.args) > at]
        return self._given_before(node)

    def _given_before(self, name: ast.Name) -> list[ast.expr]:
        """What a name was given in the statements before: up to the one that gives it a value whatever happened."""
        found: list[ast.expr] = []
        node: ast.AST = name
        while not isinstance(node, ast.FunctionDef | ast.Module):
            above = self._parents[node]
            for block in (getattr(above, part, None) for part in ("body", "orelse", "finalbody")):
                if isinstance(block, list) and node in block:
                    for statement in reversed(block[: block.index(node)]):
                        found += _assigned(name.id, statement)
                        if isinstance(statement, ast.Assign | ast.AnnAssign) and _assigned(name.id, statement):
                            return found
            node = above
        return found


def _name(call: ast.Call) -> str:
    """What is called, without what it belongs to."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _is_same(one: ast.AST, other: ast.AST) -> bool:
    return ast.dump(one) == ast.dump(other)


def _constants(node: ast.AST) -> list[object]:
    return [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)]


def _assigned(name: str, statement: ast.AST) -> list[ast.expr]:
    """What a name is given in a statement."""
    found: list[ast.expr] = []
    for node in ast.walk(statement):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
            pairs = [one for one in node.targets if isinstance(one, ast.Tuple)]
            found += [
                value
                for pair in pairs
                for target, value in zip(pair.elts, node.value.elts, strict=False)
                if _is_named(target, name)
            ]
        elif isinstance(node, ast.Assign):
            found += [node.value for target in node.targets if _is_named(target, name)]
        elif isinstance(node, ast.AnnAssign) and node.value is not None and _is_named(node.target, name):
            found.append(node.value)
    return found


def _is_named(target: ast.expr, name: str) -> bool:
    return isinstance(target, ast.Name) and target.id == name


def _returned(function: ast.FunctionDef) -> list[ast.expr]:
    return [node.value for node in ast.walk(function) if isinstance(node, ast.Return) and node.value is not None]


def _parts(node: ast.AST) -> list[ast.AST]:
    """What a text is put together of."""
    if isinstance(node, ast.JoinedStr):
        return [part.value if isinstance(part, ast.FormattedValue) else part for part in node.values]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [*_parts(node.left), *_parts(node.right)]
    return [node]


def _pieces(node: ast.AST) -> Iterator[str]:
    """A text with "…" for what is filled in."""
    for part in _parts(node):
        yield str(part.value) if isinstance(part, ast.Constant) else "…"
