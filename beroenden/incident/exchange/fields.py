"""The tables of a delgivning: which keys they have and what they become."""

from typing import Any

from beroenden.incident.estimates import LENGTH, claimed_length
from beroenden.incident.lagesbild.claims import NEVER
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.log.entries import RECEIVED_STATUSES, Claim
from beroenden.incident.log.fields import own_fields, zone_of
from beroenden.incident.reported import OBSERVED, OBSERVED_UNTIL, SHARE, UNKNOWN
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.modelfiles import values
from beroenden.modelfiles.findings import Place
from beroenden.modelfiles.schema import Field, read_table, read_tables
from beroenden.units.times import parse_instant, time_zone

_AT_A_TIME = ("start", OBSERVED_UNTIL)
_AT_A_TIME_OR_NEVER = ("end", "completed", "latest_recovery", "degraded", "restored")


def read_header(network: Network | None) -> values.Reader:
    """[delgivning]; None where what it must have is missing or faulty."""
    moment = values.Moment(time_zone(zone_of(network)))
    sender = next(field for field in own_fields("received", network) if field.key == "sender")
    fields = (
        Field("incident", values.text, required=True),
        sender,
        Field("sender_name", _filled, required=True),
        Field("to", values.text, required=True),
        Field("number", values.from_one, required=True),
        Field("version", values.OneOf("första", "uppdatering", "slutlig"), required=True),
        Field("at", moment, required=True),
        Field("issued", moment, required=True),
        Field("approved_by", _filled, required=True),
        Field("exercise", values.flag, required=True),
        Field("tlp", values.tlp, required=True),
        Field("language", values.OneOf("sv", "en"), required=True),
        Field("model", _texts("name", "version", "hash"), required=True),
        Field("lowered", _texts("label", "role")),
        Field("hash", values.text, required=True),
    )

    def read(raw: Any, place: Place) -> dict[str, Any] | None:
        found = read_table(raw, place, fields)
        if any(field.required and field.key not in found for field in fields):
            return None
        if "lowered" in found:
            found["lowered"] = (found["lowered"]["label"], found["lowered"]["role"])
        return {"is_exercise": found.pop("exercise"), **found}

    return read


def _filled(value: Any, place: Place) -> str | None:
    """A text that says something."""
    found = values.text(value, place)
    if found is None or found.strip():
        return found
    place.error("B807", say("texten är tom", "the text is empty"))
    return None


def _texts(*keys: str) -> values.Reader:
    """A table of texts, all of them required."""
    fields = tuple(Field(key, values.text, required=True) for key in keys)

    def read(raw: Any, place: Place) -> dict[str, str] | None:
        found = read_table(raw, place, fields)
        return found if len(found) == len(keys) else None

    return read


def read_statements(network: Network | None) -> values.Reader:
    """[[statement]]; faulty ones are left out."""
    zone = time_zone(zone_of(network))
    fields = (
        Field("section", values.text, required=True),
        Field("text", _filled, required=True),
        Field("status", values.OneOf(*RECEIVED_STATUSES), required=True),
        Field("source", values.text),
        Field("time", values.Moment(zone)),
        Field("tlp", values.tlp),
        Field("cells", _cells),
        Field("claims", _claims(network)),
    )

    def read(raw: Any, place: Place) -> tuple[Statement, ...]:
        found = [read_table(one, at, fields) for one, at in read_tables(raw, place, "statement")]
        whole = (one for one in found if {"section", "text", "status"} <= set(one))
        return tuple(Statement(**{"source": "", **one}) for one in whole)

    return read


def _cells(raw: Any, place: Place) -> tuple[tuple[str, str], ...] | None:
    found = values.PairsOf(values.text, '["Till", "Swedbank"]')(raw, place)
    return None if found is None else tuple(pair for pair in found if pair is not None)


def _claims(network: Network | None) -> values.Reader:
    fields = tuple(Field(key, _filled, required=True) for key in ("subject", "aspect", "value"))
    zone = time_zone(zone_of(network))

    def check(claim: Claim, place: Place) -> None:
        """Refuse a value that could not be compared or simulated."""
        try:
            is_open = claim.value == {"end": UNKNOWN}.get(claim.aspect, NEVER)
            if claim.aspect in _AT_A_TIME or (claim.aspect in _AT_A_TIME_OR_NEVER and not is_open):
                parse_instant(claim.value, zone)
            elif claim.aspect in ("remaining", SHARE, OBSERVED) and not 0 <= float(claim.value) <= 1:
                raise ValueError
            elif claim.aspect == LENGTH:
                claimed_length(claim.value)
        except ValueError:
            wanted = say(
                f"en tidpunkt, {NEVER} eller en andel från 0 till 1", f"a time, {NEVER} or a share from 0 to 1"
            )
            if claim.aspect == LENGTH:
                wanted = say("1h..2h..5h eller p50 2h, p90 12h", "1h..2h..5h or p50 2h, p90 12h")
            message = say(
                f"”{claim.value[:60]}” är inget värde för {claim.aspect}: {wanted}",
                f'"{claim.value[:60]}" is no value of {claim.aspect}: {wanted}',
            )
            (place / "value").error("B931", message)

    def check_order(claims: list[Claim], place: Place) -> None:
        said = {(claim.subject, claim.aspect): claim.value for claim in claims}
        for (subject, aspect), value in said.items():
            end = said.get((subject, "end"))
            if aspect == "start" and end and end != UNKNOWN and parse_instant(end, zone) <= parse_instant(value, zone):
                place.error("B931", say(f"{subject} slutar före sin början", f"{subject} ends before it begins"))

    def read(raw: Any, place: Place) -> tuple[Claim, ...]:
        claims, errors = list[Claim](), len(place.report.findings)
        for one, at in read_tables(raw, place, "statement.claims"):
            found = read_table(one, at, fields)
            if len(found) == len(fields):
                claims.append(Claim(**found))
                check(claims[-1], at)
        if len(place.report.findings) == errors:
            check_order(claims, place)
        return tuple(claims)

    return read
