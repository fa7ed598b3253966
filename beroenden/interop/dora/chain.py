"""Registers put together: companies, functions, and the services that functions rest on, down to the last subcontractor.

A service is what one provider delivers under one contract. Its node stands between the function and the provider, so that
an outage of a subcontractor reaches the functions whose chain it is in and not all that its customer delivers.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from beroenden.interop.dora.codes import RELIANCE, YES, is_lei
from beroenden.interop.dora.register import Assessment, Function, Link, Party, Register, Use
from beroenden.interop.dora.table import Row
from beroenden.language import say
from beroenden.modelfiles.findings import visible

ServiceKey = tuple[str, str, str, Party]
"""Whose register, contract, type of service, provider."""
FunctionKey = tuple[Party, str]


@dataclass
class Company:
    """A company, of one register or several.

    Attributes:
        names: As the registers write it, the first first.
        type: Of a company in scope; None is unknown, or a provider.
        is_user: Whether it uses services by a register.
        is_declared: Whether a register lists it, or only refers to it.
    """

    party: Party
    names: dict[str, None] = field(default_factory=dict)
    type: str | None = None
    is_user: bool = False
    is_declared: bool = False
    registers: dict[int, Register] = field(default_factory=dict)


@dataclass
class FunctionNode:
    """A function of a company, and the services that it rests on, with how much."""

    key: FunctionKey
    names: dict[str, None] = field(default_factory=dict)
    activities: dict[str, None] = field(default_factory=dict)
    critical: str | None = None
    rto: int | None = None
    rpo: int | None = None
    impact: str | None = None
    is_declared: bool = False
    registers: dict[int, Register] = field(default_factory=dict)
    services: dict[ServiceKey, str | None] = field(default_factory=dict)


@dataclass
class ServiceNode:
    """A service under a contract.

    Attributes:
        rank: 1 is bought by the company itself.
        subcontracted: The services that it rests on; True where the register does not name the recipient and there is
            only one that it can be.
        others: Further users of the contract.
    """

    key: ServiceKey
    register: Register
    rank: int
    assessments: list[Assessment] = field(default_factory=list)
    subcontracted: dict[ServiceKey, bool] = field(default_factory=dict)
    others: dict[Party, None] = field(default_factory=dict)


@dataclass
class Chain:
    """Everything that some registers say, once."""

    companies: dict[Party, Company] = field(default_factory=dict)
    functions: dict[FunctionKey, FunctionNode] = field(default_factory=dict)
    services: dict[ServiceKey, ServiceNode] = field(default_factory=dict)

    def unlinked(self) -> list[ServiceNode]:
        """Services that no function reaches."""
        waiting = [service for function in self.functions.values() for service in function.services]
        reached = set[ServiceKey]()
        while waiting:
            one = waiting.pop()
            if one not in reached:
                reached.add(one)
                waiting += self.services[one].subcontracted
        return [node for key, node in self.services.items() if key not in reached]


def chain_of(registers: list[Register]) -> Chain:
    """The chain of some registers; what does not agree is told at its row."""
    made = Chain()
    for register in registers:
        _Builder(made, register).build()
    return made


class _Builder:
    """Takes one register into the chain."""

    def __init__(self, chain: Chain, register: Register) -> None:
        self.chain = chain
        self.register = register
        self._types: dict[str, set[str]] = defaultdict(set)
        self._told: set[object] = set()

    def build(self) -> None:
        """All of it, those first that others refer to."""
        self._learn_types()
        self._organisations()
        self._providers()
        for function in self.register.functions:
            self._function(function)
        in_use = self._uses()
        self._links([link for link in self.register.links if self._is_used(link.row, link.contract, in_use)])
        for one in self.register.assessments:
            if self._is_used(one.row, one.contract, in_use):
                self._assess(one)
        self._other_users()

    def _learn_types(self) -> None:
        """Which types a code is declared with: what refers to it may leave the type out."""
        for one in self.register.providers:
            self._types[one.party.code].add(one.party.code_type)
        for organisation in self.register.organisations:
            self._types[organisation.party.code].add("LEI")

    def _same(self, party: Party) -> Party:
        """The company that is meant, by code and type, or by code alone where only one has it."""
        types = self._types.get(party.code, set())
        return Party(party.code, next(iter(types))) if len(types) == 1 else party

    def _company(self, party: Party, row: Row, name: str, told: str = "") -> Company:
        """A company; one that the register does not declare is made nevertheless, and told once."""
        party = self._same(party)
        company = self.chain.companies.setdefault(party, Company(party))
        company.registers[id(self.register)] = self.register
        if told and party.code not in self._types and party not in self._told:
            self._told.add(party)
            row.at(name).warning("B687", f"{party.code[:40]} {told}")
        if party.code_type == "LEI" and not is_lei(party.code) and (party, "lei") not in self._told:
            self._told.add((party, "lei"))
            row.at(name).warning("B686", _no_lei(party.code))
        return company

    def _organisations(self) -> None:
        users = {use.user.code for use in self.register.uses} | {one.lei.code for one in self.register.functions}
        for one in self.register.organisations:
            if _is_past(one.deleted, self.register) and one.party.code not in users:
                self.register.tally.leave("B_01.02", "deleted")
                continue
            company = self._company(one.party, one.row, "lei")
            company.is_declared = True
            company.type = company.type or one.type
            if one.name:
                company.names.setdefault(one.name)

    def _providers(self) -> None:
        for one in self.register.providers:
            company = self._company(one.party, one.row, "provider")
            company.is_declared = True
            if one.name:
                company.names.setdefault(one.name)

    def _function(self, given: Function) -> None:
        owner = self._company(given.lei, given.row, "lei", _not_in_scope())
        node = self._node(owner.party, given.id)
        if node.is_declared:
            self._compare(node, given)
        node.is_declared = True
        node.names.setdefault(given.name or given.id)
        if given.activity:
            node.activities.setdefault(given.activity)
        node.critical = YES if YES in (node.critical, given.critical) else node.critical or given.critical
        node.rto = max((one for one in (node.rto, given.rto) if one is not None), default=None)
        node.rpo = max((one for one in (node.rpo, given.rpo) if one is not None), default=None)
        node.impact = node.impact or given.impact

    def _node(self, owner: Party, function: str) -> FunctionNode:
        key = (owner, function)
        node = self.chain.functions.setdefault(key, FunctionNode(key))
        node.registers[id(self.register)] = self.register
        self.chain.companies[owner].is_user = True
        return node

    def _compare(self, node: FunctionNode, given: Function) -> None:
        """Tell what a second row of a function says differently; the longest time is kept."""
        if (given.name or given.id) not in node.names:
            first = next(iter(node.names))
            message = say(f"{given.id} heter också ”{first[:60]}”", f'{given.id} is also called "{first[:60]}"')
            given.row.at("name").warning("B688", message)
        for name, before, now in (("rto", node.rto, given.rto), ("rpo", node.rpo, given.rpo)):
            if before is not None and now is not None and before != now:
                message = say(
                    f"{given.id} har också {before // 60} h; den längsta gäller",
                    f"{given.id} also has {before // 60} h; the longest holds",
                )
                given.row.at(name).warning("B688", message)

    def _uses(self) -> set[str]:
        """The contracts that some function rests on."""
        in_use = set[str]()
        for use in self.register.uses:
            if _is_past(use.ends, self.register):
                self.register.tally.leave("B_02.02", "ended")
                continue
            in_use.add(use.contract)
            self._use(use)
        return in_use

    def _use(self, use: Use) -> None:
        owner = self._company(use.user, use.row, "user", _not_in_scope())
        provider = self._company(use.provider, use.row, "provider", _no_provider())
        node = self._node(owner.party, use.function)
        if not node.is_declared and (owner.party, use.function) not in self._told:
            self._told.add((owner.party, use.function))
            use.row.at("function").warning("B687", _no_function(use.function))
        service = self._service(use.contract, use.service, provider.party, 1)
        if service.key in node.services:
            self.register.tally.leave("B_02.02", "repeated")
            before = node.services[service.key]
            node.services[service.key] = max(before, use.reliance, key=RELIANCE.place)
        else:
            node.services[service.key] = use.reliance

    def _service(self, contract: str, kind: str, provider: Party, rank: int) -> ServiceNode:
        key = (self.register.mark, contract, kind, provider)
        node = self.chain.services.setdefault(key, ServiceNode(key, self.register, rank))
        node.rank = min(node.rank, rank)
        return node

    def _is_used(self, row: Row, contract: str, in_use: set[str]) -> bool:
        if contract not in in_use:
            self.register.tally.leave(row.table.template.code, "no use")
        return contract in in_use

    def _links(self, links: list[Link]) -> None:
        """Chains: all members first, since a recipient may stand below what is delivered to it."""
        ranks: dict[tuple[str, str, int], dict[Party, None]] = defaultdict(dict)
        for link in links:
            provider = self._company(link.provider, link.row, "provider", _no_provider())
            self._service(link.contract, link.service, provider.party, link.rank)
            ranks[link.contract, link.service, link.rank].setdefault(provider.party)
        for link in links:
            if link.rank > 1:
                self._link(link, list(ranks.get((link.contract, link.service, link.rank - 1), ())))

    def _link(self, link: Link, before: list[Party]) -> None:
        provider = self._same(link.provider)
        recipient = self._same(link.recipient) if link.recipient else None
        is_guessed = recipient in (None, provider)
        if is_guessed:
            recipient = before[0] if len(before) == 1 and before[0] != provider else None
            link.row.at("recipient").warning("B687", _no_recipient(recipient is not None))
        if recipient is None:
            self.register.tally.leave("B_05.02", "no key")
            return
        company = self._company(recipient, link.row, "recipient", _no_provider())
        service = self._service(link.contract, link.service, company.party, link.rank - 1)
        sub = self._service(link.contract, link.service, provider, link.rank)
        if sub.key in service.subcontracted:
            self.register.tally.leave("B_05.02", "repeated")
        service.subcontracted.setdefault(sub.key, is_guessed)

    def _assess(self, one: Assessment) -> None:
        key = (self.register.mark, one.contract, one.service, self._same(one.provider))
        if key in self.chain.services:
            self.chain.services[key].assessments.append(one)
        else:
            message = say(
                "ingen tjänst av det slaget från den leverantören finns under avtalet",
                "there is no service of that type from that provider under the contract",
            )
            one.row.at("service").warning("B687", message)
            self.register.tally.leave("B_07.01", "no use")

    def _other_users(self) -> None:
        """Users of a contract that no row of B_02.02 names with it."""
        known = {(use.contract, use.user) for use in self.register.uses}
        direct: dict[str, list[ServiceNode]] = defaultdict(list)
        for node in self.chain.services.values():
            if node.register is self.register and node.rank == 1:
                direct[node.key[1]].append(node)
        for contract, user in self.register.users:
            if (contract, user) not in known:
                self.register.tally.leave("B_04.01", "extra user" if contract in direct else "no use")
                for node in direct.get(contract, ()):
                    node.others.setdefault(self._same(user))


def _is_past(day: date | None, register: Register) -> bool:
    """Whether a day lies before the reference date."""
    return day is not None and register.reference_date is not None and day < register.reference_date


def _no_lei(code: str) -> str:
    told = visible(code)[:40]
    return say(
        f"”{told}” är inget giltigt LEI (20 tecken med rätt kontrollsiffror, ISO 17442)",
        f'"{told}" is no valid LEI (20 characters with the right check digits, ISO 17442)',
    )


def _not_in_scope() -> str:
    return say("finns inte i B_01.02", "is not in B_01.02")


def _no_provider() -> str:
    return say("finns inte i B_05.01", "is not in B_05.01")


def _no_function(function: str) -> str:
    if not function:
        return say(
            "ingen funktion är angiven; beroendet läggs på en okänd funktion hos användaren",
            "no function is given; the dependency is put on an unknown function of the user",
        )
    told = visible(function)[:40]
    return say(
        f"funktionen ”{told}” finns inte i B_06.01 för användaren; den blir en nod där allt annat är okänt",
        f'the function "{told}" is not in B_06.01 for the user; it becomes a node of which all else is unknown',
    )


def _no_recipient(is_clear: bool) -> str:
    if is_clear:
        return say(
            "mottagaren saknas; det finns bara en leverantör i rangen före, och den antas",
            "the recipient is missing; there is only one provider of the rank before, which is assumed",
        )
    return say(
        "mottagaren saknas och går inte att sluta sig till; ledet blir inget beroende",
        "the recipient is missing and cannot be told; the link becomes no dependency",
    )
