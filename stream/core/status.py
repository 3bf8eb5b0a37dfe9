"""News told apart from plan, denial, claim and background: what a trigger's clause says became of the event.

Three kinds of evidence are weighed, each with a name that `explain` shows: the form of the governing verb, cues of the
rulebook by their scope, and the dates of the sentence. What lies furthest from fact wins (a denied claim is denied, a
claimed plan is a plan), except that a claim of a fact stays a claim.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import msgspec

from stream.core.book import CuePhrase
from stream.core.clauses import Clause
from stream.core.date_spans import DateSpan
from stream.core.normalise import Token
from stream.core.phrases import Hit
from stream.core.records import Status, Time
from stream.core.rules import Cue

# Furthest from fact first.
ORDER: tuple[Status, ...] = ("called_off", "denied", "conditional", "proposed", "planned", "claimed", "happened")
VERBLESS = "no verb"
RECENT = timedelta(days=3)
_FILLERS = frozenset(
    [
        "هرگونه",
        "هر",
        "شرکت",
        "حضور",
        "در",
        "مورد",
        "خصوص",
        "افزایش",
        "گسترش",
        "تشدید",
        "توسعه",
        "زمان",
        "گونه",
        "یک",
        "این",
        "ان",
        "انجام",
        "برگزاری",
        "وقوع",
        "برقراری",
        "اعلام",
        "جدید",
        "تازه",
        "دوباره",
        "مجدد",
        "احتمالی",
        "ادامه",
        "اجرا",
        "فوری",
        "کامل",
        "موقت",
        "دور",
        "نخستین",
        "اولین",
        "اعمال",
        "وضع",
        "شروع",
        "اغاز",
    ]
)


_OF_THE_WORDS: frozenset[Status | None] = frozenset(["conditional", "proposed", "planned"])


class Site(msgspec.Struct):
    """Where a trigger stands: all indexes count tokens of the sentence."""

    tokens: Sequence[Token]
    clauses: Sequence[Clause]
    where: Sequence[int]
    first: int
    last: int
    held: tuple[int, ...]
    verbal: bool
    cues: Sequence[Hit[CuePhrase]]
    dates: Sequence[DateSpan]
    published: date | None
    flash: bool  # the title, or a text of few sentences
    result: bool = False  # the sentence tells a result of the event
    present: Status = "planned"  # what a verbal trigger in the present tells
    telling: bool = False  # the noun tells the event even as an occasion
    deaf_to: Sequence[str] = ()  # ids of cues that do not count for this rule
    negative: bool = False  # the trigger is itself written with a negative verb («صحت ندارد»)
    uttered: bool = False  # saying it is the event: a condition or the future takes nothing from it
    carried: Sequence[Hit[CuePhrase]] = ()  # cues of the line above that tells whose words these are


class Verdict(msgspec.Struct):
    """What the clause says. `silenced`: the name of a cue that makes it no event; `why`: the names of all evidence."""

    status: Status
    time: Time
    why: list[str]
    verb: int | None
    clause: Clause
    silenced: str | None = None
    attribution: Hit[CuePhrase] | None = None
    day: date | None = None
    presupposed: bool = False
    occasion: bool = False  # the noun only tells on what occasion («در حملهٔ …»)


def decide_status(site: Site, noun_alone: str) -> Verdict:
    """Weigh a trigger's evidence."""
    clause = site.clauses[site.where[site.held[-1]]]
    verb = _governing(site, clause)
    found = _cues(site, clause, verb)
    if site.deaf_to:
        found = [(r, hit) for r, hit in found if hit.what.cue.id not in site.deaf_to]
    if site.uttered:
        found = [(r, hit) for r, hit in found if r == "before" or hit.what.cue.status not in _OF_THE_WORDS]
    why: list[str] = []
    statuses: set[Status] = set()
    if _asked(site):
        statuses.add("conditional")
        why.append("question")
    time: Time = "current"
    verdict = Verdict("happened", "current", why, verb, clause)
    adverbial = _adverbial(site)
    verdict.occasion = adverbial or any(r == "before" and h.what.cue.id == "presupposed" for r, h in found)
    if adverbial and site.telling:  # «در گفت‌وگوی تلفنی با X پیشنهاد کرد»: what the clause says is not of the call
        found = [(r, hit) for r, hit in found if r in ("before", "lead", "sentence") and not hit.what.cue.silences]
    keeps = (
        site.verbal
        or (adverbial and site.telling)
        or (verb is not None and ((verb == site.last and _light(site, verb)) or _is_first(site, verb)))
    )
    for relation, hit in found:
        cue = hit.what.cue
        why.append(f"{relation}: {cue.id} «{hit.what.phrase}»")
        if cue.silences:
            verdict.silenced = cue.id
        if cue.status is not None:
            statuses.add(cue.status)
        if cue.time is not None and not (site.result and relation == "before"):
            time = cue.time
        if cue.attribution is not None and verdict.attribution is None:
            verdict.attribution = hit
        if relation == "predicate" and (cue.keeps or cue.status is not None):
            keeps = True
    governed = any(relation in ("predicate", "before") and hit.what.cue.status for relation, hit in found)
    if verb is not None and not (adverbial and site.telling and not _future(site, verb)):
        told = _by_verb(site, verb, why, statuses, keeps=keeps, governed=governed)
        statuses |= told - _OF_THE_WORDS if site.uttered else told
        form = site.tokens[verb].form
        if form is not None and form.tense == "pluperfect":
            time = "background"
            why.append("verb: pluperfect")
        if not keeps and not governed and not statuses - {"claimed"}:
            if form is not None and form.tense == "future":
                statuses.add("planned")  # «حملات … شامل … خواهد بود»
                why.append("verb: future")
            elif not site.result:
                verdict.presupposed = True
    elif (
        not keeps
        and not site.result
        and not statuses - {"claimed"}
        and not (noun_alone == "happened" and _heads(site, clause))
    ):
        verdict.presupposed = True
    if verb is None and not site.verbal:
        why.append(VERBLESS)
        last = site.tokens[site.held[-1]].form
        if last is not None and last.negative:
            statuses.add("denied")
    verdict.time, ahead = _by_dates(site, clause, verdict, time, why, statuses)
    if ahead and not site.uttered and not statuses - {"claimed"} and _may_lie_ahead(site, verb):
        statuses.add("planned")
    dated = any(w.startswith("date") for w in why)
    if clause.kind == "relative" and not site.flash and not dated and not statuses - {"claimed"}:
        verdict.time = "background"
        why.append("relative clause")
    if verdict.presupposed:
        verdict.time = "background"
        why.append("presupposed: the clause tells something else of it")
    verdict.status = next((s for s in ORDER if s in statuses), "happened")
    return verdict


