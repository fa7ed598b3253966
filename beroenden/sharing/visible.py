"""The part of a model that a reader may see, for pictures and lists of the model itself."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from beroenden.model.entities import Entity, Need
from beroenden.model.network import WITHHELD, Network
from beroenden.model.payments import Payment, Stage
from beroenden.sharing.masking import Masked


def visible_network(mask: Masked) -> Network:
    """The model of a mask without what is withheld, which is not even counted.

    It does not compute as the whole model does. Where something that may be read names something that may not, the
    stand-in `WITHHELD` is named; it is an entity of the network, once, where anything names it.
    """
    return mask.network if not mask.network.withheld else _Visible(mask.network).network()


class _Visible:
    def __init__(self, network: Network) -> None:
        self._network, self._hidden = network, network.withheld

    def network(self) -> Network:
        network, hidden = self._network, self._hidden
        entities = tuple(self._entity(one) for one in network.entities if one.id not in hidden)
        payments = tuple(self._payment(one) for one in network.payments if one.id not in hidden)
        stand_in = tuple(one for one in network.entities if one.id == WITHHELD)
        return replace(
            network,
            accounts=self._banks(network.accounts),
            entities=(*entities, *stand_in),
            payments=payments,
            windows=(),
            events=(),
            withheld=frozenset((WITHHELD,)),
        )

    def _shown(self, one: str) -> str:
        return WITHHELD if one in self._hidden else one

    def _entity(self, entity: Entity) -> Entity:
        owner = None if entity.owner in self._hidden else entity.owner
        needs = [self._need(need) for index, need in enumerate(entity.needs) if (entity.id, index) not in self._hidden]
        return replace(entity, owner=owner, needs=tuple(needs))

    def _need(self, need: Need) -> Need:
        """The need with all providers that are withheld as one; `at_least` is as registered."""
        shares = need.shares or (0.0,) * len(need.providers)
        merged = self._merged(zip(need.providers, shares, strict=True))
        return replace(
            need,
            providers=tuple(one for one, _ in merged),
            shares=tuple(share for _, share in merged) if need.shares else (),
        )

    def _banks(self, accounts: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
        return tuple(self._merged(iter(accounts)))

    def _merged(self, parts: Iterator[tuple[str, float]]) -> Sequence[tuple[str, float]]:
        found: dict[str, float] = {}
        for one, share in parts:
            found[self._shown(one)] = found.get(self._shown(one), 0.0) + share
        return list(found.items())

    def _payment(self, payment: Payment) -> Payment:
        return replace(
            payment,
            payer=self._shown(payment.payer),
            paying_bank=payment.paying_bank and self._shown(payment.paying_bank),
            recipients=payment.recipients and self._shown(payment.recipients),
            accounts=self._banks(payment.accounts),
            stages=tuple(self._stages(payment)),
        )

    def _stages(self, payment: Payment) -> Iterator[Stage]:
        """The stages, withheld ones that follow on each other as one of which nothing is said."""
        after_withheld = False
        for index, stage in enumerate(payment.stages):
            if (payment.id, index) not in self._hidden:
                after_withheld = False
                needs = enumerate(stage.needs)
                shown = [self._need(need) for at, need in needs if (payment.id, index, at) not in self._hidden]
                yield replace(stage, needs=tuple(shown), window=None)
            elif not after_withheld:
                after_withheld = True
                yield Stage(WITHHELD, stage.name, provenance=stage.provenance)
