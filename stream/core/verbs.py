"""Persian verb forms: from a word (or several) to infinitive, tense and polarity.

The stems come as an argument (hazm's verb list, `past#present` a line); the forms are made here, since what matters to
status and time (future, negation, perfect, pluperfect, subjunctive) is what a lemmatiser throws away.
"""

from collections.abc import Iterable, Mapping

import msgspec

from stream.core.letters import fold


class VerbForm(msgspec.Struct, frozen=True):
    """One form. `tense`: past, present, subjunctive, imperative, participle, perfect, pluperfect, future, habitual,
    infinitive; `bare` marks a form that a «می» before it makes present or habitual; `person`: 1s … 3p or ""."""

    lemma: str
    tense: str
    negative: bool = False
    person: str = ""
    bare: bool = False

    @property
    def finite(self) -> bool:
        """Whether the form can be a clause's verb by itself."""
        return self.tense not in ("participle", "infinitive")

    def become(self, tense: str, *, negative: bool = False, person: str | None = None) -> "VerbForm":
        """Return this form in another tense; a negation once seen stays."""
        return VerbForm(
            self.lemma, tense, negative or self.negative, self.person if person is None else person, bare=False
        )


PERSONS = ("1s", "2s", "3s", "1p", "2p", "3p")
_PAST_ENDINGS = ("م", "ی", "", "یم", "ید", "ند")
_PRESENT_ENDINGS = ("م", "ی", "د", "یم", "ید", "ند")

# Forms that are nouns or adjectives far more often than verbs; «می» or a prefix still makes verbs of them.
NOT_ALONE = frozenset(
    fold(word)
    for word in """رود سوخت نهاد رشته برد مانند درد دید دیدند زید بافت وارد بسته گذشته هشت جهد پیوست خرد تولید بازگشت مرد
    نخست آماده مشت نشسته سخت نبرد دوخت سنجد خسته شاید سود نشست ستاد سرد کشت تند زند دود گشت نماد رشت بخت درود لابد هلند سمند
    آرد شنود کارد مولد سفت گند گسست گشاد پرند ستد خفت جند جود سرشت گزند شکست بند بار گیر خواب ساز گمان تاب یاب شناخت ساخت
    پرداخت خرید ایست دار دان خوان بین ران بر کن ده رو شو آور گو جو زن کش پز باز گذر گذار گذاری خور سر سرم سری سرید رم رمی
    آگاه شست دوش توان گویی گوی آزار ترس جنگ رنج فهم رقص طلب هراس درخواست بازداشت برداشت گزید نهی نهید
    خورد بافته دم دمید پرد پری پرید کاوید کاو گرد گردی ریخت باخت سرا مان مانی مانید مالی مالید مال خاست کاهش کاه بالید بال
    درآمد برداشت درگذشت مردم دوم شدید زیست چشم تورم روند تولد هشتم باد نهم گندم خرم گریم بسم برهم رزم شگفت برمی رسم بازم ترسیم آلود جست شیفت زاد
    زهد موید کارم نبرد نزد اند ایم اید ام نرمی آماد درآید درآیند گوشم شخم مالم هستی بایستی جنگم
    بالا نالید رست رستم رسته روی رویید روید سا سای سایی آسا سپر خست خلد خلی خلید""".split()
)
# Marks forms that are verbs only beside «می» or «خواهد» («خواهد پرداخت»).
LATENT = "+"
# Light verbs that only differ in style: «برگزار گردید» is «برگزار شد».
_SAME_VERB = {"گشتن": "شدن", "گردیدن": "شدن", "نمودن": "کردن", "گذاردن": "گذاشتن"}

