"""What stands around a trigger, asked one small question at a time; `status` weighs the answers.

Each function reads tokens of one sentence and answers yes, no or a word; none of them decides anything by itself.
"""

from stream.core.book import CuePhrase
from stream.core.clauses import Clause
from stream.core.phrases import Hit
from stream.core.records import Status
from stream.core.site import FILLERS, Site
from stream.core.when import FIRST

_INTRO = frozenset(
    "تصاویر تصاویری تصویر تصویری ویدیو ویدیوی ویدیویی ویدئو فیلم فیلمی لحظه تداوم پایان خبر گزارش فوری از اولیه دومین سومین چندین چند موج "
    "سلسله رشته وقوع شدیدترین بزرگترین الان اکنون هم همین امروز دیشب امشب بامداد صبح ظهر عصر شب سحرگاه دقایقی ساعاتی لحظاتی "
    "پیش مربوط منتسب ثبت جزییات ماهواره و انفجار دو سه چهار پنج شش هفت هشت نه ده تایید نشده متعدد زیاد "
    "ادامه تشدید آغاز ازسرگیری چهارمین پنجمین ششمین هفتمین هشتمین نهمین دهمین یازدهمین دوازدهمین بیستمین ده‌ها صدها دهها".split()
)


def heads(site: Site, clause: Clause) -> bool:
    """Whether the noun heads its verbless clause («حملهٔ … به …») or only stands in it («روایتی از حملهٔ …»)."""
    if _cut_off(site):
        return True
    before = [i for i in clause.tokens if i < site.first]
    for i in reversed(before[-4:]):
        norm = site.tokens[i].norm
        if not norm[0].isalpha():
            return True  # a mark or a number
        if norm.endswith("ترین"):
            continue  # «مرگبارترین حملهٔ …»
        if norm == "به" and i and site.tokens[i - 1].norm in ("مربوط", "منتسب"):
            continue
        if _ordinal(norm):
            continue
        if (norm not in _INTRO and norm not in FILLERS) or norm in ("در", "مورد", "خصوص"):
            return False
    return True


def _cut_off(site: Site) -> bool:
    """«… با همتای خود دیدار و…»: the outlet left out how the sentence goes on."""
    rest = [token.norm for token in site.tokens[site.last :]]
    return rest[-1:] == ["…"] and rest[:-1] in ([], ["و"])


def _ordinal(norm: str) -> bool:
    """«چهارمین», «بیستمین»."""
    return len(norm) > 4 and norm.endswith("مین") and norm not in _NO_ORDINAL


_NO_ORDINAL = frozenset(["زمین", "تضمین", "تامین", "تخمین", "کمین", "همین", "چنین", "یاسمین"])


_ASKS_MORE = frozenset(["چرا", "چه", "چگونه", "چیست", "کجا", "کدام", "کی", "چقدر", "چطور"])


def asked(site: Site) -> bool:
    """«… احضار کرد؟» asks whether; «چرا … احضار کرد؟» takes it for granted."""
    ends = next((t.norm for t in reversed(site.tokens) if t.norm not in _CLOSING), "")
    return ends in ("؟", "?") and not any(t.norm in _ASKS_MORE for t in site.tokens)


def asked_why(site: Site) -> bool:
    """«چرا … احضار کرد؟» takes it for granted."""
    ends = next((t.norm for t in reversed(site.tokens) if t.norm not in _CLOSING), "")
    return ends in ("؟", "?") and any(t.norm in ("چرا", "چگونه", "چطور") for t in site.tokens)


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


def lies_ahead(site: Site, verb: int | None) -> bool:
    """Whether a verb tells of what is to come, in the present or the future."""
    form = site.tokens[verb].form if verb is not None else None
    return form is not None and form.tense in ("present", "future") and form.lemma not in ("بودن", "داشتن")


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
    if form.negative and (until := _until(site)) is not None:
        why.append("until")
        opened = next((i for i in range(until + 1, site.last) if site.tokens[i].norm == "که"), None)
        within = opened is None or form.tense == "subjunctive" or site.where[opened] == site.where[site.held[-1]]
        return {"proposed" if within else "conditional"}
    if _neither(site) and not form.negative:
        why.append("neither … nor")
        return {"denied"}
    refused = any((f := site.tokens[i].form) is not None and f.negative for i in site.held)  # «موافقت نکرد که …»
    if (form.negative or refused) and not (site.verbal and site.negative):
        why.append(f"verb: negated, {form.tense}")
        off = not site.verbal and form.tense == "present" and site.tokens[verb - 1].norm in _HELD
        return {"called_off" if off else "denied"}  # «… دیگر برگزار نمی‌شود»
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


def came_to_nothing(site: Site, verb: int | None) -> bool:
    """«متنی برای تفاهم تصویب نشد», «به توافقی برای کاهش … نرسیدند»: what was sought is not."""
    form = site.tokens[verb].form if verb is not None else None
    return form is not None and form.negative and form.tense in ("past", "perfect") and form.lemma != "بودن"


_FEARS = ("نگران", "بیم", "هراس", "ترس")


def goes_on(site: Site, hit: Hit[CuePhrase]) -> bool:
    """«نگرانی از ادامهٔ …»."""
    between = site.tokens[hit.last : site.first]
    return hit.what.phrase.startswith(_FEARS) and any(token.norm in ("ادامه", "تداوم") for token in between)


def plans(hit: Hit[CuePhrase]) -> bool:
    """Whether a cue makes a plan of it."""
    return hit.what.cue.status == "planned"


_HELD = frozenset(["برگزار", "انجام"])


def _until(site: Site) -> int | None:
    """«تا زمانی که تحریم‌ها برداشته نشود»: a demand; what is refused till then hangs on it."""
    words = [token.norm for token in site.tokens[: site.first]]
    return next((i for i in range(len(words) - 1) if words[i] == "تا" and words[i + 1] in _TIMES), None)


_TIMES = frozenset(["زمان", "وقت", "هنگام"])


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


UNDER_WAY = frozenset(["پس از", "بعد از", "در پی", "به دنبال", "هنگام", "در هنگام", "به هنگام", "در جریان"])


def caption(site: Site) -> bool:
    """«ویرانی در … پس از زلزله»: a line without any verb under a picture or over a flash."""
    return site.flash and not any(token.verb for token in site.tokens)


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
