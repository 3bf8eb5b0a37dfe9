"""Which cues count for a trigger, and by what relation: right before it, its predicate, the verb above, its clause …"""

from itertools import pairwise

from stream.core.book import CuePhrase
from stream.core.clauses import Clause, speech
from stream.core.phrases import Hit
from stream.core.rules import Cue
from stream.core.site import FILLERS, Site


def cues_in_scope(site: Site, clause: Clause, verb: int | None) -> list[tuple[str, Hit[CuePhrase]]]:
    """Cues in scope, with the relation by which they count; of overlapping ones with one relation the longest."""
    held = set(site.held)
    above = clauses_above(site, clause)
    out: list[tuple[str, Hit[CuePhrase]]] = []
    negated: list[tuple[str, Hit[CuePhrase]]] = []
    for hit in site.cues:
        if held.intersection(hit.held):
            continue
        cue = hit.what.cue
        relation = _relation(site, clause, verb, above, hit, cue)
        if relation is None:
            continue
        if relation in ("clause", "matrix") and _named_only(site, hit):
            continue
        if _form_fits(site, hit):
            out.append((relation, hit))
        elif relation == "predicate" and cue.keeps:  # «… برگزار نشد»: what is told is that it was not
            negated.append((relation, hit))
    longest = [
        (relation, hit)
        for relation, hit in out
        if not any(other is not hit and set(hit.held) < set(other.held) for _, other in out)
    ]
    taken = {i for _, hit in longest for i in hit.held}
    longest += [(relation, hit) for relation, hit in negated if not taken.intersection(hit.held)]
    return longest + [("lead", hit) for hit in site.carried]


_THAT = frozenset(
    ["حمله", "حملات", "دیدار", "سفر", "نشست", "توافق", "تماس", "گفتگو", "پیام", "رویداد", "حادثه", "تصمیم"]
)


def _before_that(site: Site, hit: Hit[CuePhrase]) -> bool:
    """«یک روز پیش از این حملات»: before something told, not «earlier»."""
    following = site.tokens[hit.last].norm if hit.last < len(site.tokens) else ""
    return hit.what.phrase == "پیش از این" and following in _THAT


def _relation(
    site: Site, clause: Clause, verb: int | None, above: set[int], hit: Hit[CuePhrase], cue: Cue
) -> str | None:
    if _before_that(site, hit):
        return None
    number = site.where[hit.held[-1]]
    if "before" in cue.scope and hit.last <= site.first and right_before(site, hit.last):
        return "before"
    governs = verb is not None and not site.verbal and verb in hit.held
    if (
        "predicate" in cue.scope
        and governs
        and _linked(site, hit)
        and (not cue.id.endswith("_existence") or _meets(site, hit))
    ):
        return "predicate"
    if "clause" in cue.scope and number == clause.number and _encloses(site, hit):
        return "clause"
    if cue.attribution is not None and number == clause.before and _shares_subject(site, clause, hit):
        return "clause"  # «منابع عربی … را رد کرده و … گزارش می‌دهند»
    if "matrix" in cue.scope and number in above:
        return "matrix"
    if "lead" in cue.scope and _in_lead(site, clause, number):
        return "lead"
    if "sentence" in cue.scope and not (cue.id == "if" and _free_of(site, clause, verb, hit)):
        return "sentence"
    return None


def _shares_subject(site: Site, clause: Clause, hit: Hit[CuePhrase]) -> bool:
    """Whether a clause goes on after «و» with the subject that opens the clause before it."""
    before = site.clauses[site.where[hit.held[-1]]].tokens
    return site.tokens[clause.tokens[0]].norm == "و" and hit.first - before[0] <= 1


def _linked(site: Site, hit: Hit[CuePhrase]) -> bool:
    """«به … ادامه داد», «از … خبر داد»: the noun has to stand right after the first piece."""
    if hit.last - hit.first == len(hit.held):
        return True
    size = next(n for n, (a, b) in enumerate(pairwise((*hit.held, -9)), start=1) if b != a + 1)
    between = site.tokens[hit.first + size : site.first]
    if not hit.first < site.first < hit.last:
        return False
    return len(between) <= 2 or all(t.norm in FILLERS for t in between) or _listed(site, hit.first + size)


