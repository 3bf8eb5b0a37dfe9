"""What the reader of one form hands back before it becomes an `Article`, and how it refuses.

The readers (read_json, read_page, read_html) find the fields; `read` judges times, identity and language for all forms.
"""

from dataclasses import dataclass, field
from datetime import datetime

from stream.core.records import Form, Part, PubStatus
from stream.core.timestamps import Moment, parse_time


class Refused(Exception):  # noqa: N818 - not an error of ours: the input's
    """The input can't be used: `reason` is a word of REJECTION_REASONS, `detail` names place and remedy."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


@dataclass(slots=True)
class Draft:
    """Fields as found. `text` and `parts` are final but for the dateline, which `read` takes out of the parts."""

    form: Form
    title: str
    body: str
    text: str
    parts: list[Part] = field(default_factory=list)
    uri: str | None = None
    id: str | None = None
    url: str | None = None
    outlet: str | None = None
    version: str | None = None
    version_created: datetime | None = None
    published: Moment | None = None
    pub_status: PubStatus = "usable"
    embargoed_until: datetime | None = None
    code: str | None = None
    reporter_code: str | None = None
    place: str | None = None
    agency: str | None = None


def moment(value: str, name: str) -> Moment:
    """The time that a field holds; Refused where it holds none that a newspaper could have."""
    found = parse_time(value)
    if found is None:
        raise Refused(
            "published_absurd",
            f'field "{name}" is no time: {value[:60]!r}. Give ISO 8601 with an offset, as 2022-07-29T21:48:00+04:30.',
        )
    return found
