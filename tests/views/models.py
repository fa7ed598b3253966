"""Models for the tests of the pictures."""

from datetime import date, time
from random import Random
from typing import Any

from beroenden.model.network import Network
from beroenden.modelfiles.read import build

HOSTILE = (
    "<img src=x onerror=document.title='hit'>",
    "</script><script>document.title='hit'</script>",
    "<!-- <script> \"'`${alert(1)}` href=javascript:alert(1)",
    "{{ 7 * 7 }} {% raw %}",
)
KINDS = ("supplier", "infrastructure", "system", "process", "authority", "framework_bank", "bank", "citizens")


def built(tables: dict[str, Any]) -> Network:
    """The network of tables that must be right."""
    network, findings = build(tables)
    assert network is not None, "\n".join(map(str, findings))
    return network


def small() -> Network:
    """One payment, from power to families, with every form of need and every kind of endurance."""
    return built(
        {
            "model": {"name": "Liten modell", "version": "3", "tlp": "TLP:GREEN"},
            "entity": [
                {"id": "el", "name": "Elnätet", "kind": "infrastructure", "tlp": "TLP:AMBER"},
                {
                    "id": "drift",
                    "name": "Driften",
                    "kind": "supplier",
                    "needs": [{"provider": "el", "endurance": "4h"}],
                },
                {"id": "tele-1", "name": "Telia", "kind": "infrastructure", "needs": [{"provider": "el"}]},
                {"id": "tele-2", "name": "Tele2", "kind": "infrastructure"},
                {
                    "id": "fk-system",
                    "name": "Utbetalningssystemet",
                    "kind": "system",
                    "owner": "fk",
                    "needs": [
                        {
                            "provider": "drift",
                            "endurance": [["4h", 1.0], ["3d", 0.4]],
                            "floor": 0.1,
                            "restart": "30min",
                        },
                        {"any_of": ["tele-1", "tele-2"], "expects": "2h", "what": "Data"},
                    ],
                },
                {"id": "attest", "name": "Attest", "kind": "process", "owner": "fk"},
                {"id": "fk", "name": "Försäkringskassan", "kind": "authority", "needs": [{"provider": "fk-system"}]},
                {"id": "bank-1", "name": "Rambanken", "kind": "framework_bank"},
                {"id": "bank-2", "name": "Andra banken", "kind": "bank"},
                {"id": "clearing", "name": "Clearingen", "kind": "infrastructure"},
                {
                    "id": "app",
                    "name": "Bankappen",
                    "kind": "system",
                    "owner": "bank-2",
                    "needs": [{"provider": "bank-2"}],
                },
                {
                    "id": "kort",
                    "name": "Kort",
                    "kind": "infrastructure",
                    "needs": [{"shares": {"bank-1": 0.4, "bank-2": 0.6}, "endurance": "0min"}],
                },
                {
                    "id": "familjer",
                    "name": "Barnfamiljer",
                    "kind": "citizens",
                    "population": 2_000_000,
                    "needs": [{"any_of": ["kort", "app"]}],
                },
            ],
            "payment": [
                {
                    "id": "bidrag",
                    "name": "Barnbidrag",
                    "payer": "fk",
                    "paying_bank": "bank-1",
                    "recipients": "familjer",
                    "count": 1_500_000,
                    "amount": 2_671_000_000,
                    "dates": [date(2026, 12, 18)],
                    "accounts": {"bank-1": 0.4, "bank-2": 0.6},
                    "stage": [
                        {
                            "id": "underlag",
                            "name": "Underlag",
                            "opens": {"bank_days": -1, "at": time(8)},
                            "duration": "3h",
                            "needs": [{"provider": "fk-system"}, {"provider": "attest"}],
                        },
                        {"id": "bank", "name": "Bank", "duration": "1h", "needs": [{"provider": "bank-1"}]},
                        {
                            "id": "clearing",
                            "name": "Clearing",
                            "duration": "1h",
                            "interbank": True,
                            "needs": [{"provider": "clearing"}],
                        },
                        {"id": "konto", "name": "Konto", "duration": "1min", "at_recipient_bank": True},
                    ],
                }
            ],
        }
    )


def hostile() -> Network:
    """A model whose every text tries to become markup or script."""
    texts = [f"{text} {number}" for number, text in enumerate(HOSTILE * 3)]
    entities = [
        {
            "id": f"e{number}",
            "name": text,
            "kind": KINDS[number % len(KINDS)],
            "owner": "e4",
            "source": text,
            "note": text,
        }
        | ({"needs": [{"provider": f"e{number - 1}", "what": text}]} if number else {})
        for number, text in enumerate(texts)
    ]
    stage = {"id": "s", "name": texts[0], "opens": {"days": 0}, "duration": "1h", "needs": [{"provider": "e3"}]}
    payment = {"id": "p", "name": texts[1], "payer": "e4", "dates": [date(2026, 12, 18)], "count": 10, "stage": [stage]}
    return built({"model": {"name": HOSTILE[1], "version": HOSTILE[0]}, "entity": entities, "payment": [payment]})


def large(count: int, seed: int) -> Network:
    """A model of so many entities, each needing some before it."""
    random = Random(seed)
    entities = []
    for number in range(count):
        needs = []
        for _ in range(random.randint(0, 4) if number else 0):
            providers = sorted({f"e{random.randrange(max(0, number - count // 4), number)}" for _ in range(2)})
            needs.append({"any_of": providers} if len(providers) > 1 else {"provider": providers[0]})
        kind = KINDS[number * len(KINDS) // count]
        entities.append({"id": f"e{number}", "name": f"Entitet {number}", "kind": kind, "needs": needs})
    return built({"model": {"name": "Stor modell"}, "entity": entities})
