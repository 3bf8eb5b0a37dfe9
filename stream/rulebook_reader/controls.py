"""Reads what an editor writes of mutes and watches: names as ids, times as moments, and files of controls.

# controls.yaml, or any .yaml file of a folder
- mute: {type: economy, outlet: تسنیم}
  until: 2026-06-01T18:00
  who: سردبیر شب
  because: گزارش‌های روزانهٔ بازار
- watch: {pair: [ایران, آمریکا]}
  level: urgent
  who: میز دیپلماسی
  because: دور تازهٔ گفت‌وگوها
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import msgspec

from stream.core.book import Book
from stream.core.calendars import TEHRAN
from stream.core.controls import Control, Selector
from stream.core.letters import ZWNJ, fold
from stream.core.records import Level
from stream.rulebook_reader.errors import RulebookError
from stream.rulebook_reader.yaml_file import locate, read_yaml

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])\Z")
_SPAN = re.compile(r"([0-9]{1,4})(m|h|d)\Z")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


class WrongControl(ValueError):  # noqa: N818  (what is wrong, in a sentence)
    """A name that nothing has, a time that is none, a mute without an end."""


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of a file."""

    mute: dict[str, Any] | None = None
    watch: dict[str, Any] | None = None
    level: Level | None = None
    until: str | None = None
    who: str
    because: str


class Names:
    """What selectors may name: ids, and the names by which the rulebook knows them."""

    def __init__(self, book: Book) -> None:
        lexicon, policy = book.lexicon, book.policy
        organisations = lexicon.organisations.organisations
        alone = [o for o in organisations if o.party in (None, o.id) and not o.state and not o.members]
        self._ids: dict[str, dict[str, set[str]]] = {
            "type": _by_name((name, (kind.label,)) for name, kind in policy.types.items()),
            "party": _by_name(
                [(one.id, (one.name, *one.names)) for one in lexicon.states]
                + [(one.id, (one.name, *one.names)) for one in alone]
            ),
            "place": _by_name((one.id, (one.name, *one.names)) for one in lexicon.places),
            "person": _by_name((one.id, (one.name, *one.names)) for one in lexicon.persons),
            "outlet": _by_name((one.id, (one.name, *one.names)) for one in lexicon.outlets),
            "desk": _by_name((one.id, (one.title,)) for one in policy.desks),
        }
        for name in {name.partition(".")[0] for name in policy.types}:
            self._ids["type"].setdefault(_plain(name), {name})

    def selector(self, given: dict[str, Any]) -> Selector:
        """A selector whose names are ids. Raises WrongControl."""
        known: dict[str, Any] = {}
        for field, value in given.items():
            if field not in Selector.__struct_fields__:
                raise WrongControl(f"unknown key {field!r}{_near(field, Selector.__struct_fields__)}")
            if value is None:
                continue
            if field == "pair":
                if not (isinstance(value, list | tuple) and len(value) == 2):
                    raise WrongControl("pair: two parties are wanted")
                known[field] = tuple(self.id_of("party", one) for one in value)
            else:
                known[field] = self.id_of(field, value)
        if not known:
            raise WrongControl(f"it selects nothing; say at least one of {', '.join(Selector.__struct_fields__)}")
        return Selector(**known)

    def id_of(self, field: str, word: Any) -> str:
        """The id that a word names. Raises WrongControl where it is none, or several."""
        if not isinstance(word, str):
            raise WrongControl(f"{field}: expected a text, found {word!r}")
        ids = self._ids[field]
        found = ids.get(_plain(word), set())
        if not found:
            raise WrongControl(f"{field}: nothing is called {word!r}{_near(_plain(word), ids)}")
        if len(found) > 1:
            raise WrongControl(f"{field}: {word!r} names {', '.join(sorted(found))}; write the one that is meant")
        return next(iter(found))


def _by_name(entries: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, set[str]]:
    """Ids by folded id and name; an id always means itself."""
    out: dict[str, set[str]] = {}
    own = {}
    for id_, names in entries:
        own[_plain(id_)] = {id_}
        for name in names:
            out.setdefault(_plain(name), set()).add(id_)
    return out | own


def _plain(word: str) -> str:
    return " ".join(fold(word).replace(ZWNJ, " ").split())


def _near(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def moment(text: str, now: datetime) -> datetime:
    """«2026-06-01T18:00», «2026-06-01 18:00» or, for the next such time, «18:00»: in Tehran where no zone is given.

    Raises WrongControl.
    """
    text = text.strip()
    clock = _CLOCK.match(text)
    if clock:
        here = now.astimezone(TEHRAN)
        at = here.replace(hour=int(clock[1]), minute=int(clock[2]), second=0, microsecond=0)
        return at if at > here else at + timedelta(days=1)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise WrongControl(f"until: {text!r} is no time; write 2026-06-01T18:00, or 18:00 for the next one") from None
    return at if at.tzinfo is not None else at.replace(tzinfo=TEHRAN)


def span(text: str) -> timedelta:
    """«90m», «2h», «3d». Raises WrongControl."""
    found = _SPAN.match(text.strip())
    if not found or int(found[1]) == 0:
        raise WrongControl(f"for: {text!r} is no length of time; write 90m, 2h or 3d")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def files_of(path: Path) -> list[Path]:
    """The files of controls at a path: itself, or a folder's .yaml files in order of their names."""
    return sorted(path.glob("*.yaml")) if path.is_dir() else [path] if path.exists() else []


def read_controls(path: Path, names: Names, now: datetime) -> list[Control]:
    """The controls that stand in a file or folder and have not ended; without id, asked for now.

    Raises RulebookError for the first thing that is wrong.
    """
    controls = []
    for file in files_of(path):
        if not any(line.strip() and not line.lstrip().startswith("#") for line in _lines(file)):
            continue  # all is commented out: nothing stands
        for n, entry in enumerate(read_yaml(file, tuple[Entry, ...])):
            try:
                control = _control(entry, names, now)
            except WrongControl as error:
                raise RulebookError(str(file), locate(file, n), str(error)) from None
            if control.until is None or control.until > now:
                controls.append(control)
    return controls


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return ["unreadable"]  # read_yaml says how


def _control(entry: Entry, names: Names, now: datetime) -> Control:
    given = entry.mute if entry.mute is not None else entry.watch
    if given is None or (entry.mute is not None and entry.watch is not None):
        raise WrongControl("an entry has either mute or watch")
    if entry.until is not None and _CLOCK.match(entry.until.strip()):
        raise WrongControl("until: write the day too (2026-06-01T18:00): in a file an hour alone would come every day")
    return checked(
        Control(
            action="mute" if entry.mute is not None else "watch",
            who=entry.who.strip(),
            because=entry.because.strip(),
            at=now,
            until=None if entry.until is None else moment(entry.until, now),
            select=names.selector(given),
            level=entry.level,
            source="file",
        )
    )


def checked(control: Control) -> Control:
    """The control, a watch with its level. Raises WrongControl where something is missing."""
    if not control.who or not control.because:
        raise WrongControl("say who asks for it, and because of what")
    if control.action == "mute" and control.until is None:
        raise WrongControl("a mute needs an end: until")
    if control.action == "mute" and control.level is not None:
        raise WrongControl("level belongs to a watch")
    if control.action == "watch" and control.level is None:
        return msgspec.structs.replace(control, level="urgent")
    return control


def dates(path: Path) -> Iterator[tuple[str, int, int]]:
    """What changes when the files change: name, date and size of each."""
    for file in files_of(path):
        try:
            state = file.stat()
        except OSError:
            continue
        yield str(file), state.st_mtime_ns, state.st_size
