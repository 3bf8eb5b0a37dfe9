"""News told apart from plan, denial, claim and background: what a trigger's clause says became of the event.

Three kinds of evidence are weighed, each with a name that `explain` shows: the form of the governing verb, cues of the
rulebook by their scope, and the dates of the sentence. What lies furthest from fact wins (a denied claim is denied, a
claimed plan is a plan), except that a claim of a fact stays a claim.
"""

from stream.core.book import CuePhrase
from stream.core.clauses import Clause
from stream.core.cues import cues_in_scope
from stream.core.phrases import Hit
from stream.core.records import Status, Time
from stream.core.site import FILLERS, Site, Verdict
from stream.core.when import FIRST, by_dates

# Furthest from fact first.
ORDER: tuple[Status, ...] = ("called_off", "denied", "conditional", "proposed", "planned", "claimed", "happened")
VERBLESS = "no verb"
PRESUPPOSED = "presupposed"
_OPEN: frozenset[Status] = frozenset(["denied", "conditional", "proposed", "planned", "called_off"])
_OF_THE_WORDS: frozenset[Status | None] = frozenset(["conditional", "proposed", "planned"])


def decide_status(site: Site, noun_alone: str) -> Verdict:
    """Weigh a trigger's evidence."""
    clause = site.clauses[site.where[site.held[-1]]]
    verb = _governing(site, clause)
    found = cues_in_scope(site, clause, verb)
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
    if any(r == "before" and h.what.cue.id == "presupposed" for r, h in found):  # «پس از حمله گفتگو را لغو کرد»
        found = [(r, h) for r, h in found if r != "predicate" or h.what.cue.status is None]
    if adverbial and site.telling:  # «در گفت‌وگوی تلفنی با X پیشنهاد کرد»: what the clause says is not of the call
        found = [(r, hit) for r, hit in found if r in ("before", "lead", "sentence") and not hit.what.cue.silences]
    keeps = (
        site.verbal
        or (adverbial and site.telling)
        or (verb is not None and ((verb == site.last and _light(site, verb)) or _is_first(site, verb)))
    )
    caused = False  # «بر اثر حملهٔ …»: what came of it tells it
    for relation, hit in found:
        cue = hit.what.cue
        why.append(f"{relation}: {cue.id} «{hit.what.phrase}»")
        if cue.silences:
            verdict.silenced = cue.id
        if cue.id == "about" and _of_fact(site, verb):
            verdict.presupposed = True  # «دربارهٔ حمله گفت»: taken for granted
        elif cue.status is not None and not (cue.id == "aim" and site.verbal):
            ahead = cue.id == "aim" and (_sets_out(site, clause, verb) or any(_plans(h) for _, h in found))
            statuses.add("planned" if ahead else cue.status)
        if cue.time is not None and not (site.result and relation == "before"):
            time = cue.time
        if cue.attribution is not None and verdict.attribution is None:
            verdict.attribution = hit
        if relation == "before" and cue.keeps:
            caused = True
        if relation == "predicate" and (cue.keeps or cue.status is not None):
            keeps = True
    governed = any(relation in ("predicate", "before") and hit.what.cue.status for relation, hit in found)
    if _by_means(site, verb):
        caused = True
        why.append("means: «با»")
    if caused:
        if verb is not None and _future(site, verb):
            statuses.add("planned")
    elif verb is not None and not (adverbial and site.telling and not _future(site, verb)):
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
    if not (site.verbal or site.uttered) and (word := _offered(site)):
        statuses.add("proposed" if site.named == "proposed" or word != "احتمالی" else "conditional")
        why.append(f"after: «{word}»")
    if verb is None and not site.verbal:
        why.append(VERBLESS)
        last = site.tokens[site.held[-1]].form
        if last is not None and last.negative:
            statuses.add("denied")
    talked_of = verdict.presupposed and site.named == "proposed"  # a date there dates the talk, not the deal
    verdict.time, ahead = by_dates(site, clause, verdict, time, why, statuses)
    verdict.presupposed = verdict.presupposed or talked_of
    if ahead and not site.uttered and not statuses - {"claimed"} and _may_lie_ahead(site, verb):
        statuses.add("planned")
    dated = any(w.startswith("date") for w in why) or _fresh(site, clause)
    if clause.kind == "relative" and not site.flash and not dated and not statuses - {"claimed"}:
        verdict.time = "background"
        why.append("relative clause")
    if not site.flash and not dated and not statuses - {"claimed"} and _when(site, clause):
        verdict.time = "background"
        why.append("subordinate clause of time")
    now = verb is not None and (form := site.tokens[verb].form) is not None and form.tense == "present"
    if site.deep and not (site.uttered or dated or now or statuses - {"claimed"}) and verdict.time == "current":
        verdict.time = "background"
        why.append("deep in the article, undated")
    if verdict.presupposed:
        why.append(PRESUPPOSED + ": the clause tells something else of it")
        talked = (
            site.named == "proposed"
            and verb is not None
            and _may_lie_ahead(site, verb)
            and not any(r == "before" for r, _ in found)
        )
        if talked and not dated and not statuses - {"claimed"}:
            statuses.add("proposed")  # «توافق با … دشوار است»: talked about, not told
        else:
            verdict.time = "background"
    if site.accuses and not statuses:
        statuses.add("claimed")
        why.append("an accusation")
    verdict.status = next((s for s in ORDER if s in statuses), "happened")
    if verdict.status in _OPEN and verdict.time == "background" and not any(w.startswith("date: past") for w in why):
        verdict.time = "current"  # what is planned, asked for or refused is still so, unless a date says that it was
    return verdict


