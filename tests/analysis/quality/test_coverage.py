"""Coverage and confidence, counted on small models."""

from datetime import date

import pytest
from analysis.gaps.small import entity, model, payment, stage

from beroenden.analysis.quality.coverage import cover_by_actor, cover_by_payment, cover_of_model

NETWORK = model(
    [
        entity("center", owner="payer", rto="4h", verified=date(2026, 1, 1), confidence="high"),
        entity("loose"),
        entity(
            "system",
            {"provider": "center", "expects": "1h", "confidence": "low"},
            owner="payer",
            mtpd="8h",
        ),
        entity("people", kind="citizens", population=10),
    ],
    [payment("grant", stage("run", {"provider": "center", "endurance": "1h"}), confidence="medium")],
)


def fields(cover):
    return {one.field: (one.known, one.of) for one in cover.fields}


def test_each_field_is_counted_where_it_belongs():
    assert fields(cover_of_model(NETWORK)) == {
        "contact": (1, 4),  # the payer's
        "mtpd": (1, 4),
        "rto": (1, 4),
        "rta": (0, 4),
        "verified": (1, 5),
        "source": (0, 6),  # of four entities, a need and the payment
        "owner": (2, 3),  # an authority answers for itself
        "endurance": (1, 2),
        "expects": (1, 2),
        "count": (1, 1),
        "amount": (1, 1),
        "max_delay": (0, 1),
    }


def test_by_actor_the_least_known_first():
    loose, payer = cover_by_actor(NETWORK)
    assert (loose.about, loose.share) == ("loose", 0.0)
    assert payer.about == "payer" and fields(payer)["owner"] == (2, 2)
    assert payer.share == pytest.approx(sum(one.known for one in payer.fields) / sum(one.of for one in payer.fields))


def test_by_payment_only_what_its_chain_depends_on():
    [grant] = cover_by_payment(NETWORK)
    assert fields(grant)["rto"] == (1, 1)
    assert fields(grant)["endurance"] == (1, 1)


def test_confidence_is_inherited_by_a_stages_needs_and_otherwise_unknown():
    [grant] = cover_by_payment(NETWORK)
    assert grant.confidence == {"high": 1, "medium": 2}
    assert cover_of_model(NETWORK).confidence == {"unknown": 3, "high": 1, "low": 1, "medium": 2}