_HAPPENING = frozenset(["شنیده", "شدن", "شنیدن", "صدای", "صدا", "وقوع", "اصابت", "انجام", "چند", "چندین", "دو", "سه"])


def _listed(site: Site, start: int) -> bool:
    """«از … و شنیده شدنِ صدای … خبر داد»: the second of two things told, after «و»."""
    i = site.first - 1
    while i > start and (site.tokens[i].norm in _HAPPENING or site.tokens[i].norm in FILLERS):
        i -= 1
    return i >= start and site.tokens[i].norm == "و"


def _free_of(site: Site, clause: Clause, verb: int | None, hit: Hit[CuePhrase]) -> bool:
    """Whether a clause does not hang on the condition that stands in its sentence."""
    number = site.where[hit.held[-1]]
    if _told_before(site, verb, hit) or not _frames(site, site.clauses[number]) <= _frames(site, clause):
        return True
    form = site.tokens[verb].form if verb is not None else None
    told = form is not None and form.tense in ("past", "perfect", "pluperfect")
    return told and clause.kind == "relative" and number != clause.number


def _frames(site: Site, clause: Clause) -> set[int]:
    """Clauses in whose words this one stands: «X که … امضا خواهد کرد گفت اگر …» tells the first, X's words are the second."""
    out: set[int] = set()
    at = clause
    while at.above is not None:
        above = site.clauses[at.above]
        if at.kind in ("told", "speech") or (at.kind == "main" and speech(site.tokens, above.verb)):
            out.add(at.above)
        at = above
    return out


def _told_before(site: Site, verb: int | None, hit: Hit[CuePhrase]) -> bool:
    """«… حمله کرد و گفت اگر …»: what was told before the condition does not hang on it."""
    form = site.tokens[verb].form if verb is not None else None
    return verb is not None and hit.first > verb and form is not None and form.tense in ("past", "perfect")


def _meets(site: Site, hit: Hit[CuePhrase]) -> bool:
    """«مذاکره‌ای در کار نیست»: what is not there stands right before; «با آنها آمادهٔ مذاکره با … نیست» is another matter."""
    between = site.tokens[site.last : hit.first]
    if between and between[-1].norm in _SMALL:
        return False
    return len(between) <= _NEAR and not any(token.norm == "،" for token in between)


_NEAR = 6
# «کم نیست», «زمان … مشخص نیست» deny nothing
_SMALL = frozenset(["کم", "بعید", "منتفی", "اندک", "دور", "غیرممکن", "محال", "ناممکن", "مشخص", "معلوم", "روشن"])


def _encloses(site: Site, hit: Hit[CuePhrase]) -> bool:
    """A cue in two pieces («خواستار … شد») is about what stands between them."""
    gapped = hit.last - hit.first > len(hit.held)
    return not gapped or site.verbal or hit.first < site.first < hit.last


def right_before(site: Site, last: int) -> bool:
    between = [token.norm for token in site.tokens[last : site.first]]
    if len(between) == 2 and between[1] in ("و", "یا"):
        return True  # «مستلزم دسترسی و بازرسی …»
    if between and between[0] in _DETAILS:
        between = [norm for norm in between if norm not in _DETAILS and norm != "و"]  # «بر سر میزان و زمان …»
    return len(between) <= 3 and all(norm in FILLERS for norm in between)


_DETAILS = frozenset(
    ["میزان", "اندازه", "جزییات", "نحوه", "چگونگی", "زمان", "زمانبندی", "شرایط", "مفاد", "محتوای", "شیوه"]
)


def clauses_above(site: Site, clause: Clause) -> set[int]:
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


def _named_only(site: Site, hit: Hit[CuePhrase]) -> bool:
    """«خبر نزدیک شدن …»: the cue's verb is a noun here, and governs no clause."""
    if hit.what.negative is None:
        return False
    form = next((site.tokens[i].form for i in reversed(hit.held) if site.tokens[i].form is not None), None)
    return form is not None and form.tense == "infinitive" and not site.tokens[hit.held[-1]].verb


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