_BE = {
    "است": ("present", False, "3s"),
    "هست": ("present", False, "3s"),
    "هستم": ("present", False, "1s"),
    "هستی": ("present", False, "2s"),
    "هستیم": ("present", False, "1p"),
    "هستید": ("present", False, "2p"),
    "هستند": ("present", False, "3p"),
    "نیست": ("present", True, "3s"),
    "نیستم": ("present", True, "1s"),
    "نیستیم": ("present", True, "1p"),
    "نیستید": ("present", True, "2p"),
    "نیستند": ("present", True, "3p"),
}
# «باید», «شاید» are cues, no clause's verb; the others are forgotten verbs whose forms are names and nouns today
_LEFT_OUT = frozenset({"بایست", "شایست", "آرد", "آرست", "پالید", "روژید"})
COPULAS = {"است": "3s", "اند": "3p", "ام": "1s", "ای": "2s", "ایم": "1p", "اید": "2p", "هست": "3s", "هستند": "3p"}
ALL_WILL = {
    sign + "خواه" + end: (sign == "ن", person)
    for sign in ("", "ن")
    for end, person in zip(_PRESENT_ENDINGS, PERSONS, strict=True)
}
# Present of «داشتن» takes no «می»; its bare form is indicative.
_NO_MI = "داشتن"


def infinitive(past: str) -> str:
    """The name of a verb: its infinitive.

    >>> infinitive("کرد")
    'کردن'
    """
    name = past + "ن"
    return _SAME_VERB.get(name, name)


def _spoken(present: str) -> Iterable[tuple[str, str]]:
    """Spoken endings («می‌کنه», «میشن»), which flashes use."""
    yield present + "ه", "3s"
    yield present + "ن", "3p"


def conjugate(stems: Iterable[tuple[str, str]]) -> dict[str, VerbForm]:
    """All one-word forms of the verbs with these (past, present) stems, spelled as `fold` does.

    Forms with a prefix glued («میکند», «نمیکرد») are among them; forms of several words are put together by
    `normalise`. Where two verbs share a form the first stays.
    """
    forms: dict[str, VerbForm] = {}

    def put(form: str, verb: VerbForm) -> None:
        held = forms.setdefault(fold(form), verb)
        if verb.tense == "past" and held.bare and held.tense == "subjunctive" and held.person == "2p":
            forms[fold(form)] = verb  # «کشید» is told, not «(that) you kill»

    for past, present in stems:
        if not past or not present or past in _LEFT_OUT:
            continue
        name = fold(infinitive(past))
        put(past + "ن", VerbForm(name, "infinitive"))
        put("ن" + past + "ن", VerbForm(name, "infinitive", True))
        put(past + "ه", VerbForm(name, "participle"))
        put(("نیا" + past[1:] if past[0] == "آ" else "ن" + past) + "ه", VerbForm(name, "participle", True))
        no_glide = "ی" if present.endswith(("ا", "آ", "و")) and present not in ("رو", "شو", "شنو", "دو") else ""
        begin = {"ب": "بی" if past.startswith("ا") else "ب", "ن": "نی" if past.startswith("ا") else "ن"}
        if past.startswith("آ"):
            begin = {"ب": "بی", "ن": "نی"}
        for ending, person in zip(_PAST_ENDINGS, PERSONS, strict=True):
            form = past + ending
            if fold(form) in NOT_ALONE:
                put(LATENT + form, VerbForm(name, "past", False, person, bare=True))
            elif person != "2s":  # «کردی», «گفتی»: rarely a verb in news
                put(form, VerbForm(name, "past", False, person, bare=True))
            stem = past[1:] if past[0] in "آا" and begin["ن"] == "نی" else past
            negative = begin["ن"] + ("ا" if past[0] == "آ" else "") + stem + ending
            if fold(negative) not in NOT_ALONE:
                put(negative, VerbForm(name, "past", True, person))
            put("می" + form, VerbForm(name, "habitual", False, person))
            put("نمی" + form, VerbForm(name, "habitual", True, person))
        for ending, person in zip(_PRESENT_ENDINGS, PERSONS, strict=True):
            if present == "گرد" and ending == "ید":
                continue  # «گردید» is the past
            form = present + no_glide + ending
            if fold(form) in NOT_ALONE:
                put(LATENT + form, VerbForm(name, "subjunctive", False, person, bare=True))
            elif person != "2s":
                tense = "present" if name == _NO_MI else "subjunctive"
                put(form, VerbForm(name, tense, False, person, bare=True))
                if name == _NO_MI:
                    put("ن" + form, VerbForm(name, "present", True, person))
            stem = form[1:] if form[0] in "آا" and begin["ن"] == "نی" else form
            long_a = "ا" if form[0] == "آ" else ""
            for sign, negated in ((begin["ب"], False), (begin["ن"], True)):
                prefixed = sign + long_a + stem
                if fold(prefixed) not in NOT_ALONE and person != "2s":  # «برخی», «نیازی», «بدهی»
                    put(prefixed, VerbForm(name, "subjunctive", negated, person))
            put("می" + form, VerbForm(name, "present", False, person))
            put("نمی" + form, VerbForm(name, "present", True, person))
        for form, person in _spoken(present):
            if fold(form).endswith("ان"):
                continue  # «میان» is «between»
            put("می" + form, VerbForm(name, "present", False, person))
            put("نمی" + form, VerbForm(name, "present", True, person))
    be = fold("بودن")
    for form, (tense, negated, person) in _BE.items():
        forms[fold(form)] = VerbForm(be, tense, negated, person)
    for ending, person in zip(_PRESENT_ENDINGS, PERSONS, strict=True):
        forms[fold("باش" + ending)] = VerbForm(be, "subjunctive", False, person)
        forms[fold("نباش" + ending)] = VerbForm(be, "subjunctive", True, person)
    return forms


