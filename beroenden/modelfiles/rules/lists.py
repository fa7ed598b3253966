"""Which rules a model is held against, and when."""

from collections.abc import Callable
from datetime import date

from beroenden.modelfiles.rules.needs import (
    at_least_is_within_the_providers,
    cycles_have_no_restart,
    endurance_on_payment_chains_is_known,
    endurance_steps_fall_in_level,
    endurance_steps_rise_in_time,
    rta_is_within_rto,
    rto_is_within_mtpd,
    shares_sum_to_one,
)
from beroenden.modelfiles.rules.payments import (
    a_stage_needs_the_payer,
    a_stage_needs_the_paying_bank,
    events_end_after_they_start,
    first_stages_open,
    moved_dates_are_dates_of_the_rule,
    payments_have_dates,
    payments_have_stages,
    stages_are_in_order,
    stages_take_time,
)
from beroenden.modelfiles.rules.plausible import (
    amounts_fit_the_recipients,
    contacts_are_functions,
    cutoffs_are_handed_in_to,
    dates_are_past,
    failures_have_a_length,
    money_comes_by_the_payment_date,
    mutual_needs_have_endurance,
    names_tell_entities_apart,
    people_fit_in_sweden,
    priorities_are_taken_once,
)
from beroenden.modelfiles.rules.references import (
    audiences_are_unique,
    entities_are_connected,
    entities_exist,
    ids_are_unique,
    needs_are_of_others,
    providers_are_named_once,
    recipients_are_citizens,
    windows_exist,
)
from beroenden.modelfiles.rules.upkeep import (
    entities_are_verified,
    texts_name_nothing_more_restricted,
)
from beroenden.modelfiles.schema import Draft

Rule = Callable[[Draft, date], None]

RULES: tuple[Rule, ...] = (
    entities_exist,
    windows_exist,
    ids_are_unique,
    audiences_are_unique,
    recipients_are_citizens,
    providers_are_named_once,
    needs_are_of_others,
    shares_sum_to_one,
    at_least_is_within_the_providers,
    endurance_steps_rise_in_time,
    endurance_steps_fall_in_level,
    rto_is_within_mtpd,
    rta_is_within_rto,
    entities_are_connected,
    cycles_have_no_restart,
    payments_have_stages,
    first_stages_open,
    stages_are_in_order,
    a_stage_needs_the_paying_bank,
    a_stage_needs_the_payer,
    payments_have_dates,
    moved_dates_are_dates_of_the_rule,
    events_end_after_they_start,
    entities_are_verified,
    contacts_are_functions,
    amounts_fit_the_recipients,
    dates_are_past,
    people_fit_in_sweden,
    priorities_are_taken_once,
)

ACROSS_FILES: tuple[Rule, ...] = (
    entities_exist,
    windows_exist,
    entities_are_connected,
    a_stage_needs_the_paying_bank,
    a_stage_needs_the_payer,
)
"""Rules that would find fault with what stands in a file that could not be read."""

REMARKS: tuple[Rule, ...] = (
    stages_take_time,
    endurance_on_payment_chains_is_known,
    texts_name_nothing_more_restricted,
    failures_have_a_length,
    cutoffs_are_handed_in_to,
    money_comes_by_the_payment_date,
    mutual_needs_have_endurance,
    names_tell_entities_apart,
)
"""Rules that only remark on what is not there; of use once everything that is there can be read."""
