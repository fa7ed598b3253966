"""Finds the texts of templates and scripts that a user reads."""

import ast
import re
from html.parser import HTMLParser

import texts
from jinja2 import Environment, nodes


class Words(HTMLParser):
    """The words of a page's template that no `say` gives: text, and attributes that are read aloud or shown."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "style"):
            self._inside.append(tag)
        shown = [
            value or "" for name, value in attrs if name in ("aria-label", "title", "placeholder", "alt", "content")
        ]
        self.found += [
            value
            for value in shown
            if dict(attrs).get("name") is None and "http-equiv" not in dict(attrs) and texts.words_of(value)
        ]

    def handle_endtag(self, tag):
        if self._inside and tag == self._inside[-1]:
            self._inside.pop()

    def handle_data(self, data):
        if not self._inside and texts.words_of(data):
            self.found.append(data.strip())


def outright_in(template: str) -> list[str]:
    """Words of a template that stand outside its expressions."""
    parser = Words()
    parser.feed(re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", "", template, flags=re.DOTALL))
    return parser.found


def pairs_in(template: str) -> list[texts.Pair]:
    """The texts of a template's `say`."""
    found = []
    for node in Environment().parse(template).find_all(nodes.Call):
        name = getattr(node.node, "name", None) or getattr(node.node, "attr", None)
        if name == "say" and all(hasattr(one, "value") for one in node.args):
            sv, en = (texts.text_of(ast.Constant(one.value)) for one in node.args)
            found.append(texts.Pair(node.lineno, sv, en))
    return found


def texts_in_script(source: str) -> list[str]:
    """Texts of a script that look written for a reader."""
    code = re.sub(r"/\*.*?\*/|(?m:^|\s)//.*", "", source, flags=re.DOTALL) if "/*" in source else source
    code = re.sub(r"(?m)(^|\s)//.*$", "", code)
    quoted = re.findall(r'"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'|`((?:[^`\\]|\\.)*)`', code)
    plain = (re.sub(r"\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", "", "".join(one)) for one in quoted)
    return [text for text in plain if texts.written_for_a_reader(text) or re.search("[åäöÅÄÖ]", text)]
