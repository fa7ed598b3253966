"""What people's changes of an exercise make doubtful: told, never refused."""

from collections.abc import Callable, Iterator

from beroenden.exercise.doubts.clock import (
    a_deadline_is_told_of_before_it_passes,
    it_fits_the_clock,
    it_has_happened,
    it_was_given_on_the_day_of_the_play,
    the_clock_goes_forward,
)
from beroenden.exercise.doubts.edit import Doubt, Edit
from beroenden.exercise.doubts.order import (
    a_reserve_comes_after_its_inject,
    a_rumour_is_denied,
    unconfirmed_word_comes_first,
    what_is_denied_has_been_said,
    what_is_given_instead_comes_no_later,
)
from beroenden.exercise.doubts.readers import (
    a_reserve_has_the_reader_of_its_inject,
    it_is_about_its_reader,
    nobody_speaks_for_a_player,
)
from beroenden.exercise.doubts.truth import (
    a_reworded_text_says_the_same,
    the_hidden_course_is_so,
    what_lasts_longer_is_not_over,
)
from beroenden.exercise.exercise import Exercise
from beroenden.model.network import Network


def doubts(before: Exercise, after: Exercise, network: Network) -> tuple[Doubt, ...]:
    """What the changes between two versions of an exercise make doubtful.

    What was so before is not told again, unless it contradicts the rest of the exercise for as long as it stands (B983, B986).
    """
    edit = Edit(before, after, network)
    return tuple(doubt for rule in RULES for doubt in rule(edit))


RULES: tuple[Callable[[Edit], Iterator[Doubt]], ...] = (
    it_fits_the_clock,
    it_has_happened,
    it_is_about_its_reader,
    a_rumour_is_denied,
    what_is_denied_has_been_said,
    the_clock_goes_forward,
    unconfirmed_word_comes_first,
    the_hidden_course_is_so,
    a_reserve_has_the_reader_of_its_inject,
    a_reserve_comes_after_its_inject,
    what_is_given_instead_comes_no_later,
    a_deadline_is_told_of_before_it_passes,
    nobody_speaks_for_a_player,
    what_lasts_longer_is_not_over,
    a_reworded_text_says_the_same,
    it_was_given_on_the_day_of_the_play,
)
