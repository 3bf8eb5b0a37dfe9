"""The compiled rulebook: everything that judging an article needs, in one value.

Pure: the reader (`stream/rulebook_reader`) brings the files' records and hazm's verb stems, this module compiles them.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

import msgspec

from stream.core.letters import ZWNJ, fold
from stream.core.lexicon import Lexicon, Office, Place
from stream.core.normalise import Joins, cut
from stream.core.past import Anchor
from stream.core.phrases import AROUND, GAP, WITHIN, Matcher, segments
from stream.core.policy import Policy, RuleFacts
from stream.core.records import Voice
from stream.core.rules import Cue, Cues, Rule, Spelling
from stream.core.verbs import VerbForm, conjugate
from stream.core.word_classes import expand
from stream.core.words import ENDINGS, PLURALS, Words

NamedKind = Literal[
    "state", "adjective", "capital", "organisation", "generic", "person", "role", "relation", "place", "outlet"
]


COUNTERPART = "counterpart"
HOME = "IRN"  # the state of the press that the lexicon is written for


class Named(msgspec.Struct, frozen=True):
    """What a name in the lexicon stands for. `parties`: the party ids it counts as."""

    kind: NamedKind
    id: str
    name: str
    parties: tuple[str, ...] = ()
    weak: bool = False
    stands: bool = True
    group: bool = False  # an armed group or party without a state
    detail: str = ""  # rank of a role, kind of an organisation or place
    default: str | None = None


class Trigger(msgspec.Struct, frozen=True):
    """A trigger phrase of rule number `rule`; `verbal` ones tell the event by themselves, `negative` ones are written with
    a negative verb."""

    rule: int
    verbal: bool
    phrase: str
    negative: bool = False
    future: bool = False  # written in the future: only counts of what lies ahead


RESULT = "+result"


class Guard(msgspec.Struct, frozen=True):
    """A phrase that keeps rule number `rule` silent (`name`: the group), that it asks for (`name` empty), or that tells
    a result of its event (`name` RESULT)."""

    rule: int
    name: str
    phrase: str


class CuePhrase(msgspec.Struct, frozen=True):
    """A phrase of a cue."""

    cue: Cue
    phrase: str
    negative: bool | None = None  # the polarity that its verb is written with; None where it has none
    present: bool = False  # its verb is written in the present, and only counts so («بررسی می‌کند»)


What = Named | Trigger | Guard | CuePhrase


class Book(msgspec.Struct, frozen=True, kw_only=True):
    """A compiled rulebook; `digest` names its content."""

    digest: str
    words: Words
    joins: Joins
    matcher: Matcher[What]
    rules: tuple[Rule, ...]
    policy: Policy
    facts: Mapping[str, RuleFacts]
    outlet_names: Mapping[str, str]
    outlet_countries: Mapping[str, str]
    outlet_titles: Mapping[str, str]  # outlet id → the name to show
    offices: Mapping[str, tuple[Office, ...]]  # of each person of the lexicon
    voices: Mapping[str, Voice]  # outlet id → what is known of it as a source
    places: Mapping[str, Place]
    common: frozenset[str]  # words that news uses every day, as the normaliser writes them
    lexicon: Lexicon
    classes: Mapping[str, tuple[str, ...]]  # words of each word class
    anchors: tuple[Anchor, ...] = ()  # what firsts are counted from

    def phrases(self, phrase: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """What a line of a rule is matched by: the segments of every phrase that it stands for."""
        return tuple(segments(one, self.words, self.joins) for one in expand(phrase, self.classes))


_NO_OWNER = frozenset([None, "خصوصی", "نامعلوم"])  # as outlets.yaml writes of many: no owner that two could share


def compile_book(
    *,
    digest: str,
    stems: Iterable[tuple[str, str]],
    lexicon: Lexicon,
    cues: Cues,
    spelling: Spelling,
    rules: Iterable[Rule],
    policy: Policy,
    classes: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    anchors: tuple[Anchor, ...] = (),
) -> Book:
    """Compile the records of the rulebook's files. `stems`: (past, present) of verbs; `classes`: words by class.

    Raises UnknownClass for a phrase with a class that `classes` lacks.
    """
    rules = tuple(rules)
    lines: list[tuple[str, What]] = [*_cue_phrases(cues)]
    for number, rule in enumerate(rules):
        detect = rule.detect
        lines += [(p, Trigger(number, True, p)) for p in detect.triggers]
        lines += [(p, Trigger(number, False, p)) for p in detect.nouns]
        lines += [(p, Guard(number, name, p)) for name, group in detect.unless.items() for p in group]
        lines += [(p, Guard(number, "", p)) for p in detect.with_any]
        lines += [(p, Guard(number, RESULT, p)) for p in detect.results]
    phrases: list[tuple[str, What]] = _names(lexicon, spelling)
    phrases += [(phrase, what) for line, what in lines for phrase in expand(line, classes)]
    forms = conjugate(stems)
    words, joins = _words(
        forms,
        [phrase for phrase, what in phrases if isinstance(what, Named)],
        [phrase for phrase, what in phrases if not isinstance(what, Named)],
        spelling,
        lexicon,
    )
    return Book(
        digest=digest,
        words=words,
        joins=joins,
        matcher=Matcher(
            (
                segments(phrase, words, joins),
                _polarity(what, words, joins, phrase),
                AROUND if isinstance(what, CuePhrase) else WITHIN,
            )
            for phrase, what in phrases
        ),
        rules=rules,
        policy=policy,
        facts={
            r.id: RuleFacts(
                rule=r.id, type=r.type, title=r.title, desk=r.desk, maturity=r.maturity, severity=r.severity
            )
            for r in rules
        },
        outlet_names={  # what an article gives as its outlet: there a common word means the outlet, if no other's name
            **{name: outlet.id for outlet in lexicon.outlets for name in outlet.weak},
            **{name: outlet.id for outlet in lexicon.outlets for name in (outlet.name, *outlet.names)},
        },
        outlet_titles={outlet.id: outlet.name for outlet in lexicon.outlets},
        outlet_countries={o.id: o.country for o in lexicon.outlets if o.country},
        offices={person.id: person.roles for person in lexicon.persons},
        voices={
            o.id: Voice(
                id=o.id,
                kind=o.kind,
                owner=None if o.owner in _NO_OWNER else o.owner,
                country=o.country,
                state=o.state,
            )
            for o in lexicon.outlets
        },
        places={place.id: place for place in lexicon.places},
        common=frozenset(norm for word in spelling.common for norm in segments(word, words, joins)[0]),
        lexicon=lexicon,
        classes=classes,
        anchors=anchors,
    )


def _polarity(what: What, words: Words, joins: Joins, phrase: str) -> What:
    """A cue written with a negative verb («ممکن نیست») only counts with one, any other only without; one written in the
    present does not count in the past."""
    if not isinstance(what, CuePhrase | Trigger):
        return what
    form = cut(phrase, 0, len(phrase), words, joins, phrase=True)[-1].form
    if isinstance(what, Trigger):
        return msgspec.structs.replace(
            what,
            negative=form is not None and form.negative,
            future=form is not None and form.tense == "future",
        )
    if form is None or form.tense in ("infinitive", "participle"):
        return what
    return CuePhrase(what.cue, what.phrase, form.negative, form.tense == "present")


def _cue_phrases(cues: Cues) -> list[tuple[str, What]]:
    return [(phrase, CuePhrase(cue, phrase)) for cue in cues.cues for phrase in cue.phrases]


def _names(lexicon: Lexicon, spelling: Spelling) -> list[tuple[str, What]]:
    out: list[tuple[str, What]] = []

    def put(names: Iterable[str], weak: Iterable[str], make: Named) -> None:
        out.extend((name, make) for name in names)
        if weak:
            faint = msgspec.structs.replace(make, weak=True)
            out.extend((name, faint) for name in weak)

    parties: tuple[str, ...]
    for state in lexicon.states:
        parties = (state.id,)
        put(state.names, state.weak, Named("state", state.id, state.name, parties))
        put(state.adjectives, (), Named("adjective", state.id, state.name, parties))
        put(state.capitals, (), Named("capital", state.id, state.name, parties))
    for org in lexicon.organisations.organisations:
        if org.party:
            parties = (org.party,)
        elif org.state:
            parties = (org.state,)
        else:
            parties = org.members or ((org.id,) if org.id.isupper() else ())
        group = org.state is None and org.kind in ("armed", "party")
        put(org.names, org.weak, Named("organisation", org.id, org.name, parties, group=group, detail=org.kind))
    for generic in lexicon.organisations.generic:
        put(
            generic.names,
            (),
            Named("generic", generic.id, generic.names[0], detail=generic.kind, default=generic.default),
        )
    for person in lexicon.persons:
        stands = person.kind in ("official", "military", "party")
        parties = (person.state,) if person.state else ()
        put(
            person.names,
            person.weak,
            Named("person", person.id, person.name, parties, stands=stands, detail=person.kind),
        )
    plurals = {fold(plural.word): plural.forms for plural in spelling.plurals}
    for role_ in lexicon.roles.roles:
        put(
            _with_plurals(role_.names, plurals),
            (),
            Named(
                "role",
                role_.id,
                role_.title,
                stands=role_.stands,
                detail=role_.rank,
                default=None if role_.abroad or role_.needs == "body" else HOME,
            ),
        )
    for relation in lexicon.roles.relational:
        if relation.id != COUNTERPART:
            continue  # «جانشین …» stands for nobody's state by itself
        put(relation.names, (), Named("relation", relation.id, relation.names[0]))
    for place in lexicon.places:
        parties = (place.country,) if place.country else ()  # a sea between states is nobody's soil
        keeper = place.countries[0] if place.kind == "strait" and place.countries else None
        put(place.names, place.weak, Named("place", place.id, place.name, parties, detail=place.kind, default=keeper))
    for outlet in lexicon.outlets:
        put(outlet.names, outlet.weak, Named("outlet", outlet.id, outlet.name, detail=outlet.kind))
    return out


def _with_plurals(names: Iterable[str], plurals: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Names of a role with those of several holders («وزیران خارجه», «وزرای خارجه»)."""
    out: list[str] = []
    for name in names:
        head, _, rest = name.partition(" ")
        out += [name, *(f"{form} {rest}".strip() for form in plurals.get(fold(head), ()))]
    return list(dict.fromkeys(out))


