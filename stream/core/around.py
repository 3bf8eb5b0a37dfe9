"""What stands around a trigger, asked one small question at a time; `status` weighs the answers.

Each function reads tokens of one sentence and answers yes, no or a word; none of them decides anything by itself.
"""

from itertools import pairwise

from stream.core.book import CuePhrase
from stream.core.clauses import Clause
from stream.core.phrases import Hit
from stream.core.records import Status
from stream.core.site import FILLERS, Site
from stream.core.when import FIRST

_INTRO = frozenset(
    "تصاویر تصاویری تصویر تصویری ویدیو ویدیوی ویدیویی ویدئو فیلم فیلمی لحظه تداوم پایان خبر گزارش فوری از اولیه دومین سومین چندین چند موج "
    "سلسله رشته وقوع شدیدترین بزرگترین الان اکنون هم همین امروز دیشب امشب بامداد صبح ظهر عصر شب سحرگاه دقایقی ساعاتی لحظاتی "
    "پیش مربوط منتسب ثبت جزییات ماهواره و انفجار دو سه چهار پنج شش هفت هشت نه ده تایید نشده متعدد زیاد".split()
)


def heads(site: Site, clause: Clause) -> bool:
    """Whether the noun heads its verbless clause («حملهٔ … به …») or only stands in it («روایتی از حملهٔ …»)."""
    before = [i for i in clause.tokens if i < site.first]
    for i in reversed(before[-4:]):
        norm = site.tokens[i].norm
        if not norm[0].isalpha():
            return True  # a mark or a number
        if norm == "به" and i and site.tokens[i - 1].norm in ("مربوط", "منتسب"):
            continue
        if _ordinal(norm):
            continue
        if (norm not in _INTRO and norm not in FILLERS) or norm in ("در", "مورد", "خصوص"):
            return False
    return True


def _ordinal(norm: str) -> bool:
    """«چهارمین», «بیستمین»."""
    return len(norm) > 4 and norm.endswith("مین") and norm not in _NO_ORDINAL


_NO_ORDINAL = frozenset(["زمین", "تضمین", "تامین", "تخمین", "کمین", "همین", "چنین", "یاسمین"])


_ASKS_MORE = frozenset(["چرا", "چه", "چگونه", "چیست", "کجا", "کدام", "کی", "چقدر", "چطور"])


def asked(site: Site) -> bool:
    """«… احضار کرد؟» asks whether; «چرا … احضار کرد؟» takes it for granted."""
    ends = next((t.norm for t in reversed(site.tokens) if t.norm not in _CLOSING), "")
    return ends in ("؟", "?") and not any(t.norm in _ASKS_MORE for t in site.tokens)


_CLOSING = frozenset(["»", '"', ")", "”", "!"])
_LIGHT = frozenset(["کردن", "شدن", "دادن", "گرفتن", "زدن", "داشتن", "یافتن", "بستن", "خوردن", "بردن", "اوردن"])


def light(site: Site, verb: int) -> bool:
    """A verb that only carries its noun («حمله کرد»), not one with a meaning of its own («از مذاکرات گفت»)."""
    form = site.tokens[verb].form
    return form is not None and form.lemma in _LIGHT


_COUNTED = frozenset(["محسوب", "شمار", "تلقی", "قلمداد"])


def is_first(site: Site, verb: int) -> bool:
    """«این نخستین دیدار … است», «… محسوب می‌شود»: the copula tells that it took place."""
    form = site.tokens[verb].form
    before = {site.tokens[i].norm for i in range(max(0, site.first - 1), site.first)}
    counted = site.tokens[verb - 1].norm in _COUNTED
    return bool(before & FIRST) and form is not None and (form.lemma == "بودن" or counted or form.lemma == "باشیدن")


_DURING = frozenset(["در", "طی", "ضمن"])
MEANWHILE = frozenset(["در جریان", "هنگام", "در هنگام", "به هنگام"])


def adverbial(site: Site) -> bool:
    """«در دیدار …»: the noun only says on what occasion."""
    at = site.first - 1
    while at > 0 and site.tokens[at].norm in _STEPPED_OVER:
        at -= 1
    before = site.tokens[at].norm if site.first else ""
    along = before == "با" and at > 0 and site.tokens[at - 1].norm in ("همزمان", "زمان")
    return not site.verbal and (before in _DURING or along)


