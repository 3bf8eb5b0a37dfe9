"""Core time per article beside hazm's, and with many times the rules, in one run.

    python -m tests.benchmarks.core [--articles FILE] [--rules 10x] [--most 400]

Without `--articles` the texts are made here from the words below; FILE holds one JSON object a line with the fields of
docs/articles.md, gzipped or not. Times are CPU times of this process per article in milliseconds, the median of several
rounds in which core and hazm take turns, so that a busy machine disturbs both alike. Nothing is asserted.

Generated rules: each rule again and again under another id, its phrases made of words of the phrases of all rules, so
that the automaton grows; a phrase of one word gets a second one, or the copies would find what the rules find.
"""

import argparse
import gzip
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

import hazm
import msgspec

from stream.core.book import Book
from stream.core.detect import detect
from stream.core.judge import judge, persian_text
from stream.core.normalise import normalise
from stream.core.phrases import GAP
from stream.core.read import read
from stream.core.records import Article, Incoming, Limits
from stream.core.rules import Detect
from stream.core.scan import scan
from stream.rulebook_reader import load
from stream.rulebook_reader.book import SHIPPED, read_rules
from stream.rulebook_reader.policy import read_policy

T = TypeVar("T")
ROUNDS = 7
SEED = 4

_WHO = """وزیر آموزش|رئیس‌جمهور|سخنگوی شهرداری|مدیرعامل شرکت آب|شهردار تبریز|یک کارشناس ترکیه|استاندار خراسان|نماینده
مردم یزد|رئیس اتاق بازرگانی|کارشناسان هواشناسی|گروهی از پژوهشگران|مربی این تیم|فرمانده مرزبانی|سفیر روسیه|وزیر خارجه عراق"""
_WHAT = """شیوه نگهداری باغ‌ها را|گزارش سالانه سازمان را|طرح اصلاح یارانه‌ها را|آمار صادرات غیرنفتی را|برنامه‌های آموزشی مدرسه‌ها را
|نقشه راه بندرها را|فهرست داروهای کمیاب را|بودجه باشگاه را|قیمت گندم را|وضعیت سدهای کشور را|ساخت پل تازه را|تحریم‌های تازه را"""
_WHEN = "دیروز|روز گذشته|صبح امروز|هفته پیش|در سال ۱۴۰۲|پس از چند ماه|در آستانه نوروز|بار دیگر|به‌تازگی||||||||"
_WHERE = """در جمع خبرنگاران|در شهر کرمان|در حاشیه همایش ملی|با حضور کارگران کارخانه|به پیشنهاد کمیسیون انرژی|به دلیل گرمای هوا
|در جمع دانشجویان دانشگاه|با توجه به نیاز بازار|در مقایسه با سال‌های دور|به کمک همکاران خود"""
_DID = """بررسی کردند|مهم می‌داند|به خوبی می‌شناسد|شرح داد|نمی‌پسندد|دوباره خواند|به شورا فرستاده است|ارائه خواهد داد|کافی
نمی‌دانست|یادآوری کرد|دنبال می‌کند|امضا کرد"""
_REST = """و گفت این کار تا پایان پاییز ادامه می‌یابد|، اما هنوز نتیجه آن روشن نیست|که به گفته او گام بزرگی برای مردم منطقه است
|و از همه شهروندان خواست صرفه‌جویی کنند||||؛ موضوعی که در ماه‌های اخیر بارها مطرح شده بود"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.core", description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=Path, help="one JSON article a line, gzipped or not; without it made texts")
    parser.add_argument(
        "--rules", default="10x", help="how many times the rules to compare with (10x; 1x: no comparison)"
    )
    parser.add_argument("--most", type=int, default=400, help="how many articles to measure with")
    chosen = parser.parse_args(arguments)
    times = int(chosen.rules.removesuffix("x"))
    book = load()
    articles = list(islice(_articles(chosen.articles, book), chosen.most))
    if not articles:
        sys.exit("no Persian article to measure with")
    tokens = [len(persian_text(article, book).tokens) for article in articles]
    _line("articles", f"{len(articles)}, {statistics.mean(tokens):.0f} tokens each")
    _beside_hazm(articles, book)
    _stages(articles, book)
    if times > 1:
        _more_rules(articles, book, times)


def _beside_hazm(articles: Sequence[Article], book: Book) -> None:
    cleaned, cut, lemmas = hazm.Normalizer(correct_spacing=False), hazm.WordTokenizer(), hazm.Lemmatizer()

    def core(article: Article) -> None:
        judge(article, book)

    def theirs(article: Article) -> None:
        for word in cut.tokenize(cleaned.normalize(article.text)):
            lemmas.lemmatize(word)

    ours, other = _race(articles, core, theirs)
    _line("core", f"{ours:.3f} ms")
    _line("hazm", f"{other:.3f} ms")
    _line("core : hazm", f"{ours / other:.2f}")


def _stages(articles: Sequence[Article], book: Book) -> None:
    """What each step takes; `detect` includes `scan`, tags and gathering are the rest of the core's time."""
    texts = [persian_text(article, book) for article in articles]
    for name, took in (
        ("normalise", _race(articles, lambda a: normalise(a, book.words, book.joins))),
        ("and skip foreign sentences", _race(articles, lambda a: persian_text(a, book))),
        ("scan", _race(texts, lambda t: scan(t, book))),
        ("detect", _race(texts, lambda t: detect(t, book))),
    ):
        _line(name, f"{took[0]:.3f} ms")


