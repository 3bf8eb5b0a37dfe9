"""The demo's sample articles are of the kinds that it promises."""

import orjson
import pytest

from stream.demo.samples import ARTICLES, FOLDER, Sample, load_samples
from stream.rulebook_reader.book import SHIPPED
from stream.rulebook_reader.policy import read_policy

SAMPLES = load_samples()
TYPES = {
    "contact.call",
    "contact.meeting",
    "sanction.imposed",
    "sanction.lifted",
    "prisoner.release",
    "prisoner.exchange",
    "diplomatic.relations",
    "war.start",
    "ceasefire.declared",
    "attack.armed",
}


def test_about_half_stay_quiet_and_say_why() -> None:
    quiet = [sample for sample in SAMPLES if not sample.expected]
    assert 40 <= len(SAMPLES) <= 45
    assert abs(len(quiet) - len(SAMPLES) / 2) <= 3
    assert all(sample.why for sample in quiet)


def test_each_type_is_alerted_by_some_sample() -> None:
    told = {word for sample in SAMPLES for word in sample.expected}
    assert {word.partition(":")[2] for word in told} >= TYPES
    assert set(read_policy(SHIPPED).types) >= TYPES
    assert {word.partition(":")[0] for word in told} == {"alert", "update", "cancel", "notice"}


def test_the_founding_event_is_told_by_three_outlets() -> None:
    calls = [sample for sample in SAMPLES if any("contact.call" in word for word in sample.expected)]
    assert [sample.expected for sample in calls[:3]] == [
        ("alert:contact.call",),
        ("update:contact.call",),
        ("update:contact.call",),
    ]


def test_all_forms_are_there_and_one_record_is_broken() -> None:
    assert {sample.item.form for sample in SAMPLES} == {"json", "page", "html"}
    broken = []
    for sample in SAMPLES:
        if sample.item.form == "json":
            try:
                orjson.loads(sample.item.value)
            except orjson.JSONDecodeError:
                broken.append(sample)
    assert len(broken) == 1


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample.item.place.rpartition("/")[2] for sample in SAMPLES])
def test_a_sample_is_short_enough_to_be_read(sample: Sample) -> None:
    assert 0 < len(sample.item.value.decode()) < 2000


def test_expectations_and_articles_match(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ARTICLES.read_text(encoding="utf-8").splitlines()
    monkeypatch.setattr("stream.demo.samples.items", lambda _: iter([SAMPLES[0].item] * (len(lines) - 1)))
    with pytest.raises(ValueError, match="samples without expectation, or the reverse: "):
        load_samples()
    assert (FOLDER / "expectations.json").exists()
