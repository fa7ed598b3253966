"""Which frames an answer has and which columns, also where it has no row or none with a value there."""

_JOINT = (
    "k",
    "entities",
    *(f"{point}_{part}" for point in ("worst", "most_added") for part in ("start", "together", "parts", "added")),
    "mean",
    "payments_not_counted",
)
_ENDS = ("mean", "low", "high")
_MEASURES = ("payouts", "amount", "recipient_hours")
_ALL_MEASURES = ("late_runs", "over_max_delay", *_MEASURES)
_EXPECTED = tuple(f"expected_{measure}_{end}" for measure in _ALL_MEASURES for end in _ENDS)
_NOT_COUNTED = tuple(f"payments_not_counted_{measure}" for measure in _ALL_MEASURES)
_STATED = ("tlp", "source", "verified", "confidence")
_OF_CONFIDENCE = tuple(f"confidence_{one}" for one in ("low", "medium", "high", "unknown"))

COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    "network": {
        "entities": (
            *("id", "name", "kind", "owner", "mtpd", "rto", "rta", "rta_tested", "rpo", "mbco", "population"),
            *_STATED,
        ),
        "needs": (
            *("consumer", "stage", "need", "provider", "form", "at_least", "share", "endurance", "lasts", "floor"),
            *("restart", "expects", "spread", "what", *_STATED),
        ),
        "payments": (
            *("id", "name", "payer", "paying_bank", "recipients", "count", "amount", "max_delay", "priority"),
            *_STATED,
        ),
        "stages": (
            *("payment", "place", "stage", "name", "duration", "cutoff", "lead", "interbank", "at_recipient_bank"),
            *_STATED,
        ),
    },
    "beroenden/outcome/1": {
        "outages": ("entity", "payment", "start", "end", "remaining", "share"),
        "entities": ("id", "name", "kind", "degraded_from", "down_from", "restored", "lost_hours"),
        "entities_levels": ("id", "time", "level"),
        "entities_because": ("id", "entity", "at", "level"),
        "entities_reserve_lost": ("id", "need", "from", "to"),
        "payments": (
            *("payment", "date", "status", "planned", "completed", "delay_minutes", "latest_recovery"),
            *("latest_recovery_state", "count", "delayed_recipients", "delayed_amount", "recipient_hours"),
            *("over_max_delay", "blocked_by"),
        ),
        "payments_branches": ("payment", "date", "bank", "share", "planned", "completed", "delay_minutes"),
        "groups": ("entity", "population", "peak_affected", "person_hours"),
    },
    "beroenden/explanation/1": {
        "paths": ("title",),
        "paths_because": ("entity", "at", "level"),
        "courses": ("date", "bank"),
        "courses_branches": (
            *("date", "bank", "planned", "completed", "delay_minutes", "delayed_recipients", "delayed_amount"),
        ),
        "courses_stages": ("date", "stage", "planned", "completed", "missed", "deadline"),
    },
    "beroenden/ranking/1": {
        "entities": (
            *("entity", "worst", "worst_start", "mean", "starts_hit", "payments_late", "payments_not_counted"),
            "harmless",
        ),
        "single_points": ("payment",),
        "single_points_entities": (
            *("payment", "entity", "starts_late", "starts_over_max_delay", "worst_start", "recipient_hours"),
            "recipient_hours_mean",
        ),
        "together": ("k", "combinations", "tried", "greatest_count", "adding_count", "redundant_count"),
        **dict.fromkeys(("together_greatest", "together_adding", "together_redundant"), _JOINT),
    },
    "beroenden/risk/1": {
        "without_failure_data": ("entity", "missing"),
        "roots": (
            *("entity", "failures_per_year", "failures", "harmful_failures"),
            *(f"harmful_per_year_{end}" for end in _ENDS),
            *(*_EXPECTED, *_NOT_COUNTED, "likelihood_step", "consequence_step"),
        ),
        "payments": ("payment", "runs", *_EXPECTED),
        "groups": ("entity", "population", *(f"hours_{end}" for end in _ENDS), "person_hours"),
        **{
            f"exceedance_{measure}_{kind}": ("return_period", "value", "low", "high")
            for measure in _MEASURES
            for kind in ("largest_event", "yearly_sum")
        },
        **{f"convergence_{measure}": ("years", "mean", "half_width") for measure in _MEASURES},
        **dict.fromkeys(("chains_to_payments", "chains_to_citizens"), ("order", "unit", "risk")),
        **dict.fromkeys(
            ("chains_to_payments_links", "chains_to_citizens_links"),
            ("order", "entity", "after_minutes", "per_year", "impact", "payments", "risk"),
        ),
    },
    "beroenden/improvements/1": {
        "improvements": (
            *("kind", "place", "index", "need", "release", "text", "after_payouts", "after_amount"),
            *("after_recipient_hours", "after_over_max_delay", "after_level_hours", "taken_off", "standard_error"),
            "ever_worse",
        ),
    },
    "beroenden/gaps/1": {
        "checked": ("kind", "of", "undecided", "gaps"),
        "gaps": ("kind", "about", "stage", "size", "payments", "tlp", "text"),
        "gaps_between": ("actor", "name", "role", "channel"),
        "lacking": ("kind", "field", "count", "of", "text"),
        "unknown": ("kind", "field", "count", "of", "text", "actor"),
    },
    "beroenden/quality/1": {
        "coverage_model_fields": ("field", "known", "of"),
        "coverage_actors": ("id", "share", *_OF_CONFIDENCE),
        "coverage_actors_fields": ("id", "field", "known", "of"),
        "coverage_payments": ("id", "share", *_OF_CONFIDENCE),
        "coverage_payments_fields": ("id", "field", "known", "of"),
        "questions": (
            *("actor", "consumer", "stage", "need", "providers", "is_unknown", "question", "hangs"),
            *(f"mean_recipient_hours_{one}" for one in ("least", "now", "most")),
            *("change", "uncounted_payments", "uncounted_most_hours", "worst_entity", "worst_least", "worst_most"),
        ),
    },
    "beroenden/portrait/1": {},
    "beroenden/plan/1": {"stages": ("bank", "share", "stage", "name", "ready", "start", "done", "completed")},
    "beroenden/cutsets/1": {
        "cut_sets": ("entities",),
        "importance": (
            *("entity", "cut_sets", "lowest_order", "unavailability", "birnbaum", "fussell_vesely"),
            "risk_achievement_worth",
        ),
    },
}
"""By the schema of the JSON. A frame or column of another name is one that the model decides: of `gaps`, the figures."""
