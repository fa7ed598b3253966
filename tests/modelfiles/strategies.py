"""Random networks with every field of the model, sound enough to be read without an error."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from beroenden.bankdays.bankdays import ROLLS
from beroenden.bankdays.hours import WEEKDAY_NAMES
from beroenden.model.entities import (
    CONFIDENCES,
    KINDS,
    Contact,
    Entity,
    Failure,
    LogNormal,
    Need,
    Pert,
    Provenance,
    Step,
)
from beroenden.model.labels import TLP
from beroenden.model.network import Audience, Network
from beroenden.model.payments import Event, Opens, Payment, Stage, Window

ZONES = ("Europe/Stockholm", "UTC", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Monrovia")
RULES = (
    "FREQ=MONTHLY;BYMONTHDAY=20",
    "FREQ=WEEKLY;BYDAY=TH",
    "FREQ=MONTHLY;BYMONTHDAY=-1;BYMONTH=1,2,3",
    "DTSTART:20260105\nRRULE:FREQ=WEEKLY;INTERVAL=2",
    "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO",
)

optional = st.none()
texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from('\n\t"\\#[]{}=\r'), max_size=12)
levels = st.floats(0, 1)
minutes = st.integers(0, 10**9) | st.integers(0, 5000)
clocks = st.integers(0, 1439)
days = st.dates(date(1970, 1, 1), date(2099, 12, 31))
instants = st.integers(1440, 68_000_000)
slugs = st.from_regex(r"[a-z0-9]{1,3}(-[a-z0-9]{1,2}){0,2}", fullmatch=True)
provenances = st.builds(
    Provenance,
    tlp=st.none() | st.sampled_from(TLP),
    source=st.none() | texts,
    verified=st.none() | days,
    confidence=st.none() | st.sampled_from(CONFIDENCES),
    note=st.none() | texts,
)


def weights(count: int) -> st.SearchStrategy[tuple[float, ...]]:
    """Shares of this many that sum to 1."""
    parts = st.lists(st.integers(0, 9), min_size=count, max_size=count).filter(any)
    return parts.map(lambda found: tuple(part / sum(found) for part in found))


@st.composite
def shares(draw: st.DrawFn, ids: list[str]) -> tuple[tuple[str, float], ...]:
    """(id, share) that sum to 1, or none."""
    chosen = draw(st.lists(st.sampled_from(ids), unique=True, max_size=3)) if ids else []
    return tuple(zip(chosen, draw(weights(len(chosen))), strict=True)) if chosen else ()


@st.composite
def lengths(draw: st.DrawFn) -> Any:
    """A length or its distribution."""
    low, mid, high = sorted(draw(st.lists(st.integers(1, 10**6), min_size=3, max_size=3)))
    given_pert, given_lognormal = Pert(low, mid, high + 1), LogNormal(low, high + 1)
    return draw(st.sampled_from((None, low, given_pert, given_lognormal)))


@st.composite
def endurances(draw: st.DrawFn) -> tuple[Step, ...] | None:
    """Steps later and later and lower and lower."""
    times = sorted(draw(st.sets(minutes, max_size=3)))
    held = sorted(draw(st.sets(levels, min_size=len(times), max_size=len(times))), reverse=True)
    return tuple(Step(*pair) for pair in zip(times, held, strict=True)) or None


@st.composite
def needs(draw: st.DrawFn, ids: list[str]) -> Need:
    """A need of any form."""
    form = draw(st.sampled_from(("provider", "any_of", "shares")))
    most = 1 if form == "provider" else 3
    providers = draw(st.lists(st.sampled_from(ids), unique=True, min_size=1, max_size=most))
    return Need(
        form=form,
        providers=tuple(providers),
        shares=draw(weights(len(providers))) if form == "shares" else (),
        at_least=draw(st.integers(1, len(providers))) if form == "any_of" else 1,
        endurance=draw(endurances()),
        floor=draw(levels),
        restart=draw(minutes),
        expects=draw(st.none() | minutes),
        spread=draw(st.none() | st.floats(1, 100)),
        what=draw(st.none() | texts),
        provenance=draw(provenances),
    )


@st.composite
def entities(draw: st.DrawFn, own: str, ids: list[str]) -> Entity:
    """An entity with every field given or not."""
    return Entity(
        id=own,
        name=draw(texts),
        kind="citizens" if own == ids[0] else draw(st.sampled_from(KINDS)),
        owner=draw(st.none() | st.sampled_from(ids)),
        mtpd=draw(st.none() | minutes),
        rto=draw(st.none() | minutes),
        rta=draw(st.none() | minutes),
        rta_tested=draw(st.none() | days),
        rpo=draw(st.none() | minutes),
        mbco=draw(st.none() | levels),
        population=draw(st.none() | st.integers(0, 10**15)),
        failure=draw(
            st.none()
            | st.builds(
                Failure,
                per_year=st.none() | st.floats(0, 1e15),
                duration=lengths(),
                unavailability=st.none() | levels,
            )
        ),
        contact=draw(st.none() | st.builds(Contact, role=st.none() | texts, channel=st.none() | texts)),
        regimes=tuple(draw(st.lists(texts, max_size=2))),
        provenance=draw(provenances),
        needs=tuple(draw(st.lists(needs(ids), max_size=3))),
    )


@st.composite
def stages(draw: st.DrawFn, own: str, is_first: bool, ids: list[str], windows: list[str]) -> Stage:
    """A stage, batch or not."""
    day_count = st.integers(-366, 366)
    before, calendar = draw(st.sampled_from(((None, None), (draw(day_count), None), (None, draw(day_count)))))
    opens = Opens(before, calendar, draw(clocks)) if is_first or draw(st.booleans()) else None
    cutoff = draw(st.none() | clocks)
    return Stage(
        id=own,
        name=draw(texts),
        opens=opens,
        duration=draw(minutes),
        cutoff=cutoff,
        lead=0 if cutoff is None else draw(st.integers(0, 366)),
        release=() if cutoff is None else tuple(draw(st.lists(clocks, max_size=3))),
        window=draw(st.none() | st.sampled_from(windows)) if windows else None,
        interbank=draw(st.booleans()),
        at_recipient_bank=draw(st.booleans()),
        needs=tuple(draw(st.lists(needs(ids), max_size=2))),
        provenance=draw(provenances),
    )


@st.composite
def payments(draw: st.DrawFn, own: str, ids: list[str], windows: list[str]) -> Payment:
    """A payment by rule or by dates."""
    rule = draw(st.none() | st.sampled_from(RULES))
    stage_ids = draw(st.lists(slugs, unique=True, min_size=1, max_size=3))
    return Payment(
        id=own,
        name=draw(texts),
        payer=draw(st.sampled_from(ids)),
        paying_bank=draw(st.none() | st.sampled_from(ids)),
        recipients=draw(st.none() | st.just(ids[0])),
        count=draw(st.none() | st.integers(0, 10**15)),
        amount=draw(st.none() | st.integers(0, 10**15) | st.floats(0, 1e15)),
        rrule=rule,
        dates=() if rule else tuple(draw(st.lists(days, min_size=1, max_size=3))),
        roll=draw(st.sampled_from(list(ROLLS))),
        moved=tuple(draw(st.lists(st.tuples(days, days), max_size=2))),
        max_delay=draw(st.none() | minutes),
        priority=draw(st.none() | st.integers(1, 10**15)),
        legal_basis=draw(st.none() | texts),
        accounts=draw(shares(ids)),
        stages=tuple(draw(stages(one, index == 0, ids, windows)) for index, one in enumerate(stage_ids)),
        provenance=draw(provenances),
    )


@st.composite
def events(draw: st.DrawFn, own: str, ids: list[str]) -> Event:
    """An event that ends after it starts."""
    start, end = sorted(draw(st.lists(instants, unique=True, min_size=2, max_size=2)))
    chosen = draw(st.lists(st.sampled_from(ids), max_size=2)) if ids else []
    return Event(own, draw(texts), start, end, tuple(chosen), draw(provenances))


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """A sound network of at most four entities and two payments, with every field given or not."""
    own = draw(st.lists(slugs, unique=True, max_size=6))
    ids, payment_ids = own[:4], own[4:]
    windows = draw(
        st.lists(
            st.builds(
                Window,
                id=slugs,
                days=st.sampled_from(("bank", "all")) | st.lists(st.sampled_from(WEEKDAY_NAMES), max_size=3).map(tuple),
                times=st.lists(st.tuples(clocks, clocks), max_size=2).map(tuple),
            ),
            unique_by=lambda window: window.id,
            max_size=2,
        )
    )
    actors = draw(st.lists(st.sampled_from(ids), unique=True, max_size=2)) if ids else []
    window_ids = [window.id for window in windows]
    event_ids = draw(st.lists(slugs, unique=True, max_size=2))
    return Network(
        name=draw(texts),
        version=draw(texts),
        timezone=draw(st.sampled_from(ZONES)),
        tlp=draw(st.sampled_from(TLP)),
        accounts=draw(shares(ids)),
        entities=tuple(draw(entities(one, ids)) for one in ids),
        windows=tuple(windows),
        payments=tuple(draw(payments(one, ids, window_ids)) for one in payment_ids),
        audiences=tuple(Audience(actor, draw(st.sampled_from(TLP))) for actor in actors),
        events=tuple(draw(events(one, ids)) for one in event_ids),
    )
