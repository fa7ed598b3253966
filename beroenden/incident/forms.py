"""The forms: which questions each asks, in which boxes. FSPOS' wording; what nothing answers is left to a person."""

from dataclasses import dataclass, replace
from typing import Literal

from beroenden.language import say

Audience = Literal["aktörer", "sektorn"]


@dataclass(frozen=True, slots=True)
class Question:
    """A support question of the FSPOS form; without statements it is left as a prompt to a person."""

    key: str
    text: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class Group:
    """A heading within a box, and its support questions."""

    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """One of the four boxes of the form."""

    title: str
    groups: tuple[Group, ...]


CHOSEN_FORMS = ("delgivning", "samlad", "allmanhet")
"""Forms of a lägesbild that hold only what was chosen for sharing (delge)."""
HIGHLIGHTS = "viktigast"
"""Section of the two or three lines that stand before the boxes."""
CHANGED = "andrat"
"""Section of what has changed since the lägesbild before."""


def internal_form() -> tuple[Box, ...]:
    """FSPOS "Mall – intern lägesbild" with its support questions, and three of our own: the register, the development over
    time and the next payment dates, which give the computed a place of its own.
    """
    return (_facts(), _prognosis(), _direction(), _communication())


def _facts() -> Box:
    happened = (
        _question("fakta.handelse", "Beskrivning av händelsen", "Description of the event"),
        _question(
            "fakta.konsekvenser",
            "Konsekvenser (ex. personella, materiella, ekonomiska, förtroendemässiga)",
            "Consequences (e.g. for staff, property, finances, trust)",
        ),
        _question(
            "fakta.kommunikation",
            "Kommunikativt läge (ex. mediabevakning, sociala medier)",
            "Communication situation (e.g. media coverage, social media)",
        ),
        Question(
            "fakta.register",
            say("Registrerade uppgifter i modellen", "Information registered in the model"),
            say(
                "Inget om det som har avbrott är registrerat med källa och mer än låg tillförlitlighet.",
                "Nothing on what is out is registered with a source and more than low confidence.",
            ),
        ),
    )
    taken = (
        _question("fakta.strategiskt", "Strategiskt", "Strategic"),
        _question("fakta.operativt", "Operativt", "Operational"),
        _question("fakta.kommunikativt", "Kommunikativt", "Communication"),
    )
    return Box(
        say("1. FAKTA", "1. FACTS"),
        (
            Group(say("Vad har hänt?", "What has happened?"), happened),
            Group(say("Vilka åtgärder har vi vidtagit?", "What measures have we taken?"), taken),
        ),
    )


def _prognosis() -> Box:
    development = (
        _question("prognos.konsekvenser", "Övergripande konsekvenser", "Overall consequences"),
        _question("prognos.tid", "Utveckling från läget och framåt", "Development from the as-of time onwards"),
        Question(
            "prognos.betalningar",
            say("Närmaste betalningsdagar", "Next payment dates"),
            say("Ingen betalning som tas upp här blir sen.", "No payment that is dealt with here will be late."),
        ),
        Question(
            "prognos.osakerhet",
            say("Osäkerhet (P10, P50, P90)", "Uncertainty (P10, P50, P90)"),
            say(
                "Ingen längd är uppskattad med ett intervall som ännu gäller.",
                "No length is estimated with a range that still holds.",
            ),
        ),
        _question(
            "prognos.opinion",
            "Opinionsmässig eller mediemässig utveckling",
            "Development in public opinion or the media",
        ),
        _question(
            "prognos.fragor",
            "Åsikter och frågor hos kunder och samarbetsparter",
            "Views and questions among customers and partners",
        ),
        _question("prognos.beslut", "Behov av beslut", "Decisions needed"),
        _question("prognos.samverkan", "Samverkansbehov", "Coordination needed"),
        _question("prognos.juridik", "Juridiska implikationer", "Legal implications"),
        _question("prognos.information", "Behov av ytterligare information", "Further information needed"),
    )
    assumed = _question("prognos.antaganden", "Antaganden", "Assumptions")
    return Box(
        say("2. PROGNOS", "2. PROGNOSIS"),
        (
            Group(say("Vad tror vi om utvecklingen?", "How do we expect it to develop?"), development),
            Group(
                say("Vilka centrala antaganden har gjorts?", "What central assumptions have been made?"),
                (assumed,),
            ),
        ),
    )