_INTRO = frozenset(
    "تصاویر تصویر ویدیو ویدیوی ویدیویی ویدئو فیلم فیلمی لحظه تداوم پایان خبر گزارش فوری از اولیه دومین سومین چندین چند موج "
    "سلسله رشته وقوع شدیدترین بزرگترین الان اکنون هم همین امروز دیشب امشب بامداد صبح ظهر عصر شب سحرگاه دقایقی ساعاتی لحظاتی "
    "پیش مربوط منتسب ثبت جزییات ماهواره و انفجار".split()
)


def _heads(site: Site, clause: Clause) -> bool:
    """Whether the noun heads its verbless clause («حملهٔ … به …») or only stands in it («روایتی از حملهٔ …»)."""
    before = [i for i in clause.tokens if i < site.first]
    for i in reversed(before[-4:]):
        norm = site.tokens[i].norm
        if not norm[0].isalpha():
            return True  # a mark or a number
        if norm == "به" and i and site.tokens[i - 1].norm in ("مربوط", "منتسب"):
            continue
        if (norm not in _INTRO and norm not in _FILLERS) or norm in ("در", "مورد", "خصوص"):
            return False
    return True


_ASKS_MORE = frozenset(["چرا", "چه", "چگونه", "چیست", "کجا", "کدام", "کی", "چقدر", "چطور"])


