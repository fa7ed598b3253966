"""Recovery rolled up along payment chains, against plain enumeration of every path."""

from itertools import pairwise

from analysis.gaps.small import TODAY, counted, entity, found, model, only, payment, stage
from hypothesis import given, settings
from hypothesis import strategies as st

from beroenden.analysis.gaps.chains import Recovery
from beroenden.analysis.gaps.gaps import find_gaps
from beroenden.analysis.gaps.tables import gap_table
from beroenden.analysis.gaps.wording import gap_words
from beroenden.language import writing_in
from beroenden.sharing.masking import masked
from beroenden.sharing.viewer import viewer_for

LINE = [
    entity("power", owner="payer", rto="10h"),
    entity("center", {"provider": "power", "endurance": "4h", "restart": "1h"}, owner="payer", rto="3h"),
    entity("app", {"provider": "center", "endurance": "0min"}, owner="payer", rto="2h"),
]


def line(limit="12h", stage_need=None, entities=LINE):
    need = stage_need or {"provider": "app", "endurance": "0min"}
    return model(entities, [payment("grant", stage("run", need), max_delay=limit)])


def test_serial_adds_and_parallel_takes_the_longest():
    [gap] = only(line(), "chain")
    figures = gap.figures
    assert figures["serial"] == (10 + 1 + 3 + 2) * 60
    assert figures["serial_path"] == [("power", 600), ("center", 180), ("app", 120)]
    assert (figures["serial_restarts"], figures["parallel"]) == (60, 11 * 60)
    assert gap.size == 4 * 60
    with writing_in("sv"):
        text = gap_words(gap, found(line()).ground).replace("\xa0", " ")
    assert text == (
        "Grant, Run: får vara 12 tim sen. I följd tar kedjan 16 tim: Power (10 tim) → Center (3 tim) → App (2 tim), och "
        "omstarter 1 tim. Samtidigt tar den 11 tim: Power (10 tim) → Center → App, och omstarter 1 tim."
    )


def test_a_parallel_way_to_another_stage_than_the_one_named_says_which():
    """In series app waits 2 + 3 + 10 + 1 h, in parallel bank's 15 h are longer than the 11 h of app."""
    bank = entity("bank", owner="payer", rto="15h")
    stages = [stage("run", {"provider": "app"}), stage("credit", {"provider": "bank"})]
    network = model([*LINE, bank], [payment("grant", *stages, max_delay="12h")])
    [gap] = only(network, "chain")
    assert (gap.stage, gap.figures["parallel"], gap.figures["parallel_stage"]) == (0, 15 * 60, "credit")
    ground = found(network).ground
    with writing_in("sv"):
        assert "Samtidigt tar den 15 tim: Bank (15 tim), till steget Credit." in gap_words(gap, ground).replace(
            "\xa0", " "
        )
        [row] = gap_table([gap], ground).rows
    assert row[3].replace("\xa0", " ") == "15 tim (steget Credit)"
    [same] = only(line(), "chain")
    assert same.figures["parallel_stage"] == "run"


def test_a_parallel_way_to_a_stage_that_is_withheld_does_not_name_it():
    bank = entity("bank", owner="payer", rto="15h")
    stages = [stage("run", {"provider": "app"}), stage("credit", {"provider": "bank"}, tlp="TLP:RED")]
    paid = [payment("grant", *stages, max_delay="12h")]
    open_to_all = {"name": "Small", "version": "1", "tlp": "TLP:CLEAR"}
    network = model([*LINE, bank, entity("other", kind="authority")], paid, model=open_to_all)
    mask = masked(network, viewer_for(network, "other"))
    [gap] = only(mask.network, "chain")
    assert "Credit" not in gap_words(gap, found(mask.network).ground)
    assert "to a stage that is not shared" in gap_words(gap, found(mask.network).ground)


def test_a_supply_that_is_back_within_the_endurance_is_not_waited_for():
    lasting = [LINE[0], {**LINE[1], "needs": [{"provider": "power", "endurance": "10h", "restart": "1h"}]}, LINE[2]]
    assert counted(line(entities=lasting), "chain") == (1, 0, 0)
    assert Recovery(line(entities=lasting), is_serial=True).back["app"] == 5 * 60


def test_of_k_of_n_the_kth_to_be_back_counts_and_of_a_split_load_the_last():
    three = [entity(f"p{hours}", owner="payer", rto=f"{hours}h") for hours in (1, 5, 9)]
    names = [one["id"] for one in three]
    for at_least, hours in ((1, 1), (2, 5), (3, 9)):
        network = line(stage_need={"any_of": names, "at_least": at_least, "endurance": "0min"}, entities=three)
        assert Recovery(network, is_serial=True).of(network.payments[0]).minutes == hours * 60
    split = line(stage_need={"shares": dict.fromkeys(names[:2], 0.5), "endurance": "0min"}, entities=three)
    assert Recovery(split, is_serial=True).of(split.payments[0]).minutes == 5 * 60


