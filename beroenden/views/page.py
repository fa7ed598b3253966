"""The model as one self-contained HTML file: map, what a scenario does to it, and the same as tables."""

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from beroenden.language import writing_in
from beroenden.model.entities import Entity
from beroenden.model.labels import strictest
from beroenden.model.network import Network
from beroenden.views.details import entity_details, need_text, payment_details
from beroenden.views.layout import Layout, layered
from beroenden.views.result import Harm, Result, read_result
from beroenden.views.signs import (
    BORDER,
    DEGRADED,
    DOWN,
    HARM,
    MARKS,
    RESERVE,
    RESERVE_LOST,
    SIGNS,
    UNAFFECTED,
    harm_fill,
)

if TYPE_CHECKING:
    from jinja2 import Template

_LABEL_WIDTH, _LABEL_LINES = 20, 3  # characters, lines
_LONG_WORD = 23  # characters; longer words are divided
_LINE, _SIZE = 18, 13  # height of a line of a label; half the height of a shape
_GAP = 12
_LONGEST_MARK = "◐ 99,9\N{NO-BREAK SPACE}%"
_DASHES: Mapping[str, bool | list[int]] = {"provider": False, "any_of": [7, 5], "shares": [2, 4]}
_MANY_EDGES = 1500  # above this they are drawn only where one looks

_OPTIONS: Mapping[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hideEdgesOnDrag": True, "hideEdgesOnZoom": True, "multiselect": False, "tooltipDelay": 10**9},
    "nodes": {"fixed": True, "size": _SIZE, "borderWidth": 1, "font": {"size": 16, "strokeWidth": 3, "vadjust": -3}},
    "edges": {"smooth": False, "width": 1, "arrows": {"to": {"scaleFactor": 0.45}}, "selectionWidth": 1},
}


@writing_in("sv")
def page(network: Network, outcome: Mapping[str, Any] | None = None) -> str:
    """The page of a model, with an outcome if one is given; the same input gives the same text.

    Args:
        outcome: The JSON of `beroenden simulate`, as from `Outcome.to_dict()` or read from a file.

    Raises:
        UsageError: when `outcome` is something else.
    """
    result = None if outcome is None else read_result(outcome, network)
    harms = result.harms if result else {}
    scripts = [_vis_network(), _own("page.js")]
    return _template().render(
        network=network,
        label=highest_label(network),
        result=result,
        signs=SIGNS,
        states=_state_legend(),
        register=[_register_row(network, entity) for entity in network.entities],
        need_count=sum(len(entity.needs) for entity in network.entities),
        payments=network.by_priority(),
        late={run.payment for run in result.late} if result else set(),
        data=_data(network, result, harms),
        style=Markup(_own("page.css")),
        scripts=[Markup(script) for script in scripts],
        script_hashes=[_csp_hash(script) for script in scripts],
    )


def highest_label(network: Network) -> str:
    """The most restricted sharing label of anything that the page shows."""
    labels = [network.tlp]
    for entity in network.entities:
        labels.append(entity.provenance.tlp or network.tlp)
        labels.extend(need.provenance.tlp or network.tlp for need in entity.needs)
    for payment in network.payments:
        labels.append(payment.provenance.tlp or network.tlp)
        labels.extend(stage.provenance.tlp or network.tlp for stage in payment.stages)
        labels.extend(need.provenance.tlp or network.tlp for stage in payment.stages for need in stage.needs)
    return strictest(*labels)


def _data(network: Network, result: Result | None, harms: Mapping[str, Harm]) -> dict[str, Any]:
    """What the page's script reads."""
    layout = layered(network, _height)
    nodes, edges = _graph(network, layout, harms, bool(result))
    return {
        "nodes": nodes,
        "edges": edges,
        "options": _OPTIONS,
        "columns": [[column.title, column.left, column.right] for column in layout.columns],
        "top": layout.top,
        "bottom": layout.bottom,
        "edgesOnDemand": len(edges) > _MANY_EDGES,
        "entities": {entity.id: entity_details(network, entity, harms.get(entity.id)) for entity in network.entities},
        "payments": [payment_details(network, payment) for payment in network.by_priority()],
    }


