"""Step 3. Numbers that news is about: dead, injured, arrested, magnitude, percent, money, amounts with their units.

A number counts only with what it counts: the nearest word of a kind in its own clause, after it («۱۲ کشته», «۱۲ نفر …
زخمی شدند») or before it («شمار کشته‌ها به ۱۲ نفر», «جان ۱۲ نفر»).
"""

from collections.abc import Sequence

from stream.core.letters import fold
from stream.core.numerals import AND, SCALES, Amount, Piece, amount_at
from stream.core.records import Quantity

_PERSONS = frozenset(
    fold(
        """نفر تن نفری فرد شهروند غیرنظامی نظامی سرباز کودک زن مرد کارگر دانش مسافر سرنشین معترض پلیس فلسطینی نیرو عضو تبعه
        مهاجر خبرنگار زایر سرنشینان دانشجو تروریست پناهجو مامور نظامیان نیروی"""
    ).split()
)
# word or words → kind; read in the number's clause, the nearest wins
_KINDS: dict[str, str] = {
    fold(word): kind
    for kind, group in {
        "dead": """کشته|کشتگان|جانباخته|باخته|باختند|باختگان|باختن|جانباختن|باخت|شهید|شهدا|شهادت|جان|قربانی|قربانیان|فوتی|فوت|متوفی|
        هلاک|هلاکت|تلفات|مرگ|اعدام|درگذشتند|غرق""",
        "injured": "زخمی|مجروح|مجروحان|مصدوم|مصدومان|زخمیها|مصدومیت|جراحت|مجروحیت|مسموم",
        "arrested": "بازداشت|دستگیر|بازداشتی|دستگیری|بازداشتیها",
        "missing": "مفقود|ناپدید|مفقودی|مفقودالاثر|گمشده",
        "displaced": "اواره|اوارگان|بیخانمان|خانمان|تخلیه",
        "hostages": "گروگان",
        "prisoners": "اسیر|اسرا|زندانی",
    }.items()
    for word in "".join(group.split("\n")).replace(" ", "").split("|")
}
_CURRENCIES = {
    fold(word): code
    for word, code in (
        ("دلار", "USD"),
        ("یورو", "EUR"),
        ("ریال", "IRR"),
        ("تومان", "IRT"),
        ("تومن", "IRT"),
        ("پوند", "GBP"),
        ("لیر", "TRY"),
        ("لیره", "TRY"),
        ("روبل", "RUB"),
        ("یوان", "CNY"),
        ("ین", "JPY"),
        ("درهم", "AED"),
        ("دینار", "IQD"),
        ("روپیه", "INR"),
        ("فرانک", "CHF"),
        ("شکل", "ILS"),
        ("افغانی", "AFN"),
        ("کرون", "SEK"),
        ("وون", "KRW"),
        ("منات", "AZN"),
        ("همت", "IRT"),
        ("$", "USD"),
        ("€", "EUR"),
        ("£", "GBP"),
    )
}
_OF_STATE = {
    fold(words): code
    for words, code in (
        ("دلار کانادا", "CAD"),
        ("دلار استرالیا", "AUD"),
        ("دلار هنگ", "HKD"),
        ("دلار سنگاپور", "SGD"),
        ("دلار نیوزیلند", "NZD"),
        ("ریال سعودی", "SAR"),
        ("ریال عربستان", "SAR"),
        ("ریال قطر", "QAR"),
        ("ریال عمان", "OMR"),
        ("ریال یمن", "YER"),
        ("دینار کویت", "KWD"),
        ("دینار بحرین", "BHD"),
        ("دینار اردن", "JOD"),
        ("دینار عراق", "IQD"),
        ("روپیه پاکستان", "PKR"),
        ("لیر لبنان", "LBP"),
        ("لیره لبنان", "LBP"),
        ("لیره سوریه", "SYP"),
        ("پوند سوریه", "SYP"),
        ("پوند مصر", "EGP"),
        ("کرون نروژ", "NOK"),
        ("کرون دانمارک", "DKK"),
    )
}
_SIGNS, _MARKS = frozenset("$€£"), frozenset(".,/٫٬-")
_HEMAT = 10**12  # «همت»: a thousand milliard toman
_UNITS = {
    tuple(fold(words).split()): unit
    for words, unit in (
        ("متر مربع", "m2"),
        ("مترمربع", "m2"),
        ("کیلومتر مربع", "km2"),
        ("کیلومترمربع", "km2"),
        ("متر مکعب", "m3"),
        ("مترمکعب", "m3"),
        ("کیلومتر بر ساعت", "km/h"),
        ("کیلومتر در ساعت", "km/h"),
        ("کیلومتر", "km"),
        ("متر", "m"),
        ("سانتی متر", "cm"),
        ("سانتیمتر", "cm"),
        ("میلی متر", "mm"),
        ("میلیمتر", "mm"),
        ("مایل", "mi"),
        ("هکتار", "ha"),
        ("کیلوگرم", "kg"),
        ("کیلو", "kg"),
        ("گرم", "g"),
        ("بشکه", "bbl"),
        ("لیتر", "l"),
        ("مگاوات", "MW"),
        ("گیگاوات", "GW"),
        ("کیلووات", "kW"),
        ("درجه", "deg"),
        ("واحد", "points"),
        ("اونس", "oz"),
        ("فوت", "ft"),
        ("تن", "t"),
    )
}
_PERCENT: tuple[tuple[str, ...], ...] = (("درصد",), ("%",), ("٪",), ("در", "صد"))
_MAGNITUDE = frozenset(map(fold, ["ریشتر", "ریشتری"]))
_STRENGTH = frozenset(map(fold, ["بزرگی", "بزرگای", "قدرت", "شدت"]))
_QUAKE = frozenset(map(fold, "زلزله زمین لرزه لرزه زلزلهای لرزهای زمینلرزه زمینلرزهای پسلرزه".split()))
_GOODS = frozenset(
    map(
        fold,
        "گندم برنج نفت بار کالا مواد طلا شکر کود محموله دارو فولاد ماهی گوشت تریاک آب میوه جو ذرت سیمان سوخت".split(),
    )
)
_STOPS = frozenset([".", "؟", "!", "؛", "»", "«", ":", "(", ")", "…", "?"])
# A number of persons, or a magnitude, stands with one of these; one of the others with one of those besides.
TOLL_WORDS = frozenset(_KINDS) | _MAGNITUDE | _STRENGTH
WEIGHTY_WORDS = TOLL_WORDS | _PERSONS | frozenset(_CURRENCIES) | {"درصد", "صد", "%", "٪"}
_SOON = 7  # pieces after a number in which its kind may stand
_BEFORE = 6


