"""Models laid out as people lay them out: comments everywhere, inline or not, dotted or not, on one line or several."""

from random import Random
from typing import Any

from beroenden.modelfiles.editing.tables import key_text, value_text

_ARRAYS = ("entity", "payment", "window", "event", "audience", "needs", "stage")


def laid_out(tables: dict[str, Any], random: Random) -> str:
    """The tables as TOML text in some layout; line ends and the byte order mark vary too."""
    writer = _Writer(random)
    writer.document(tables)
    text = "".join(writer.out)
    if random.random() < 0.2:
        text = text.rstrip("\n")
    if random.random() < 0.3:
        text = text.replace("\n", "\r\n")
    return "\ufeff" + text if random.random() < 0.2 else text


class _Writer:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.out: list[str] = []
        self.comments = 0

    def document(self, tables: dict[str, Any]) -> None:
        self._maybe("# Heading\n\n", 0.5)
        inline = [key for key in tables if key != "model" and self.random.random() < 0.1]
        for key in inline:
            self._item((key,), tables[key], "")
        for key, value in tables.items():
            if key in inline:
                continue
            for one in value if isinstance(value, list) else [value]:
                self._table((key,), one, is_array=isinstance(value, list), indent="")
        self._maybe("\n# The end\n", 0.3)

    def _maybe(self, text: str, chance: float) -> None:
        if self.random.random() < chance:
            self.out.append(text)

    def _comment(self) -> str:
        self.comments += 1
        return f"# c{self.comments} [[entity]] \"quote' x = 1"

    def _lead(self, indent: str) -> None:
        self._maybe("\n" * self.random.randint(1, 2), 0.3)
        self._maybe(f"{indent}{self._comment()}\n", 0.2)
        self._maybe("\n", 0.1)

    def _table(self, path: tuple[str, ...], table: dict[str, Any], *, is_array: bool, indent: str) -> None:
        self._lead(indent)
        name = ".".join(map(key_text, path))
        space = self.random.choice(("", "", " "))
        header = f"[[{space}{name}{space}]]" if is_array else f"[{space}{name}{space}]"
        self.out.append(f"{indent}{header}{self._beside()}\n")
        later = []
        for key, value in table.items():
            as_array = key in _ARRAYS and isinstance(value, list) and value and self.random.random() < 0.7
            as_table = isinstance(value, dict) and value and self.random.random() < 0.25
            if as_array or as_table:
                later.append((key, value))
            elif isinstance(value, dict) and value and self.random.random() < 0.3:
                for inner, one in value.items():
                    self._item((key, inner), one, indent)
            else:
                self._item((key,), value, indent)
        self.random.shuffle(later)
        inner = indent + self.random.choice(("", "  ", "\t"))
        for key, value in later:
            for one in value if isinstance(value, list) else [value]:
                self._table((*path, key), one, is_array=isinstance(value, list), indent=inner)

    def _item(self, names: tuple[str, ...], value: Any, indent: str) -> None:
        self._lead(indent)
        key = self.random.choice((".", ".", " . ")).join(self._key(name) for name in names)
        equals = self.random.choice((" = ", " = ", "=", "   =\t"))
        self.out.append(f"{indent}{key}{equals}{self._value(value, indent)}{self._beside()}\n")

    def _key(self, name: str) -> str:
        return f'"{name}"' if self.random.random() < 0.1 else key_text(name)

    def _beside(self) -> str:
        return f"  {self._comment()}" if self.random.random() < 0.2 else self.random.choice(("", "", " "))

    def _value(self, value: Any, indent: str) -> str:
        if isinstance(value, list) and value:
            return self._array(value, indent)
        if isinstance(value, dict) and value:
            pairs = (f"{self._key(key)} = {self._value_on_line(one)}" for key, one in value.items())
            return f"{{{self.random.choice(('', ' '))}{', '.join(pairs)}{self.random.choice(('', ' '))}}}"
        if isinstance(value, str) and "'" not in value and value.isprintable() and self.random.random() < 0.2:
            return f"'{value}'"
        return value_text(value)

    def _value_on_line(self, value: Any) -> str:
        return value_text(value)

    def _array(self, value: list[Any], indent: str) -> str:
        layout = self.random.randrange(4)
        texts = [self._value(one, indent) if layout else value_text(one) for one in value]
        if layout == 0:
            return f"[{', '.join(texts)}]"
        if layout == 1:
            return f"[ {' , '.join(texts)} , ]"
        if layout == 2:
            lines = [f"{indent}  {text},{self._beside()}\n" for text in texts]
            if self.random.random() < 0.5:
                lines[-1] = lines[-1].replace(f"{texts[-1]},", texts[-1], 1)
            if self.random.random() < 0.3:
                lines.insert(self.random.randrange(len(lines) + 1), f"{indent}  {self._comment()}\n")
            return f"[{self._beside()}\n{''.join(lines)}{indent}]"
        first = "\n".join(f"{indent} , {text}{self._beside()}" for text in texts[1:])
        return f"[ {texts[0]}{self._beside()}\n{first}\n{indent}]"