_STEPPED_OVER = frozenset(["یک", "این", "جریان", "نخستین", "اولین"])  # «در جریانِ نخستین دیدار»


def merely_is(site: Site, clause: Clause) -> bool:
    """Whether the clause only says what something is, or that it is not so («… صحت ندارد»)."""
    form = site.tokens[clause.verb].form if clause.verb is not None else None
    return form is not None and (form.lemma == "بودن" or (form.lemma == "داشتن" and form.negative))


_BESIDE = frozenset(
    "همزمان زمان رابطه ارتباط مخالف مخالفت مقابله برخورد مواجه موافق موافقت مرتبط همراه رویارویی اشنا تقابل توافق گفتگو مذاکره دیدار تماس مقایسه تضاد مغایر مبارزه".split()
)


def by_means(site: Site, verb: int | None) -> bool:
    """«با بستن تنگه … را گروگان گرفت»: done, since something was done by it."""
    if site.verbal or verb is None or site.first < 1 or site.tokens[site.first - 1].norm != "با":
        return False
    if any(token.norm in _BESIDE for token in site.tokens[max(0, site.first - 4) : site.first - 1]):
        return False
    form = site.tokens[verb].form
    return form is not None and form.tense in ("past", "perfect") and not form.negative and form.lemma != "بودن"


_CAUSE_OF = frozenset(["ناشی", "مربوط", "خاطر", "بخاطر", "نتیجه", "دلیل"])
_PERCEIVED = frozenset(["صدا", "صدای", "انفجار", "دود", "لرزش", "اژیر", "روشنایی"])


def out_of(site: Site, hit: Hit[CuePhrase]) -> bool:
    """«مشکلات از خروج … آغاز شد»: something else began with it."""
    return hit.what.phrase in _BEGAN and site.first > 0 and site.tokens[site.first - 1].norm == "از"


_BEGAN = frozenset(["آغاز شد", "شروع شد"])


def identified(site: Site, verb: int | None) -> bool:
    """«صدای شنیده‌شده مربوط به اصابتِ … است»: the copula says what it was, so that it was."""
    if site.verbal or verb is None or verb < site.last:
        return False
    form = site.tokens[verb].form
    before = [token.norm for token in site.tokens[: site.first]]
    is_so = form is not None and form.lemma == "بودن" and not form.negative
    return is_so and not _CAUSE_OF.isdisjoint(before[-3:]) and not _PERCEIVED.isdisjoint(before)


def future(site: Site, verb: int) -> bool:
    """Whether a verb stands in the future."""
    form = site.tokens[verb].form
    return form is not None and form.tense == "future"


def governing(site: Site, clause: Clause) -> int | None:
    """The verb that tells what became of the event: the trigger's own, else the clause's after it."""
    if site.verbal:
        return next((i for i in reversed(site.held) if site.tokens[i].form is not None), clause.verb)
    if clause.verb is not None and clause.verb >= site.last:
        return clause.verb
    return None