def find_numbers(text: str, pieces: Sequence[Piece], taken: Sequence[tuple[int, int]] = ()) -> list[Quantity]:
    """Numbers of one sentence. `pieces`: start, end, folded word; `taken`: character spans that are dates."""
    amounts = _amounts(pieces, taken)
    out: list[Quantity] = []
    for n, amount in enumerate(amounts):
        limit = amounts[n + 1].first if n + 1 < len(amounts) else len(pieces)
        floor = amounts[n - 1].last if n else 0
        made = _unit(pieces, amount) or _magnitude(pieces, amount) or _persons(pieces, amount, limit, floor)
        if made is None:
            continue
        kind, unit, last, factor = made
        start, end = pieces[amount.first][0], pieces[last - 1][1]
        out.append(
            Quantity(
                kind=kind,
                value=_whole(amount.value * factor),
                to=None if amount.to is None else _whole(amount.to * factor),
                bound=amount.bound,
                unit=unit,
                text=text[start:end],
                start=start,
                end=end,
            )
        )
    return out


def _whole(value: float) -> int | float:
    """Whole numbers as such; scaled decimals without their dust."""
    near = round(value, 6)
    return int(near) if near == int(near) else near


def _amounts(pieces: Sequence[Piece], taken: Sequence[tuple[int, int]]) -> list[Amount]:
    out: list[Amount] = []
    i = 0
    while i < len(pieces):
        start = pieces[i][0]
        if any(a <= start < b for a, b in taken):
            i += 1
            continue
        amount = amount_at(pieces, i)
        if amount is None:
            i += 1
            while i < len(pieces) and pieces[i - 1][2].isdecimal() and _continues(pieces, i):
                i += 2  # the rest of a telephone number or a score
            continue
        out.append(amount)
        i = amount.last
    return out


def _continues(pieces: Sequence[Piece], i: int) -> bool:
    return i + 1 < len(pieces) and pieces[i][2] in _MARKS and pieces[i + 1][2].isdecimal()


def _words(pieces: Sequence[Piece], at: int, size: int) -> tuple[str, ...]:
    return tuple(piece[2] for piece in pieces[at : at + size])


