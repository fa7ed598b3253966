"""Codes of the register and what they mean: as codes, with or without the domain's prefix, and as labels.

Source: Implementing Regulation (EU) 2024/2956; EBA data point model 4.0, framework DORA.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from beroenden.language import say

_PREFIX = re.compile(r"^(?:eba_[A-Za-z]+|iso4217):", re.IGNORECASE)
_LEI = re.compile("[0-9A-Z]{18}[0-9]{2}")
_OPTION = re.compile(r"^\d{1,2}\s*[.)]\s+")
_BLANK = ("", "not applicable", "n/a", "ej tillämpligt", "x0", "qx2007")
NO_DATE = "9999-12-31"


def plain(text: str) -> str:
    """A code without the prefix of its domain.

    >>> plain("eba_TA:S01"), plain("S01")
    ('S01', 'S01')
    """
    return _PREFIX.sub("", text.strip())


def is_blank_code(text: str) -> bool:
    """Whether a cell says that there is nothing to say."""
    return plain(text).casefold() in _BLANK


def is_lei(text: str) -> bool:
    """Whether a text is a legal entity identifier with the right check digits.

    Source: ISO 17442, with ISO 7064 MOD 97-10.
    """
    return bool(_LEI.fullmatch(text)) and int("".join(str(int(one, 36)) for one in text)) % 97 == 1


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a closed set.

    Attributes:
        code: Without prefix.
        labels: Other wordings that are accepted; the first is the regulation's own.
    """

    code: str
    sv: str
    en: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choices:
    """A closed set of the register."""

    all: tuple[Choice, ...]

    @cached_property
    def _codes(self) -> dict[str, str]:
        """Codes by all that may stand for them."""
        labels = {_letters(label): one.code for one in self.all for label in (one.sv, one.en, *one.labels)}
        return labels | {one.code.casefold(): one.code for one in self.all}

    def code_of(self, text: str) -> str | None:
        """The code that a cell means, by code or label; None when it is none of the set."""
        code = self._codes.get(plain(text).casefold())
        return code or self._codes.get(_letters(_OPTION.sub("", text.strip())))

    def words(self, code: str) -> str:
        """What a code of the set means."""
        found = next(one for one in self.all if one.code == code)
        return say(found.sv, found.en)

    def place(self, code: str | None) -> int:
        """Where a code stands in the set; -1 for none."""
        return next((place for place, one in enumerate(self.all) if one.code == code), -1)


def _letters(text: str) -> str:
    return "".join(one for one in text.casefold() if one.isalnum())


