"""Steps 2 to 4 for one article: normalise, tag, detect."""

from collections.abc import Iterator, Sequence

import msgspec

from stream.core.book import Book
from stream.core.detect import Found, detect
from stream.core.facts import around, covered, fresh, ordinal, terms, where
from stream.core.gather import gather
from stream.core.language import foreign_sentence
from stream.core.normalise import Sentence, Text, Token, normalise
from stream.core.records import Article, Judgement, Mention
from stream.core.revisions import correction, is_live
from stream.core.sketch import sketch
from stream.core.stated import outlets_in, stated
from stream.core.tag import tags

PERSIAN = "fa"


def judge(article: Article, book: Book) -> Judgement:
    """Judge one article version. A text in another language never meets the rules."""
    if article.language != PERSIAN:
        return Judgement(article=article, outcome="unsupported_language")
    text = persian_text(article, book)
    found = detect(text, book)
    mentions = gather(found.mentions)
    return Judgement(
        article=article,
        tags=tags(found.entities, text),
        mentions=tuple(completed(text, found, mentions, book)),
        misses=tuple(found.misses),
        publisher=book.voices.get(article.outlet) if article.outlet else None,
        correction=correction(article, book.lexicon.revisions),
        live=is_live(article, book.lexicon.revisions),
        sketch=sketch("\n".join(article.text[part.start : part.end] for part in article.parts))
        if any((m.revealed or m.time == "current") and m.status in _TOLD for m in mentions)
        else "",
    )


def completed(text: Text, found: Found, mentions: Sequence[Mention], book: Book) -> Iterator[Mention]:
    """The mentions with what tells their events from others: places, words, ordinal, and whose word each of them is."""
    if not mentions:
        return
    outlets = outlets_in(found.hits.names, found.entities)
    taken = covered([found.hits.triggers, found.hits.cues], found.entities)
    wide = around(text, found.entities)
    for mention in mentions:
        yield msgspec.structs.replace(
            mention,
            where=where(mention.places, book.places, wide),
            terms=terms(text, mention, taken, book.common),
            fresh=fresh(text, mention),
            ordinal=ordinal(text, mention),
            stated=stated(text, outlets, mention, book.voices),
        )


_TOLD = frozenset(["happened", "claimed", "denied", "called_off"])  # what an event is made of
_PLAIN = frozenset(["بودن", "کردن", "شدن", "داشتن", "گفتن"])


def _plainly_persian(sentence: Sentence) -> bool:
    """A verb that no other language has: most sentences need no longer look."""
    return any(t.verb and t.form is not None and t.form.lemma in _PLAIN for t in sentence.tokens)


def persian_text(article: Article, book: Book) -> Text:
    """Sentences and tokens of the article's own language; a foreign sentence inside it is skipped."""
    text = normalise(article, book.words, book.joins)
    kept = [s for s in text.sentences if _plainly_persian(s) or not foreign_sentence(article.text[s.start : s.end])]
    if len(kept) == len(text.sentences):
        return text
    tokens: list[Token] = []
    for sentence in kept:
        sentence.first = len(tokens)
        tokens.extend(sentence.tokens)
    return Text(article=article, sentences=kept, tokens=tokens)
