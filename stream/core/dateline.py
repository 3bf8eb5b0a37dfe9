"""The dateline: place and agency before the first sentence («تهران - ایسنا -», «به گزارش خبرنگار مهر،»).

A known agency makes a dateline; a dash or bracket is not enough. «رویترز:» with a colon is no dateline but an
attribution, and so is «به گزارش …» with any agency but the article's own: both stay in the text.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from stream.core.timestamps import GREGORIAN_MONTHS, JALALI_MONTHS

# recognised even where the caller's list of outlets is empty
AGENCIES = (
    "ایرنا",
    "ایسنا",
    "مهر",
    "فارس",
    "تسنیم",
    "ایلنا",
    "ایکنا",
    "ایبنا",
    "پانا",
    "شبستان",
    "میزان",
    "برنا",
    "حوزه",
    "خانه ملت",
    "صدا و سیما",
    "باشگاه خبرنگاران جوان",
    "باشگاه خبرنگاران",
    "عصر ایران",
    "خبرآنلاین",
    "تابناک",
    "همشهری آنلاین",
    "همشهری",
    "آنا",
    "ایمنا",
    "شانا",
    "موج",
    "دفاع پرس",
    "ایپنا",
    "رویترز",
    "خبرگزاری فرانسه",
    "آسوشیتدپرس",
    "اسپوتنیک",
    "تاس",
    "شینهوا",
    "آناتولی",
    "دویچه وله",
    "بی‌بی‌سی",
)
_ALSO_WORDS = frozenset(("مهر", "فارس", "میزان", "حوزه", "موج", "تاس", "شبستان", "همشهری"))
_PROVINCES = (
    "آذربایجان شرقی|آذربایجان غربی|اردبیل|اصفهان|البرز|ایلام|بوشهر|تهران|چهارمحال و بختیاری|خراسان جنوبی|"
    "خراسان رضوی|خراسان شمالی|خوزستان|زنجان|سمنان|سیستان و بلوچستان|فارس|قزوین|قم|کردستان|کرمانشاه|کرمان|"
    "کهگیلویه و بویراحمد|گلستان|گیلان|لرستان|مازندران|مرکزی|هرمزگان|همدان|یزد|منطقه \\w+"
)
_DASH = r"\s*[-–—ـ]+\s*"
_PLACE = r"(?P<place>[^\W\d_][^\W\d_\u200c]{1,14}(?:[ \u200c\u00a0][^\W\d_]{2,14}){0,3})"
_NO_PLACE = r"(?:خبر\w*|فوری|فوري|اختصاصی|تکمیلی|ویدئو|فیلم|عکس|گزارش|به|از)\b"
_MONTH = "|".join(sorted((*JALALI_MONTHS, *GREGORIAN_MONTHS), key=len, reverse=True))
_DAY = rf"(?:[،,]?\s*[\d۰-۹]{{1,2}}\s+(?:{_MONTH})(?:\s+[\d۰-۹]{{4}})?)?"
_PREFIX = r"(?:خبرگزاری\s+|پایگاه خبری\s+|سایت\s+|شبکه خبری\s+)?(?:جمهوری اسلامی\s*[\(«]?\s*)?"


class Dateline(NamedTuple):
    """`length` characters of the paragraph are dateline; `agency` as printed."""

    length: int
    place: str | None
    agency: str


def _loose(name: str) -> str:
    """A pattern that meets a name with either spelling of ی and ک, with spaces, half-spaces or none."""
    pieces = [re.escape(piece) for piece in re.split(r"[\s\u200c]+", name)]
    pattern = r"[\s\u200c]*".join(pieces)
    return pattern.replace("ی", "[یي]").replace("ک", "[کك]")


@lru_cache(maxsize=8)
def _patterns(names: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    known = "|".join(_loose(name) for name in sorted(names, key=len, reverse=True))
    agency = rf"{_PREFIX}(?P<agency>{known})"
    headed = re.compile(
        rf"(?!{_NO_PLACE}){_PLACE}{_DAY}(?:\s*[-–—]\s*{agency}(?:\s*[-–—:]+\s*|\s*/\s+)"
        rf"|\s*\(\s*{agency.replace('P<agency>', 'P<agency2>')}\s*\)\s*[-–—:]+\s*)"
        rf"|{agency.replace('P<agency>', 'P<agency3>')}(?:\s*/\s*(?P<province>{_PROVINCES})(?!\w)\s*[-–—:،]?\s*|{_DASH})"
    )
    desk = re.compile(rf"خبرگزاری\s+(?P<agency>{known})\s*[-–—؛]\s*(?:گروه|سرویس)\s+[^:؛\n]{{2,30}}[:؛]\s*")
    reported = re.compile(
        rf"به\s+(?:گزارش|نقل از)\s+(?:خبرنگار\s+|سرویس\s+)?(?:گروه\s+[\w\u200c]+(?:\s+[\w\u200c]+){{0,3}}?\s+)?{agency}(?:\s*[\)»])?"
        rf"(?:\s+(?:از|در)\s+{_PLACE}(?=\s*[،,؛;:]))?(?:\s*[،,؛;:]+\s*|\s+(?:و\s+)?(?=به نقل از))"
    )
    return headed, reported, desk


def find_dateline(paragraph: str, outlet: str | None, outlets: Mapping[str, str]) -> Dateline | None:
    """The dateline at the start of a paragraph, or None. `outlet` is the article's own (its id), where known."""
    start = paragraph[:120]
    headed, reported, desk = _patterns(frozenset(AGENCIES) | _arabic_script(outlets))
    if found := desk.match(start):  # «خبرگزاری فارس - گروه سیاسی:»
        return Dateline(found.end(), None, found["agency"])
    if found := headed.match(start):
        agency = found["agency"] or found["agency2"] or found["agency3"]
        if found["agency3"] and not found["province"] and not _own(agency, outlet, outlets):
            return None  # «فارس - خوزستان» names two provinces
        return Dateline(found.end(), found["place"] or found["province"], agency)
    if found := reported.match(start):
        agency = found["agency"]
        if outlet is None or same_outlet(agency, outlet, outlets):
            return Dateline(found.end(), found["place"], agency)
    return None


def _own(agency: str, outlet: str | None, outlets: Mapping[str, str]) -> bool:
    return agency not in _ALSO_WORDS if outlet is None else same_outlet(agency, outlet, outlets)


def same_outlet(printed: str, outlet: str, outlets: Mapping[str, str]) -> bool:
    """True where `printed` names the outlet."""
    return outlet == printed or resolve(printed, outlets) == resolve(outlet, outlets)


def resolve(printed: str, outlets: Mapping[str, str]) -> str:
    """The id of an outlet as printed, or the name itself where it is unknown."""
    return outlets.get(printed) or outlets.get(printed.translate(_PERSIAN_LETTERS), printed)


_PERSIAN_LETTERS = str.maketrans("يك", "یک")


def _arabic_script(outlets: Mapping[str, str]) -> frozenset[str]:
    return frozenset(name for name in outlets if name[:1] > "\u0600" and len(name) > 1)
