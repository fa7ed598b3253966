"""The page to explore and the charts, as they are shown in a notebook."""

from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from beroenden.errors import UsageError
from beroenden.language import Language, say, writing_in

if TYPE_CHECKING:
    from beroenden.analysis.ranking.ranking import Ranking
    from beroenden.analysis.risk.result import Risk
    from beroenden.consequences.outcome import Outcome
    from beroenden.model.network import Network
    from beroenden.views.charts.chart import Chart

_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Page:
    """A page that fetches nothing; a notebook shows it in a frame of its own.

    Attributes:
        html: The whole page.
        height: Of the frame, in pixels.
    """

    html: str = field(repr=False)
    height: int

    def save(self, path: str | Path) -> None:
        """Write the page, whole or not at all; missing folders are made.

        Raises:
            UsageError: when it cannot be written there.
        """
        from beroenden.modelfiles.write import write_text

        file = Path(path)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_text(file, self.html)
        except OSError as error:
            reason = error.strerror
            raise UsageError(
                say(f"{file} går inte att skriva: {reason}.", f"{file} cannot be written: {reason}.")
            ) from error

    def _repr_html_(self) -> str:
        style = f"width:100%;height:{self.height}px;border:1px solid #bbb"
        return f'<iframe sandbox="allow-scripts" style="{style}" srcdoc="{escape(self.html)}"></iframe>'


def view(
    network: "Network",
    outcome: "Outcome | None" = None,
    *,
    focus: str | None = None,
    depth: int = _DEPTH,
    payment: str | None = None,
    to: str | None = None,
    lang: Language = "sv",
    height: int = 720,
) -> Page:
    """The map as one page, with an outage to play where an outcome is given.

    Args:
        network: The model.
        outcome: What `simulate` gave for it.
        focus: Id of the entity that is shown first, with what lies around.
        depth: How many steps around it.
        payment: Id of the payment whose chain is shown first.
        to: The reader, an actor's id or a label such as "TLP:GREEN": what it may not see is not in the page.
        lang: The language of the page.
        height: Of its frame in a notebook, in pixels.

    Raises:
        UsageError: for an id, reader or label that is unknown, or something the reader may not see.

    >>> import beroenden
    >>> network = beroenden.load_or_raise("models/soes")
    >>> page = beroenden.view(network, focus="swish", to="TLP:CLEAR", lang="en")
    >>> "<script" in page.html, "http-equiv" in page.html
    (True, True)
    """
    from beroenden.sharing.masking import masked
    from beroenden.sharing.redaction import shared_outcome
    from beroenden.sharing.viewer import viewer_for
    from beroenden.sharing.visible import visible_network
    from beroenden.views.explorer.data import opening_of
    from beroenden.views.explorer.page import page

    viewer = viewer_for(network, to) if to else None
    with writing_in(lang):
        mask = masked(network, viewer)
        shown = visible_network(mask)
        opening = opening_of(shown, focus, depth, payment)
        played = None
        if outcome is not None:
            played = shared_outcome(mask, mask.scenario(outcome.scenario), with_events=outcome.with_events).to_dict()
        return Page(page(shown, played, opening), height)


def charts(
    result: "Network | Outcome | Ranking | Risk", *, actor: str | None = None, lang: Language = "sv"
) -> list["Chart"]:
    """The pictures of a result, as in the documents; those that would show nothing are left out.

    Of a network who needs whom, of an outcome how one actor fares, of a ranking and of a risk what the commands draw. A
    notebook shows a chart that stands last in a cell, or in `display()`.

    Args:
        result: What is to be drawn.
        actor: Of an outcome: the id of the actor whose entities and payments are drawn.
        lang: The language of the pictures.

    Raises:
        UsageError: for an outcome without an actor, or an unknown one.

    >>> import beroenden
    >>> network = beroenden.load_or_raise("models/soes")
    >>> outcome = beroenden.simulate(network, [{"entity": "bankgirot", "start": "2026-12-16T08:00", "for": "12h"}])
    >>> [chart.name for chart in charts(outcome, actor="forsakringskassan")]
    ['utbetalningar', 'betalningar']
    """
    with writing_in(lang):
        return [chart for chart in _drawn(result, actor) if chart is not None]


def _drawn(result: "Network | Outcome | Ranking | Risk", actor: str | None) -> "list[Chart | None]":
    from beroenden.analysis.ranking.ranking import Ranking
    from beroenden.analysis.risk.result import Risk
    from beroenden.consequences.outcome import Outcome
    from beroenden.views.charts import dependency_matrix
    from beroenden.views.rankings import ranking_chart
    from beroenden.views.risk import risk_charts

    if isinstance(result, Outcome):
        return _of_actor(result, actor)
    if isinstance(result, Ranking):
        return [ranking_chart(result)]
    if isinstance(result, Risk):
        return [*risk_charts(result)]
    return [dependency_matrix(result)]


def _of_actor(outcome: "Outcome", actor: str | None) -> "list[Chart | None]":
    from beroenden.incident.lagesbild.actors import check_actor
    from beroenden.views.charts import levels_over_time, payments_on_axis, payouts_delayed

    network = outcome.network
    if actor is None:
        raise UsageError(say("Ange vilken aktör som ska ritas: actor=ID.", "Say which actor is to be drawn: actor=ID."))
    check_actor(network, actor)
    at = outcome.scenario.at or outcome.start
    return [
        levels_over_time(outcome, actor, at),
        payouts_delayed(outcome, actor, at),
        payments_on_axis(outcome, actor, at),
    ]