def _direction() -> Box:
    strategy = _question(
        "inriktning.strategi",
        "Utgå från organisationens vägledande principer",
        "Start from the organisation's guiding principles",
    )
    planned = (
        _question("inriktning.sikt", "På kort och lång sikt", "In the short and long term"),
        _question("inriktning.ansvarig", "Utse ansvarig", "Assign responsibility"),
        _question("inriktning.tidsplan", "Fastställ tidsplan", "Set a timetable"),
        _question("inriktning.beslut", "Fattade beslut", "Decisions taken"),
        _both_ways("begaran.atgarder"),
    )
    return Box(
        say("3. INRIKTNING OCH ÅTGÄRDER", "3. DIRECTION AND MEASURES"),
        (
            Group(say("Vilken är vår strategiska inriktning?", "What is our strategic direction?"), (strategy,)),
            Group(say("Vilka åtgärder planerar vi att genomföra?", "What measures do we plan to take?"), planned),
        ),
    )


def _communication() -> Box:
    how = (
        _question("kommunikation.interna", "Interna budskap", "Internal messages"),
        _question("kommunikation.externa", "Externa budskap", "External messages"),
        _question("kommunikation.kanaler", "Kanaler för informationsdelning", "Channels for sharing information"),
        _both_ways("begaran.budskap"),
    )
    return Box(
        say("4. KOMMUNIKATION", "4. COMMUNICATION"),
        (Group(say("Hur ska vi kommunicera?", "How shall we communicate?"), how),),
    )


def sharing_form(audience: Audience = "aktörer") -> tuple[Box, ...]:
    """FSPOS "Mall – delgivning av lägesbild": the first two boxes ask what the internal form asks.

    Args:
        audience: The template says "andra aktörer", its support questions "sektorn".
    """
    others = say(*{"aktörer": ("ANDRA AKTÖRER", "OTHER ACTORS"), "sektorn": ("SEKTORN", "THE SECTOR")}[audience])
    facts = say(f"1. FAKTA VI VILL DELGE {others}", f"1. FACTS WE WANT TO SHARE WITH {others}")
    prognosis = say(f"2. PROGNOS VI VILL DELGE {others}", f"2. PROGNOSIS WE WANT TO SHARE WITH {others}")
    return (replace(_facts(), title=facts), replace(_prognosis(), title=prognosis), _measures(), _messages())


def _measures() -> Box:
    needed = (
        _question(
            "begaran.atgarder",
            "På kort och lång sikt, med förslag på ansvarig och tidsplan",
            "In the short and long term, with proposed responsibility and timetable",
        ),
        _question("inriktning.sikt", "Åtgärder som vi planerar", "Measures that we plan"),
        _question("inriktning.beslut", "Beslut som vi har fattat", "Decisions that we have taken"),
    )
    return Box(
        say("3. BEHOV AVSEENDE KOORDINERING AV ÅTGÄRDER", "3. NEEDS FOR COORDINATION OF MEASURES"),
        (
            Group(
                say(
                    "Vilka åtgärder behöver vi samordna med andra aktörer?",
                    "Which measures do we need to coordinate with other actors?",
                ),
                needed,
            ),
        ),
    )


def _messages() -> Box:
    needed = (
        _requests("begaran.budskap"),
        _question("kommunikation.interna", "Interna budskap", "Internal messages"),
        _question("kommunikation.externa", "Externa budskap", "External messages"),
        _question("kommunikation.kanaler", "Kanaler för informationsdelning", "Channels for sharing information"),
    )
    return Box(
        say("4. BEHOV AVSEENDE KOORDINERING AV BUDSKAP", "4. NEEDS FOR COORDINATION OF MESSAGES"),
        (
            Group(
                say(
                    "Vilka budskap behöver vi samordna med andra aktörer?",
                    "Which messages do we need to coordinate with other actors?",
                ),
                needed,
            ),
        ),
    )


