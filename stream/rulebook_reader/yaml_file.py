"""One YAML file into one typed, frozen value; every error says file, line and remedy.

Stricter than YAML 1.1, since editors and not programmers write these files: only `true` and `false` are booleans (`no`
is Norway), `24:00` and `0123` are text, keys are always text; duplicate keys, aliases, tags and tabs are refused.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml
from msgspec import inspect

from stream.rulebook_reader.errors import RulebookError

T = TypeVar("T")
Key = str | int
Keys = tuple[Key, ...]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_TEXT_TAGS = frozenset(_TAG + name for name in ("str", "timestamp", "value", "merge"))
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+]?[0-9]+)?\Z")
_BOOL = {"true": True, "false": False}
_NULL = ("", "~", "null")
_TAB = re.compile(r"^ *\t", re.MULTILINE)
_ANY = "[...]"  # what msgspec writes for "one of the values of a dict"
_STEP = re.compile(r"\.([^.\[]+)|\[([0-9]+)\]|(\[\.\.\.\])")
_HINTS = {
    ("str", "int"): "put it in quotes",
    ("str", "float"): "put it in quotes",
    ("str", "bool"): "put it in quotes",
    ("bool", "str"): "write true or false",
    ("array", "str"): "begin each item with '- '",
    ("array", "object"): "begin each item with '- '",
}


def read_yaml(path: Path, type_: type[T], root: Path | None = None) -> T:
    """Read the file as `type_`, a msgspec Struct (with `forbid_unknown_fields`) or any type msgspec converts to.

    `root`: errors name the file relative to it. Raises `RulebookError`, and nothing else.
    """
    file = _name(path, root)
    node = _compose(file, _text(path, file))
    data = _build(node, file, set())
    try:
        return msgspec.convert(data, type_, str_keys=True)
    except msgspec.ValidationError as error:
        raise _explained(error, data, node, type_, file) from None


def locate(path: Path, *keys: Key) -> int:
    """The line (from 1) of the value under these keys (texts) and indexes (from 0) of a file that was read.

    For keys that are not there it is the line of the deepest that is; 0 where the file can't be read any more.
    """
    try:
        node = _composed(path, path.stat().st_mtime_ns)
    except (OSError, RulebookError):
        return 0
    return _line(node, keys)


@lru_cache(maxsize=64)
def _composed(path: Path, _changed: int) -> yaml.Node:
    return _compose(str(path), _text(path, str(path)))


def _name(path: Path, root: Path | None) -> str:
    if root is not None and path.is_relative_to(root):
        return path.relative_to(root).as_posix()
    return str(path)


def _text(path: Path, file: str) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise RulebookError(file, 0, f"can't be read: {error.strerror or error}") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RulebookError(file, raw.count(b"\n", 0, error.start) + 1, "is not UTF-8; save it as UTF-8") from None
    tab = _TAB.search(text)
    if tab:
        line = text.count("\n", 0, tab.start()) + 1
        raise RulebookError(file, line, "a tab where the line begins; indent with spaces")
    return text


def _compose(file: str, text: str) -> yaml.Node:
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
    except yaml.reader.ReaderError as error:
        # the C reader counts bytes, the Python one characters
        before = text.encode()[: error.position].decode(errors="ignore") if yaml.__with_libyaml__ else text
        line = before[: error.position].count("\n") + 1
        raise RulebookError(file, line, f"not YAML: {error.reason} (U+{error.character:04X})") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = f"not YAML: {error.problem or error.context}"
        if error.context and error.problem:
            began = f" that began in line {error.context_mark.line + 1}" if error.context_mark else ""
            message += f" ({error.context}{began})"
        raise RulebookError(file, mark.line + 1 if mark else 0, message) from None
    if node is None:
        raise RulebookError(file, 1, "the file is empty")
    return node


def _build(node: yaml.Node, file: str, seen: set[int]) -> Any:
    """Plain Python data; `seen` finds nodes met before, which are aliases."""
    if id(node) in seen:
        raise RulebookError(file, node.start_mark.line + 1, "it is used again as an alias (*name); write it out")
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, file)
    if isinstance(node, yaml.SequenceNode) and node.tag == _TAG + "seq":
        return [_build(item, file, seen) for item in node.value]
    if not isinstance(node, yaml.MappingNode) or node.tag != _TAG + "map":
        raise RulebookError(file, node.start_mark.line + 1, f"the tag {node.tag!r} is not read here; leave it out")
    data: dict[str, Any] = {}
    first: dict[str, int] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise RulebookError(file, line, "a key must be a single word or text")
        key = key_node.value
        if key in data:
            raise RulebookError(file, line, f"the key {key!r} stands twice; first in line {first[key]}")
        data[key] = _build(value_node, file, seen)
        first[key] = line
    return data


def _scalar(node: yaml.ScalarNode, file: str) -> Any:
    text: str = node.value
    tag = node.tag
    if tag in _TEXT_TAGS or node.style in {"'", '"', "|", ">"}:
        return text
    if tag == _TAG + "int":
        return int(text) if _INT.match(text) else text
    if tag == _TAG + "float":
        return float(text) if _FLOAT.match(text) else text
    if tag == _TAG + "bool":
        return _BOOL.get(text, text)
    if tag == _TAG + "null":
        return None if text in _NULL else text
    raise RulebookError(file, node.start_mark.line + 1, f"the tag {tag!r} is not read here; leave it out")


# --- errors ----------------------------------------------------------------------------------------------------------


def _explained(error: msgspec.ValidationError, data: Any, node: yaml.Node, type_: Any, file: str) -> RulebookError:
    message, _, place = str(error).partition(" - at `")
    keys = _keys(place.rstrip("`"), data, type_, str(error))
    bad_key = place.startswith("key` in ")
    named = re.match(r"Object (contains unknown|missing required) field `(.*)`", message)
    types = list(_types(inspect.type_info(type_), keys, bad_key))
    if named and named[1] == "contains unknown":
        known = [field.encode_name for t in types if isinstance(t, inspect.StructType) for field in t.fields]
        text = f"unknown key {named[2]!r}{_advice(named[2], known)}"
        return RulebookError(file, _line(node, (*keys, named[2])), text)
    if named:
        return RulebookError(file, _line(node, keys), f"missing key {named[2]!r}")
    value = keys[-1] if bad_key else _value(data, keys)
    where = f"{_shown(keys)}: " if keys else ""
    if message.startswith("Invalid enum value"):
        allowed = [str(v) for t in types if isinstance(t, inspect.LiteralType) for v in t.values]
        allowed += [str(v.value) for t in types if isinstance(t, inspect.EnumType) for v in t.cls]
        return RulebookError(
            file,
            _line(node, keys),
            f"{where}unknown {'key' if bad_key else 'value'} {value!r}{_advice(str(value), allowed)}",
        )
    wrong = re.match(r"Expected `(.*)`, got `(.*)`", message)
    if wrong:
        hint = next((h for (want, got), h in _HINTS.items() if want in wrong[1].split(" | ") and got == wrong[2]), "")
        words = {"object": "a mapping (key: value)", "array": "a list", "null": "nothing", "str": "a text"}
        wants = " or ".join(words.get(word, word) for word in wrong[1].split(" | "))
        text = f"{where}expected {wants}, found {words.get(wrong[2], wrong[2])}{'; ' + hint if hint else ''}"
        return RulebookError(file, _line(node, keys), text)
    return RulebookError(file, _line(node, keys), where + message.replace("`", "'"))


def _advice(word: str, known: list[str]) -> str:
    close = get_close_matches(word, known, n=1)
    if close:
        return f"; did you mean {close[0]!r}?"
    return f"; known are {', '.join(known)}" if known else ""


def _shown(keys: Keys) -> str:
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys).lstrip(".")


def _keys(place: str, data: Any, type_: Any, error: str) -> Keys:
    """The keys of msgspec's error path; where it says only "an entry of this mapping", the entry is found by trying."""
    bad_key = place.startswith("key` in ")
    keys: list[Key] = []
    for name, index, unnamed in _STEP.findall(place + (_ANY if bad_key else "")):
        if unnamed:
            path = tuple(keys)
            entries = list(_value(data, path))
            keys.append(next((key for key in entries if _error(_reduced(data, path, key), type_) == error), entries[0]))
            data = _reduced(data, path, keys[-1])
        else:
            keys.append(name or int(index))
    return tuple(keys)


