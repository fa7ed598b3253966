"""What other actors foresee and ask, in their own words, as far as it holds still."""

from collections.abc import Iterator
from typing import get_args

from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.lagesbild.writer import Writer, outage_name
from beroenden.incident.log.entries import OutageEntry, Received, ReceivedStatement
from beroenden.incident.reported import latest_received, stands_at
from beroenden.incident.said import has_ended
from beroenden.language import Language, say, writing_in
from beroenden.model.scenario import Outage


class Foreseen(Writer):
    """The prognosis of each sender's latest delgivning, beside the own."""

    def statements(self) -> Iterator[Statement]:
        """Sender by sender, without deadlines that have passed and questions that the own log answers."""
        for received in latest_received(self._basis.log) if self._basis.log else ():
            name = received.sender_in(self._network)
            for said in received.statements:
                is_gone = self._has_passed(said) or self._is_answered(received, said)
                if said.section.startswith("prognos.") and not is_gone:
                    text = say(f"Enligt {name}: {said.text}", f"According to {name}: {said.text}")
                    yield self._repeated(received, said, said.section, text)

    def _has_passed(self, said: ReceivedStatement) -> bool:
        """Whether it is a deadline that lies behind."""
        return said.section == "prognos.beslut" and said.said is not None and said.said < self._at

    def _is_answered(self, received: Received, said: ReceivedStatement) -> bool:
        """Whether it asks of an outage that the own log tells the end of."""
        if said.section != "prognos.information" or self._basis.log is None:
            return False
        asked_of = [
            entry
            for entry in self._basis.log.of(OutageEntry)
            if entry.status != "feared"
            and entry.outage.start <= stands_at(received)
            and said.text.startswith(self._questions_of(entry.outage))
        ]
        return bool(asked_of) and all(map(has_ended, asked_of))

    def _questions_of(self, outage: Outage) -> tuple[str, ...]:
        """What questions of an outage begin with, in each language that a sender may write in."""
        names = []
        for language in get_args(Language):
            with writing_in(language):
                names.append(f"{outage_name(self._network, outage)}: ")
        return tuple(names)
