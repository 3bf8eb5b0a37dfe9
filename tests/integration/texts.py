"""Own Persian articles for the tests of the service: facts of no day, written for these tests."""

import json
from typing import Any

from stream.rulebook_reader import load

OUTLET = load().outlet_names["ایرنا"]


def article(number: int | str, title: str, body: str, **more: Any) -> dict[str, Any]:
    """One article in plain JSON, as a record to send; keyed like the worker's uri."""
    fields = {"id": str(number), "outlet": "ایرنا", "title": title, "body": body, **more}
    return {"key": f"{OUTLET}/{number}".encode(), "value": json.dumps(fields, ensure_ascii=False).encode()}


def call(number: int | str, one: str = "ایران", other: str = "عربستان سعودی", **more: Any) -> dict[str, Any]:
    """A telephone call of two foreign ministers: alertable."""
    title = f"گفت‌وگوی تلفنی وزیران خارجه {one} و {other}"
    body = (
        f"وزیر امور خارجه {one} امروز با وزیر امور خارجه {other} تلفنی گفت‌وگو کرد. "
        "دو طرف در این تماس تلفنی دربارهٔ روابط دوجانبه و تحولات منطقه تبادل نظر کردند."
    )
    return article(number, title, body, **more)


def weather(number: int | str) -> dict[str, Any]:
    """Nothing that anybody is alerted to."""
    body = "سازمان هواشناسی اعلام کرد آسمان بیشتر شهرها در روزهای آینده صاف و آفتابی خواهد بود و دما کمی بالا می‌رود."
    return article(number, "هوای آفتابی در بیشتر شهرها", body)