def _error(data: Any, type_: Any) -> str:
    try:
        msgspec.convert(data, type_, str_keys=True)
    except msgspec.ValidationError as error:
        return str(error)
    return ""


def _reduced(data: Any, keys: Keys, key: Key) -> Any:
    """The same data, but of the mapping under `keys` only the entry `key`."""
    if keys:
        copy = data.copy()
        copy[keys[0]] = _reduced(data[keys[0]], keys[1:], key)
        return copy
    return {key: data[key]}


def _value(data: Any, keys: Keys) -> Any:
    for key in keys:
        data = data[key]
    return data


def _types(info: inspect.Type, keys: Keys, key: bool = False) -> Iterator[inspect.Type]:
    """All types that may stand under these keys (several by unions), or for the last key itself."""
    if isinstance(info, inspect.UnionType):
        for member in info.types:
            yield from _types(member, keys, key)
    elif not keys:
        yield info
    elif isinstance(info, inspect.StructType):
        for field in info.fields:
            if field.encode_name == keys[0]:
                yield from _types(field.type, keys[1:], key)
    elif isinstance(info, inspect.DictType):
        yield from _types(info.key_type if key and len(keys) == 1 else info.value_type, keys[1:], key)
    elif isinstance(info, inspect.TupleType) and isinstance(keys[0], int) and keys[0] < len(info.item_types):
        yield from _types(info.item_types[keys[0]], keys[1:], key)
    elif isinstance(info, inspect.CollectionType):
        yield from _types(info.item_type, keys[1:], key)


def _line(node: yaml.Node, keys: Keys) -> int:
    line: int = node.start_mark.line + 1
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == str(key)), None)
            if found is None:
                return line
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
            line = node.start_mark.line + 1
        else:
            return line
    return line