_INTRO = frozenset(
    "تصاویر تصویر ویدیو ویدیوی ویدیویی ویدئو فیلم فیلمی لحظه تداوم پایان خبر گزارش فوری از اولیه دومین سومین چندین چند موج "
    "سلسله رشته وقوع شدیدترین بزرگترین الان اکنون هم همین امروز دیشب امشب بامداد صبح ظهر عصر شب سحرگاه دقایقی ساعاتی لحظاتی "
    "پیش مربوط منتسب ثبت جزییات ماهواره و انفجار دو سه چهار پنج شش هفت هشت نه ده تایید نشده متعدد زیاد".split()
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
        if (norm not in _INTRO and norm not in FILLERS) or norm in ("در", "مورد", "خصوص"):
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


_COUNTED = frozenset(["محسوب", "شمار", "تلقی", "قلمداد"])


def _is_first(site: Site, verb: int) -> bool:
    """«این نخستین دیدار … است», «… محسوب می‌شود»: the copula tells that it took place."""
    form = site.tokens[verb].form
    before = {site.tokens[i].norm for i in range(max(0, site.first - 1), site.first)}
    counted = site.tokens[verb - 1].norm in _COUNTED
    return bool(before & FIRST) and form is not None and (form.lemma == "بودن" or counted or form.lemma == "باشیدن")


_DURING = frozenset(["در", "طی", "ضمن"])


def _adverbial(site: Site) -> bool:
    """«در دیدار …»: the noun only says on what occasion."""
    before = site.tokens[site.first - 1].norm if site.first else ""
    if before in ("یک", "این", "جریان") and site.first > 1:
        before = site.tokens[site.first - 2].norm
    along = before == "با" and site.first > 1 and site.tokens[site.first - 2].norm in ("همزمان", "زمان")
    return not site.verbal and (before in _DURING or along)


_BESIDE = frozenset(
    "همزمان زمان رابطه ارتباط مخالف مخالفت مقابله برخورد مواجه موافق موافقت مرتبط همراه رویارویی اشنا تقابل توافق گفتگو مذاکره دیدار تماس مقایسه تضاد مغایر مبارزه".split()
)


def _by_means(site: Site, verb: int | None) -> bool:
    """«با بستن تنگه … را گروگان گرفت»: done, since something was done by it."""
    if site.verbal or verb is None or site.first < 1 or site.tokens[site.first - 1].norm != "با":
        return False
    if any(token.norm in _BESIDE for token in site.tokens[max(0, site.first - 4) : site.first - 1]):
        return False
    form = site.tokens[verb].form
    return form is not None and form.tense in ("past", "perfect") and not form.negative and form.lemma != "بودن"


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


def _by_verb(
    site: Site, verb: int, why: list[str], statuses: set[Status], *, keeps: bool, governed: bool
) -> set[Status]:
    """What the verb's form says of an event that it tells."""
    form = site.tokens[verb].form
    if form is None or not keeps or governed:
        return set()
    if _until(site) and form.negative:
        why.append("until")
        return {"proposed"}
    if _neither(site) and not form.negative:
        why.append("neither … nor")
        return {"denied"}
    if form.negative and not (site.verbal and site.negative):
        why.append("verb: negated")
        return {"denied"}
    if form.tense == "future":
        why.append("verb: future")
        return {"planned"}
    managed = _managed(site, verb)
    if managed is not None:
        why.append("verb: managed to" if managed else "verb: could not")
        return set() if managed else {"called_off"}
    if form.tense in ("subjunctive", "imperative") and not statuses - {"claimed"}:
        why.append("verb: subjunctive")
        return {"proposed"}
    if form.tense == "present" and site.present == "planned" and not _going_on(site, verb):
        why.append("verb: present")
        return {"planned"}
    return set()


_GOING = frozenset(["عازم", "راهی", "سفر", "وارد", "اعزام"])


def _sets_out(site: Site, clause: Clause, verb: int | None) -> bool:
    """«برای مذاکره عازم … شد», «برای امضای … خواهد رفت»: under way to what lies ahead."""
    words = {site.tokens[i].norm for i in clause.tokens}
    return (verb is not None and _future(site, verb)) or bool(words & _GOING)


def _offered(site: Site) -> str | None:
    """«توافق احتمالی», «قطعنامهٔ پیشنهادی»."""
    near = [token.norm for token in site.tokens[site.first : site.held[-1] + 3]]
    draft = "پیش‌نویس" if near[:2] == ["پیش", "نویس"] else None
    return next((norm for norm in near if norm in ("احتمالی", "پیشنهادی")), draft)


def _of_fact(site: Site, verb: int | None) -> bool:
    """What is spoken about has been, unless it is of a kind that is talked about before it is."""
    form = site.tokens[verb].form if verb is not None else None
    return site.named == "happened" and (form is None or form.tense in ("past", "perfect", "pluperfect"))


def _plans(hit: Hit[CuePhrase]) -> bool:
    return hit.what.cue.status == "planned"


def _until(site: Site) -> bool:
    """«تا زمانی که تحریم‌ها برداشته نشود»: a demand."""
    words = [token.norm for token in site.tokens[: site.first]]
    return any(words[i] == "تا" and words[i + 1] in ("زمان", "وقت", "هنگام") for i in range(len(words) - 1))


def _neither(site: Site) -> bool:
    """«نه تحریمی لغو خواهد شد»."""
    return any(token.norm == "نه" for token in site.tokens[max(0, site.first - 2) : site.first])


def _managed(site: Site, verb: int) -> bool | None:
    """«توانست … کند» happened, «نتوانست» did not; None without such a verb."""
    for i in range(verb - 1, max(-1, verb - 20), -1):
        form = site.tokens[i].form
        if form is not None and form.finite:
            if form.lemma == "توانستن" and form.tense in ("past", "perfect"):
                return not form.negative
            return None
    return None


_LATELY = frozenset(["روز", "ساعت", "ساعات", "شب", "هفته", "دقایق"])
_NOW = frozenset(["اکنون", "همچنان", "کماکان", "اخیرا", "تازگی"])


def _fresh(site: Site, clause: Clause) -> bool:
    """«در روزهای اخیر», «همچنان»: now, without a date."""
    for i in clause.tokens:
        norm = site.tokens[i].norm
        if norm in _NOW or (norm == "اخیر" and i and site.tokens[i - 1].norm in _LATELY):
            return True
    return False


_WHEN = frozenset(["زمان", "هنگام"])


def _when(site: Site, clause: Clause) -> bool:
    """«وقتی … رخ داد», «پس از اینکه …»: the clause only says when something else was."""
    start = clause.tokens[0]
    words = [token.norm for token in site.tokens[max(0, start - 4) : start + 3]]
    after = any(
        words[i] in ("پس", "بعد", "قبل", "پیش")
        and words[i + 1] == "از"
        and words[i + 2] in ("این", "ان", "اینکه", "انکه")
        for i in range(len(words) - 2)
    )
    begins = words[-5:]
    return after or any(
        word == "وقت" or (word in _WHEN and "که" in begins[i + 1 : i + 2]) for i, word in enumerate(begins)
    )


_BY_SAYING = frozenset(["اعلام", "صادر", "امضا", "امضاء"])  # «اعلام می‌کنم»: said is done
_ON = frozenset(["ادامه", "ادمه", "جریان", "حال"])


def _going_on(site: Site, verb: int) -> bool:
    """«ادامه دارد», «در حال … است», a mere «است»."""
    form = site.tokens[verb].form
    near = {token.norm for token in site.tokens[max(0, verb - 3) : verb]}
    if near & _COUNTED and site.tokens[verb - 1].norm in _COUNTED:
        return True  # «… محسوب می‌شود»
    if form is not None and form.person == "1s" and near & _BY_SAYING:
        return True
    return bool(near & _ON) or (form is not None and form.lemma in ("بودن", "داشتن"))


def _may_lie_ahead(site: Site, verb: int | None) -> bool:
    """A present («دیدار می‌کند») or no verb at all can tell what is still to come; a past can not."""
    form = site.tokens[verb].form if verb is not None else None
    return form is None or form.tense in ("present", "subjunctive", "infinitive", "participle")