def by_verb(
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
    refused = any((f := site.tokens[i].form) is not None and f.negative for i in site.held)  # «موافقت نکرد که …»
    if (form.negative or refused) and not (site.verbal and site.negative):
        why.append(f"verb: negated, {form.tense}")
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


def sets_out(site: Site, clause: Clause, verb: int | None) -> bool:
    """«برای مذاکره عازم … شد», «برای امضای … خواهد رفت»: under way to what lies ahead."""
    words = {site.tokens[i].norm for i in clause.tokens}
    return (verb is not None and future(site, verb)) or bool(words & _GOING)


def offered(site: Site) -> str | None:
    """«توافق احتمالی», «قطعنامهٔ پیشنهادی»."""
    near = [token.norm for token in site.tokens[site.first : site.held[-1] + 3]]
    draft = "پیش‌نویس" if near[:2] == ["پیش", "نویس"] else None
    return next((norm for norm in near if norm in ("احتمالی", "پیشنهادی")), draft)


def of_fact(site: Site, verb: int | None) -> bool:
    """What is spoken about has been, unless it is of a kind that is talked about before it is."""
    form = site.tokens[verb].form if verb is not None else None
    return site.named == "happened" and (form is None or form.tense in ("past", "perfect", "pluperfect"))


_CAN = frozenset(["می‌تواند", "ممکن است", "ممکنه"])


def _says_more(site: Site, hit: Hit[CuePhrase]) -> bool:
    """«… ممکن است بازار را آرام کند», not «توافق ممکن است»."""
    return hit.what.phrase in _CAN and any(token.verb for token in site.tokens[hit.last :])


def of_the_talk(site: Site, relation: str, hit: Hit[CuePhrase]) -> bool:
    """«توافق می‌تواند … را تقویت کند», «هر توافقی»: the cue is not about whether it comes to be."""
    if site.verbal:
        return False
    return (relation == "clause" and hit.what.cue.id == "may" and hit.first >= site.last and _says_more(site, hit)) or (
        relation == "before" and hit.what.phrase in ("هر", "هرگونه", "هر گونه")
    )


def own(site: Site) -> bool:
    """«دربارهٔ دیدار خود با X»: it has been."""
    return any(token.norm in ("خود", "خویش", "خودش") for token in site.tokens[site.last : site.last + 2])


def stated(site: Site, clause: Clause) -> bool:
    """«بیانیهٔ وزارت خارجه دربارهٔ …»: a line without a verb, that names a statement."""
    return clause.verb is None and any(site.tokens[i].norm in _STATEMENTS for i in clause.tokens if i < site.first)


_STATEMENTS = frozenset(["بیانیه", "اطلاعیه"])


def agreed_on(site: Site, verb: int | None) -> bool:
    """«بر سر تبادل … به توافق رسیدند»: to come, since it is agreed."""
    form = site.tokens[verb].form if verb is not None else None
    if verb is None or form is None or form.negative or form.tense not in ("past", "perfect"):
        return False
    return any(token.norm in ("توافق", "تفاهم") for token in site.tokens[max(site.last, verb - 2) : verb])


_PRICE = frozenset(
    "دلیل بها تاوان مجازات محاکمه محکوم عذرخواهی پوزش غرامت جریمه توضیح توجیه مقصر مسئول مسوول تقاص سرزنش".split()
)


def paid_for(site: Site, clause: Clause, hit: Hit[CuePhrase]) -> bool:
    """«برای حملاتش بهای سنگینی پرداخت», «دلیلی برای دستگیری …»: it has been, something follows from it."""
    near = [site.tokens[i].norm for i in clause.tokens if hit.first - 3 <= i]
    return any(norm in _PRICE or (norm.endswith("ی") and norm[:-1] in _PRICE) for norm in near)


_FEARS = ("نگران", "بیم", "هراس", "ترس")


def goes_on(site: Site, hit: Hit[CuePhrase]) -> bool:
    """«نگرانی از ادامهٔ …»."""
    between = site.tokens[hit.last : site.first]
    return hit.what.phrase.startswith(_FEARS) and any(token.norm in ("ادامه", "تداوم") for token in between)


def plans(hit: Hit[CuePhrase]) -> bool:
    """Whether a cue makes a plan of it."""
    return hit.what.cue.status == "planned"


def _until(site: Site) -> bool:
    """«تا زمانی که تحریم‌ها برداشته نشود»: a demand."""
    words = [token.norm for token in site.tokens[: site.first]]
    return any(words[i] == "تا" and words[i + 1] in ("زمان", "وقت", "هنگام") for i in range(len(words) - 1))


def _neither(site: Site) -> bool:
    """«نه تحریمی لغو خواهد شد»."""
    return any(token.norm == "نه" for token in site.tokens[max(0, site.first - 2) : site.first])


_FORCED = frozenset(["موفق", "مجبور", "ناچار", "وادار"])


def _managed(site: Site, verb: int) -> bool | None:
    """«توانست … کند», «مجبور شد … کند» happened, «نتوانست» did not; None without such a verb."""
    for i in range(verb - 1, max(-1, verb - 20), -1):
        form = site.tokens[i].form
        if form is not None and form.finite:
            forced = form.lemma == "شدن" and site.tokens[i - 1].norm in _FORCED
            if (forced or form.lemma == "توانستن") and form.tense in ("past", "perfect"):
                return not form.negative
            return None
    return None


_LATELY = frozenset(["روز", "ساعت", "ساعات", "شب", "هفته", "دقایق"])
_NOW = frozenset(["اکنون", "همچنان", "کماکان", "اخیرا", "تازگی"])


def fresh(site: Site, clause: Clause) -> bool:
    """«در روزهای اخیر», «همچنان»: now, without a date."""
    for i in clause.tokens:
        norm = site.tokens[i].norm
        if norm in _NOW or (norm == "اخیر" and i and site.tokens[i - 1].norm in _LATELY):
            return True
    return False


_HOURS = frozenset(["ساعت", "ساعات", "دقیقه", "دقایق", "لحظه", "لحظات"])
_AFTER = frozenset(["پس", "بعد"])


def hours_ago(site: Site) -> bool:
    """«ساعاتی پس از حملهٔ …», «ده ساعت از اعلام توافق می‌گذرد»: what is counted from is news itself."""
    words = [token.norm for token in site.tokens[max(0, site.first - 6) : site.first]]
    return any(a in _HOURS and b in _AFTER for a, b in pairwise(words)) or any(
        a in ("ساعت", "دقیقه") and b == "از" for a, b in pairwise(words)
    )


UNDER_WAY = frozenset(["پس از", "بعد از", "در پی", "به دنبال", "هنگام", "در هنگام", "به هنگام", "در جریان"])


def caption(site: Site) -> bool:
    """«ویرانی در … پس از زلزله»: a line without any verb under a picture or over a flash."""
    return site.flash and not any(token.verb for token in site.tokens)


_HOW = frozenset(["چگونه", "چطور", "چرا"])


def taken_for_granted(site: Site, clause: Clause) -> bool:
    """«نشان داد که چگونه … حمله کرد»: how it was done is told, not that."""
    return clause.kind == "told" and any(site.tokens[i].norm in _HOW for i in clause.tokens if i < site.first)


_BECAUSE = frozenset(["چون", "زیرا", "چراکه"])


def reason(site: Site, clause: Clause) -> bool:
    """«… چون هر روز آنها را بمباران کرد»: the clause only gives a reason."""
    first = next((site.tokens[i].norm for i in clause.tokens if site.tokens[i].norm[0].isalpha()), "")
    return first in _BECAUSE


def again(site: Site, verb: int | None) -> bool:
    """«بارها … حمله کرده است»: no news of now."""
    form = site.tokens[verb].form if verb is not None else None
    if verb is None or form is None or form.tense not in ("perfect", "habitual", "pluperfect"):
        return False
    near = site.tokens[max(0, verb - 25) : verb]
    often = any(token.norm == "بار" and token.end - token.start == len("بارها") for token in near)
    return often or any(a.norm in ("چندین", "چند") and b.norm == "بار" for a, b in pairwise(near))


def told_earlier(site: Site, clause: Clause) -> bool:
    """«مدعی شده بود که … فرستاده است»: the report is itself of the past."""
    at = clause
    while at.above is not None:
        above = site.clauses[at.above]
        form = site.tokens[above.verb].form if above.verb is not None else None
        if at.kind in ("told", "speech") and form is not None and form.tense == "pluperfect":
            return True
        at = above
    return False


_WHEN = frozenset(["زمان", "هنگام", "روز", "شب", "سال", "دوران", "دوره", "ایام"])


def when(site: Site, clause: Clause) -> bool:
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
_REPORTS = frozenset(["تایید", "گزارش", "خبر", "حکایت", "فاش"])
_ON = frozenset(["ادامه", "ادمه", "جریان", "حال"])


def _going_on(site: Site, verb: int) -> bool:
    """«ادامه دارد», «در حال … است», a mere «است»."""
    form = site.tokens[verb].form
    near = {token.norm for token in site.tokens[max(0, verb - 3) : verb]}
    if near & _COUNTED and site.tokens[verb - 1].norm in _COUNTED:
        return True  # «… محسوب می‌شود»
    if form is not None and form.person == "1s" and near & _BY_SAYING:
        return True
    if site.tokens[verb - 1].norm in _REPORTS:
        return True  # «اصابت … را تأیید می‌کند»
    return bool(near & _ON) or (form is not None and form.lemma in ("بودن", "داشتن"))


def may_lie_ahead(site: Site, verb: int | None) -> bool:
    """A present («دیدار می‌کند») or no verb at all can tell what is still to come; a past can not."""
    form = site.tokens[verb].form if verb is not None else None
    return form is None or form.tense in ("present", "subjunctive", "infinitive", "participle")