def test_an_unknown_time_adds_nothing_and_leaves_the_chain_undecided_unless_it_is_a_gap_already():
    silent = [{key: value for key, value in LINE[0].items() if key != "rto"}, *LINE[1:]]
    assert counted(line(entities=silent), "chain") == (1, 0, 1)
    [gap] = only(line("4h", entities=silent), "chain")
    assert (gap.figures["serial"], gap.figures["rto_unknown"]) == (5 * 60, 1)
    assert counted(model(LINE, [payment("grant", stage("run", {"provider": "app"}))]), "chain") == (1, 0, 1)


def test_an_unknown_endurance_counts_as_none_and_is_told():
    doubtful = [LINE[0], {**LINE[1], "needs": [{"provider": "power"}]}, LINE[2]]
    [gap] = only(line(entities=doubtful), "chain")
    assert gap.figures["endurance_unknown"] == 1
    with writing_in("sv"):
        assert "1 behov saknar uthållighet, som då räknas som 0" in gap_words(
            gap, found(line(entities=doubtful)).ground
        )


def test_members_of_a_mutual_dependency_begin_side_by_side():
    both = [
        entity("root", owner="payer", rto="2h"),
        entity("x", {"provider": "y", "restart": "1h"}, {"provider": "root"}, owner="payer", rto="3h"),
        entity("y", {"provider": "x"}, owner="payer", rto="5h"),
    ]
    network = line("1h", {"provider": "x", "endurance": "0min"}, both)
    [gap] = only(network, "chain")
    assert gap.figures["serial"] == (2 + 5 + 1) * 60
    assert gap.figures["parallel"] == (5 + 1) * 60
    assert gap.figures["serial_path"] == [("root", 120), ("y", 300), ("x", None)]
    assert gap.figures["serial_restarts"] == gap.figures["parallel_restarts"] == 60
    assert gap.figures["parallel_path"] == [("y", 300), ("x", None)]


def test_the_recipients_own_bank_is_waited_for():
    network = model(
        [entity("bank", kind="bank", rto="30h")],
        [payment("grant", stage("account", at_recipient_bank=True), max_delay="24h", accounts={"bank": 1.0})],
    )
    [gap] = only(network, "chain")
    assert (gap.actors, gap.size) == (("payer", "bank"), 6 * 60)


@st.composite
def networks(draw):
    """Entities that need earlier ones, all with one provider each need."""
    count = draw(st.integers(1, 7))
    entities = []
    for number in range(count):
        providers = draw(st.lists(st.integers(0, number - 1), unique=True, max_size=3)) if number else []
        needs = [
            {
                "provider": f"e{provider}",
                "endurance": f"{draw(st.integers(0, 6))}h",
                "restart": f"{draw(st.integers(0, 2))}h",
            }
            for provider in providers
        ]
        entities.append(entity(f"e{number}", *needs, owner="payer", rto=f"{draw(st.integers(0, 9))}h"))
    wanted = draw(st.lists(st.integers(0, count - 1), unique=True, min_size=1))
    stages = [stage(f"s{one}", {"provider": f"e{one}", "endurance": f"{draw(st.integers(0, 3))}h"}) for one in wanted]
    return model(entities, [payment("grant", *stages, max_delay="1h")])


def slowest(network, needs, is_serial):
    """The longest over all needs, each path followed by itself."""
    longest = 0
    for need in needs:
        provider = network.entity[need.providers[0]]
        before = slowest(network, provider.needs, is_serial)
        own = provider.rto + before if is_serial else max(provider.rto, before)
        if own > need.endurance[0].minutes:
            longest = max(longest, own + need.restart)
    return longest


@settings(max_examples=60, deadline=None)
@given(network=networks())
def test_it_is_what_plain_recursion_over_every_path_gives(network):
    paid = network.payments[0]
    for is_serial in (True, False):
        rolled = Recovery(network, is_serial=is_serial).of(paid)
        assert rolled.minutes == max(slowest(network, stage.needs, is_serial) for stage in paid.stages)
        told = [one for one, _ in rolled.path]
        for before, after in pairwise(told):
            assert before in {provider for need in network.entity[after].needs for provider in need.providers}
    gaps = find_gaps(network, TODAY).of("chain")
    assert bool(gaps) == (Recovery(network, is_serial=True).of(paid).minutes > 60)
