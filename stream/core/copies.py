"""Near copies among the articles at hand: an index of sketches (sketch.py), bounded by whoever adds and removes."""

from stream.core.sketch import NEAR, PLACES, bands, likeness

_MOST = 64  # articles looked at for one text: what so many share is no text of anybody's


class Copies:
    """Texts by article uri: sketch and signature. Mutable, deterministic."""

    def __init__(self) -> None:
        self._sketches: dict[str, str] = {}
        self._keys: dict[str, tuple[str, ...]] = {}
        self._holders: dict[str, dict[str, None]] = {}

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, uri: str, sketch: str, signature: str) -> None:
        """Take an article in, in place of its version before; one without both is only taken out."""
        self.remove(uri)
        keys = _keys(sketch, signature)
        if keys:
            self._sketches[uri], self._keys[uri] = sketch, keys
        for key in keys:
            self._holders.setdefault(key, {})[uri] = None

    def remove(self, uri: str) -> None:
        """Forget an article."""
        self._sketches.pop(uri, None)
        for key in self._keys.pop(uri, ()):
            held = self._holders[key]
            del held[uri]
            if not held:
                del self._holders[key]

    def find(self, uri: str, sketch: str, signature: str) -> tuple[str, ...]:
        """Uris of the texts that this one copies: verbatim, or nearly; the likest first, of equals the first to come."""
        shared: dict[str, int] = {}
        for key in _keys(sketch, signature):
            for other in self._holders.get(key, ()):
                shared[other] = shared.get(other, 0) + (PLACES if key == signature else 1)
        shared.pop(uri, None)
        nearest = sorted(shared, key=lambda other: -shared[other])[:_MOST]
        like = {other: 1.0 if shared[other] >= PLACES else likeness(sketch, self._sketches[other]) for other in nearest}
        return tuple(sorted((other for other in nearest if like[other] >= NEAR), key=lambda other: -like[other]))


def _keys(sketch: str, signature: str) -> tuple[str, ...]:
    """What copies share: of near ones at least one band, of verbatim ones the signature."""
    return (*(bands(sketch) if sketch else ()), *((signature,) if signature else ()))
