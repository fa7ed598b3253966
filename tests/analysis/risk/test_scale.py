"""The steps of the risk matrix as a file gives them."""

import pytest

from beroenden.analysis.risk.scale import Scale, load_scale
from beroenden.errors import FaultyFilesError

GOOD = """source = "RSA 2026"
[likelihood]
names = ["a", "b", "c", "d", "e"]
limits = [0.01, 0.02, 0.1, 1]
[consequence]
measure = "amount"
names = ["1", "2", "3", "4", "5"]
limits = [10, 20, 30, 40]
"""


def test_a_value_on_a_limit_is_in_the_step_above():
    steps = Scale().likelihood
    assert [steps.of(one) for one in (0, 0.000999, 0.001, 0.05, 0.1, 1, 30)] == [1, 1, 2, 3, 4, 5, 5]
    assert len(steps.names) == 5


def test_a_file_replaces_the_steps(tmp_path):
    (tmp_path / "steps.toml").write_text(GOOD, "utf-8")
    found = load_scale(tmp_path / "steps.toml")
    assert found.to_dict() == {
        "likelihood": {"names": ["a", "b", "c", "d", "e"], "limits": [0.01, 0.02, 0.1, 1.0]},
        "consequence": {"names": ["1", "2", "3", "4", "5"], "limits": [10.0, 20.0, 30.0, 40.0], "measure": "amount"},
        "source": "RSA 2026",
    }


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ('"c", "d", "e"]', '"c", "d"]', "3:9: error B671"),
        ("limits = [0.01, 0.02", "limits = [0.02, 0.02", "4:10: error B672"),
        ("[10, 20, 30, 40]", "[10, 20, 30]", "8:10: error B672"),
        ("[10, 20", "[0, 20", "8:10: error B672"),
        ('"amount"', '"kronor"', "6:11: error B207"),
        ("[likelihood]", "[likelyhood]", "error B201"),
        ("limits = [0.01, 0.02, 0.1, 1]\n", "", "error B203"),
        ("limits = [10", "limits = [-10", "error B212"),
        ('["a", "b"', '["a", 2', "error B202"),
        ("[consequence]", "[consequence", "error B104"),
    ],
)
def test_faults_are_told_with_their_place(tmp_path, was, becomes, told):
    path = tmp_path / "steps.toml"
    path.write_text(GOOD.replace(was, becomes, 1), "utf-8")
    with pytest.raises(FaultyFilesError) as raised:
        load_scale(path)
    assert told in str(raised.value)
    assert str(path) in str(raised.value)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(FaultyFilesError, match="B10"):
        load_scale(tmp_path / "none.toml")
