"""What an archive holds, as records of the log: which days it has news of, and who had contact with whom.

`dideban backfill` sends them; they feed the ledger of contacts (ledger.py) and nothing else, so no alert comes of them.
"""

from hashlib import sha256
from typing import Literal

import msgspec

from stream.core.base import Record


class HistoryDay(Record, frozen=True, kw_only=True):
    """So many articles of one outlet on one day (ISO, in Tehran)."""

    day: str
    outlet: str | None
    articles: int


class HistoryContact(Record, frozen=True, kw_only=True):
    """A contact that an archived article tells as having happened. `day`: ISO date in Tehran, of the event where the text
    tells it, else of the article."""

    type: str
    day: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    uri: str
    outlet: str | None
    title: str = ""
    status: Literal["happened"] = "happened"


class History(Record, frozen=True, kw_only=True, tag_field="kind", tag="history"):
    """One record of the log: a part of an archive. `id` is a digest of the rest; a record that comes again changes nothing.

    Days come after all contacts of the archive: one that was read half covers no day.
    """

    schema_version: int = 1
    id: str = ""
    contacts: tuple[HistoryContact, ...] = ()
    days: tuple[HistoryDay, ...] = ()
    rulebook: str = ""  # digest of the rulebook that judged it


def named(history: History) -> History:
    """The same with its id: a digest of what it holds, whichever rulebook judged it."""
    content = msgspec.json.encode(msgspec.structs.replace(history, id="", rulebook=""))
    return msgspec.structs.replace(history, id=sha256(content).hexdigest()[:32])
