"""A reader who may read everything of the model, and not of each outage, is not told by what is computed which those are.

The papers are written twice: from the whole log, and from what of it the reader may read. Each line of the first that
names what is out unheard of must stand in the second too. What follows of it may be told; it names something else.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sharing.test_leaks import AT, documents, texts
from sharing.unheard_log import ACTOR, Said, issued_of, log_saying, mark, readable_model, said_of_some

from beroenden.incident.basis import basis
from beroenden.incident.known import known_at
from beroenden.incident.lagesbild.situation import Order, situation
from beroenden.incident.log.entries import Log
from beroenden.model.labels import TLP
from beroenden.sharing.viewer import Viewer

_OF_NO_OUTAGE = ("fördelar sig så mellan bankerna", "alla banker utom")
"""What names banks that need not be out: the assumed shares of all, and the one in which nothing is late."""
_AFFECTED = re.compile("Nytillkomna berörda aktörer|Berörda som inte var det i lägesbild nr 1")
"""Lists in one line, of which some may be told for other reasons: each by itself."""
_FOUND = (Phase.explicit, Phase.reuse, Phase.generate)
"""A seed is no simpler for being smaller."""
readers = st.sampled_from(
    [Viewer(label) for label in ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER")]
    + [Viewer("TLP:GREEN", "swedbank"), Viewer("TLP:GREEN", "csn"), Viewer("TLP:CLEAR", "bankgirot")]
)


def lines(log: Log, viewer: Viewer) -> Iterator[str]:
    """Every line of every paper, by its form; of the JSON, each statement."""
    ground = basis(readable_model(), known_at(log, AT, readable_model()), viewer)
    for document, made in documents(ground, ACTOR, viewer.actor or viewer.label, log):
        for where, text in texts(document, made, ("md",)):
            for line in re.split(r"\n|\}, \{", text):
                yield f"{document.form} {where}: {_without_users(line) if document.form == 'kontakter' else line}"


def _without_users(line: str) -> str:
    """Of a row of contacts, what fails and who answers for it: who uses it says nothing of their own outages."""
    return "|".join(line.split("|")[:3])


def _is_of_an_outage(line: str) -> bool:
    return not any(one in line for one in _OF_NO_OUTAGE)


def told_of_the_unheard(seed: int, viewer: Viewer, folder: Path) -> list[str]:
    parts = said_of_some(seed)
    readable = [one for one in parts if viewer.may_read(one.label, one.sender)]
    unheard = [one for one in parts if one not in readable]
    log = log_saying(parts, folder / "all.toml")
    own = {one.entity for one in readable if one.sender is None and not one.is_withdrawn}
    own -= known_at(log, AT, readable_model()).by_others
    # Where the house's own word is told, others' of the same thing that does not count adds nothing.
    marks = {mark(one.entity) for one in unheard if not (one.is_withdrawn or (one.sender and one.entity in own))}
    issued = issued_of(readable, viewer.actor or viewer.label)
    whole = [*lines(log_saying(parts, folder / "all.toml", issued), viewer)]
    heard = set(lines(log_saying(readable, folder / "heard.toml", issued), viewer))
    withdrawn = [line for line in whole if "Återkallat" in line and line not in heard]
    taken_back = [line for line in withdrawn if any(mark(one.entity) in line for one in unheard)]
    names = [line for line in whole if any(one in line for one in marks)]
    affected = " ".join(line for line in heard if _AFFECTED.search(line))
    return taken_back + [
        line
        for line in names
        if line not in heard
        and _is_of_an_outage(line)
        and '"form": ' not in line
        and not (_AFFECTED.search(line) and all(one in affected for one in marks if one in line))
    ]


@settings(max_examples=2, deadline=None, phases=_FOUND, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), viewer=readers)
def test_no_line_tells_what_is_out_unheard_of(tmp_path: Path, seed: int, viewer: Viewer) -> None:
    assert told_of_the_unheard(seed, viewer, tmp_path) == []


@pytest.mark.sweep
@settings(max_examples=40, deadline=None, phases=_FOUND, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), viewer=readers)
def test_no_line_tells_what_is_out_unheard_of_over_many_logs(tmp_path: Path, seed: int, viewer: Viewer) -> None:
    assert told_of_the_unheard(seed, viewer, tmp_path) == []


_FAULTS = (
    "share = 0.1\nstart = 2026-12-16T08:20:00+01:00",
    'share = 0.8\nstart = 2026-12-15T07:00:00+01:00\nfor = { min = "2h", mode = "200h", max = "400h" }',
)
"""Two faults that are as unlike as may be."""


def fault_unread(fault: str) -> Said:
    """A fault in a file that no other reader may know of, told of before all else."""
    begun = 'id = "outage-fault"\ntime = 2026-12-16T08:30:00+01:00\npayment = "sjukpenning"\nstatus = "confirmed"'
    return Said("sjukpenning", "TLP:RED", f'[[outage]]\n{begun}\ntlp = "TLP:RED"\n{fault}')


def moved_by_the_unread_fault(seed: int, viewer: Viewer, folder: Path) -> list[str]:
    parts = said_of_some(seed)
    first, second = (
        list(lines(log_saying([fault_unread(one), *parts], folder / "log.toml"), viewer)) for one in _FAULTS
    )
    return [one for one in first if one not in second] + [one for one in second if one not in first]


@settings(max_examples=2, deadline=None, phases=_FOUND, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), viewer=readers)
def test_nothing_moves_with_a_fault_in_a_file_that_is_unread(tmp_path: Path, seed: int, viewer: Viewer) -> None:
    assert moved_by_the_unread_fault(seed, viewer, tmp_path) == []


@pytest.mark.sweep
@settings(max_examples=20, deadline=None, phases=_FOUND, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), viewer=readers)
def test_nothing_moves_with_a_fault_in_a_file_that_is_unread_over_many_logs(
    tmp_path: Path, seed: int, viewer: Viewer
) -> None:
    assert moved_by_the_unread_fault(seed, viewer, tmp_path) == []


@pytest.mark.parametrize("viewer", [Viewer("TLP:GREEN", "csn"), Viewer("TLP:GREEN", "swedbank"), Viewer("TLP:CLEAR")])
def test_percentiles_count_only_the_payments_that_the_reader_is_told_of(tmp_path: Path, viewer: Viewer) -> None:
    """The outage is of an uncertain length and makes nothing late; the fault does."""
    short = (
        '[[outage]]\nid = "outage-1"\ntime = 2026-12-16T08:40:00+01:00\nstatus = "confirmed"\nentity = "bankgirot"\n'
        'tlp = "TLP:CLEAR"\ndisclose = true\nstart = 2026-12-16T08:30:00+01:00\n'
        'for = { min = "2h", mode = "3h", max = "4h" }'
    )
    outage, network = Said("bankgirot", "TLP:CLEAR", short), readable_model()

    def told(parts: list[Said], reader: Viewer | None) -> list[str]:
        ground = basis(network, known_at(log_saying(parts, tmp_path / "log.toml"), AT, network), reader)
        made = situation(ground, ACTOR, Order()).statements
        return [one.text for one in made if one.section in ("viktigast", "prognos.osakerhet")]

    both = [outage, fault_unread(_FAULTS[0])]
    assert told(both, viewer) == told([outage], viewer)
    assert told(both, None) != told([outage], None)


@pytest.mark.parametrize("aspect", ["start", "feared"])
def test_an_unread_word_that_the_own_log_outranks_hides_nothing(tmp_path: Path, aspect: str) -> None:
    """The house has told that the clearing is out; that another has told it so too, in what is not passed on, adds nothing."""
    own = Said(
        "bankgirot",
        "TLP:CLEAR",
        '[[outage]]\nid = "outage-1"\ntime = 2026-12-16T08:40:00+01:00\nstatus = "confirmed"\nentity = "bankgirot"\n'
        'tlp = "TLP:CLEAR"\ndisclose = true\nstart = 2026-12-16T08:30:00+01:00\nend = 2026-12-17T21:00:00+01:00',
    )
    told = Said(
        "bankgirot",
        "TLP:RED",
        '[[received]]\nid = "received-1"\ntime = 2026-12-16T09:00:00+01:00\ntlp = "TLP:RED"\nsender = "swedbank"\n'
        'sender_name = "Sender"\nnumber = 1\nhash = "sha256:0"\nat = 2026-12-16T09:00:00+01:00\n'
        'approved_by = "Role"\n[[received.statement]]\nsection = "fakta.handelse"\ntext = "Told."\n'
        'status = "obekräftad"\nsource = "By"\ntlp = "TLP:RED"\n'
        f'claims = [{{ subject = "bankgirot", aspect = "{aspect}", value = "2026-12-16T08:15+01:00" }}]',
        "swedbank",
    )
    viewer = Viewer("TLP:GREEN", "csn")
    alone = list(lines(log_saying([own], tmp_path / "own.toml"), viewer))
    both = list(lines(log_saying([own, told], tmp_path / "both.toml"), viewer))
    assert [one for one in both if one not in alone] == [one for one in alone if one not in both] == []
    assert any("beroende som inte delas" not in line and "Bankgirot" in line and "2026-12-18" in line for line in alone)


def loosely_labelled(seed: int, folder: Path) -> list[str]:
    """What the own house computes of what one part of a log says of an outage, under a lower label than that part."""
    parts, network = said_of_some(seed), readable_model()
    ground = basis(network, known_at(log_saying(parts, folder / "all.toml"), AT, network))
    found = []
    for part in (one for one in parts if not one.is_withdrawn):
        rest = [one for one in parts if one is not part]
        without = basis(network, known_at(log_saying(rest, folder / "rest.toml"), AT, network))
        else_said = {one.text for one in situation(without, ACTOR, Order()).statements}
        for one in situation(ground, ACTOR, Order()).statements:
            is_its_doing = mark(part.entity) in one.text and one.text not in else_said
            if is_its_doing and not one.entry and _is_of_an_outage(one.text):
                found += [f"{part.label} {one}"] if TLP.index(one.tlp) < TLP.index(part.label) else []
    return found


@settings(max_examples=1, deadline=None, phases=_FOUND, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_what_is_computed_of_an_outage_carries_its_label(tmp_path: Path, seed: int) -> None:
    assert loosely_labelled(seed, tmp_path) == []


def test_what_others_have_confirmed_is_left_out_of_what_is_not_under_the_label_of_their_word(tmp_path: Path) -> None:
    assert loosely_labelled(37, tmp_path) == []


@pytest.mark.sweep
@settings(max_examples=20, deadline=None, phases=_FOUND, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_what_is_computed_of_an_outage_carries_its_label_over_many_logs(tmp_path: Path, seed: int) -> None:
    assert loosely_labelled(seed, tmp_path) == []


def test_the_own_house_is_told_of_each_so_a_leak_would_be_seen(tmp_path: Path) -> None:
    parts, network = said_of_some(1), readable_model()
    ground = basis(network, known_at(log_saying(parts, tmp_path / "log.toml"), AT, network))
    told = "".join(one.text for one in situation(ground, ACTOR, Order()).statements)
    assert all(mark(one.entity) in told for one in parts if not one.is_withdrawn)
