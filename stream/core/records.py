"""The nouns: every record that passes between the steps, frozen and typed.

Times are aware datetimes. Offsets count characters (code points) of `Article.text`, end exclusive.
States and organisations are named by the ids of docs/glossary.md (ISO 3166 alpha-3, or EU, UN, HAMAS …).
"""

from datetime import datetime
from typing import Literal

from stream.core.base import Record as Record  # noqa: PLC0414  (others take it from here)
from stream.core.past import FirstCheck, Silence
from stream.core.voice import OriginRelays
from stream.core.voice import Voice as Voice  # noqa: PLC0414  (others take it from here)

Form = Literal["json", "ninjs", "page", "html"]
Precision = Literal["second", "minute", "day", "unknown"]
PubStatus = Literal["usable", "withheld", "canceled"]
Status = Literal["happened", "claimed", "planned", "proposed", "conditional", "denied", "called_off"]
Time = Literal["current", "background"]
Severity = Literal["extreme", "severe", "moderate", "minor"]  # CAP 1.2's words, as the next two
Urgency = Literal["immediate", "expected", "future", "past", "unknown"]
Certainty = Literal["observed", "likely", "possible", "unlikely", "unknown"]
Level = Literal["flash", "urgent", "bulletin", "routine"]
Kind = Literal["create", "update", "correct", "cancel", "notice"]
Maturity = Literal["experimental", "test", "stable", "deprecated"]


# --- what comes in ------------------------------------------------------------------------------------------------


class Incoming(Record, frozen=True, kw_only=True):
    """One Kafka record (or file) as it arrived, before anything is believed of it."""

    value: bytes | None
    key: bytes | None = None
    headers: tuple[tuple[str, bytes], ...] = ()
    arrived: datetime  # when the broker (or the reader of a file) took it
    form: Form | None = None  # known from a file's name; None: by Content-Type header, else sniffed


class Limits(Record, frozen=True, kw_only=True):
    """What an article may be at most; beyond it, it is rejected by name."""

    body_bytes: int = 1_000_000
    future_hours: float = 24.0  # a publication time further ahead of arrival than this is rejected
    earliest_year: int = 1900


class Part(Record, frozen=True, kw_only=True):
    """A slice of `Article.text` that belongs to the article; what lies in no part is page chrome."""

    kind: Literal["title", "body"]
    start: int
    end: int


class Article(Record, frozen=True, kw_only=True):
    """One version of one published text.

    `text` is what evidence offsets count: title + "\\n" + body for JSON (the body alone where the title is empty),
    the whole page text for page input, and for HTML title + "\\n" + body as extracted.
    """

    uri: str
    version: str
    version_created: datetime | None = None
    form: Form
    outlet: str | None
    published: datetime  # the record's arrival where precision is "unknown"
    published_precision: Precision
    title: str
    body: str
    text: str
    parts: tuple[Part, ...]
    url: str | None = None
    language: str = "fa"  # BCP 47; found by script and function words, whatever the input says
    pub_status: PubStatus = "usable"
    embargoed_until: datetime | None = None
    code: str | None = None
    reporter_code: str | None = None
    dateline_place: str | None = None
    dateline_agency: str | None = None


class Withdrawal(Record, frozen=True, kw_only=True):
    """A tombstone: the article with this uri is withdrawn by its source."""

    uri: str


class Rejection(Record, frozen=True, kw_only=True):
    """Why a record could not be used. `reason` is one of `reasons.REJECTION_REASONS`, the same word in metrics and docs."""

    stage: Literal["read", "judge"]
    reason: str
    detail: str
    uri: str | None = None


# --- what is found ------------------------------------------------------------------------------------------------


class Evidence(Record, frozen=True, kw_only=True):
    """A verbatim slice: `text == article.text[start:end]`."""

    start: int
    end: int
    text: str


class First(Record, frozen=True, kw_only=True):
    """The text says that this is the first of its kind; `since` copies what it is counted from."""

    claimed: bool = True
    since: str | None = None


class Attribution(Record, frozen=True, kw_only=True):
    """Who is said to say it. `kind`: official, party, outlet, unnamed; `text` as printed, `state` where known."""

    kind: Literal["official", "party", "outlet", "unnamed"]
    text: str
    state: str | None = None


