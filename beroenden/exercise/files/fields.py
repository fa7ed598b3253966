"""The tables of an ovning.toml: which keys they have and what they become."""

from collections.abc import Callable, Collection
from itertools import pairwise
from typing import Any, TypeVar

from beroenden.errors import did_you_mean
from beroenden.exercise.exercise import CONTROL, EVENTS, FORMS, KINDS, STATUSES, Evidence, Inject, Stage
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.modelfiles import values
from beroenden.modelfiles.findings import Place
from beroenden.modelfiles.schema import Field, read_table, read_tables
from beroenden.units.times import time_zone

T = TypeVar("T")


def _moment(network: Network) -> values.Reader:
    return values.Moment(time_zone(network.timezone))


def known(ids: Collection[str], what: str) -> values.Reader:
    """An id that the model has."""

    def read(value: Any, place: Place) -> str | None:
        word = values.slug(value, place)
        if word is None or word in ids:
            return word
        message = say(f"modellen har {what} ”{word[:60]}”", f'the model has {what} "{word[:60]}"')
        place.error("B301", message, did_you_mean(word, ids))
        return None

    return read


def _list_of(item: values.Reader) -> values.Reader:
    """A list without its faulty elements, which have been reported."""
    read_all = values.ListOf(item)

    def read(value: Any, place: Place) -> tuple[Any, ...] | None:
        found = read_all(value, place)
        return None if found is None else tuple(one for one in found if one is not None)

    return read


def _whole_table(fields: tuple[Field, ...], build: Callable[..., T]) -> Callable[[Any, Place], T | None]:
    """What is built of a table; None where a required value is missing or faulty."""

    def read(raw: Any, place: Place) -> T | None:
        found = read_table(raw, place, fields)
        is_whole = all(field.key in found for field in fields if field.required)
        return build(**found) if is_whole else None

    return read


def tables_of(read: values.Reader, header: str) -> values.Reader:
    """A list of tables, each with its place; faulty ones are left out."""

    def read_all(raw: Any, place: Place) -> list[tuple[Any, Place]]:
        found = [(read(element, at), at) for element, at in read_tables(raw, place, header)]
        return [(one, at) for one, at in found if one is not None]

    return read_all


def read_exercise_table(network: Network) -> values.Reader:
    """[exercise], as a dict; None where a required value is missing or faulty."""
    actors = [one.id for one in network.entities if network.actor_of(one.id) == one.id and one.kind != "citizens"]
    fields = (
        Field("name", values.text, required=True),
        Field("actors", _list_of(known(actors, say("ingen aktör", "no actor"))), required=True),
        Field("model", values.text),
        Field("model_hash", values.text),
        Field("papers_hash", values.text),
        Field("tlp", values.tlp),
        Field("language", values.OneOf("sv", "en")),
        Field("purpose", values.text),
        Field("goals", _list_of(values.text)),
        Field("contact", values.text),
        Field("revision", values.from_one),
        Field("id", values.text),
    )
    return _whole_table(fields, dict)


def read_stage(network: Network) -> values.Reader:
    """[[stage]]."""
    moment = _moment(network)
    fields = (
        Field("number", values.from_one, required=True),
        Field("since", moment, required=True),
        Field("until", moment, required=True),
        Field("play", moment, required=True),
        Field("play_until", moment, required=True),
        Field("compression", _compression, required=True),
        Field("clock", _clock),
    )
    return _whole_table(fields, Stage)


def _clock(value: Any, place: Place) -> tuple[tuple[int, int], ...]:
    """Pairs of minutes, of the scenario and of play, of which the first never falls and the second rises; at least two."""
    found = tuple(one for one in values.PairsOf(values.whole, "[30, 10]")(value, place) or () if one is not None)
    if len(found) == 1 or any(before[0] > after[0] or before[1] >= after[1] for before, after in pairwise(found)):
        place.error(
            "B212",
            say(
                "ska vara minst två par, där scenariots minuter aldrig minskar och spelets ökar",
                "should be at least two pairs, in which the minutes of the scenario never fall and those of play rise",
            ),
        )
        return ()
    return found


def _compression(value: Any, place: Place) -> float | None:
    found = values.number(value, place)
    if found is None or found > 0:
        return None if found is None else float(found)
    place.error("B212", say("ska vara mer än 0", "should be more than 0"))
    return None


def read_inject(network: Network) -> values.Reader:
    """[[inject]] with its evidence."""
    moment = _moment(network)
    fields = (
        Field("number", values.from_one, required=True),
        Field("stage", values.from_one, required=True),
        Field("play", moment, required=True),
        Field("time", moment, required=True),
        Field("sender", values.text),
        Field("to", _recipient, required=True),
        Field("form", values.OneOf(*FORMS), required=True),
        Field("kind", values.OneOf(*KINDS), required=True),
        Field("title", values.text),
        Field("text", values.text),
        Field("objective", values.text),
        Field("expected", values.text),
        Field("questions", values.text),
        Field("reserve_for", values.from_one),
        Field("responsible", values.text),
        Field("basis", values.text),
        Field("status", values.OneOf(*STATUSES)),
        Field("played", moment),
        Field("outcome", values.text),
        Field("tlp", values.tlp),
        Field("evidence", _read_evidence(network)),
    )

    def build(**found: Any) -> Inject:
        return Inject(**{"sender": "", "title": "", "text": "", **found})

    return _whole_table(fields, build)


def _recipient(value: Any, place: Place) -> str | None:
    return CONTROL if value == CONTROL else values.slug(value, place)


def _read_evidence(network: Network) -> values.Reader:
    """[inject.evidence]."""
    moment = _moment(network)
    either = known([*network.entity, *network.payment], say("ingen entitet eller betalning", "no entity or payment"))
    stages = {stage.id: None for payment in network.payments for stage in payment.stages}
    fields = (
        Field("event", values.OneOf(*EVENTS), required=True),
        Field("at", moment, required=True),
        Field("entities", _list_of(either)),
        Field("payments", _list_of(_read_run(network))),
        Field("stage", known(stages, say("inget betalningssteg", "no payment stage"))),
        Field("path", _list_of(either)),
        Field("level", values.level),
        Field("until", moment),
        Field("since", moment),
    )
    return _whole_table(fields, Evidence)


def _read_run(network: Network) -> values.Reader:
    """{ payment, date }: a run."""
    fields = (
        Field("payment", known(network.payment, say("ingen betalning", "no payment")), required=True),
        Field("date", values.day, required=True),
    )
    return _whole_table(fields, lambda payment, date: (payment, date.isoformat()))