def _asked(site: Site) -> bool:
    """«… احضار کرد؟» asks whether; «چرا … احضار کرد؟» takes it for granted."""
    ends = next((t.norm for t in reversed(site.tokens) if t.norm not in _CLOSING), "")
    return ends in ("؟", "?") and not any(t.norm in _ASKS_MORE for t in site.tokens)


_CLOSING = frozenset(["»", '"', ")", "”", "!"])
_LIGHT = frozenset(["کردن", "شدن", "دادن", "گرفتن", "زدن", "داشتن", "یافتن", "بستن", "خوردن", "بردن", "اوردن"])


def _light(site: Site, verb: int) -> bool:
    """A verb that only carries its noun («حمله کرد»), not one with a meaning of its own («از مذاکرات گفت»)."""
    form = site.tokens[verb].form
    return form is not None and form.lemma in _LIGHT


_FIRST = frozenset(["نخستین", "اولین"])


def _is_first(site: Site, verb: int) -> bool:
    """«این نخستین دیدار … است», «… محسوب می‌شود»: the copula tells that it took place."""
    form = site.tokens[verb].form
    before = {site.tokens[i].norm for i in range(max(0, site.first - 1), site.first)}
    counted = site.tokens[verb - 1].norm in ("محسوب", "شمار", "تلقی", "قلمداد")
    return bool(before & _FIRST) and form is not None and (form.lemma == "بودن" or counted or form.lemma == "باشیدن")


_DURING = frozenset(["در", "طی", "ضمن"])


def _adverbial(site: Site) -> bool:
    """«در دیدار …»: the noun only says on what occasion."""
    before = site.tokens[site.first - 1].norm if site.first else ""
    if before in ("یک", "این", "جریان") and site.first > 1:
        before = site.tokens[site.first - 2].norm
    along = before == "با" and site.first > 1 and site.tokens[site.first - 2].norm in ("همزمان", "زمان")
    return not site.verbal and (before in _DURING or along)


def _future(site: Site, verb: int) -> bool:
    form = site.tokens[verb].form
    return form is not None and form.tense == "future"


def _governing(site: Site, clause: Clause) -> int | None:
    """The verb that tells what became of the event: the trigger's own, else the clause's after it."""
    if site.verbal:
        return next((i for i in reversed(site.held) if site.tokens[i].form is not None), clause.verb)
    if clause.verb is not None and clause.verb >= site.last:
        return clause.verb
    return None


def _cues(site: Site, clause: Clause, verb: int | None) -> list[tuple[str, Hit[CuePhrase]]]:
    """Cues in scope, with the relation by which they count; of overlapping ones with one relation the longest."""
    held = set(site.held)
    above = _above(site, clause)
    out: list[tuple[str, Hit[CuePhrase]]] = []
    for hit in site.cues:
        if held.intersection(hit.held):
            continue
        cue = hit.what.cue
        relation = _relation(site, clause, verb, above, hit, cue)
        if relation is None:
            continue
        if not _form_fits(site, hit):
            continue
        out.append((relation, hit))
    longest: list[tuple[str, Hit[CuePhrase]]] = []
    for relation, hit in out:
        if not any(other is not hit and set(hit.held) < set(other.held) for _, other in out):
            longest.append((relation, hit))
    return longest + [("lead", hit) for hit in site.carried]


def _relation(
    site: Site, clause: Clause, verb: int | None, above: set[int], hit: Hit[CuePhrase], cue: Cue
) -> str | None:
    number = site.where[hit.held[-1]]
    if "before" in cue.scope and hit.last <= site.first and _right_before(site, hit.last):
        return "before"
    governs = verb is not None and not site.verbal and verb in hit.held
    if "predicate" in cue.scope and governs and _linked(site, hit):
        return "predicate"
    if "clause" in cue.scope and number == clause.number and _encloses(site, hit):
        return "clause"
    if "matrix" in cue.scope and number in above:
        return "matrix"
    if "lead" in cue.scope and _in_lead(site, clause, number):
        return "lead"
    if "sentence" in cue.scope:
        return "sentence"
    return None


