"""What the kinds of gaps are called and mean."""

from beroenden.analysis.gaps.age import Age
from beroenden.analysis.gaps.gap import Kind
from beroenden.language import say


def kind_title(kind: Kind) -> str:
    """What a kind of gap is called."""
    titles = {
        "expectation": say("Förväntansgap", "Expectation gaps"),
        "tolerance": say("Toleransgap", "Tolerance gaps"),
        "capability": say("Förmågegap", "Capability gaps"),
        "untested": say("Inte visat i test", "Not shown in test"),
        "level": say("Nivågap", "Level gaps"),
        "chain": say("Kedjegap", "Chain gaps"),
        "one_sided": say("Ensidigt uppgivna beroenden", "Dependencies told by one side"),
        "responsibility": say("Ansvar som saknas", "Missing responsibility"),
        "stale": say("Inte kontrollerat på länge", "Not verified for long"),
        "concentration": say("Koncentration", "Concentration"),
        "mutual": say("Ömsesidiga beroenden", "Mutual dependencies"),
    }
    return titles[kind]


def kind_meaning(kind: Kind, age: Age) -> str:
    """What a kind of gap means, and how it is computed."""
    meanings = {
        "expectation": say(
            "Den som behöver räknar med kortare tid än den som levererar har som mål (återställningstid, rto).",
            "Whoever needs it counts on a shorter time than whoever delivers it aims at (recovery time, rto).",
        ),
        "tolerance": say(
            "Leverantörens återställningstid (rto) plus omstart är längre än den acceptabla avbrottstiden (mtpd; för ett "
            "steg i en betalning den tolerabla förseningen) plus uthålligheten. Som uthållighet räknas bara tiden med "
            "full nivå. Bryttider och betalningsdagar ingår inte; dem räknar simuleringen med.",
            "The provider's recovery time (rto) plus restart is longer than the tolerable outage (mtpd; for a "
            "stage the tolerable delay) plus the endurance. Only time at full level counts as endurance. Cut-offs and "
            "payment dates are not included; the simulation takes them into account.",
        ),
        "capability": say(
            "Tiden som har visats i test (rta) är längre än målet (rto).",
            "The time shown in test (rta) is longer than the aim (rto).",
        ),
        "untested": say(
            f"Återställningstiden är ett mål som inte har visats i test, eller senast för mer än {age} sedan.",
            f"The recovery time is an aim that has not been shown in a test, or was last shown more than {age} ago.",
        ),
        "level": say(
            "Den nivå som leverantören lovar inom sin återställningstid (mbco) räcker inte för att den som behöver ska nå "
            "sin egen lägsta acceptabla nivå (mbco).",
            "The level that the provider promises within its recovery time (mbco) is not enough for whoever needs it to reach its "
            "own least acceptable level (mbco).",
        ),
        "chain": say(
            "Återställningstiderna längs den väg som tar längst är tillsammans längre än betalningen får vara försenad. I följd: "
            "var och en börjar när den före är klar. Samtidigt: alla börjar genast. Den som klarar sig tills det som behövs är tillbaka väntar inte.",
            "Added up along the path that takes longest, the recovery times exceed how late the payment may be. In "
            "series: each begins when the one before is back. In parallel: all begin at once. Whoever endures until what it needs is back "
            "does not wait.",
        ),
        "one_sided": say(
            "En aktör har uppgett att den behöver en annan, som inte har bekräftat det.",
            "An actor has said that it needs another, which has not confirmed it.",
        ),
        "responsibility": say(
            "Minst två aktörer använder det, men ansvarig eller kontaktfunktion saknas i modellen.",
            "At least two actors use it, but the model has nobody responsible or no contact function.",
        ),
        "stale": say(
            f"Uppgiften kontrollerades senast för mer än {age} sedan.",
            f"The information was last verified more than {age} ago.",
        ),
        "concentration": say(
            "Så mycket av andras betalningar en genomsnittlig månad vilar på aktören, direkt eller genom andra: så stor del av "
            "deras kapacitet försvinner när allt som aktören svarar för är borta för gott. Finns en femtedel kvar räknas fyra "
            "femtedelar, fast betalningarna då kan bli gjorda, i tid eller senare; det visar simuleringen. Uthållighet räknas "
            "inte; andra leverantörer gör det. Summorna överlappar mellan aktörer.",
            "So much of others' payments in an average month rests on the actor, directly or through others: so great a part of "
            "their capacity is lost when all that the actor answers for is gone for good. When a fifth is left, four fifths "
            "count, though the payments can then be made, in time or later; the simulation shows that. Endurance does not "
            "count; other providers do. The sums overlap between actors.",
        ),
        "mutual": say(
            "De behöver varandra. Ordningen vid en omstart följer av uthållighet och reserver; där den inte gör det är den en "
            "öppen fråga till ägarna.",
            "They need each other. The order of a restart follows from endurance and reserves; where it does not, it is an "
            "open question to the owners.",
        ),
    }
    return meanings[kind]
