"""The model as one self-contained HTML file: the map, what a scenario does to it over time, and the same as tables."""

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from beroenden.analysis.words import kind_words
from beroenden.language import language, say
from beroenden.model.entities import Entity
from beroenden.model.labels import strictest
from beroenden.model.network import WITHHELD, Network
from beroenden.model.payments import Payment
from beroenden.units.numbers import money, number
from beroenden.views.explorer.data import Opening, script_data
from beroenden.views.explorer.details import brief_need_text
from beroenden.views.explorer.respites import respite_rows
from beroenden.views.explorer.result import read_result
from beroenden.views.signs import MARKS, SIGNS, STATES, state_words

if TYPE_CHECKING:
    from jinja2 import Template

_SCRIPTS = ("base", "graph", "course", "choice", "arrange", "item", "map", "panel", "find", "play", "tables", "start")
_MOST_ACTORS = 150  # more do not fit in a matrix that can be read
_LONG_TABLE = 300  # rows; a longer one is closed at first, so that the page opens quickly


def page(network: Network, outcome: Mapping[str, Any] | None = None, opening: Opening | None = None) -> str:
    """The page of a model, with an outcome if one is given; the same input gives the same text.

    Args:
        network: The model; for a reader who may not see everything, what `sharing.visible` leaves of it.
        outcome: The JSON of `beroenden simulate`, as from `Outcome.to_dict()` or read from a file.
        opening: What is seen first; the whole map unless given.

    Raises:
        UsageError: when `outcome` is something else.
    """
    result = None if outcome is None else read_result(outcome, network)
    scripts = [_vis_network(), _own_script()]
    shown = [entity for entity in network.entities if entity.id != WITHHELD]
    data = script_data(network, outcome, opening or Opening())
    return _template().render(
        say=say,
        language=language(),
        network=network,
        is_part=bool(network.withheld),
        label=highest_label(network),
        result=result,
        runs=len(outcome["payments"]) if outcome else 0,
        signs=[(kind_words(kind).capitalize(), sign) for kind, sign in SIGNS.items()],
        states=[(state, MARKS[state], state_words(state)) for state in STATES],
        register=[_register_row(network, entity) for entity in shown],
        long_table=_LONG_TABLE,
        need_count=sum(len(entity.needs) for entity in shown),
        payments=[_payment_row(network, payment) for payment in network.by_priority()],
        matrix=_matrix(network),
        most_actors=_MOST_ACTORS,
        late={run.payment for run in result.late} if result else set(),
        data=data,
        respites=respite_rows(network, data["playback"]) if outcome else [],
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


def _register_row(network: Network, entity: Entity) -> dict[str, Any]:
    """An entity as a row of the table that says the same as the map."""
    return {
        "id": entity.id,
        "name": network.called[entity.id],
        "kind": kind_words(entity.kind),
        "actor": network.called[network.actor_of(entity.id)],
        "label": entity.provenance.tlp or network.tlp,
        "verified": entity.provenance.verified or say("aldrig", "never"),
        "needs": [
            f"{', '.join(network.called[provider] for provider in need.providers)} ({brief_need_text(need)})"
            for need in entity.needs
        ],
    }


def _payment_row(network: Network, payment: Payment) -> dict[str, Any]:
    def name(entity: str | None) -> str:
        return network.called[entity] if entity else say("okänd", "unknown")

    unknown = say("okänt", "unknown")
    return {
        "id": payment.id,
        "name": network.called[payment.id],
        "payer": name(payment.payer),
        "bank": name(payment.paying_bank),
        "recipients": name(payment.recipients),
        "count": unknown if payment.count is None else number(payment.count),
        "amount": unknown if payment.amount is None else money(payment.amount),
        "kronor": -1 if payment.amount is None else payment.amount,
        "stages": ", ".join(stage.name for stage in payment.stages),
    }


def _matrix(network: Network) -> tuple[str, Markup] | None:
    """Title and picture of who needs whom; None where nobody needs anybody, or where there are too many actors."""
    if len({network.actor_of(entity.id) for entity in network.entities}) > _MOST_ACTORS:
        return None
    from beroenden.views.charts import dependency_matrix

    chart = dependency_matrix(network)
    return None if chart is None else (chart.title, Markup(chart.svg()))


def _template() -> "Template":
    """The page's template; everything put into it is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("beroenden.views.explorer"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False, "separators": (",", ":")}
    return environment.get_template("page.html.j2")


@cache
def _vis_network() -> str:
    """vis-network as pyvis carries it, without the line that names its source map."""
    text = (files("pyvis") / "templates/lib/vis-9.1.2/vis-network.min.js").read_text(encoding="utf-8")
    return _inlined(text.partition("\n//# sourceMappingURL=")[0] + "\n")


def _own_script() -> str:
    """The page's own script: its parts, one after the other, in a scope of their own."""
    parts = "\n".join(_own(f"scripts/{name}.js") for name in _SCRIPTS)
    return f'"use strict";\n(function () {{\n{parts}}})();\n'


def _own(name: str) -> str:
    """A file of the page's own script or style."""
    return _inlined((files("beroenden.views.explorer") / "templates" / name).read_text(encoding="utf-8"))


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