def _linked(site: Site, hit: Hit[CuePhrase]) -> bool:
    """«به … ادامه داد», «از … خبر داد»: the noun has to stand right after the first piece."""
    if hit.last - hit.first == len(hit.held):
        return True
    size = next(n for n, (a, b) in enumerate(pairwise((*hit.held, -9)), start=1) if b != a + 1)
    between = site.tokens[hit.first + size : site.first]
    return hit.first < site.first < hit.last and (len(between) <= 2 or all(t.norm in _FILLERS for t in between))


def _encloses(site: Site, hit: Hit[CuePhrase]) -> bool:
    """A cue in two pieces («خواستار … شد») is about what stands between them."""
    gapped = hit.last - hit.first > len(hit.held)
    return not gapped or site.verbal or hit.first < site.first < hit.last


def _right_before(site: Site, last: int) -> bool:
    between = site.tokens[last : site.first]
    return len(between) <= 3 and all(token.norm in _FILLERS for token in between)


def _above(site: Site, clause: Clause) -> set[int]:
    """Clauses whose verb governs this one: those it is told by, and before a subjunctive the one before it."""
    out: set[int] = set()
    at: Clause | None = clause
    while at is not None:
        verb = at.verb
        form = site.tokens[verb].form if verb is not None else None
        if at.before is not None and form is not None and form.tense == "subjunctive":
            out.add(at.before)
        following = at.above
        if following is None or following in out:
            break
        if at.kind in ("told", "speech") or form is None or form.tense == "subjunctive":
            out.add(following)
        at = site.clauses[following]
    return out


def _in_lead(site: Site, clause: Clause, number: int) -> bool:
    at: Clause | None = clause
    while at is not None:
        if at.kind == "speech" and at.above is not None:
            return number == at.above
        at = site.clauses[at.above] if at.above is not None else None
        if at is None:
            break
    return number == 0 and site.clauses[0].number != clause.number and clause.kind == "speech"


def _form_fits(site: Site, hit: Hit[CuePhrase]) -> bool:
    """Whether a cue's verb stands in the polarity and tense that the cue is written in."""
    if hit.what.negative is None:
        return True
    form = next((site.tokens[i].form for i in reversed(hit.held) if site.tokens[i].form is not None), None)
    if form is None:
        return True
    if hit.what.present and form.tense in ("past", "pluperfect", "habitual"):
        return False
    return form.negative == hit.what.negative


def _by_verb(
    site: Site, verb: int, why: list[str], statuses: set[Status], *, keeps: bool, governed: bool
) -> set[Status]:
    """What the verb's form says of an event that it tells."""
    form = site.tokens[verb].form
    if form is None or not keeps or governed:
        return set()
    if form.negative and not (site.verbal and site.negative):
        why.append("verb: negated")
        return {"denied"}
    if form.tense == "future":
        why.append("verb: future")
        return {"planned"}
    managed = _managed(site, verb)
    if managed is not None:
        why.append("verb: managed to" if managed else "verb: could not")
        return set() if managed else {"denied"}
    if form.tense in ("subjunctive", "imperative") and not statuses - {"claimed"}:
        why.append("verb: subjunctive")
        return {"proposed"}
    if form.tense == "present" and site.present == "planned" and not _going_on(site, verb):
        why.append("verb: present")
        return {"planned"}
    return set()


def _managed(site: Site, verb: int) -> bool | None:
    """«توانست … کند» happened, «نتوانست» did not; None without such a verb."""
    for i in range(verb - 1, max(-1, verb - 20), -1):
        form = site.tokens[i].form
        if form is not None and form.finite:
            if form.lemma == "توانستن" and form.tense in ("past", "perfect"):
                return not form.negative
            return None
    return None