def _graph(
    network: Network, layout: Layout, harms: Mapping[str, Harm], with_outcome: bool
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Nodes and edges as vis-network reads them, collected in a pyvis network."""
    from pyvis.network import Network as Picture

    picture = Picture(directed=True)
    for entity in network.entities:
        x, y = layout.places[entity.id]
        harm = harms.get(entity.id)
        look = _look(entity, harm, with_outcome)
        picture.add_node(
            entity.id, label=_label(entity.name, harm.map_mark if harm else "") or entity.id, x=x, y=y, **look
        )
    lit = _lit(harms)
    for number, (pair, form) in enumerate(_deliveries(network).items()):
        look = {"color": {"color": HARM, "opacity": 0.9}, "width": 2.5} if pair in lit else {}
        picture.add_edge(*pair, id=number, dashes=_DASHES[form], **look)
    return picture.nodes, picture.edges


def _deliveries(network: Network) -> dict[tuple[str, str], str]:
    """(provider, consumer) with the form of the need, the strictest where there are several."""
    found: dict[tuple[str, str], str] = {}
    for entity in network.entities:
        for need in entity.needs:
            for provider in need.providers:
                pair = (provider, entity.id)
                found[pair] = "provider" if found.get(pair) == "provider" else need.form
    return found


def _lit(harms: Mapping[str, Harm]) -> set[tuple[str, str]]:
    """(provider, consumer) along which harm has spread."""
    return {
        (provider, consumer)
        for harm in harms.values()
        for (consumer, _), (provider, _) in zip(harm.because, harm.because[1:], strict=False)
    }


def _label(name: str, mark: str) -> str:
    """A name over a few lines, after the mark of its state."""
    words = [_divided(word) for word in name.split()]
    text = " ".join([mark, *words]) if mark else " ".join(words)
    return "\n".join(wrap(text, _LABEL_WIDTH, max_lines=_LABEL_LINES, placeholder=" …", break_long_words=False))


def _divided(word: str) -> str:
    """A word with a hyphen and a space in it where it is too long for a line."""
    if len(word) <= _LONG_WORD:
        return word
    return "- ".join(word[start : start + _LABEL_WIDTH - 1] for start in range(0, len(word), _LABEL_WIDTH - 1))


def _height(entity: Entity) -> int:
    """The room that an entity takes, mark included, so that the picture is the same with an outcome as without."""
    return 2 * _SIZE + _LINE * (_label(entity.name, _LONGEST_MARK).count("\n") + 1) + _GAP


def _look(entity: Entity, harm: Harm | None, with_outcome: bool) -> dict[str, Any]:
    """Shape, colours and border of a node."""
    sign = SIGNS[entity.kind]
    state = harm.state if harm else UNAFFECTED
    look: dict[str, Any] = {"shape": sign.shape, "color": _colours(sign.fill, BORDER)}
    if sign.shape == "box":  # its label stands inside
        look["font"] = {"color": "#ffffff" if state == DOWN else "#1b1f24", "strokeWidth": 0, "vadjust": 0}
        look["shapeProperties"] = {"borderRadius": 14}
    if harm and state in (DOWN, DEGRADED):
        look |= {"color": _colours(harm_fill(harm.worst), HARM), "borderWidth": 4}
    elif state == RESERVE_LOST:
        look |= {
            "color": _colours(sign.fill, RESERVE),
            "borderWidth": 4,
            "shapeProperties": {"borderDashes": [4, 3], "borderRadius": 14},
        }
    elif with_outcome:
        look["opacity"] = 0.5
    return look


def _colours(fill: str, border: str) -> dict[str, Any]:
    return {"background": fill, "border": border, "highlight": {"background": fill, "border": border}}


def _state_legend() -> list[tuple[str, str, str]]:
    """(state, mark, class of its swatch)."""
    return [
        (state, MARKS[state], f"state-{index}")
        for index, state in enumerate((DOWN, DEGRADED, RESERVE_LOST, UNAFFECTED))
    ]


def _register_row(network: Network, entity: Entity) -> dict[str, Any]:
    """An entity as a row of the table that says the same as the map."""
    return {
        "entity": entity,
        "kind": SIGNS[entity.kind].name,
        "actor": network.entity[actor].name if (actor := network.actor_of(entity.id)) in network.entity else actor,
        "needs": [
            f"{', '.join(network.entity[provider].name for provider in need.providers)} ({need_text(need)})"
            for need in entity.needs
        ],
    }


def _template() -> "Template":
    """The page's template; everything put into it is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("beroenden.views"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True, "separators": (",", ":")}
    return environment.get_template("page.html.j2")


@cache
def _vis_network() -> str:
    """vis-network as pyvis carries it, without the line that names its source map."""
    text = (files("pyvis") / "templates/lib/vis-9.1.2/vis-network.min.js").read_text(encoding="utf-8")
    return _inlined(text.partition("\n//# sourceMappingURL=")[0] + "\n")


def _own(name: str) -> str:
    """A file of the page's own script or style."""
    return _inlined((files("beroenden.views") / "templates" / name).read_text(encoding="utf-8"))


def _inlined(text: str) -> str:
    """Text that may stand in a script or style element as it is.

    Raises:
        ValueError: when it would end the element.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if any(stop in text.lower() for stop in ("</script", "</style", "<!--")):
        raise ValueError("the text would end the element that it stands in")
    return text


def _csp_hash(script: str) -> str:
    """The source expression of a Content-Security-Policy that allows exactly this script."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
