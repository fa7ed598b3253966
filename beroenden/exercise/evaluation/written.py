"""An evaluation as JSON."""

from typing import Any
from zoneinfo import ZoneInfo

from beroenden.exercise.evaluation.deciding import Deciding, Sign
from beroenden.exercise.evaluation.evaluation import Evaluation, PlayerResult, Tally
from beroenden.exercise.evaluation.improvements import Improvement
from beroenden.exercise.evaluation.noticing import Noticing
from beroenden.exercise.evaluation.players import Said
from beroenden.exercise.evaluation.reviewing import Review
from beroenden.exercise.evaluation.rumours import Rumour
from beroenden.exercise.exercise import Inject
from beroenden.units.times import iso, time_zone

SCHEMA = "beroenden/evaluation/1"


def evaluation_dict(evaluation: Evaluation) -> dict[str, Any]:
    """The JSON of `beroenden exercise evaluate`; instants on the scenario's clock unless they are of play."""
    return _Written(evaluation).evaluation()


class _Written:
    def __init__(self, evaluation: Evaluation) -> None:
        self._of = evaluation
        self._zone: ZoneInfo = time_zone(evaluation.network.timezone)

    def evaluation(self) -> dict[str, Any]:
        made, network = self._of, self._of.network
        return {
            "schema": SCHEMA,
            "exercise": made.exercise.name,
            "model": {"name": network.name, "version": network.version, "hash": network.hash},
            "language": made.language,
            "tlp": made.tlp,
            "tlp_from": made.tlp_from,
            "clock": made.clock,
            "late_minutes": made.late,
            "doubts": list(made.doubts),
            "players": [self._player(one) for one in made.players],
            "together": _tally(made.tally(made.players)),
            "injects": [self._inject(one) for one in made.exercise.injects],
            "without_outcome": [one.number for one in made.without_outcome],
            "not_judged": [one.number for one in made.unjudged],
            "improvements": [self._improvement(one) for one in made.improvements],
        }

    def _player(self, player: PlayerResult) -> dict[str, Any]:
        log = player.log
        return {
            "actor": player.actor,
            "log": None if log is None else log.log.incident.id,
            "clock": None if log is None else log.clock,
            "entries": None if log is None else len(log.said),
            "before_start": [] if log is None else list(log.before),
            "nameless": [] if log is None else list(log.nameless),
            "noticed": [self._noticing(one) for one in player.noticings],
            "deadlines": [self._deciding(one) for one in player.decidings],
            "rumours": [self._rumour(one) for one in player.rumours],
            "to_review": [self._review(one) for one in player.reviews],
            "summary": None if log is None else _tally(self._of.tally([player])),
        }

    def _noticing(self, one: Noticing) -> dict[str, Any]:
        return {
            "injects": [inject.number for inject in one.injects],
            "event": one.evidence.event,
            "entities": list(one.evidence.entities),
            "payments": [list(run) for run in one.evidence.payments],
            "subjects": list(one.subjects),
            "state": one.state,
            "known": self._iso(one.known),
            "known_from": None if one.known is None else "played" if one.is_played else "planned",
            "entry": _entry(one.said),
            "logged": self._time(one.said),
            "concerns": list(one.concerns),
            "lag_minutes": one.lag,
            "jumped_minutes": one.jumped,
            "played_lag_minutes": one.played_lag,
            "late": one.is_late(self._of.late),
            "earlier_entry": _entry(one.earlier),
            "nameless_entry": _entry(one.nameless),
        }

    def _deciding(self, one: Deciding) -> dict[str, Any]:
        return {
            "payment": one.payment,
            "dates": list(one.dates),
            "latest_recovery": self._iso(one.deadline),
            "state": one.state,
            "entry": _entry(one.said),
            "decided": self._time(one.said),
            "nameless_entries": [each.entry.id for each in one.nameless],
            "concerns": list(one.concerns),
            "margin_minutes": one.margin,
            "first_sign": self._sign(one.sign),
            "cause_told": self._sign(one.told),
            "cause_confirmed": self._sign(one.confirmed),
            "minutes_to_decide": one.time_to_decide,
            "played_minutes_to_decide": one.play_to_decide,
            "passed_before_cause_was": one.passed_before,
        }

    def _sign(self, sign: Sign | None) -> dict[str, Any] | None:
        return None if sign is None else {"inject": sign.inject.number, "at": self._iso(sign.at)}

    def _rumour(self, one: Rumour) -> dict[str, Any]:
        return {
            "inject": one.inject.number,
            "subjects": list(one.subjects),
            "told": self._iso(one.told),
            "denial": None if one.denial is None else one.denial.number,
            "denied": self._iso(one.denied),
            "taken": one.taken,
            "entries": [{"entry": each.entry.id, "status": each.entry.status} for each in one.entries],
            "correction": _entry(one.correction),
            "left_standing": one.is_left_standing,
            "nameless_entry": _entry(one.nameless),
        }

    def _review(self, one: Review) -> dict[str, Any]:
        return {
            "entry": one.said.entry.id,
            "time": self._time(one.said),
            "concerns": list(one.said.concerns),
            "without_need": one.without_need,
            "rumours": [rumour.inject.number for rumour in one.rumours],
        }

    def _inject(self, one: Inject) -> dict[str, Any]:
        return {
            "number": one.number,
            "stage": one.stage,
            "to": one.to,
            "kind": one.kind,
            "title": one.title,
            "status": one.status,
            "planned": self._iso(one.play),
            "played": self._iso(one.played),
            "difference_minutes": None if one.played is None else one.played - one.play,
            "outcome": one.outcome,
        }

    def _improvement(self, one: Improvement) -> dict[str, Any]:
        return {
            "kind": one.kind,
            "actor": one.actor,
            "issue": one.issue,
            "action": one.action,
            "responsible": one.responsible,
            "contact": one.contact,
            "start": self._iso(one.start),
            "due": self._iso(one.due),
            "status": one.status,
            "injects": list(one.injects),
            "entries": list(one.entries),
        }

    def _iso(self, time: int | None) -> str | None:
        return None if time is None else iso(time, self._zone)

    def _time(self, said: Said | None) -> str | None:
        return self._iso(None if said is None else said.time)


def _entry(said: Said | None) -> str | None:
    return None if said is None else said.entry.id


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "told": tally.told,
        "logged": tally.logged,
        "late": tally.late,
        "missed": tally.missed,
        "median_lag_minutes": tally.lag,
        "deadlines": tally.deadlines,
        "decided_in_time": tally.in_time,
        "rumours": tally.rumours,
        "taken_as_confirmed": tally.believed,
    }
