"""What is sound in form and yet surely worth asking about. One rule, one function, one code."""

from collections.abc import Iterator, Sequence
from datetime import date

from beroenden.language import say
from beroenden.model.entities import Entity, Need
from beroenden.model.names import telling_letters
from beroenden.model.payments import Stage
from beroenden.modelfiles.findings import Place
from beroenden.modelfiles.persons import mobile_number, personal_number, persons_mail, persons_name
from beroenden.modelfiles.schema import Built, Draft
from beroenden.units.durations import DAY
from beroenden.units.numbers import money, number

_LEAST_EACH, _MOST_EACH = 50, 5_000_000
"""SEK that one recipient gets at a time; outside of this a figure has lost its scale."""
_INHABITANTS = 11_000_000
"""More than live in Sweden: 10.6 million at the end of 2025. Source: Statistics Sweden, rounded up."""


def contacts_are_functions(draft: Draft, today: date) -> None:
    """A contact is a function and its mailbox or telephone, never a person."""
    for entity, place in draft.entities:
        contact = entity.contact
        if contact is None:
            continue
        for key, text in (("role", contact.role or ""), ("channel", contact.channel or "")):
            told = persons_name(text) or personal_number(text) or persons_mail(text)
            if told or (key == "role" and mobile_number(text)):
                message = say(
                    f"kontakten för {entity.id} ser ut att vara en person: skriv en funktion, t.ex. TiB eller Driftjour, och "
                    "dess brevlåda eller telefon, aldrig en person",
                    f"the contact of {entity.id} seems to be a person: write a function, e.g. TiB or Driftjour, and its "
                    "mailbox or telephone, never a person",
                )
                (place / "contact" / key).warning("B604", message)


def amounts_fit_the_recipients(draft: Draft, today: date) -> None:
    """What each recipient gets at a time is neither next to nothing nor a fortune."""
    for payment, place in draft.payments:
        if not payment.count or not payment.amount:
            continue
        each = payment.amount / payment.count
        if not _LEAST_EACH <= each <= _MOST_EACH:
            shown = money(each) if each >= 1 else say("under 1 kr", "under SEK 1")
            message = say(
                f"{payment.id}: beloppet blir {shown} till varje mottagare. Är belopp och antal rätt, i kronor och personer?",
                f"{payment.id}: the amount makes {shown} for each recipient. Are amount and count right, in SEK and persons?",
            )
            (place / "amount").warning("B605", message)


def mutual_needs_have_endurance(draft: Draft, today: date) -> None:
    """Two that need each other do without each other for a while; with restart times that is asked already."""
    at_once = {
        (entity.id, need.providers[0]): place / "needs" / index / "endurance"
        for entity, place in draft.entities
        for index, need in enumerate(entity.needs)
        if _falls_at_once(need)
    }
    told = set()
    for (one, other), place in at_once.items():
        if one != other and (other, one) in at_once and (other, one) not in told:
            told.add((one, other))
            message = say(
                f"”{one}” och ”{other}” behöver varandra utan uthållighet: faller en, faller båda. Stämmer det?",
                f'"{one}" and "{other}" need each other without endurance: if one falls, both do. Is that right?',
            )
            place.info("B409", message)


def _falls_at_once(need: Need) -> bool:
    """Whether nothing is left without the only provider from the first minute on, and that is said."""
    is_all = need.form == "provider" and not need.floor and not need.restart
    return is_all and bool(need.endurance) and all(step.minutes == 0 for step in need.endurance or ())


def dates_are_past(draft: Draft, today: date) -> None:
    """Nothing was verified or tested after today."""
    for day, name, place in _days(draft):
        if day > today:
            place.warning(
                "B606",
                say(
                    f"{day} har inte varit än: {name} ska vara en dag som har varit",
                    f"{day} is still to come: {name} should be a day that has been",
                ),
            )


def _days(draft: Draft) -> Iterator[tuple[date, str, Place]]:
    for entity, place in draft.entities:
        if entity.rta_tested:
            yield entity.rta_tested, "rta_tested", place / "rta_tested"
    given: list[Built] = [*draft.entities, *draft.payments, *draft.events, *draft.needs()]
    given += [(stage, place) for _, stage, place in draft.stages()]
    for item, place in given:
        if item.provenance.verified:
            yield item.provenance.verified, "verified", place / "verified"


def people_fit_in_sweden(draft: Draft, today: date) -> None:
    """No group, and no payment's recipients, are more than live in Sweden."""
    counts = [(entity.population, place / "population") for entity, place in draft.entities]
    counts += [(payment.count, place / "count") for payment, place in draft.payments]
    for count, place in counts:
        if count and count > _INHABITANTS:
            message = say(
                f"{number(count)} är fler än Sverige har invånare (omkring 10,6 miljoner). Är antalet rätt?",
                f"{number(count)} are more than live in Sweden (about 10.6 million). Is the number right?",
            )
            place.warning("B607", message)


