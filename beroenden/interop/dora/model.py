"""The chain as tables of a model: companies, functions as processes, services as systems, and what needs what."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from beroenden.interop.dora.chain import Chain, Company, FunctionNode, ServiceNode
from beroenden.interop.dora.codes import (
    ARRANGEMENT,
    ENTITY_TYPES,
    IMPACT,
    KIND_OF,
    NOT_FINANCIAL,
    REINTEGRATION,
    RELIANCE,
    SERVICES,
    SUBSTITUTABILITY,
    WHY_NOT,
    YES_NO,
    Choices,
    plain,
)
from beroenden.interop.dora.register import Assessment, Party, Register
from beroenden.interop.slugs import Slugs
from beroenden.language import say
from beroenden.units.durations import format_duration

TLP = "TLP:AMBER+STRICT"
"""A register is confidential supervisory material."""
Table = dict[str, Any]


def tables_of(chain: Chain, registers: list[Register]) -> Table:
    """The tables of a model, in the language of `say`.

    Ids begin with the LEI (or other code) of the company that they belong to, so they are the same whichever registers are
    read together: functions are numbered by each company for itself.
    """
    ids = _Ids(chain)
    entities = [
        *(_company(company, ids) for company in chain.companies.values()),
        *(_function(node, chain, ids) for node in chain.functions.values()),
        *(_service(node, chain, ids) for node in chain.services.values()),
    ]
    return {"model": _model(registers), "entity": entities}


class _Ids:
    """Ids of everything, given in the order of the registers."""

    def __init__(self, chain: Chain) -> None:
        slugs = Slugs()
        self.company = {one: slugs.of(_code(one)) for one in chain.companies}
        self.function = {key: slugs.of(f"{_code(key[0])} {key[1] or 'okand'}") for key in chain.functions}
        self.service = {
            key: slugs.of(f"{key[0]} {key[1]} {key[2]} {_code(key[3])}")  # by contract: each company numbers its own
            for key in chain.services
        }


def _code(party: Party) -> str:
    return party.code if party.code_type in ("LEI", "") else f"{party.code_type} {party.code}"


def _model(registers: list[Register]) -> Table:
    names = list(dict.fromkeys(one.name or one.lei or one.path.stem for one in registers))
    named = ", ".join(names[:3]) + (
        "" if len(names) <= 3 else say(f" och {len(names) - 3} till", f" and {len(names) - 3} more")
    )
    dates = [one.reference_date for one in registers if one.reference_date]
    version = {"version": max(dates).isoformat()} if dates else {}
    return {"name": say(f"DORA-register: {named}", f"DORA register: {named}"), **version, "tlp": TLP}


def _provenance(registers: Mapping[int, Register], notes: Iterable[str], *, is_sure: bool = True) -> Table:
    """Source, when it was true, how sure it is, and what else is known; `verified` is the oldest reference date."""
    known = list(registers.values())
    dates = [one.reference_date for one in known if one.reference_date]
    note = " ".join(notes)
    return {
        "tlp": TLP,
        "source": "; ".join(dict.fromkeys(one.source for one in known)),
        **({"verified": min(dates)} if dates else {}),
        "confidence": "medium" if is_sure else "low",
        **({"note": note} if note else {}),
    }


def _company(company: Company, ids: _Ids) -> Table:
    party = company.party
    kind = KIND_OF.get(company.type or "", "supplier")
    if company.type is None and company.is_user:
        kind = "bank"
    is_financial = company.is_user and company.type not in NOT_FINANCIAL
    return {
        "id": ids.company[party],
        "name": next(iter(company.names), party.code),
        "kind": kind,
        **({"regimes": ["dora"]} if is_financial else {}),
        **_provenance(company.registers, _about_company(company), is_sure=company.is_declared),
    }


def _about_company(company: Company) -> Iterator[str]:
    party = company.party
    yield f"{party.code_type or say('Kod', 'Code')} {party.code}."
    if company.type:
        yield _fact(say("Slag av företag", "Type of company"), company.type, ENTITY_TYPES)
    elif company.is_user:
        yield say("Slag av företag okänt.", "Type of company unknown.")
    others = list(company.names)[1:]
    if others:
        yield say("Kallas också ", "Also called ") + ", ".join(others) + "."
    if not company.is_declared:
        yield say("Registret hänvisar hit men beskriver inte företaget.", "The register refers to this company only.")


def _fact(what: str, code: str | None, choices: Choices) -> str:
    return f"{what}: {choices.words(code)}." if code else ""


def _function(node: FunctionNode, chain: Chain, ids: _Ids) -> Table:
    owner, function = node.key
    company = next(iter(chain.companies[owner].names), owner.code)
    unnamed = say("Okänd funktion", "Unknown function") + (f" {function}" if function else "")
    return {
        "id": ids.function[node.key],
        "name": f"{next(iter(node.names), unnamed)} ({company})",
        "kind": "process",
        "owner": ids.company[owner],
        **({"rto": format_duration(node.rto)} if node.rto is not None else {}),
        **({"rpo": format_duration(node.rpo)} if node.rpo is not None else {}),
        **_provenance(node.registers, filter(None, _about_function(node)), is_sure=node.is_declared),
        "needs": [_use(key, reliance, node, chain, ids) for key, reliance in node.services.items()],
    }


def _about_function(node: FunctionNode) -> Iterator[str]:
    if not node.is_declared:
        yield say("Finns inte i B_06.01.", "Not in B_06.01.")
        return
    yield say(f"Funktion {node.key[1]}.", f"Function {node.key[1]}.")
    yield _fact(say("Kritisk eller viktig", "Critical or important"), node.critical, YES_NO)
    yield _fact(say("Följd om den upphör", "Impact of discontinuing"), node.impact, IMPACT)
    if node.activities:
        activities = ", ".join(map(plain, node.activities))
        yield say(f"Tillståndspliktig verksamhet: {activities}.", f"Licensed activity: {activities}.")
    if 60 in (node.rto, node.rpo):
        yield say("1 timme i registret betyder högst 1 timme.", "1 hour in the register means at most 1 hour.")
    others = list(node.names)[1:]
    if others:
        yield say("Kallas också ", "Also called ") + ", ".join(others) + "."


def _use(key: tuple[str, str, str, Party], reliance: str | None, node: FunctionNode, chain: Chain, ids: _Ids) -> Table:
    service = chain.services[key]
    return {
        "provider": ids.service[key],
        "what": _kind(service),
        **_provenance(
            _of(service.register),
            filter(None, [_fact(say("Grad av beroende", "Level of reliance"), reliance, RELIANCE)]),
            is_sure=node.is_declared,
        ),
    }


def _of(register: Register) -> dict[int, Register]:
    return {id(register): register}


def _kind(service: ServiceNode) -> str:
    return SERVICES.words(service.key[2]) if service.key[2] else say("IT-tjänst", "ICT service")


def _service(node: ServiceNode, chain: Chain, ids: _Ids) -> Table:
    _, contract, _, provider = node.key
    name = next(iter(chain.companies[provider].names), provider.code)
    delivered = {
        "provider": ids.company[provider],
        "what": say("Leverantören utför tjänsten", "The provider delivers the service"),
        **_provenance(_of(node.register), _assessed(node.assessments)),
    }
    return {
        "id": ids.service[node.key],
        "name": f"{_kind(node)}, {name} ({say('avtal', 'contract')} {contract})",
        "kind": "system",
        "owner": ids.company[provider],
        **_provenance(_of(node.register), filter(None, _about_service(node, chain))),
        "needs": [delivered, *(_subcontracted(node, key, ids) for key in node.subcontracted)],
    }


def _subcontracted(node: ServiceNode, key: tuple[str, str, str, Party], ids: _Ids) -> Table:
    is_guessed = node.subcontracted[key]
    told = say("Mottagaren saknas i registret och är antagen.", "The register lacks the recipient, which is assumed.")
    return {
        "provider": ids.service[key],
        "what": say("Underleverantör", "Subcontractor"),
        **_provenance(_of(node.register), [told] if is_guessed else [], is_sure=not is_guessed),
    }


def _about_service(node: ServiceNode, chain: Chain) -> Iterator[str]:
    contract = node.register.contracts.get(node.key[1])
    if node.rank > 1:
        yield say(f"Underleverans, rang {node.rank}.", f"Subcontracted, rank {node.rank}.")
    if contract and contract.arrangement:
        yield f"{ARRANGEMENT.words(contract.arrangement).capitalize()}."
    if contract and contract.overarching:
        yield say(
            f"Hör till ramavtal {contract.overarching}.", f"Belongs to overarching contract {contract.overarching}."
        )
    if node.others:
        names = ", ".join(_name(one, chain) for one in node.others)
        yield say(f"Avtalet används också av {names}.", f"The contract is also used by {names}.")


def _name(party: Party, chain: Chain) -> str:
    company = chain.companies.get(party)
    return next(iter(company.names), party.code) if company else party.code


def _assessed(assessments: Iterable[Assessment]) -> list[str]:
    """What the user says of the provider; each thing once."""
    return list(dict.fromkeys(fact for one in assessments for fact in _facts(one) if fact))


def _facts(one: Assessment) -> Iterator[str]:
    yield _fact(say("Utbytbarhet", "Substitutability"), one.substitutability, SUBSTITUTABILITY)
    yield _fact(say("Varför", "Why"), one.why_not, WHY_NOT)
    yield _fact(say("Avvecklingsplan", "Exit plan"), one.exit_plan, YES_NO)
    yield _fact(say("Att ta hem tjänsten", "Reintegration"), one.reintegration, REINTEGRATION)
    yield _fact(say("Följd om tjänsten upphör", "Impact of discontinuing the service"), one.impact, IMPACT)
    if one.alternatives:
        which = f" ({one.which})" if one.which else ""
        yield say("Alternativ utpekat (inte anslutet)", "Alternative identified (not connected)") + (
            f": {YES_NO.words(one.alternatives)}{which}."
        )