def _pieces(text: str) -> list[list[str]]:
    """Words of a phrase, each as its folded pieces."""
    out = []
    for word in text.replace(GAP, " ").split():
        pieces = [fold("".join(c for c in piece if c.isalnum() or c.isspace())) for piece in word.split(ZWNJ)]
        pieces = [piece for piece in pieces if piece]
        if pieces:
            out.append(pieces)
    return out


# A word that ends in one of these joins nothing to its left: «وزیرخارجه» looks like «وزیر خارجه» in print.
_OPEN_ENDED = tuple("اآدذرزژو")


def _plural_of(word: str, known: set[str]) -> bool:
    """Whether a phrase's word is the plural of another phrase's word: only the singular is matched by."""
    for ending, back in (("یان", "ی"), ("گان", "ه"), ("ات", "ه"), ("های", ""), ("ها", "")):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= 3 and stem + back in known:
            return True
    return False


def _words(
    forms: Mapping[str, VerbForm], names: list[str], phrases: list[str], spelling: Spelling, lexicon: Lexicon
) -> tuple[Words, Joins]:
    named = {piece for phrase in names for word in _pieces(phrase) for piece in word}
    told = {piece for phrase in phrases for word in _pieces(phrase) for piece in word} - set(forms)
    keep = {fold(word) for word in spelling.keep}
    vocabulary: set[str] = {word for word in told if word in keep or word in named or not _plural_of(word, told)}
    glued: dict[str, tuple[str, ...]] = {}
    heads = {name for role in lexicon.roles.roles for name in role.names}
    heads |= {name for generic in lexicon.organisations.generic for name in generic.names}
    vocabulary |= named - set(forms)
    for phrase in (*names, *phrases):
        words = _pieces(phrase)
        for pieces in words:
            if len(pieces) > 1 and pieces[1] not in ENDINGS and pieces[0] not in ("می", "نمی"):
                glued.setdefault("".join(pieces), tuple(pieces))
        if phrase in heads:
            flat = [piece for pieces in words for piece in pieces]
            for left, right in pairwise(flat):
                if left.endswith(_OPEN_ENDED) and len(right) >= 3:
                    glued.setdefault(left + right, (left, right))
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    same: dict[str, str] = {}
    for join in spelling.words:
        one = fold(join.word).replace(ZWNJ, "").replace(" ", "")
        vocabulary.add(one)
        for spelled in (join.word, *join.spellings):
            pieces = [piece for group in _pieces(spelled) for piece in group]
            if len(pieces) == 1:
                same[pieces[0]] = one
                vocabulary.add(pieces[0])
                continue
            same["".join(pieces)] = one
            vocabulary.add("".join(pieces))
            entry = (tuple(pieces[1:]), one)
            bucket = table.setdefault(pieces[0], [])
            if entry not in bucket:
                bucket.append(entry)
    for whole in [w for w in glued if w in vocabulary or w in forms]:
        del glued[whole]
    same = {word: one for word, one in same.items() if word != one}
    for bucket in table.values():
        bucket.sort(key=lambda entry: -len(entry[0]))
    keep = {fold(word) for word in spelling.keep}
    vocabulary -= {word for word in vocabulary - keep if _is_plural(word, vocabulary)}
    words_ = Words(forms, vocabulary, glued, keep, same)
    return words_, Joins({first: tuple(bucket) for first, bucket in table.items()})


def _is_plural(word: str, vocabulary: set[str]) -> bool:
    """«نیروهای» in a phrase is «نیرو», as it is in a text: else the phrases with «نیرو» would not find it there."""
    return any(word.endswith(e) and len(word) - len(e) >= 3 and word[: -len(e)] in vocabulary for e in PLURALS)
