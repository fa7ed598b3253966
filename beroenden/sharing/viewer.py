"""Who something is for, and what that reader may see."""

from dataclasses import dataclass

from beroenden.errors import UsageError, did_you_mean, unknown_id
from beroenden.language import say
from beroenden.model.labels import TLP, strictest
from beroenden.model.network import Network


@dataclass(frozen=True, slots=True)
class Viewer:
    """A reader: an actor, or whoever may read up to a label.

    Attributes:
        label: The highest label that it may read of others.
        actor: The actor, which may read everything of its own; None for a label.
        lowered: What is labelled up to this is shared all the same, under the reader's own label; None: nothing is.
    """

    label: str
    actor: str | None = None
    lowered: str | None = None

    @property
    def is_public(self) -> bool:
        """Whether it is everyone."""
        return self.actor is None and self.label == "TLP:CLEAR"

    def may_read(self, label: str, actor: str | None = None) -> bool:
        """Whether it may read something with a label, that an actor answers for."""
        if actor is not None and actor == self.actor:
            return True
        return TLP.index(label) <= TLP.index(strictest(self.label, self.lowered or self.label))

    def label_for(self, label: str) -> str:
        """The label that something readable carries when it is shared: its own, or the reader's where it was lowered."""
        is_lowered = self.lowered is not None and TLP.index(self.label) < TLP.index(label) <= TLP.index(self.lowered)
        return self.label if is_lowered else label


def viewer_for(network: Network, to: str, lowered: str | None = None) -> Viewer:
    """The reader that an actor's id or a label names; an actor without [[audience]] reads TLP:CLEAR of others.

    Raises:
        UsageError: for neither, or a label to lower that is not above the reader's.
    """
    viewer = _viewer(network, to)
    if lowered is None:
        return viewer
    if read_label(lowered) == "TLP:RED":
        raise UsageError(
            say(
                "TLP:RED sänks inte här; skriv en ny post med den märkning som har beslutats.",
                "TLP:RED is not lowered here; write a new entry with the label that was decided.",
            )
        )
    if read_label(lowered) != strictest(lowered, viewer.label) or lowered == viewer.label:
        raise UsageError(
            say(
                f"Mottagaren får redan läsa {lowered}; ingen märkning behöver sänkas.",
                f"The recipient may already read {lowered}; no label needs to be lowered.",
            )
        )
    return Viewer(viewer.label, viewer.actor, lowered)


def _viewer(network: Network, to: str) -> Viewer:
    if to.upper().startswith("TLP"):
        return Viewer(read_label(to))
    if to not in network.entity and f"TLP:{to.upper()}" in (*TLP, "TLP:WHITE"):
        return Viewer(read_label(f"TLP:{to}"))
    if to not in network.entity:
        raise unknown_id(say("aktör eller märkning", "actor or label"), to, network.entity)
    if network.actor_of(to) != to or network.entity[to].kind == "citizens":
        raise UsageError(
            say(
                f"{to} är ingen aktör; ange en aktör eller en märkning som TLP:GREEN.",
                f"{to} is no actor; give an actor or a label such as TLP:GREEN.",
            )
        )
    labels = [one.tlp for one in network.audiences if one.actor == to]
    return Viewer(labels[0] if labels else "TLP:CLEAR", to)


def read_label(word: str) -> str:
    """A label of TLP 2.0, in capitals.

    Raises:
        UsageError: when it is none.
    """
    label = "TLP:CLEAR" if word.upper() == "TLP:WHITE" else word.upper()
    if label in TLP:
        return label
    near = did_you_mean(label, [one.lower() for one in TLP])
    hint = say(f" Menade du {near.upper()}?", f" Did you mean {near.upper()}?") if near else ""
    raise UsageError(
        say(f"”{word}” är ingen märkning i TLP 2.0.", f'"{word}" is not a TLP 2.0 label.')
        + (hint or say(" Det finns ", " There are ") + ", ".join(TLP))
    )