class Where(Record, frozen=True, kw_only=True):
    """A place and what it lies in: ids of provinces and regions, the state last. `exact`: a town, site, base or island, so
    that another such place is elsewhere."""

    id: str
    exact: bool
    within: tuple[str, ...] = ()


class Mention(Record, frozen=True, kw_only=True):
    """One event as one article reports it."""

    type: str
    status: Status
    time: Time
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()  # lexicon ids of persons among the parties
    places: tuple[str, ...] = ()
    first: First | None = None
    trigger: str
    evidence: tuple[Evidence, ...]
    rule: str
    attribution: Attribution | None = None
    day: str | None = None  # ISO date of the event in Tehran, where the text tells it
    headline: bool = False  # the title (or first line) tells it
    why: tuple[str, ...] = ()  # named cues that decided status and time
    numbers: tuple["Quantity", ...] = ()  # dead, injured, magnitude …, as the event's sentences tell them
    roles: tuple[str, ...] = ()  # offices (ids of roles.yaml) of the officials and persons among the parties
    hour: str | None = None  # of the event in Tehran ("14:30"), where the text tells it
    revealed: bool = False  # the text says that it only now came to light
    where: tuple[Where, ...] = ()  # each of `places` with what it lies in
    terms: tuple[str, ...] = ()  # words that tell this event from others of its kind, as the normaliser writes them
    fresh: bool = False  # the text says that it happened within the hour («لحظاتی پیش»)
    ordinal: int | None = None  # «دومین بار», «موج پنجم»: the how-manieth of its kind
    stated: tuple[Voice, ...] = ()  # whose word the text says it is; of several the last is the origin

    @property
    def alertable(self) -> bool:
        """What a newsroom would be alerted to."""
        return self.time == "current" and self.status in ("happened", "claimed")


class Miss(Record, frozen=True, kw_only=True):
    """A rule came near and stayed silent. `reason` is one of the words of docs/reasons.md."""

    rule: str
    reason: str
    detail: str = ""
    start: int = 0
    end: int = 0


class Tag(Record, frozen=True, kw_only=True):
    """A named thing in the text. `kind`: state, person, organisation, role, place, outlet."""

    kind: str
    id: str
    text: str
    start: int
    end: int
    state: str | None = None
    role: str | None = None
    name: str | None = None


class Quantity(Record, frozen=True, kw_only=True):
    """A number and what it counts. `kind`: dead, injured, arrested, missing, displaced, hostages, prisoners, people,
    magnitude, percent, money, amount, count. `unit`: a symbol, an ISO 4217 code (IRT for toman), or "persons". `to`: the
    upper end of a range. `bound`: `several` is some multiple of the value («ده‌ها»: 10)."""

    kind: str
    value: int | float
    to: int | float | None = None
    bound: Literal["exact", "at_least", "at_most", "about", "several"] = "exact"
    unit: str | None = None
    text: str
    start: int
    end: int


class Judgement(Record, frozen=True, kw_only=True):
    """All that the first agent finds in one article version."""

    article: Article
    tags: tuple[Tag, ...] = ()
    mentions: tuple[Mention, ...] = ()
    misses: tuple[Miss, ...] = ()
    outcome: Literal["judged", "unsupported_language"] = "judged"
    publisher: Voice | None = None  # the article's outlet, where it names one
    sketch: str = ""  # of a text with news: by which near copies are known (sketch.py)
    correction: str = ""  # the words by which the text says that it corrects an earlier version
    live: bool = False  # a page that goes on changing: what it lacks was not taken back


# --- what goes on the wire ----------------------------------------------------------------------------------------


class Origin(Record, frozen=True, kw_only=True):
    """Where a record lay in `articles`, and when the broker took it."""

    topic: str
    partition: int
    offset: int
    received: datetime


class Mentions(Record, frozen=True, kw_only=True, tag_field="kind", tag="article"):
    """One record of the ordered log `mentions`: one article version with all its mentions, possibly none."""

    schema_version: int = 1
    uri: str
    version: str = ""
    version_created: datetime | None = None
    outlet: str | None = None
    title: str = ""
    url: str | None = None
    published: datetime | None = None
    published_precision: Precision = "unknown"
    pub_status: PubStatus = "usable"
    embargoed_until: datetime | None = None
    language: str = "fa"
    outcome: Literal["judged", "unsupported_language", "withdrawn"] = "judged"
    signature: str = ""  # digest of the normalised text: equal for verbatim copies
    publisher: Voice | None = None  # the outlet as outlets.yaml knows it
    sketch: str = ""  # of a text with news: by which near copies are known (sketch.py)
    mentions: tuple[Mention, ...] = ()
    rulebook: str = ""  # digest of the rulebook that judged it
    origin: Origin
    correction: str = ""  # the words by which the text says that it corrects an earlier version
    live: bool = False  # a page that goes on changing: what it lacks was not taken back