def public_form() -> tuple[Question, ...]:
    """What the public asks; a key may name several sections."""
    return (
        Question(
            "fakta.handelse",
            say("Vad har hänt?", "What has happened?"),
            say(
                "Skriv med några enkla ord vad som har hänt och sedan när.",
                "Say in a few plain words what has happened, and since when.",
            ),
        ),
        Question(
            "prognos.betalningar",
            say(
                "Vilka betalningar gäller det, och när kommer pengarna?",
                "Which payments, and when will the money come?",
            ),
            say(
                "Ange vilka betalningar, vilka dagar och vilka bankers kunder; delge prognos.betalningar så fylls det i.",
                "State which payments, which days and which banks' customers; share prognos.betalningar to have it filled in.",
            ),
        ),
        Question(
            "kommunikation.externa",
            say("Vad vill vi säga?", "What do we want to say?"),
            say(
                "Skriv budskapet: det viktigaste för den som väntar på pengar.",
                "Write the message: what matters most to those who wait for money.",
            ),
        ),
        Question(
            "fakta.operativt inriktning.sikt",
            say("Vad gör vi?", "What are we doing?"),
            say("Skriv vad ni gör för att pengarna ska komma fram.", "Say what you do for the money to arrive."),
        ),
        Question(
            "kommunikation.gora",
            say("Vad behöver du göra?", "What do you need to do?"),
            say(
                "Skriv vad mottagarna ska göra eller inte behöver göra, och vart den som behöver pengarna nu kan vända sig.",
                "Say what recipients should do or need not do, and where those who need the money now can turn.",
            ),
        ),
        Question(
            "kommunikation.kanaler",
            say("När och var informerar vi nästa gång?", "When and where do we inform next?"),
            say("Ange tidpunkt och kanal, t.ex. webbplatsen.", "State the time and the channel, e.g. the website."),
        ),
    )


def short_parts() -> tuple[tuple[str, str], ...]:
    """Key and title of what the short form has beside the opening."""
    return (
        ("fakta.handelse", say("Vad har hänt?", "What has happened?")),
        ("prognos.beslut", say("Behov av beslut", "Decisions needed")),
        ("inriktning.beslut", say("Fattade beslut", "Decisions taken")),
        ("prognos.information", say("Det vi inte vet", "What is not known")),
    )


def gate_questions() -> tuple[Question, ...]:
    """The three questions that MSB's support for follow-up begins with."""
    return (
        _question(
            "fraga.genomforda",
            "Har beslutade åtgärder genomförts?",
            "Have the measures decided been carried out?",
        ),
        _question(
            "fraga.effekt",
            "Har genomförda åtgärder fått avsedd effekt?",
            "Have the measures carried out had the intended effect?",
        ),
        _question("fraga.hall", "Är vi på väg åt rätt håll?", "Are we heading in the right direction?"),
    )


def checklist_questions() -> tuple[Question, ...]:
    """MSB's nine questions for following up joint handling, to go on to when a gate question is answered no."""
    texts = (
        (
            "Varför har en eller flera beslutade åtgärder inte genomförts?",
            "Why have one or more of the measures decided not been carried out?",
        ),
        (
            "Varför har genomförda åtgärder inte fått avsedd effekt?",
            "Why have the measures carried out not had the intended effect?",
        ),
        (
            "Finns det några hjälp- eller informationsbehov som inte blir åtgärdade?",
            "Are there any needs for help or information that are not being met?",
        ),
        ("Behöver vi ompröva vår gemensamma målbild?", "Do we need to reconsider our joint objective?"),
        ("Behöver vi ompröva vår åtgärdsplanering?", "Do we need to reconsider our planning of measures?"),
        ("Behöver vi nya eller justerade samordnade budskap?", "Do we need new or adjusted coordinated messages?"),
        (
            "Behöver vi involvera någon annan eller ytterligare aktör i samverkan?",
            "Do we need to involve someone else or another actor in the cooperation?",
        ),
        (
            "Har händelsen utvecklats på ett sätt vi inte förutsett?",
            "Has the event developed in a way that we did not foresee?",
        ),
        ("Har vi förbisett någon viktig åtgärd?", "Have we overlooked any important measure?"),
    )
    return tuple(_question(f"checklista.{place}", *text) for place, text in enumerate(texts, 1))


def _requests(key: str) -> Question:
    return _question(key, "Begäranden till andra aktörer", "Requests to other actors")


def _both_ways(key: str) -> Question:
    return _question(key, "Begäranden till och från andra aktörer", "Requests to and from other actors")


def _question(key: str, sv: str, en: str) -> Question:
    """A question that is left to a person when nothing answers it."""
    return Question(key, say(sv, en), left_to_a_person())


def left_to_a_person() -> str:
    """The prompt where nobody but a person can answer."""
    return say("Fylls i av handläggaren.", "To be completed by the case officer.")
