"""Which need of the model the rows of a need are, also when the form has been read into the model before."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from beroenden.interop.questionnaire.alike import View, Views, alike, named_in, views_of
from beroenden.interop.questionnaire.bundles import Bundle, before_of
from beroenden.interop.questionnaire.columns import NEEDS
from beroenden.interop.questionnaire.content import Row as Written
from beroenden.interop.questionnaire.content import is_stand_in, stand_in
from beroenden.interop.questionnaire.left import need_is_left, need_is_unclear, twin_is_unclear
from beroenden.interop.questionnaire.outrun import gone_is_told, is_as_sent
from beroenden.interop.questionnaire.prefilled import Cells, whole
from beroenden.interop.questionnaire.session import Session, rest_is_checked
from beroenden.interop.questionnaire.table import Row, Table
from beroenden.interop.questionnaire.things import is_new
from beroenden.language import say

Taken = dict[tuple[str, int], Bundle]
_Apart = dict[tuple[str, int], "_Doubt"]
_Rule = Callable[[Bundle, Views, Taken], int | None]


@dataclass(frozen=True, slots=True)
class _Doubt:
    """What may be the need of rows that could not be told.

    Attributes:
        sent: What the rows were filled in with.
        needs: By index.
        is_twin: Whether others were filled in alike.
    """

    sent: Mapping[str, Cells]
    needs: tuple[int, ...]
    is_twin: bool


def matched(session: Session, bundles: list[Bundle]) -> list[Bundle]:
    """The bundles that are needs of the model, each with its own, and those that are new; others are told and left out."""
    views = views_of(session)
    taken: Taken = {}
    apart = _told_apart(session, bundles, views, taken)
    for some, rules in _rounds(session, [one for one in bundles if (one.entity, one.number or 0) not in apart]):
        for rule in rules:
            for bundle in some:
                index = rule(bundle, views, taken) if bundle.index is None else None
                if index is not None:
                    bundle.index, bundle.written = index, views[bundle.entity, index].written
                    taken[bundle.entity, index] = bundle
    known = [
        bundle
        for bundle in bundles
        if _is_known(bundle)
        or (not _is_unclear(session, bundle, taken, apart) and _is_new_need(session, bundle, views, taken))
    ]
    for bundle in bundles:
        if bundle.kept and not any(bundle is one for one in known):
            for row in bundle.rows:
                rest_is_checked(session, row, NEEDS.columns)
    return known


def _told_apart(session: Session, bundles: list[Bundle], views: Views, taken: Taken) -> _Apart:
    """Give the rows of needs that who delivers does not tell apart their own, where that can be told.

    Returns:
        Of each nr of those, what it may be if it could not be told.
    """
    apart: _Apart = {}
    for one in alike(session, views, bundles):
        needs = one.needs()
        left = tuple(at for at in one.views if at not in needs.values())
        for number, sent in one.sent.items():
            is_twin = one.has_twin(number)
            apart[one.entity, number] = _Doubt(sent, tuple(one.views) if is_twin else left, is_twin)
        for number, bundle in one.bundles.items():
            if number in needs:
                key = one.entity, needs[number]
                bundle.index, bundle.written, taken[key] = needs[number], views[key].written, bundle
    return apart


def _is_unclear(session: Session, bundle: Bundle, taken: Taken, apart: _Apart) -> bool:
    """Whether rows may be of any of several needs; that is told."""
    doubt = apart.get((bundle.entity, bundle.number or 0))
    if doubt is None or not doubt.needs or _has_twin(bundle, taken):
        return False
    if doubt.is_twin:
        twin_is_unclear(session, bundle.entity, bundle.rows, doubt.sent)
    else:
        need_is_unclear(session, bundle.entity, bundle.rows, doubt.sent)
    return True


def _rounds(session: Session, bundles: list[Bundle]) -> list[tuple[list[Bundle], tuple[_Rule, ...]]]:
    """Which bundles are matched by which rules.

    Of a form of the model as it is: by nr and providers, by providers alone, then by nr alone. Where the form may have
    been read before, a nr may have become another's; so those that stay come first, then those marked as new, which may
    be there by now, and at last those that go, which may be gone. What they were filled in with comes before nr and
    providers, since several needs may be of the same, or of some that are not shared.
    """
    if not session.may_be_known:
        return [(bundles, (_by_both, _by_providers, _by_number))]
    gone = [bundle for bundle in bundles if not bundle.kept]
    new = [bundle for bundle in bundles if bundle.kept and is_new(bundle.rows[0])]
    stay = [bundle for bundle in bundles if bundle.kept and not is_new(bundle.rows[0])]
    likely = (_by_both, _by_providers, _by_those_kept, partial(_by_number_unless_exchanged, session))
    return [
        (stay, (_by_what, partial(_by_sent, session), *(partial(_but_for_others, session, rule) for rule in likely))),
        (new, (_by_what,)),
        (gone, (_by_what,)),
    ]


def _is_known(bundle: Bundle) -> bool:
    """Whether a bundle is a need of the model; of one marked as new that is told."""
    row = bundle.rows[0]
    if bundle.index is not None and bundle.kept and is_new(row):
        message = say(
            f"behovet finns redan i modellen, som behov {bundle.index + 1} hos {bundle.entity}; raden läses som det",
            f"the need is in the model already, as need {bundle.index + 1} of {bundle.entity}; the row is read as that",
        )
        row.at("ändring").info("B846", message)
    return bundle.index is not None


def _free(bundle: Bundle, views: Views, taken: Taken, providers: Iterable[str]) -> list[int]:
    """The needs of the same entity and providers that no bundle is yet."""
    wanted = [*providers]
    return [
        at
        for (one, at), view in views.items()
        if one == bundle.entity and (one, at) not in taken and view.is_of(wanted)
    ]


def _by_sent(session: Session, bundle: Bundle, views: Views, taken: Taken) -> int | None:
    """The need that is what the rows were filled in with."""
    before = before_of(session, bundle)
    what = _what_of(before)
    found = [
        index
        for index in _free(bundle, views, taken, named_in(before))
        if _is_for(views[bundle.entity, index].written, what)
    ]
    return found[0] if found else None


def _but_for_others(session: Session, rule: _Rule, bundle: Bundle, views: Views, taken: Taken) -> int | None:
    """What a rule finds among the needs that are not just what another nr was filled in with."""
    return rule(bundle, {key: view for key, view in views.items() if not _is_of_another(session, bundle, view)}, taken)


def _is_of_another(session: Session, bundle: Bundle, view: View) -> bool:
    """Whether a need is, for something else than what the rows were filled in with, just what those of another nr were."""
    before = before_of(session, bundle)
    if not before or _is_for(view.written, _what_of(before)):
        return False
    return any(
        (part, one) == (NEEDS.name, bundle.entity)
        and _is_of_those(view, rows)
        and _is_for(view.written, _what_of(rows))
        for (part, one, _), rows in session.prefilled.rows.items()
    )


def _what_of(sent: Mapping[str, Cells]) -> str:
    """What a need was for when the form was written."""
    return str((whole(sent) or {}).get("vad") or "")


def _is_of_those(view: View, sent: Mapping[str, Cells]) -> bool:
    """Whether a need is of just those who delivered one when the form was written."""
    return view.is_of(named_in(sent))


def _by_both(bundle: Bundle, views: Views, taken: Taken) -> int | None:
    index = (bundle.number or 0) - 1
    return index if index in _free(bundle, views, taken, bundle.providers) else None


def _by_providers(bundle: Bundle, views: Views, taken: Taken) -> int | None:
    """The only need that names the same, not taken; of a row marked as new, none."""
    if bundle.rows[0].table.columns.get("ändring") and is_new(bundle.rows[0]):
        return None
    found = _free(bundle, views, taken, bundle.providers)
    same = [index for index in found if _says_the_same(bundle, views[bundle.entity, index].written)]
    return same[0] if len(same) == 1 else found[0] if len(found) == 1 else None


def _by_those_kept(bundle: Bundle, views: Views, taken: Taken) -> int | None:
    """The need that names the same once those that go are gone: the only one, or the first that is for the same.

    What a form adds stands behind what was there, so the first is not a new one.
    """
    found = _free(bundle, views, taken, [provider for _, provider in bundle.kept])
    same = [index for index in found if _says_the_same(bundle, views[bundle.entity, index].written)]
    return found[0] if len(found) == 1 else same[0] if same else None


def _by_what(bundle: Bundle, views: Views, taken: Taken) -> int | None:
    """A need that names the same for the same; the one of the nr, if that is one."""
    found = [
        index
        for index in _free(bundle, views, taken, bundle.providers)
        if _says_the_same(bundle, views[bundle.entity, index].written)
    ]
    own = (bundle.number or 0) - 1
    return own if own in found else found[0] if found else None


def _by_number(bundle: Bundle, views: Views, taken: Taken) -> int | None:
    """The need of the nr, when it names one of the same or is for the same."""
    index = (bundle.number or 0) - 1
    view = views.get((bundle.entity, index))
    if view is None or (bundle.entity, index) in taken:
        return None
    is_like = bool(view.named & set(bundle.providers)) or _says_the_same(bundle, view.written)
    return index if is_like else None


def _by_number_unless_exchanged(session: Session, bundle: Bundle, views: Views, taken: Taken) -> int | None:
    """The need of the nr, but for answers on others than those who deliver it now."""
    index = _by_number(bundle, views, taken)
    if index is None or not _is_exchanged(session, bundle, views[bundle.entity, index]):
        return index
    before = before_of(session, bundle)
    return index if all(is_as_sent(row, before.get(row.text("till"))) for row in bundle.rows) else None


def _is_exchanged(session: Session, bundle: Bundle, view: View) -> bool:
    """Whether others deliver a need in the place of some that the form was sent with, and its rows do not name them."""
    sent = {one for one in before_of(session, bundle) if not is_stand_in(one)}
    came = view.named - sent - {*bundle.providers, stand_in()}
    return bool(came) and not sent <= view.named | view.providers


def _has_others_now(session: Session, bundle: Bundle, views: Views, taken: Taken) -> bool:
    """Whether the need of the nr is for the same, and others deliver it now."""
    key = (bundle.entity, (bundle.number or 0) - 1)
    if key in taken or key not in views:
        return False
    return _says_the_same(bundle, views[key].written) and _is_exchanged(session, bundle, views[key])


def _says_the_same(bundle: Bundle, written: tuple[Written, ...]) -> bool:
    """Whether the need is for the same: its vad is as written, or not told."""
    told = [row.text("vad") for row in bundle.rows if row.has("vad")]
    return _is_for(written, told[0] if told else "")


def _is_for(written: tuple[Written, ...], what: str) -> bool:
    return what.split() == str(written[0].cells["vad"] or "").split()


def _is_new_need(session: Session, bundle: Bundle, views: Views, taken: Taken) -> bool:
    """Whether a bundle that is no need of the model may be a new one; else it is told why not."""
    row, before = bundle.rows[0], before_of(session, bundle)
    if before and all(is_as_sent(one, before.get(one.text("till"))) for one in bundle.rows):
        gone_is_told(row.at("nr"), NEEDS)
        return False
    if before and _has_others_now(session, bundle, views, taken):
        need_is_left(session, bundle.entity, bundle.rows, before)
        return False
    if not bundle.kept and session.may_be_known:
        message = say(
            f"{bundle.entity} har inget sådant behov av {', '.join(bundle.providers)} i modellen nu; inget tas bort",
            f"{bundle.entity} has no such need of {', '.join(bundle.providers)} in the model now; nothing is removed",
        )
        row.at("ändring").info("B846", message)
        return False
    if before and session.may_be_known and not _has_twin(bundle, taken):
        need_is_left(session, bundle.entity, bundle.rows, before)
        return False
    if bundle.number is not None:
        row.at("nr").error("B844", _why_no_such(bundle, views, taken))
        return False
    twins = [one for (entity, _), one in taken.items() if entity == bundle.entity and set(one.providers) == set(bundle.providers)]  # fmt: skip
    if twins and not is_new(row):
        message = say(
            f"{bundle.entity} har redan ett behov av {', '.join(bundle.providers)}, på {twins[0].rows[0]}; är det ett "
            "till, skriv ny i kolumnen ändring",
            f"{bundle.entity} has a need of {', '.join(bundle.providers)} already, in {twins[0].rows[0]}; if it is another, "
            "write ny in the column ändring",
        )
        row.at("till").error("B846", message)
        return False
    return True


def _has_twin(bundle: Bundle, taken: Taken) -> bool:
    """Whether other rows have the same nr and are a need of the model: it is there, and named twice."""
    return any((one.entity, one.number) == (bundle.entity, bundle.number) for one in taken.values())


def _why_no_such(bundle: Bundle, views: Views, taken: Taken) -> str:
    key = (bundle.entity, (bundle.number or 0) - 1)
    if key in taken and taken[key].number == bundle.number:
        there = taken[key].rows[0]
        return say(
            f"nr {bundle.number} hos {bundle.entity} står redan på {there}",
            f"nr {bundle.number} of {bundle.entity} is there already, in {there}",
        )
    known = sorted(views[key].named) if key in views else []
    is_other = say(f"är {', '.join(known)}", f"is {', '.join(known)}") if known else say("finns inte", "is not there")
    return say(
        f"nr {bundle.number} hos {bundle.entity} {is_other} i modellen nu; töm nr om det är ett nytt behov",
        f"nr {bundle.number} of {bundle.entity} {is_other} in the model now; empty nr if it is a new need",
    )


def absent(session: Session, table: Table, bundles: list[Bundle]) -> Iterator[tuple[str, int]]:
    """The needs of the model that no bundle is, and that no faulty row means."""
    read = {row.number for bundle in bundles for row in bundle.rows}
    there = {(bundle.entity, bundle.index) for bundle in bundles}
    views = views_of(session)
    there |= {key for row in table.rows() if row.number not in read for key in _meant(session, row, views)}
    return (key for key in views if key not in there)


def was_sent(session: Session, table: Table, entity: str, index: int) -> bool:
    """Whether the form was sent with a need of the model that none of its rows is: one of the same providers, or for the same.

    That is taken to be so of a form that does not tell what it was filled in with.
    """
    if not session.prefilled.rows:
        return True
    view = views_of(session)[entity, index]
    what = str(view.written[0].cells["vad"] or "").split()
    listed = {(row.text("från"), row.text("nr")) for row in table.rows()}
    return any(
        part == NEEDS.name
        and one == entity
        and (one, number) not in listed
        and (_is_of_those(view, rows) or (what and _what_of(rows).split() == what))
        for (part, one, number), rows in session.prefilled.rows.items()
    )


def _meant(session: Session, row: Row, views: Views) -> list[tuple[str, int | None]]:
    """The needs that a row that was left out probably means: that of its nr, else those of the provider nearest to its own."""
    names = (row.text("från"), row.text("till"))
    entity, provider = (session.entity_of(text) or session.nearest(text) or text for text in names)
    number = row.text("nr")
    if is_stand_in(row.text("till")):
        return [key for key, view in views.items() if key[0] == entity and stand_in() in view.named]
    if number.isdigit():
        return [(entity, int(number) - 1)]
    return [(one, at) for (one, at), view in views.items() if one == entity and provider in view.named | view.providers]
