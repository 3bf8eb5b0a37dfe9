"""The index of the open events: what it finds, that it forgets, and how few it looks at."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from stream.core.open_events import MOST, OpenEvents
from stream.core.records import Attribution, Mention, Where
from tests.core.mention_log import NOON, POLICY, mention

NO_COPY: frozenset[str] = frozenset()


def town(name: str) -> Where:
    return Where(id=name, exact=True, within=("south", "LBN"))


def strike(*towns: str, terms: tuple[str, ...] = ()) -> Mention:
    return mention("attack.armed", "ISR", "LBN", where=tuple(map(town, towns)), terms=terms)


def find(events: OpenEvents, told: Mention, hours: float = 0.0, copied: frozenset[str] = NO_COPY) -> tuple[str, ...]:
    return events.find(told, NOON + timedelta(hours=hours), lambda _: False, copied)


def test_the_likeliest_event_is_found() -> None:
    events = OpenEvents(POLICY)
    events.put("tyre", [(strike("tyre"), NOON)])
    events.put("sidon", [(strike("sidon"), NOON)])
    assert find(events, strike("tyre"), 1) == ("tyre",)
    assert find(events, strike("qana"), 1) == ()


def test_a_mention_of_two_towns_belongs_to_the_events_of_both_and_of_three_at_most() -> None:
    events = OpenEvents(POLICY)
    for name in ("tyre", "sidon", "qana", "khiam"):
        events.put(name, [(strike(name), NOON)])
    assert set(find(events, strike("tyre", "sidon"), 1)) == {"tyre", "sidon"}
    assert len(find(events, strike("tyre", "sidon", "qana", "khiam"), 1)) == MOST


def test_two_events_of_one_town_are_not_told_together() -> None:
    events = OpenEvents(POLICY)
    events.put("dawn", [(strike("tyre"), NOON - timedelta(hours=9))])
    events.put("noon", [(strike("tyre"), NOON)])
    assert find(events, strike("tyre"), 1) == ("noon",)


def test_who_names_nobody_finds_events_by_place_and_words() -> None:
    events = OpenEvents(POLICY)
    events.put("a", [(mention("accident", where=(town("tyre"),), terms=("قطار", "ریل", "واژگون")), NOON)])
    assert find(events, mention("accident", where=(town("tyre"),), terms=("قطار", "واژگون")), 1) == ("a",)
    assert find(events, mention("accident", where=(town("qana"),)), 1) == ()


def test_a_copy_is_found_whatever_it_names() -> None:
    events = OpenEvents(POLICY)
    events.put("a", [(strike("tyre"), NOON)])
    assert find(events, strike("qana"), 1) == ()
    assert find(events, strike("qana"), 1, frozenset({"a"})) == ("a",)


def test_what_is_removed_is_not_found_and_leaves_nothing() -> None:
    events = OpenEvents(POLICY)
    events.put("a", [(strike("tyre"), NOON)])
    events.add("a", (mention("attack.terror", "ISR", "LBN SYR"), NOON + timedelta(days=-1)))
    events.put("b", [])
    events.remove("a")
    events.remove("a")
    assert (len(events), events._holders, events._keys) == (0, {}, {})


_REPORTS = st.lists(
    st.builds(
        mention,
        st.sampled_from(["attack.armed", "explosion.unknown", "contact.call", "accident"]),
        st.sampled_from(["ISR", "USA", "ISR USA", ""]),
        st.sampled_from(["LBN", "IRN", ""]),
        where=st.sampled_from([(), (town("tyre"),), (town("qana"),)]),
        attribution=st.sampled_from([None, Attribution(kind="official", text="ارتش", state="USA")]),
    ),
    min_size=1,
    max_size=12,
)


@settings(deadline=None)
@given(reports=_REPORTS, told=_REPORTS)
def test_the_index_hides_nothing(reports: list[Mention], told: list[Mention]) -> None:
    """What is found with the index is what is found by comparing with all."""
    indexed, open_to_all = OpenEvents(POLICY), OpenEvents(POLICY)
    for n, report in enumerate(reports):
        indexed.put(str(n), [(report, NOON)])
        open_to_all.put(str(n), [(report, NOON)])
    open_to_all._near = lambda *_: dict.fromkeys(map(str, range(len(reports))))  # type: ignore[method-assign]
    for one in told:
        assert find(indexed, one, 1) == find(open_to_all, one, 1)


def test_a_mention_meets_few_of_all_that_may_be_open() -> None:
    events = OpenEvents(POLICY)
    states = sorted(f"{a}{b}A" for a in "ABCDEFGHIJ" for b in "ABCDEFGHIJ")
    for n in range(POLICY.bounds.events):
        one, other = states[n % 100], states[(n * 7 + n // 100 + 1) % 100]
        told = mention("attack.armed", one, other, where=(town(f"t{n}"),), terms=(f"w{n}", f"v{n % 50}", "a", "b", "c"))
        events.put(str(n), [(told, NOON + timedelta(minutes=n % 2880))])
    told = mention("attack.armed", states[3], states[25], where=(town("t3"),), terms=("w3", "v3", "x", "y"))
    looked_at = list(events._near(told, NOON + timedelta(days=1), NO_COPY))
    assert len(events) == POLICY.bounds.events
    assert 0 < len(looked_at) < POLICY.bounds.events / 40