_BY_SAYING = frozenset(["اعلام", "صادر", "امضا", "امضاء"])  # «اعلام می‌کنم»: said is done
_ON = frozenset(["ادامه", "ادمه", "جریان", "حال"])


def _going_on(site: Site, verb: int) -> bool:
    """«ادامه دارد», «در حال … است», a mere «است»."""
    form = site.tokens[verb].form
    near = {token.norm for token in site.tokens[max(0, verb - 3) : verb]}
    if form is not None and form.person == "1s" and near & _BY_SAYING:
        return True
    return bool(near & _ON) or (form is not None and form.lemma in ("بودن", "داشتن"))


def _may_lie_ahead(site: Site, verb: int | None) -> bool:
    """A present («دیدار می‌کند») or no verb at all can tell what is still to come; a past can not."""
    form = site.tokens[verb].form if verb is not None else None
    return form is None or form.tense in ("present", "subjunctive", "infinitive", "participle")


_BESIDE = 3  # tokens between a noun and the date that is its own
_LONG = frozenset(["month", "season", "year", "decade"])


def _counted_from(site: Site, first: int) -> bool:
    """A date inside «از زمان آغاز جنگ در …» dates what is counted from, not the event."""
    for i in range(first - 1, max(-1, first - 8), -1):
        norm = site.tokens[i].norm
        if site.tokens[i].verb or norm in ("،", "؛", ":"):
            return False
        if norm == "از" and i and site.tokens[i - 1].norm in ("پس", "بعد", "پیش", "قبل"):
            return True
        following = site.tokens[i + 1].norm
        if norm == "از" and following in ("زمان", "هنگام", "اغاز", "ابتدای", "ابتدا"):
            return True
        if norm == "از" and following == "سال":
            return any(token.norm in _FIRST for token in site.tokens[:i])
    return False


def _by_dates(
    site: Site, clause: Clause, verdict: Verdict, time: Time, why: list[str], statuses: set[Status]
) -> tuple[Time, bool]:
    """Current or background by the dates of the clause, else of the sentence before the trigger."""
    mine = [d for d in site.dates if site.where[min(d.first, len(site.where) - 1)] == clause.number]
    if not mine:
        mine = [d for d in site.dates if d.first < site.first and clause.kind != "relative"][-1:]
    today = site.published
    ahead = False
    plan = bool(statuses & {"planned", "proposed", "conditional"})
    verb = site.tokens[verdict.verb].form if verdict.verb is not None else None
    coming = plan or (verb is not None and verb.tense in ("present", "future", "subjunctive"))
    told: Time | None = None
    for span in mine:
        start, end = span.start, span.end
        if coming and span.start_if_future is not None and not (start is not None and start == today):
            start, end = span.start_if_future, span.end_if_future
        if _counted_from(site, span.first):
            continue
        if start is None or end is None:
            if span.future is False and span.precision in _LONG and told is None:
                told = "background"  # «سال گذشته», whatever the day of publication
                why.append("date: past " + span.precision)
            continue
        if verdict.day is None and span.precision in ("minute", "hour", "part_of_day", "day") and start == end:
            verdict.day = start
        if today is None:
            continue
        if end < today - RECENT:
            told = "background"
            why.append(f"date: {end.isoformat()}")
        elif start > today:
            ahead = True
            told = "current"
            why.append(f"date ahead: {start.isoformat()}")
        elif start >= today - RECENT and told is None:
            if min(abs(span.first - site.last), abs(site.first - span.last)) <= _BESIDE:
                verdict.presupposed = False  # «حملات شب گذشته …»: news, whatever the clause says of it
            told = "current"
            why.append(f"date: {start.isoformat()}")
    anniversary = any("anniversary" in reason for reason in why)
    if told is not None and not (anniversary and told == "current"):
        time = told
    return time, ahead


__all__ = ["ORDER", "RECENT", "Site", "Verdict", "decide_status"]
