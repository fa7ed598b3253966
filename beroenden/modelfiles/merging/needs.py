"""Needs that the sides should speak about: that one of them does not know of, or that two have of each their supplier."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, permutations

from beroenden.language import say
from beroenden.modelfiles.findings import Finding, visible
from beroenden.modelfiles.merging.conflicts import place_text, where
from beroenden.modelfiles.merging.exchanged import Exchange
from beroenden.modelfiles.merging.records import Key, Record, Records, differ, is_need, owners_of
from beroenden.modelfiles.merging.sides import Side
from beroenden.modelfiles.merging.words import key_words


def unknown_needs(sides: Sequence[Side], base: Records, exchanges: Mapping[Key, Exchange]) -> Iterator[Finding]:
    """What one side needs of a thing that another side holds, and that the other does not know of.

    A need in the place of another is known where the other is, of the same provider.
    """
    seen: set[tuple[str, str, str]] = set()
    for mine, other in permutations(sides, 2):
        for key in mine.records:
            if not is_need(key) or key in other.records or key in base:
                continue
            for provider in key[-3].split("+"):
                if base and other.actor is None and not differ(other.records, base, ("entity", provider)):
                    continue  # nothing shows that it was asked about that
                instead = exchanges[key].held(other.records) if key in exchanges else ()
                if any(provider in one[-3].split("+") for one in instead):
                    continue
                pair = _between(key, provider, mine, other)
                if pair is not None and (pair[0], provider, other.name) not in seen:
                    seen.add((pair[0], provider, other.name))
                    yield _unknown_need(key, provider, pair[1], mine, other)


def _between(key: Key, provider: str, mine: Side, other: Side) -> tuple[str, str] | None:
    """The two actors, when one needs what belongs to the other and the sides are theirs.

    Of a side whose actor is not given, what it states an owner of is taken for that owner's answer.
    """
    held = other.records.get(("entity", provider))
    if held is None or (other.actor is None and "owner" not in held.fields):
        return None
    consumers, providers = owners_of(key, mine.records), owners_of(("entity", provider), other.records)
    if len(consumers) != 1 or len(providers) != 1:
        return None
    consumer, owner = consumers.pop(), providers.pop()
    are_theirs = mine.actor in (None, consumer) and other.actor in (None, owner)
    return (consumer, owner) if are_theirs and consumer != owner else None


def _unknown_need(key: Key, provider: str, owner: str, mine: Side, other: Side) -> Finding:
    file, line, column = where(mine.records[key].place)
    there = place_text(other.records[("entity", provider)].place)
    if key[:2] in other.records:
        told = say(
            f"{key[1]} behöver {provider} ({owner}): {other.name} har båda men inte behovet ({there})",
            f"{key[1]} needs {provider} ({owner}): {other.name} has both but not the need ({there})",
        )
    else:
        told = say(
            f"{key[1]} behöver {provider} ({owner}): {other.name} känner inte till {key[1]} ({there})",
            f"{key[1]} needs {provider} ({owner}): {other.name} does not know of {key[1]} ({there})",
        )
    return Finding("B724", "info", visible(told), file, line, column)


def twofold_needs(sides: Sequence[Side], base: Records, merged: Records) -> Iterator[Finding]:
    """Needs of the same thing from two suppliers, that no side has both of: whether it comes from both is for them to say."""
    by_thing: dict[Key, list[Key]] = {}
    for key in merged:
        if is_need(key) and key[-2]:
            by_thing.setdefault((*key[:-4], key[-2].strip().casefold()), []).append(key)
    models = (base, *(side.records for side in sides))
    for one, other in (pair for keys in by_thing.values() for pair in combinations(keys, 2)):
        if one[-3] != other[-3] and not any(one in records and other in records for records in models):
            yield _twofold(
                one, *(next(side.records[key] for side in sides if key in side.records) for key in (one, other))
            )


def _twofold(key: Key, one: Record, other: Record) -> Finding:
    file, line, column = where(one.place)
    supplier, there = other.key[-3].replace("+", ", "), place_text(other.place)
    told = say(
        f"{key_words(key)}: ett annat svar har samma sak från {supplier} ({there}); de behålls som två behov, som båda ska "
        "vara uppfyllda. Är det en leverantör i stället för en annan, ta bort det ena behovet; räcker endera, skriv any_of",
        f"{key_words(key)}: another answer has the same from {supplier} ({there}); they are kept as two needs, both to be "
        "met. If one supplier is instead of the other, remove one need; if either will do, write any_of",
    )
    return Finding("B733", "warning", visible(told), file, line, column)
