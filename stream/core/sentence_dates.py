"""The dates of one sentence of an article, by its tokens."""

import msgspec

from stream.core.date_spans import DateSpan
from stream.core.dates import find_dates, pieces
from stream.core.normalise import Sentence
from stream.core.records import Article


def dates_of(sentence: Sentence, article: Article) -> list[DateSpan]:
    """Date phrases of a sentence, their indexes turned into tokens of the sentence."""
    found = pieces(article.text, sentence.start, sentence.end)
    known = article.published_precision != "unknown"
    spans = find_dates([w for _, _, w in found], article.published if known else None, article.published_precision)
    out = []
    for span in spans:
        start, end = found[span.first][0], found[span.last - 1][1]
        covered = [i for i, t in enumerate(sentence.tokens) if t.start < end and t.end > start]
        if covered:
            out.append(msgspec.structs.replace(span, first=covered[0], last=covered[-1] + 1))
    return out
