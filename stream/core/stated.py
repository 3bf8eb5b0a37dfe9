"""Whose word a mention is: the outlets that the text itself names as its source, and the official or body that speaks.

An outlet is the source where it stands before a colon («رویترز: …»), after «به نقل از», «به گزارش», «ادعای» and their like,
before a verb of telling («سی‌ان‌ان مدعی شد»), as whom an official told it («به تسنیم گفت»), or alone at a line's end
(«…/ایسنا»). Several make a chain («ایرنا به نقل از تاس»): the last is the origin, those before it passed it on.
"""

from collections.abc import Iterable, Mapping, Sequence

from stream.core.book import Named
from stream.core.entity import Entity
from stream.core.normalise import Sentence, Text
from stream.core.phrases import Hit
from stream.core.records import Mention, Voice

_FLASH = 5  # a text of at most so many sentences names its source once for all
_LEADS = 8  # sentences that a line such as «رویترز:» stands over
_HEAD = 6  # tokens within which a line's source begins
_COLON = 4  # tokens between a source and its colon
_VERB = 8  # tokens between a source and its verb of telling
_BEFORE = (
    ("به", "نقل", "از"),
    ("نقل", "از"),
    ("به", "گزارش"),
    ("بنا", "به", "گزارش"),
    ("بر", "اساس", "گزارش"),
    ("گزارش",),
    ("به", "نوشته"),
    ("به", "گفته"),
    ("به", "ادعای"),
    ("ادعای",),
    ("به", "روایت"),
    ("روایت",),
    ("اعلام",),
    ("از", "قول"),
    ("منبع", ":"),
    ("منابع",),
)
_HEADS = frozenset("خبرگزاری روزنامه شبکه تلویزیون سایت وبسایت پایگاه خبری نشریه مجله رسانه کانال خبرنگار".split())
_TOLD = frozenset(["نوشتن", "گفتن", "افزودن"])
_TELLS = frozenset("گزارش خبر مدعی اعلام ادعا منتشر فاش نقل مینویسد".split())
_TO = frozenset(["به", "با"])
_INTERVIEW = frozenset(["گفتگو", "گفتوگو", "مصاحبه"])
_CLOSES = frozenset([")", "]", "|", "-", "–", "/"])
_OPENS = frozenset(["(", "[", "/", "|"])


def outlets_in(hits: Iterable[Hit[Named]], entities: Sequence[Entity]) -> list[Hit[Named]]:
    """Names of outlets, also those that are common words, where no longer name covers them; in the order of the text."""
    covered = {n: e.last - e.first for e in entities if e.kind != "outlet" for n in range(e.first, e.last)}
    found: dict[int, Hit[Named]] = {}
    for hit in hits:
        if hit.what.kind == "outlet" and covered.get(hit.first, 0) <= hit.last - hit.first:
            held = found.get(hit.first)
            if held is None or (hit.last, not hit.what.weak) > (held.last, not held.what.weak):
                found[hit.first] = hit
    out: list[Hit[Named]] = []
    for first in sorted(found):
        if not out or first >= out[-1].last:
            out.append(found[first])
    return out


def stated(
    text: Text, outlets: Sequence[Hit[Named]], mention: Mention, known: Mapping[str, Voice]
) -> tuple[Voice, ...]:
    """The chain of voices that the text states for a mention, the origin last; empty where it states none."""
    own = text.article.outlet
    chain: list[str] = []
    for sentences in _places(text, mention):
        for sentence in sentences:
            chain += [hit.what.id for hit in outlets if _inside(hit, sentence) and _source(hit, sentence)]
        if chain:
            break
    chain = [*(id_ for id_ in _tail(text, outlets) if id_ not in chain), *chain]
    voices = [known[id_] for id_ in dict.fromkeys(chain) if id_ != own and id_ in known]
    said = mention.attribution
    if said is not None and said.kind in ("official", "party") and said.state is not None:
        voices.append(Voice(id=said.state, kind="party", owner=said.state, country=said.state))
    return tuple(voices)


def _places(text: Text, mention: Mention) -> Iterable[Sequence[Sentence]]:
    """Where its source may stand, the nearest first."""
    sentences = text.sentences
    spans = [(e.start, e.end) for e in mention.evidence[:1]]
    own = [n for n, s in enumerate(sentences) if any(s.start < end and s.end > start for start, end in spans)]
    yield [sentences[n] for n in own]
    if not own:
        return
    for n in range(own[0] - 1, max(-1, own[0] - 1 - _LEADS), -1):
        if sentences[n].tokens[-1].norm == ":":
            yield [sentences[n]]
            break
    yield sentences[:1]
    if len(sentences) <= _FLASH:
        yield sentences


def _inside(hit: Hit[Named], sentence: Sentence) -> bool:
    return sentence.first <= hit.first < sentence.first + len(sentence.tokens)


def _source(hit: Hit[Named], sentence: Sentence) -> bool:
    norms = [token.norm for token in sentence.tokens]
    first, last = hit.first - sentence.first, hit.last - sentence.first
    before = first
    while before and norms[before - 1] in _HEADS:
        before -= 1
    for cue in _BEFORE:
        if tuple(norms[max(0, before - len(cue)) : before]) == cue:
            return True
    after = norms[last : last + _COLON + 1]
    if before <= _HEAD and (":" in after or (before == 0 and after[:1] in (["|"], ["/"]))):
        return True
    if hit.what.weak and before:
        return False
    if before and norms[before - 1] in _TO:
        told = {t.form.lemma for t in sentence.tokens[last : last + _VERB] if t.form is not None}
        talk = before > 1 and norms[before - 2] in _INTERVIEW
        return talk or bool(told & _TOLD)
    for n in range(last, min(last + _VERB, len(norms))):
        form = sentence.tokens[n].form
        if norms[n] in _TELLS or (form is not None and form.lemma in _TOLD):
            return before <= _HEAD or norms[before - 1] in ("،", "و", "که")
        if norms[n] in ("،", "؛") and n > last:
            break
    return False


def _tail(text: Text, outlets: Sequence[Hit[Named]]) -> list[str]:
    """«… /ایسنا», «… (رویترز)» at the end of a line of the first or the last sentence."""
    found = []
    for sentence in {id(s): s for s in (text.sentences[:1] + text.sentences[-1:])}.values():
        end = sentence.first + len(sentence.tokens)
        for hit in outlets:
            if not _inside(hit, sentence) or hit.first == sentence.first:
                continue
            rest = {text.tokens[n].norm for n in range(hit.last, end)}
            if text.tokens[hit.first - 1].norm in _OPENS and rest <= _CLOSES | {"."}:
                found.append(hit.what.id)
    return found