def _more_rules(articles: Sequence[Article], book: Book, times: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        phrases = write_rules(Path(folder), times - 1)
        more = load(Path(folder))
    found = sum(len(judge(a, more).mentions) for a in articles), sum(len(judge(a, book).mentions) for a in articles)
    once, often = _race(articles, lambda a: judge(a, book), lambda a: judge(a, more))
    _line(
        "rules", f"{len(book.rules)} and {len(more.rules)}, {phrases} phrases more, mentions {found[1]} and {found[0]}"
    )
    _line(f"core with {times}x the rules", f"{often:.3f} ms")
    _line(f"{times}x : 1x", f"{often / once:.2f}")


def write_rules(folder: Path, copies: int) -> int:
    """Write each shipped rule `copies` times with generated phrases, as a newsroom's own rules; returns how many
    phrases that makes."""
    draw = random.Random(SEED)
    rules = read_rules([SHIPPED], read_policy(SHIPPED))
    segments = [part.split() for rule in rules for p in _phrases(rule.detect) for part in p.split(GAP)]
    words = sorted({word for segment in segments for word in segment if not set(word) & set("<>|")})
    written: set[str] = set()

    def permuted(phrases: Sequence[str]) -> tuple[str, ...]:
        out = []
        for phrase in phrases:
            sizes = [len(part.split()) for part in phrase.split(GAP)]
            sizes[0] = max(sizes[0], 2)
            made = f" {GAP} ".join(" ".join(draw.sample(words, size)) for size in sizes)
            if made not in written:
                written.add(made)
                out.append(made)
        return tuple(out)

    for rule in rules:
        for copy in range(copies):
            detect = msgspec.structs.replace(
                rule.detect,
                triggers=permuted(rule.detect.triggers),
                nouns=permuted(rule.detect.nouns),
                unless={name: permuted(group) for name, group in rule.detect.unless.items()},
                with_any=permuted(rule.detect.with_any),
            )
            name = f"{rule.id}_{copy}"
            made = msgspec.structs.replace(rule, id=name, detect=detect)
            (folder / f"{name}.yaml").write_bytes(msgspec.json.encode(made))  # JSON is YAML
    return len(written)


def _phrases(detect: Detect) -> Iterator[str]:
    yield from (*detect.triggers, *detect.nouns, *detect.with_any)
    for group in detect.unless.values():
        yield from group


def _articles(path: Path | None, book: Book) -> Iterator[Article]:
    """Persian articles of a file, or made ones."""
    now = datetime.now(UTC)
    for line in _made() if path is None else _lines(path):
        article = read(Incoming(value=line, arrived=now), Limits(), book.outlet_names)
        if isinstance(article, Article) and article.language == "fa":
            yield article


def _lines(path: Path) -> Iterator[bytes]:
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
        yield from lines


def _made() -> Iterator[bytes]:
    """Articles of ten to thirty sentences, always the same."""
    draw = random.Random(SEED)
    pools = [pool.replace("\n", " ").split("|") for pool in (_WHEN, _WHO, _WHERE, _WHAT, _DID, _REST)]

    def sentence() -> str:
        return " ".join(part.strip() for part in map(draw.choice, pools) if part.strip()) + "."

    while True:
        body = " ".join(sentence() for _ in range(draw.randint(10, 30)))
        yield msgspec.json.encode({"title": sentence(), "body": body, "published": "2026-06-01T12:00:00+03:30"})


def _race(items: Sequence[T], *runners: Callable[[T], object]) -> list[float]:
    """Milliseconds of CPU per item for each runner, which take turns: the median of the rounds after the first."""
    rounds = []
    for _ in range(ROUNDS):
        took = []
        for run in runners:
            begun = time.process_time()
            for item in items:
                run(item)
            took.append((time.process_time() - begun) / len(items) * 1000)
        rounds.append(took)
    return [statistics.median(column) for column in zip(*rounds[1:], strict=True)]


def _line(name: str, value: str) -> None:
    sys.stdout.write(f"{name:<28} {value}\n")


if __name__ == "__main__":
    main()