YES, NO = "x28", "x29"
YES_NO = Choices(
    (
        Choice(YES, "ja", "yes", ("true", "1")),
        Choice(NO, "nej", "no", ("false", "0")),
        Choice("x21", "inte bedömt", "not assessed", ("Assessment not performed",)),
    )
)
IMPACT = Choices(
    (
        Choice("x799", "inte bedömd", "not assessed", ("Assessment not performed",)),
        Choice("x791", "låg", "low"),
        Choice("x792", "medel", "medium"),
        Choice("x793", "hög", "high"),
    )
)
RELIANCE = Choices(
    (
        Choice("x794", "inte betydande", "not significant"),
        Choice("x795", "lågt", "low", ("Low reliance",)),
        Choice("x796", "väsentligt", "material", ("Material reliance",)),
        Choice("x797", "fullt", "full", ("Full reliance",)),
    )
)
SUBSTITUTABILITY = Choices(
    (
        Choice("x959", "går inte att ersätta", "not substitutable"),
        Choice("x960", "mycket svår att ersätta", "highly complex to substitute", ("Highly complex substitutability",)),
        Choice(
            "x961",
            "ganska svår att ersätta",
            "of medium complexity to substitute",
            ("Medium complexity in terms of substitutability",),
        ),
        Choice("x962", "lätt att ersätta", "easily substitutable"),
    )
)
WHY_NOT = Choices(
    (
        Choice("x963", "verkliga alternativ saknas", "lack of real alternatives"),
        Choice("x964", "svårt att flytta eller ta hem", "difficulties in migrating or reintegrating"),
        Choice(
            "x965",
            "verkliga alternativ saknas, och det är svårt att flytta eller ta hem",
            "lack of real alternatives and difficulties in migrating or reintegrating",
        ),
    )
)
REINTEGRATION = Choices(
    (
        Choice("x798", "lätt", "easy"),
        Choice("x966", "svårt", "difficult"),
        Choice("x967", "mycket svårt", "highly complex"),
    )
)
ARRANGEMENT = Choices(
    (
        Choice("x1", "fristående avtal", "standalone arrangement"),
        Choice("x2", "ramavtal", "overarching arrangement", ("Overarching contractual arrangement",)),
        Choice("x3", "avrop eller tilläggsavtal", "subsequent or associated arrangement"),
    )
)
SERVICES = Choices(
    (
        Choice("S01", "IT-projektledning", "ICT project management"),
        Choice("S02", "IT-utveckling", "ICT development"),
        Choice("S03", "IT-support", "ICT help desk", ("ICT help desk and first level support",)),
        Choice("S04", "IT-säkerhet", "ICT security management", ("ICT security management services",)),
        Choice("S05", "Datatillhandahållande", "Provision of data"),
        Choice("S06", "Dataanalys", "Data analysis"),
        Choice(
            "S07",
            "Drift och datahallar (inte moln)",
            "ICT facilities and hosting (not cloud)",
            ("ICT, facilities and hosting services (excluding Cloud services)",),
        ),
        Choice("S08", "Beräkningskapacitet", "Computation"),
        Choice("S09", "Datalagring (inte moln)", "Data storage (not cloud)", ("Non-Cloud Data storage",)),
        Choice("S10", "Teleoperatör", "Telecom carrier"),
        Choice("S11", "Nätinfrastruktur", "Network infrastructure"),
        Choice("S12", "Maskinvara", "Hardware and physical devices"),
        Choice(
            "S13",
            "Programlicenser (inte SaaS)",
            "Software licences (not SaaS)",
            ("Software licencing (excluding SaaS)",),
        ),
        Choice(
            "S14",
            "IT-drift och underhåll",
            "ICT operation management",
            ("ICT operation management (including maintenance)",),
        ),
        Choice("S15", "IT-rådgivning", "ICT consulting"),
        Choice("S16", "IT-riskhantering", "ICT risk management"),
        Choice("S17", "Moln: infrastruktur (IaaS)", "Cloud: IaaS", ("Cloud services: IaaS", "IaaS")),
        Choice("S18", "Moln: plattform (PaaS)", "Cloud: PaaS", ("Cloud services: PaaS", "PaaS")),
        Choice("S19", "Moln: program (SaaS)", "Cloud: SaaS", ("Cloud services: SaaS", "SaaS")),
    )
)
ENTITY_TYPES = Choices(
    (
        Choice("x12", "kreditinstitut", "credit institution", ("Credit institutions",)),
        Choice("x300", "betalningsinstitut", "payment institution", ("Payment institutions",)),
        Choice("x301", "kontoinformationstjänst", "account information service provider", ("Account information service providers",)),
        Choice("x302", "institut för elektroniska pengar", "electronic money institution", ("Electronic money institutions",)),
        Choice("x599", "värdepappersföretag", "investment firm", ("Investment firms",)),
        Choice("x303", "leverantör av kryptotillgångstjänster", "crypto-asset service provider", ("Crypto-asset service providers",)),
        Choice("x310", "utgivare av tillgångsanknutna token", "issuer of asset-referenced tokens", ("Issuers of asset-referenced tokens",)),
        Choice("x304", "värdepapperscentral", "central securities depository", ("Central securities depositories", "Central security depository")),
        Choice("x643", "central motpart", "central counterparty", ("Central counterparties", "Central counterparties (CCPs)")),
        Choice("x305", "handelsplats", "trading venue", ("Trading venues",)),
        Choice("x306", "transaktionsregister", "trade repository", ("Trade repositories",)),
        Choice("x307", "förvaltare av alternativa investeringsfonder", "manager of alternative investment funds", ("Managers of alternative investment funds",)),
        Choice("x639", "förvaltningsbolag", "management company", ("Management companies", "Asset management companies")),
        Choice("x308", "leverantör av datarapporteringstjänster", "data reporting service provider", ("Data reporting service providers",)),
        Choice("x309", "försäkringsföretag", "insurance or reinsurance undertaking", ("Insurance and reinsurance undertakings",)),
        Choice("x320", "försäkringsförmedlare", "insurance intermediary", ("Insurance intermediaries, reinsurance intermediaries and ancillary insurance intermediaries",)),
        Choice("x311", "tjänstepensionsinstitut", "institution for occupational retirement provision", ("Institutions for occupational retirement provision",)),
        Choice("x312", "kreditvärderingsinstitut", "credit rating agency", ("Credit rating agencies",)),
        Choice("x313", "administratör av referensvärden", "administrator of critical benchmarks", ("Administrators of critical benchmarks",)),
        Choice("x314", "gräsrotsfinansiering", "crowdfunding service provider", ("Crowdfunding service providers",)),
        Choice("x315", "värdepapperiseringsregister", "securitisation repository", ("Securitisation repositories",)),
        Choice("x316", "annat finansföretag", "other financial entity"),
        Choice("x317", "koncernens IT-bolag", "ICT intra-group service provider", ("Non-financial entity: ICT intra-group service provider",)),
        Choice("x318", "annat företag, inte finansiellt", "other non-financial entity", ("Non-financial entity: Other", "Non-financial entity: Other than ICT intra-group service provider")),
    )
)  # fmt: skip
NOT_FINANCIAL = ("x317", "x318")
KIND_OF = {
    **dict.fromkeys(("x12", "x300", "x302"), "bank"),
    **dict.fromkeys(("x304", "x643", "x305", "x306"), "infrastructure"),
}
"""Kinds of entities by type: whoever keeps payment accounts is a bank here; those that are not named are suppliers."""
