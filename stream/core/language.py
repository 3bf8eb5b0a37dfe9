"""Which language a text is in: by script, then by function words and by letters that only one language has.

ی and ک alone decide nothing: Persian is often typed with the Arabic letters ي and ك, and Dari is Persian. Codes are
BCP 47: fa, ar, ckb (Sorani), azb (Azeri in Arabic script), ur, ps, ug, he, en, tr, az, kmr, de, fr, es, it, ru, uk, tg
(Tajik), hy, ka, el, zh, ja, ko, hi, th; "und" where there is nothing to go by.
"""

import re
from collections.abc import Iterable

_SCRIPTS = {
    "arabic": "\u0620-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc",
    "latin": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
    "cyrillic": "\u0400-\u052f",
    "hebrew": "\u05d0-\u05ea",
    "armenian": "\u0531-\u0587",
    "georgian": "\u10a0-\u10ff",
    "greek": "\u0370-\u03ff",
    "kana": "\u3040-\u30ff",
    "han": "\u4e00-\u9fff",
    "hangul": "\uac00-\ud7af",
    "devanagari": "\u0900-\u097f",
    "thai": "\u0e00-\u0e7f",
}
_RUNS = {script: re.compile(f"[{letters}]+") for script, letters in _SCRIPTS.items()}
_SINGLE = {
    "hebrew": "he",
    "armenian": "hy",
    "georgian": "ka",
    "greek": "el",
    "kana": "ja",
    "han": "zh",
    "hangul": "ko",
    "devanagari": "hi",
    "thai": "th",
}
_ANY_LETTER = re.compile(r"[^\W\d_]")
_ARABIC_WORD = re.compile(f"[{_SCRIPTS['arabic']}\u200c\u064b-\u0652]+")
_WORD = re.compile(r"[^\W\d_]+")
_HARAKAT = re.compile("[\u064b-\u0652]+")


def _unify(text: str) -> str:
    """One spelling for what Persian and Arabic keyboards write differently (a chain of replacements, since
    `str.translate` takes ten times as long)."""
    text = text.replace("ي", "ی").replace("ك", "ک").replace("ى", "ی").replace("\u200c", "")
    return _HARAKAT.sub("", text)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words are compared after _unify. A word that is common in two of the languages stands in neither list.
_PERSIAN = _words(
    "در به از که را این است برای آن شد شده شود کرد کرده کند کنند می نمی خود نیز هم های ها تا یک بر گفت وی پس اگر چه هر "
    "باید دارد دارند داد دهد بود بودند نیست هستند خواهد همچنین گزارش درباره میان روز سال دو پیش دیگر آنها ما شما او "
    "اند ای هایی توسط اما یا کشور اعلام امروز دیروز افزود وزیر چند شدند کردند رسید نشد پی طی همه هیچ فقط"
)
_ARABIC = _words(
    "فی إلى أن إن التی الذی الذین هذا هذه عن کان کانت ذلک تلک لم لن کما حیث وقال قال وفی ومن أنه أنها وأن هو هی لا ثم أو أی "
    "وقد وهو ولا علیه عند لدى منذ أکثر مع إنه فإن وإن بأن لأن وما وکان وکانت أعلن أعلنت وأضاف مما بعض إذا"
)
_WITH_ARTICLE_BUT_PERSIAN = _words(
    "الان البته الگو الگوی المپیک الماس الکترونیکی الکترونیک الجزایر الجزیره العالم الحشد التهاب الهی المپیاد الله المللی "
    "العظمی القاعده السیسی الظفره البرز الحاق الزام الزامی الوند الیاف المیادین"
)
_SORANI = _words("لە بۆ بە کە ئەو ئەم لەگەڵ دەکات کرد لەسەر هەر هەموو دوای وەک نییە هەیە له بۆ ئه‌و ئەوە یان")
_AZERI = _words(
    "بیر بو ایله اوچون اولان اولدو اولوب اولاراق ائتدی ائدیب ائدن ائدیر سونرا گؤره کیمی داها چوخ وار یوخدور ایدی اوز اؤز "
    "اونون بونون ایچینده طرفیندن اوزره دئییب دئدی قدر ده نین لار لر دیر دئیل هر"
)
_URDU = _words("کے ہے ہیں میں سے نے اور کا کو پر یہ وہ تھا تھے کیا گیا جس اس بھی نہیں کر ہو کی")
_PASHTO = _words("چې په کې د او له ته دی دې سره یې شوی شوې نه ده کړی کړې وي وی خو هم پر څخه لپاره")
_UYGHUR = _words("ۋە بىلەن بىر بۇ ئۈچۈن قىلىش دەپ ھەم ئىكەن")
_ONLY = {  # letters that the other languages here do not use, or hardly
    "ckb": re.compile("[ێۆڵڕڤە]"),
    "azb": re.compile(r"[ؽۆۇ]|\bائ[تد]|[گا]ؤ|ؤ[زر]|رئز"),
    "ur": re.compile("[ٹڈڑںے]"),  # not ہ and ھ: Persian keyboards have them too
    "ps": re.compile("[ښګټډړږېۍځڅڼ]"),
    "ug": re.compile("[ۈۋۇېڭ]"),
}
_NOT_ARABIC = re.compile("[پچژگ]")
_URL = re.compile(r"(?:https?://|www\.|@)\S+")
_LATIN = {
    "en": _words("the of and to in is that for on with as was at by from it has are be said will have this not"),
    "tr": _words("ve bir bu için ile olarak da de çok olan daha gibi kadar sonra ancak dedi etti değil ise"),
    "az": _words("və bir bu üçün ilə olan edib olub deyib görə ki də etdi daha"),
    "kmr": _words("û ku li di ji bi de ya yê bo wan ew kir hat dike"),
    "de": _words("der die das und ist in den von zu mit sich nicht auf für ein eine im dem"),
    "fr": _words("le la les et des de du en un une est que dans pour qui sur au pas"),
    "es": _words("el la los las de que y en un una por con para del se es no"),
    "it": _words("il la di che e un una per con del della è non sono i le"),
}
_LATIN_ONLY = {
    "tr": re.compile("[ğışİ]"),
    "az": re.compile("[əƏ]"),
    "kmr": re.compile("[êîû]"),
    "de": re.compile("[ßäöü]"),
}
_READ_AT_MOST = 1200  # characters: a text is in one language as a whole


