"""The form of a rule and of the cues: what `stream/rulebook` holds, as typed records.

A rule turns clauses into mentions of one event type. A cue changes what a clause means (denies it, plans it, dates it).
"""

from typing import Literal

import msgspec

from stream.core.records import Maturity, Severity, Status, Time

Slot = Literal["subject", "object", "of", "by", "with", "between", "against", "to", "from", "in", "near", "speaker"]


class _Form(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Parties(_Form, frozen=True, kw_only=True):
    """Who did it to whom: the slots of the clause that fill each role, in order of preference.

    Slots: subject; object (before «را», or owner of what stands there); of (ezafe after the trigger: «حملهٔ X»); by (از
    سوی، توسط); with (با); between (میان X و Y); against (علیه، بر ضد); to (به); from (از); in (در); near (any other
    place in the clause); speaker (who says it, before a colon or «گفت»).
    `reciprocal`: all parties are actors.
    """

    reciprocal: bool = False
    actors: tuple[Slot, ...] = ("subject", "by", "of")
    recipients: tuple[Slot, ...] = ("object", "against", "to")
    last_resort: tuple[Slot, ...] = ()  # of a reciprocal event: slots that count where fewer than two parties are named
    understood: bool = False  # of a reciprocal event that names fewer than two sides: those that the text names nearest
    host_suffers: bool = False  # the state on whose soil it happened joins the recipients
    places_suffer: bool = False  # the state of the place is the recipient where none is named
    places_act: bool = False  # the state of the place is the actor where none is named (an arrest in …)
    home: Literal["actors", "recipients"] | None = None  # filled with the outlet's own state where no state is named
    other_side: bool = (
        False  # recipients that the clause leaves out are the only other party of the sentence, else text
    )
    counterparts: dict[str, str] = {}  # the evident other side of a party where only one side is named


class Needs(_Form, frozen=True, kw_only=True):
    """What a clause must hold besides a trigger; counted over all roles. `places`: towns and states with «در»;
    `towns`: towns and other places that are no state, wherever they stand («بر رقه مسلط شد»); `officials`: persons and office-holders among the actors; `persons`: known by name, among the recipients."""

    parties: int = 0
    actors: int = 0
    recipients: int = 0
    places: int = 0
    towns: int = 0
    officials: int = 0
    persons: int = 0


class Detect(_Form, frozen=True, kw_only=True):
    """What the rule looks for. «…» in a phrase stands for up to eight other words, `<id>` for the words of a class.

    `triggers` end in a verb and tell the event by themselves; `nouns` name the event, and the predicate that governs
    them («انجام شد», «لغو شد») tells what became of it. `unless`: named groups of phrases whose presence in the sentence
    keeps the rule silent. `with_any`: at least one of these must stand in the sentence too. `results`: phrases by
    which a noun that only names the occasion («در پی حمله …») still tells the event («کشته»). `occasions`: nouns that tell
    it even as an occasion («در گفت‌وگوی تلفنی با …»).
    """

    triggers: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    unless: dict[str, tuple[str, ...]] = {}
    with_any: tuple[str, ...] = ()
    parties: Parties = Parties()
    needs: Needs = Needs()
    results: tuple[str, ...] = ()
    occasions: tuple[str, ...] = ()
    deaf_to: tuple[str, ...] = ()  # ids of cues that do not count for this rule (sport, for the death of a player)
    uttered: bool = False  # saying it is the event (a threat): a condition or the future takes nothing from it
    noun_alone: Literal["happened", "none"] = "happened"  # a noun in a text without a verb (a headline)
    present: Literal["planned", "happened"] = "planned"  # what a trigger in the present tells («دیدار می‌کند»)
    named: Literal["happened", "proposed"] = (
        "happened"  # a noun in a present that says something else of it («توافق … مهم است»)
    )
    accuses: bool = False  # to tell it is to accuse («نقض آتش‌بس»): told as a fact it is still claimed


class Fires(_Form, frozen=True, kw_only=True):
    """An example on which the rule must make a mention with exactly these parties."""

    text: str
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    status: Status = "happened"
    time: Time = "current"
    first: bool = False
    since: str | None = None
    published: str | None = None
    note: str | None = None


class Silent(_Form, frozen=True, kw_only=True):
    """A near miss: no alertable mention, and `because` of what.

    `because`: a status or time that keeps it quiet («planned», «denied», «background» …), or a miss reason
    («excluded: boycott», «parties», «no_event» …).
    """

    text: str
    because: str
    published: str | None = None
    note: str | None = None


class Report(_Form, frozen=True, kw_only=True):
    """One article of a scenario. `at`: 0m, 90m, 7h, 2d after its beginning."""

    at: str
    outlet: str
    text: str


class Scenario(_Form, frozen=True, kw_only=True):
    """Articles over time and the times of the notifying alerts; an empty list asserts silence."""

    name: str
    articles: tuple[Report, ...]
    alerts_at: tuple[str, ...]


class Tests(_Form, frozen=True, kw_only=True):
    """The proof a rule carries."""

    fires: tuple[Fires, ...]
    silent: tuple[Silent, ...]
    scenarios: tuple[Scenario, ...] = ()


class Rule(_Form, frozen=True, kw_only=True):
    """One rule file; `id` is its file name."""

    id: str
    title: str
    type: str
    maturity: Maturity
    severity: Severity | None = None  # where its events weigh other than its type's in policy.yaml
    desk: str
    summary: str
    references: tuple[str, ...]
    detect: Detect
    false_positives: tuple[str, ...]
    blind_spots: tuple[str, ...]
    tests: Tests


# --- cues ---------------------------------------------------------------------------------------------------------

Scope = Literal["before", "predicate", "matrix", "clause", "sentence", "lead"]


class Cue(_Form, frozen=True, kw_only=True):
    """Phrases that change what a clause means.

    `scope` says where a cue counts for a trigger:
    before     it governs the trigger noun and stands right before it («احتمالِ حمله», «پس از دیدار»)
    predicate  it is (or ends in) the verb that governs the trigger («به تعویق افتاد»)
    matrix     it is the verb above the trigger's clause («تکذیب کرد که …», «خواستار … شد»)
    clause     anywhere in the trigger's clause
    sentence   anywhere in its sentence
    lead       at the sentence's beginning, before a colon
    """

    id: str
    scope: tuple[Scope, ...]
    status: Status | None = None
    time: Time | None = None
    attribution: Literal["official", "party", "outlet", "unnamed"] | None = None
    silences: bool = False  # no event at all (a reaction, a figure of speech)
    keeps: bool = False  # a predicate that leaves the event as told (happened, going on)
    phrases: tuple[str, ...]


class Cues(_Form, frozen=True, kw_only=True):
    """`lexicon/cues.yaml`."""

    cues: tuple[Cue, ...]


class Join(_Form, frozen=True, kw_only=True):
    """Spellings of one word."""

    word: str
    spellings: tuple[str, ...] = ()


class Plural(_Form, frozen=True, kw_only=True):
    """The plurals of the head word of a role («وزیر»: «وزیران», «وزرا»)."""

    word: str
    forms: tuple[str, ...]


class WordClass(_Form, frozen=True, kw_only=True):
    """Words that phrases name together as `<id>`."""

    id: str
    summary: str
    words: tuple[str, ...]


class WordClasses(_Form, frozen=True, kw_only=True):
    """`lexicon/classes.yaml`."""

    classes: tuple[WordClass, ...]


class Spelling(_Form, frozen=True, kw_only=True):
    """`lexicon/spelling.yaml`: `words` written in several ways, `keep` what must not lose its ending, `plurals` of the
    words that begin the name of a role, `common` ones that tell no event from another."""

    words: tuple[Join, ...]
    plurals: tuple[Plural, ...] = ()
    keep: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
