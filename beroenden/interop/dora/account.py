"""The import report: what was read of each register, what was left out and why, and what the registers cannot say."""

from collections.abc import Iterator
from typing import Any

from beroenden.interop.dora.codes import ARRANGEMENT, IMPACT, REINTEGRATION, SUBSTITUTABILITY
from beroenden.interop.dora.read import Imported
from beroenden.interop.dora.register import Register
from beroenden.language import say

_SETS = {"B_02.01.0020": ARRANGEMENT, "B_07.01.0050": SUBSTITUTABILITY, "B_07.01.0090": REINTEGRATION}


def as_dict(imported: Imported) -> dict[str, Any]:
    """The report as JSON."""
    scope = imported.scope
    return {
        "registers": [_register(one) for one in imported.registers],
        "companies": imported.companies,
        "functions": imported.functions,
        "services": imported.services,
        "scope": {
            "services": scope.services,
            "with_subcontractors": scope.described,
            "supporting_critical": scope.critical,
            "supporting_critical_with_subcontractors": scope.critical_described,
        },
        "remarks": list(remarks(imported)),
    }


def _register(one: Register) -> dict[str, Any]:
    return {
        "source": str(one.path),
        "form": one.form,
        "lei": one.lei or None,
        "name": one.name or None,
        "reference_date": one.reference_date.isoformat() if one.reference_date else None,
        "rows": dict(sorted(one.tally.rows.items())),
        "left_out": [
            {"template": template, "why": why, "count": count} for template, why, count in one.tally.reasons()
        ],
        "definitions": [{"of": what, "definition": text} for what, text in definitions(one)],
    }


def definitions(register: Register) -> Iterator[tuple[str, str]]:
    """What the register says that it means by its grades (B_99.01)."""
    named = {
        "B_02.01.0020": say("Avtal", "Contract"),
        "B_02.02.0170": say("Uppgifternas känslighet", "Sensitiveness of the data"),
        "B_06.01.0100": say("Följd om funktionen upphör", "Impact of discontinuing the function"),
        "B_07.01.0050": say("Utbytbarhet", "Substitutability"),
        "B_07.01.0090": say("Att ta hem tjänsten", "Reintegration"),
        "B_07.01.0100": say("Följd om tjänsten upphör", "Impact of discontinuing the service"),
    }
    for column, code, text in register.definitions:
        yield f"{named[column]}: {_SETS.get(column, IMPACT).words(code)}", text


def remarks(imported: Imported) -> Iterator[str]:
    """What a reader of the model must know of what registers say, and do not."""
    scope = imported.scope
    yield say(
        f"Underleverantörer redovisas bara under kritiska eller viktiga funktioner: {scope.described} av {scope.services} "
        f"tjänster har någon ({scope.critical_described} av {scope.critical} under kritiska funktioner). Att ingen är "
        "angiven betyder inte att det inte finns någon.",
        f"Subcontractors are reported only below critical or important functions: {scope.described} of {scope.services} "
        f"services have any ({scope.critical_described} of {scope.critical} below critical functions). That none is "
        "given does not mean that there is none.",
    )
    yield say(
        "Register har inga uppgifter om uthållighet eller acceptabel avbrottstid: de är okända, och ett avbrott slår "
        "igenom direkt tills de fylls i. Återställningstiderna gäller funktionerna, inte leverantörerna.",
        "Registers have no endurance and no tolerable outage: these are unknown, and an outage strikes at once until they "
        "are filled in. The recovery times are those of the functions, not of the providers.",
    )
    yield say(
        "Alternativa leverantörer är utpekade, inte anslutna: de står i anteckningar och blir ingen reserv.",
        "Alternative providers are identified, not connected: they stand in notes and become no reserve.",
    )
    yield say(
        "Ett företag behöver inte sina funktioner i modellen: peka ut i betalningarnas steg vilka funktioner de behöver. "
        "Myndigheternas del av kedjan finns inte i något register.",
        "A company does not need its functions in the model: name in the stages of the payments which functions they "
        "need. The authorities' half of the chain is in no register.",
    )
    yield say(
        "Kostnader, avtalsvillkor och datas plats läses inte. Registret är sekretesskänsligt tillsynsmaterial: allt är märkt "
        "TLP:AMBER+STRICT.",
        "Costs, terms and the location of data are not read. The register is confidential supervisory material: all of it "
        "is labelled TLP:AMBER+STRICT.",
    )