def _unit(pieces: Sequence[Piece], amount: Amount) -> tuple[str, str | None, int, float] | None:
    """Percent, money, or another unit right after the number (or «$» before it): kind, unit, end, factor."""
    at = amount.last
    for name in _PERCENT:
        if _words(pieces, at, len(name)) == name:
            return "percent", "%", at + len(name), 1
    word = pieces[at][2] if at < len(pieces) else ""
    if word in _CURRENCIES:
        two = " ".join(_words(pieces, at, 2))
        if two in _OF_STATE:
            return "money", _OF_STATE[two], at + 2, 1
        return "money", _CURRENCIES[word], at + 1, _HEMAT if word == "همت" else 1
    if amount.first and pieces[amount.first - 1][2] in _SIGNS:
        return "money", _CURRENCIES[pieces[amount.first - 1][2]], amount.last, 1
    for size in (3, 2, 1):
        words = _words(pieces, at, size)
        unit = _UNITS.get(words)
        if unit == "t":
            goods = at + 1 < len(pieces) and pieces[at + 1][2] in _GOODS
            if not goods:
                return None  # «۱۲ تن از …»: persons
        if unit is not None:
            if unit == "points" and at + 1 < len(pieces) and pieces[at + 1][2] in ("مسکونی", "صنفی", "تولیدی", "تجاری"):
                return "count", "units", at + 2, 1
            return "amount", unit, at + len(words), 1
    return None


def _magnitude(pieces: Sequence[Piece], amount: Amount) -> tuple[str, str | None, int, float] | None:
    if amount.value >= 10:
        return None
    if amount.last < len(pieces) and pieces[amount.last][2] in _MAGNITUDE:
        return "magnitude", "magnitude", amount.last + 1, 1
    before = {piece[2] for piece in pieces[max(0, amount.first - 8) : amount.first]}
    strength = {piece[2] for piece in pieces[max(0, amount.first - 2) : amount.first]} & _STRENGTH
    if strength and before & _QUAKE:
        return "magnitude", "magnitude", amount.last, 1
    return None


def _persons(
    pieces: Sequence[Piece], amount: Amount, limit: int, floor: int
) -> tuple[str, str | None, int, float] | None:
    """Persons and what happened to them: the nearest word of a kind; a bare number needs it right beside."""
    at = amount.last
    counted = at < len(pieces) and pieces[at][2] in _PERSONS
    last = at + 1 if counted else at
    here = pieces[at][2] if at < len(pieces) else ""
    if here in _KINDS and here != "جان":
        return _KINDS[here], "persons", at + 1, 1
    before = _kind_before(pieces, amount.first, floor)
    if counted:
        after = _kind_after(pieces, last, limit)
        kind = before if before is not None and _adjoins(pieces, amount.first) else after or before
        return kind or "people", "persons", last, 1
    if before is not None and _adjoins(pieces, amount.first):
        return before, "persons", last, 1
    return None


def _adjoins(pieces: Sequence[Piece], first: int) -> bool:
    """«شمار کشته‌ها به ۱۲», «جان ۱۲ نفر», «کشته شدن ۱۲ نفر», «بازداشت ۵ نفر»: the kind governs the number."""
    near = [piece[2] for piece in pieces[max(0, first - 4) : first]]
    passed = 0
    for word in reversed(near):
        if word in _KINDS:
            return True
        if word not in _GLUE:
            passed += 1
        if passed:
            return False
    return False


_GLUE = frozenset(
    map(
        fold,
        """به را ها های شدن شدگان دست کم دستکم حداقل بیش از حدود نزدیک کنون تا باختن مجموع حدودا دستگیری هزار رسیدن دستکم یافته یافتگان
        حداکثر بالغ بر ان شده تعداد شمار""".split(),
    )
)


def _kind_before(pieces: Sequence[Piece], first: int, floor: int) -> str | None:
    for i in range(first - 1, max(floor, first - _BEFORE) - 1, -1):
        word = pieces[i][2]
        if word in _STOPS or word in SCALES or word == AND:
            return None
        if word in _KINDS:
            return _KINDS[word]
    return None


def _kind_after(pieces: Sequence[Piece], last: int, limit: int) -> str | None:
    for i in range(last, min(limit, last + _SOON)):
        word = pieces[i][2]
        if word in _STOPS:
            return None
        if word == "جان" and i + 1 < len(pieces) and not pieces[i + 1][2].startswith("باخت"):
            continue
        if word in _KINDS:
            return _KINDS[word]
    return None
