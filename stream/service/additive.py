"""What a JSON Schema may change within one version: only add. Whoever reads our records with the released schema must still
be able to, and what was written before (the log is kept for ever) must still be read.

Allowed: a new field that is not required, a new value in a closed list, a new kind of record in a union that is told apart
by a tag, other words in a description. Everything else is a break, and needs a new `schema_version`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]
_SAME = ("type", "format", "const", "pattern", "minItems", "maxItems", "minimum", "maximum", "minLength", "maxLength")


def breaks(released: Schema, now: Schema) -> list[str]:
    """Everything by which `now` breaks with `released`, each as "place: what"; empty where it only adds."""
    return list(_Comparison(released, now).compare(released, now, "", frozenset()))


class _Comparison:
    """Two documents, whose `$ref`s are looked up."""

    def __init__(self, released: Schema, now: Schema) -> None:
        self._released = released
        self._now = now

    def compare(self, old: Schema, new: Schema, place: str, seen: frozenset[tuple[str, str]]) -> Iterator[str]:
        """What breaks below one place. `seen`: references that are being compared already (schemas may be recursive)."""
        pair = str(old.get("$ref", "")), str(new.get("$ref", ""))
        if pair[0] and pair in seen:
            return
        seen |= {pair}
        old, new = _found(self._released, old), _found(self._now, new)
        where = place or "the record"
        for word in _SAME:
            if old.get(word) != new.get(word):
                yield f"{where}: {word} was {old.get(word)!r}, is {new.get(word)!r}"
        gone = [value for value in old.get("enum", ()) if value not in new.get("enum", ())]
        if ("enum" in old) != ("enum" in new):
            yield f"{where}: {'is no closed list any more' if 'enum' in old else 'has become a closed list'}"
        elif gone:
            yield f"{where}: the values {gone} are gone"
        yield from self._fields(old, new, place, seen)
        yield from self._items(old, new, place, seen)
        yield from self._options(old, new, place, seen)

    def _fields(self, old: Schema, new: Schema, place: str, seen: frozenset[tuple[str, str]]) -> Iterator[str]:
        before, after = old.get("properties", {}), new.get("properties", {})
        for name, field in before.items():
            if name in after:
                yield from self.compare(field, after[name], f"{place}.{name}".lstrip("."), seen)
            else:
                yield f"{place}.{name}: is gone".lstrip(".")
        required = set(old.get("required", ()))
        for name in sorted(set(new.get("required", ())) - required):
            yield f"{place}.{name}: is newly required".lstrip(".")
        for name in sorted((required & set(after)) - set(new.get("required", ()))):
            yield f"{place}.{name}: is no longer always there".lstrip(".")
        yield from self._below("additionalProperties", old, new, f"{place}{{}}", seen)

    def _items(self, old: Schema, new: Schema, place: str, seen: frozenset[tuple[str, str]]) -> Iterator[str]:
        yield from self._below("items", old, new, f"{place}[]", seen)
        before, after = old.get("prefixItems", []), new.get("prefixItems", [])
        if len(before) != len(after):
            yield f"{place}[]: had {len(before)} items, has {len(after)}"
            return
        for n, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from self.compare(one, other, f"{place}[{n}]", seen)

    def _below(
        self, word: str, old: Schema, new: Schema, place: str, seen: frozenset[tuple[str, str]]
    ) -> Iterator[str]:
        before, after = old.get(word), new.get(word)
        if isinstance(before, dict) and isinstance(after, dict):
            yield from self.compare(before, after, place, seen)
        elif before != after:
            yield f"{place}: {word} was {before!r}, is {after!r}"

    def _options(self, old: Schema, new: Schema, place: str, seen: frozenset[tuple[str, str]]) -> Iterator[str]:
        """Each option of a union must still be there; another one may only come where a tag tells them apart."""
        before, after, where = list(old.get("anyOf", ())), list(new.get("anyOf", ())), place or "the record"
        tagged = "discriminator" in old and "discriminator" in new
        for one in before:
            results = [list(self.compare(one, other, place, seen)) for other in after]
            if [] in results:
                after.pop(results.index([]))
            elif (same := self._same(one, after, old, new)) is not None:
                yield from results[same]
                after.pop(same)
            else:
                yield f"{where}: {_name(one)} is no longer possible"
        if after and not tagged:
            yield f"{where}: may now also be {', '.join(_name(other) for other in after)}"

    def _same(self, one: Schema, after: list[Schema], old: Schema, new: Schema) -> int | None:
        """Which option is the one of old, though it broke: of the same tag where there are tags, else of the same name."""
        tags = [(schema.get("discriminator") or {}).get("propertyName") for schema in (old, new)]
        if tags[0] is not None and tags[0] == tags[1]:
            value = self._tag(self._released, one, tags[0])
            return next((n for n, other in enumerate(after) if self._tag(self._now, other, tags[0]) == value), None)
        return next((n for n, other in enumerate(after) if "$ref" in one and other.get("$ref") == one["$ref"]), None)

    @staticmethod
    def _tag(document: Schema, option: Schema, tag: str) -> Any:
        return _found(document, option).get("properties", {}).get(tag, {}).get("enum")


def _found(document: Schema, schema: Schema) -> Schema:
    """The schema itself, or the one that it refers to within its document."""
    ref = schema.get("$ref")
    if ref is None:
        return schema
    found: Any = document
    for step in ref.removeprefix("#/").split("/"):
        found = found[step]
    return _found(document, found)


def _name(option: Schema) -> str:
    return str(option.get("$ref", option.get("type", option))).rpartition("/")[2]