def priorities_are_taken_once(draft: Draft, today: date) -> None:
    """The actors' common order has one payment in each place."""
    placed: dict[int, list[tuple[str, Place]]] = {}
    for payment, place in draft.payments:
        if payment.priority is not None:
            placed.setdefault(payment.priority, []).append((payment.id, place))
    for priority, payments in placed.items():
        *others, (last, place) = payments
        if others:
            first = ", ".join(one for one, _ in others)
            message = say(
                f"{first} och {last} har samma prioritet, {priority}: vilken kommer först är inte bestämt",
                f"{first} and {last} have the same priority, {priority}: which comes first is not decided",
            )
            (place / "priority").info("B608", message)


def names_tell_entities_apart(draft: Draft, today: date) -> None:
    """No two entities have one name, whatever the case, the punctuation and the legal form."""
    first: dict[str, Entity] = {}
    for entity, place in draft.entities:
        there = first.setdefault(telling_letters(entity.name), entity)
        if there is not entity:
            message = say(
                f"{entity.name} ({entity.id}) heter som {there.name} ({there.id}): är de en, låt den ena utgå; annars skriv i "
                "namnet vad som skiljer dem",
                f"{entity.name} ({entity.id}) has the name of {there.name} ({there.id}): if they are one, let one of them go; "
                "else write in the name what tells them apart",
            )
            (place / "name").info("B612", message)


def failures_have_a_length(draft: Draft, today: date) -> None:
    """Who says how often something fails, or for what share of time, says how long for: without it, it never fails in the risk."""
    for entity, place in draft.entities:
        failure = entity.failure
        if failure is None or failure.duration is not None:
            continue
        key = "unavailability" if failure.per_year is None else "per_year"
        if getattr(failure, key):
            message = say(
                f"{key} utan duration: hur länge varar ett fel? Utan längd faller den aldrig i risken",
                f"{key} without duration: how long does a failure last? Without a length it never fails in the risk",
            )
            (place / "failure" / key).warning("B609", message)


def cutoffs_are_handed_in_to(draft: Draft, today: date) -> None:
    """Before each stage with a cut-off stands a plain one: the handing in, without which an outage over the cut-off costs nothing."""
    for payment, place in draft.payments:
        for index, stage in enumerate(payment.stages):
            if stage.cutoff is not None and (index == 0 or payment.stages[index - 1].cutoff is not None):
                message = say(
                    f"{stage.id} har bryttid men ingen inlämning före: utan ett vanligt steg dit filen lämnas in kostar ett avbrott "
                    "över bryttiden inget. Lägg opens, duration och behov i ett eget steg före",
                    f"{stage.id} has a cut-off but no handing in before it: without a plain stage in which the file is handed in, an "
                    "outage over the cut-off costs nothing. Put opens, duration and needs in a stage of their own before it",
                )
                (place / "stage" / index / "cutoff").warning("B610", message)


def money_comes_by_the_payment_date(draft: Draft, today: date) -> None:
    """With nothing wrong, no file comes in so late for a cut-off that its money comes after the payment date."""
    for payment, place in draft.payments:
        index = _late_from(payment.stages)
        if index is not None:
            stage = payment.stages[index]
            message = say(
                f"{payment.id} kommer efter betalningsdagen också när inget är fel: filen är klar för sent för bryttiden i "
                f"{stage.id}, eller lämnas in för få bankdagar före. Ändra opens, duration, cutoff eller lead",
                f"{payment.id} comes after the payment date even when nothing is wrong: the file is ready too late for the "
                f"cut-off of {stage.id}, or is handed in too few bank days before. Change opens, duration, cutoff or lead",
            )
            (place / "stage" / index / "cutoff").warning("B611", message)


def _late_from(stages: Sequence[Stage]) -> int | None:
    """The stage with a cut-off after which the money can no longer come on the payment date, at the earliest."""
    day, time = None, 0  # bank days from the payment date, and minutes of that day
    for index, stage in enumerate(stages):
        if stage.opens is not None:
            if stage.opens.bank_days is None:  # calendar days may be any number of bank days
                return None
            opened = (stage.opens.bank_days, stage.opens.at)
            day, time = opened if day is None else max((day, time), opened)
        if day is None:
            continue
        if stage.cutoff is None:
            day, time = day + (time + stage.duration) // DAY, (time + stage.duration) % DAY
        else:
            day, time = day + (time > stage.cutoff) + stage.lead, min(stage.release, default=0)
            if day > 0:
                return index
    return None
