"""What stands around a trigger that makes its event old news, or new: small questions that `status` weighs, as in `around`."""

from itertools import pairwise

from stream.core.clauses import Clause
from stream.core.site import Site

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


def own_date(site: Site) -> bool:
    """«امضای تفاهم‌نامه در بامداد ۲۸ خرداد»: a date that hangs on the noun."""
    after = site.tokens[site.last].norm if site.last < len(site.tokens) else ""
    return after == "در" and any(span.first == site.last + 1 for span in site.dates)


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


def habit(site: Site, verb: int | None) -> bool:
    """«آنها را تهدید می‌کردند»: what used to be so, told in an article, is no news."""
    form = site.tokens[verb].form if verb is not None else None
    return not site.flash and form is not None and form.tense == "habitual" and form.lemma != "بردن"


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