def _hits(words: Iterable[str], known: frozenset[str]) -> int:
    return sum(map(known.__contains__, words))


def _among_arabic_script(text: str) -> str:
    words = _ARABIC_WORD.findall(_unify(text))
    total = len(words)
    persian = _hits(words, _PERSIAN)
    if persian * 5 >= total and not _ONLY["ur"].search(text):  # one word in five: no other language has that
        return "fa"
    scores = {"fa": float(persian)}
    # Persian is what arrives here: another language must show itself by two of its words, and in every sixth word
    function_words = _hits(words, _ARABIC)
    article = sum(1 for word in words if word[:2] == "ال" and word not in _WITH_ARTICLE_BUT_PERSIAN)
    headline = not persian and article > 1 and (function_words + article) * 2 >= total  # it has few function words
    if (function_words > 1 or headline) and function_words + article > len(_NOT_ARABIC.findall(text)):
        scores["ar"] = function_words + 0.5 * article
    for code, known in (("ckb", _SORANI), ("azb", _AZERI), ("ur", _URDU), ("ps", _PASHTO), ("ug", _UYGHUR)):
        letters = len(_ONLY[code].findall(text))
        if not letters:
            continue
        function_words = _hits(words, known)
        if function_words > 1 or letters > 3:
            scores[code] = float(function_words + letters)
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] > persian and scores[best] * 6 >= total else "fa"


def _among_latin(text: str) -> str:
    words = _WORD.findall(text.lower())
    scores = {code: float(_hits(words, known)) for code, known in _LATIN.items()}
    for code, only in _LATIN_ONLY.items():
        scores[code] += 0.5 * len(only.findall(text))
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] > 0 else "und"


def _among_cyrillic(text: str) -> str:
    if re.search("[ҷҳқғӯӣ]", text):
        return "tg"
    return "uk" if re.search("[іїєґ]", text) else "ru"


def _letters(text: str) -> dict[str, int]:
    counts = {}
    for script, runs in _RUNS.items():
        number = sum(map(len, runs.findall(text)))
        if number:
            counts[script] = number
    return counts


def detect_language(text: str) -> str:
    """The BCP 47 code of the language that `text` is mainly in; "und" where it holds no word.

    A Persian title makes the text Persian, however much code or quotation follows: sentences in other languages are
    skipped one by one (`foreign_sentence`).
    """
    text = text[:_READ_AT_MOST]
    arabic = sum(map(len, _RUNS["arabic"].findall(text)))
    if arabic * 2 >= len(text) > 0:  # nothing can outweigh it
        return _among_arabic_script(text)
    text = _URL.sub(" ", text)
    counts = _letters(text)
    if not counts:
        return "und"
    if counts.get("arabic", 0) * 3 >= sum(counts.values()) or _begins_in_arabic_script(text):
        return _among_arabic_script(text)
    script = max((s for s in counts if s != "arabic"), key=lambda s: counts[s])
    if script == "latin":
        return _among_latin(text)
    if script == "cyrillic":
        return _among_cyrillic(text)
    return "ja" if "kana" in counts else _SINGLE[script]


def _begins_in_arabic_script(text: str) -> bool:
    first = text.lstrip().split("\n", 1)[0]
    letters = len(_ANY_LETTER.findall(first))
    return len(first.split()) > 2 and sum(map(len, _RUNS["arabic"].findall(first))) * 2 > letters


def foreign_sentence(sentence: str) -> bool:
    """True where a sentence inside a Persian text is in another language.

    Cheap: a Persian sentence leaves at its first function words. Too short a sentence (under three words) is never
    foreign: it may be a name.
    """
    words = _unify(sentence).split()
    if len(words) < 3:
        return False
    if _hits(words, _PERSIAN) * 6 >= len(words) and not _ONLY["ur"].search(sentence):
        return False
    return detect_language(sentence) not in {"fa", "und"}