class Withdrawn(Mentions, frozen=True, kw_only=True, tag="withdrawal"):
    """One record of the log: the source has withdrawn the article."""


class Tick(Record, frozen=True, kw_only=True, tag_field="kind", tag="tick"):
    """One record of the log: it is now `at`. What waits for its hour goes on, even if no article comes."""

    schema_version: int = 1
    at: datetime


class Source(Record, frozen=True, kw_only=True):
    """An article that supports an event."""

    uri: str
    version: str
    outlet: str | None
    url: str | None
    title: str
    published: datetime | None
    evidence: tuple[Evidence, ...]


class Also(Record, frozen=True, kw_only=True):
    """Another current mention of the article that caused a message: what else it says now."""

    type: str
    status: Status
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Contradiction(Record, frozen=True, kw_only=True):
    """Two reports that can't both be right, each with its evidence. `by`: who denies, as printed; `numbers`: a toll of half
    or less of what another report tells."""

    kind: Literal["denied", "numbers"]
    by: str = ""
    against: Source
    report: Source


class TakenBack(Record, frozen=True, kw_only=True):
    """Who took a report (the source) or the alert (the newsroom) back. `because`: how, or in the newsroom's words."""

    by: Literal["source", "newsroom"]
    who: str = ""
    because: str


class Message(Record, frozen=True, kw_only=True):
    """An earlier message of an event, as it stands in `Alert.history`. `at`: arrival of the article that caused it."""

    id: str
    kind: Kind
    level: Level
    notify_reason: str
    line: str
    at: datetime


class Alert(Record, frozen=True, kw_only=True):
    """One message about one event: what a consumer of `alerts` gets as CloudEvents data.

    `line` begins with level, kind and status in a word each and who says it, all within 60 characters; then a verbatim
    slice, the outlet, how many independent origins, and the hours of event and report in Tehran.
    """

    schema_version: int = 1
    id: str  # digest of event id and what the message says: a redelivery gives the same id
    event: str  # digest of the mention that opened the event
    kind: Kind
    notify: bool
    line: str  # at most 140 characters
    desk: str
    desks: tuple[str, ...] = ()  # all that get it; `desk` is the first
    type: str
    status: Status
    severity: Severity
    level: Level
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    persons: tuple[str, ...]
    places: tuple[str, ...]
    first: First | None
    day: str | None
    trigger: str
    evidence: tuple[Evidence, ...]
    attribution: Attribution | None
    sources: tuple[Source, ...]
    rule: str
    rulebook: str
    why: tuple[str, ...]
    published: datetime | None
    received: datetime  # when the broker took the article that caused this message
    references: tuple[str, ...] = ()  # ids of earlier alerts of the event
    notify_reason: str = ""  # one of NOTIFY_REASONS; empty where nobody is notified
    urgency: Urgency = "unknown"
    certainty: Certainty = "unknown"
    independent: int = 0  # origins that vouch and are independent of each other
    origins: tuple[OriginRelays, ...] = ()  # whose word it rests on, and who passes it on
    url: str | None = None  # of the article that caused this message
    also: tuple[Also, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    absent: tuple[str, ...] = ()  # uris of sources whose newer version no longer tells it, without saying why
    taken_back: TakenBack | None = None  # correct, cancel: by whom
    history: tuple[Message, ...] = ()  # earlier messages, the latest last; how many at most: policy
    first_check: FirstCheck | None = None  # what the archive says of a contact's claim to be the first
    silence: Silence | None = None  # of a contact without such a claim: a long time without one before it
    archive: str = ""  # either of them in words


class Hold(Record, frozen=True, kw_only=True):
    """The decision to send nothing. `reason` is one of `reasons.HOLD_REASONS`, the same word in metrics and docs."""

    reason: str
    detail: str = ""
    uri: str = ""
    type: str = ""