def read_stems(lines: Iterable[str]) -> list[tuple[str, str]]:
    """Read `past#present` lines; news verbs that decide clauses come first so that they win shared forms."""
    stems = [
        (past, present) for past, _, present in (line.strip().partition("#") for line in lines) if past and present
    ]
    first = {past: n for n, past in enumerate(COMMON)}
    stems += [stem for stem in COMMON.items() if stem not in stems]
    return sorted(stems, key=lambda s: (first.get(s[0], len(first)), COMMON.get(s[0], s[1]) != s[1]))


# Past stems of the commonest verbs of news, with the present stem they have there.
COMMON: Mapping[str, str] = {
    "کرد": "کن",
    "شد": "شو",
    "داد": "ده",
    "گرفت": "گیر",
    "گفت": "گو",
    "زد": "زن",
    "داشت": "دار",
    "بود": "باش",
    "رفت": "رو",
    "آمد": "آ",
    "آورد": "آور",
    "رسید": "رس",
    "یافت": "یاب",
    "گذاشت": "گذار",
    "گذارد": "گذار",
    "خواست": "خواه",
    "توانست": "توان",
    "بست": "بند",
    "کشت": "کش",
    "خورد": "خور",
    "نمود": "نما",
    "ساخت": "ساز",
    "برد": "بر",
    "دید": "بین",
    "افتاد": "افت",
    "گشت": "گرد",
    "گردید": "گرد",
    "لرزاند": "لرزان",
    "درآورد": "درآور",
    "درآمد": "درآ",
    "برداشت": "بردار",
    "فراخواند": "فراخوان",
    "بازگرداند": "بازگردان",
    "بازگشت": "بازگرد",
    "درگذشت": "درگذر",
    "برخاست": "برخیز",
    "فروریخت": "فروریز",
    "فروپاشید": "فروپاش",
    "برچید": "برچین",
    "برانگیخت": "برانگیز",
    "رساند": "رسان",
    "کشاند": "کشان",
    "گنجاند": "گنجان",
    "برگرداند": "برگردان",
    "پرداخت": "پرداز",
    "فرستاد": "فرست",
    "پذیرفت": "پذیر",
    "افزود": "افزا",
    "نوشت": "نویس",
    "نشست": "نشین",  # «نشستند» is no «شستند» denied
    "شنید": "شنو",
    "دانست": "دان",
    "ماند": "مان",
    "گذشت": "گذر",
}
