"""What to write in place of a sentence that no step has; the nearest ones carry the words that the tester has written.

"klingelt es direkt bei Frau Vogt"                what was written
"klingelt es direkt bei ·"  ~  "klingelt es bei ·"    compared without the words that may be any
"klingelt es bei Frau Vogt"                       what is told
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice

from pytest_bdd.steps import StepFunctionContext

from lisa_core.domain.model.nearest import CLOSE, nearest_word
from lisa_core.domain.model.time import WEEKDAYS
from lisa_core.harness.match.catalogue import registered, sentence
from lisa_core.harness.match.fault_words import fault_meant, faults_of
from lisa_core.harness.match.known import Known
from lisa_core.harness.match.mending import mend
from lisa_core.harness.match.values import words_of, wrong_words
from lisa_core.harness.text.keywords import KEYWORD_OF_TYPE
from lisa_core.harness.text.language import say
from lisa_core.harness.text.words import TYPES, UNITS_S

MOST = 3
"""So many sentences are told at most."""
FAR_BEHIND = 0.15
"""By how much less alike than the best a sentence may be to be told beside it."""
ALMOST = 0.85
"""How like another a word or a sentence is that was meant as it and only mistyped."""
MAX_CHARS = 2000
"""Near a longer sentence nothing is sought: each step would go through all of it."""
MOST_SPLITS = 200
"""In so many ways a sentence is cut into words at most."""
_NUMBER = re.compile(r"(?P<number>\d+(?:,\d+)?)(?P<word> ?[^\W\d_]+)?")
_QUOTED = re.compile(r"[\"“”„»«‚‘']([^\"“”„»«‚‘']+)[\"“”„»«‚‘']")
_WORD = re.compile(r"\w+")
_ANY = "·"
_NEGATION = re.compile(r"\b(nicht|nichts|kein\w*|niemand\w*|nie)\b", re.IGNORECASE)


def respelled(text: str) -> Iterator[str]:
    """The same sentence as it might be meant: German quotation marks for what every keyboard has, no full stop."""
    bare = text.rstrip(" .!")
    quoted = _QUOTED.sub(r"„\1“", bare)
    yield from dict.fromkeys(one for one in (bare, _QUOTED.sub(r"„\1“", text), quoted) if one != text)


def advice(kind: str, text: str, known: Known | None = None) -> str:
    """What to do about a sentence that no step of this kind has; `known` are the words that it may name."""
    for context in registered():
        if context.parser.is_matching(text) and context.type and _may_be(context, text, known):
            return say("Er wird nur mit „{word}“ verwendet.", word=KEYWORD_OF_TYPE[context.type])
    if len(text) > MAX_CHARS:
        return say("Alle Schritte zeigt: lisa steps")
    if words := _unseen(text) or _of_unit(text):
        return words
    plain = next(respelled(text), text)
    found = repaired(kind, text, known) if known is not None else []
    told = () if known is None else known.faults
    if not found and (words := fault_meant(kind, plain, told)):
        return words
    found = found or nearest_sentences(kind, plain) or nearest_sentences("", plain)
    if not found:
        return faults_of(kind, plain, told) or say("Alle Schritte zeigt: lisa steps")
    first, *others = found
    words = say("Meinten Sie „{word}“?", word=first)
    if not others:
        return words
    return f"{words} {say('Oder: {words}', words=', '.join(f'„{one}“' for one in others))}"


def _may_be(context: StepFunctionContext, text: str, known: Known | None) -> bool:
    """Whether the words of a sentence are such as this step knows: much begins with a device and is no fault of it."""
    return known is None or next(wrong_words(words_of(context.parser, text), known), None) is None


def matches(text: str) -> bool:
    """Whether some step has this sentence, whatever the keyword before it."""
    return any(context.parser.is_matching(text) for context in registered())


def repaired(kind: str, text: str, known: Known) -> list[str]:
    """The sentence of the step that this one is but for its words, with each of those set right; or none.

    "Dann steht Frau Brand auf bereit" -> "steht Frau Brandt auf „bereit“". Of several the one that leaves the least to
    its words, and changes them least.
    """
    bare, negative = text.rstrip(" .!"), _is_negative(text)
    found: dict[tuple[int, float], str] = {}
    for candidate in _candidates(len(registered())):
        if candidate.words and candidate.negative is negative and (candidate.kind in (kind, "") or not kind):
            literal = sum(map(len, candidate.pieces))
            for words in islice(_splits(candidate.pieces, bare), MOST_SPLITS):
                mended = [mend(of, word, known) for (of, _), word in zip(candidate.words, words, strict=True)]
                if all(mended):
                    likeness = [_likeness(word, other) for word, other in zip(words, mended, strict=True)]
                    found.setdefault((literal, min(likeness)), candidate.sentence(mended))
    return [found[max(found)]] if found else []


def _splits(pieces: Sequence[str], text: str) -> Iterator[tuple[str, ...]]:
    """Every way in which the pieces stand in the text, in whatever case: what stands between them."""
    first, *others = pieces
    if not text.lower().startswith(first.lower()):
        return
    rest = text[len(first) :]
    if not others:
        yield from [()] if not rest else []
    elif not others[0]:
        yield from [(rest,)] if rest and len(others) == 1 else []
    else:
        at = rest.lower().find(others[0].lower(), 1)
        while at > 0:
            yield from ((rest[:at], *more) for more in _splits(others, rest[at:]))
            at = rest.lower().find(others[0].lower(), at + 1)


def nearest_sentences(kind: str, text: str, cutoff: float = CLOSE) -> list[str]:
    """The sentences of steps most like this one, best first, with its own words in them; `kind` "": of all steps.

    What says that something does not happen is never meant by its opposite.
    """
    found: dict[str, float] = {}
    negative = _is_negative(text)
    for candidate in _candidates(len(registered())):
        if (candidate.kind in (kind, "") or not kind) and (candidate.negative or not negative):
            mine, filled = candidate.filled(text)
            if (likeness := _likeness(mine, candidate.skeleton(filled))) >= cutoff:
                found.setdefault(candidate.sentence(filled), likeness)
    best = sorted(found, key=lambda one: -found[one])[:MOST]
    return [one for one in best if found[one] >= found[best[0]] - FAR_BEHIND]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A step that may have been meant: its example, cut at the words that may be others."""

    kind: str
    pieces: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    """Between the pieces: the type of a word, and the word of the example."""

    @property
    def negative(self) -> bool:
        """Whether it says that something does not happen."""
        return _is_negative("".join(self.pieces))

    def filled(self, text: str) -> tuple[str, list[str]]:
        """`text` without the words that fit into this step, and those words; "" where none fits."""
        taken: list[str] = []
        own = _WORD.findall(" ".join(self.pieces))  # no place is called "Bürgerbüro"
        for kind, _ in self.words:
            found = next((one for one in _pattern(kind).finditer(text) if one[0] not in own), None)
            word = found[0] if found else ""
            if found is None and kind == "Wochentag":
                found, word = _mistyped(text, WEEKDAYS)
            taken.append(word)
            text = f"{text[: found.start()]}{_ANY}{text[found.end() :]}" if found else text
        return text, taken

    def skeleton(self, words: Sequence[str]) -> str:
        """The sentence with a mark for each word that was found; the example's own word stands for the others."""
        return self._joined([_ANY if word else own for word, (_, own) in zip(words, self.words, strict=True)])

    def sentence(self, words: Sequence[str]) -> str:
        """The sentence with these words in it."""
        return self._joined([word or own for word, (_, own) in zip(words, self.words, strict=True)])

    def _joined(self, words: Sequence[str]) -> str:
        return "".join(part for pair in zip(self.pieces, [*words, ""], strict=True) for part in pair)


@lru_cache(maxsize=2)
def _candidates(_count: int) -> tuple[_Candidate, ...]:
    """All steps; `_count` is how many there are: more may be registered later."""
    return tuple(map(_candidate, registered()))


def forget_candidates() -> None:
    """There may be as many steps as before, and others."""
    _candidates.cache_clear()


def _candidate(context: StepFunctionContext) -> _Candidate:
    example = sentence(context)
    words = words_of(context.parser, example)
    pieces: list[str] = []
    rest = example
    for _, _, word in words:
        piece, _, rest = rest.partition(word)
        pieces.append(piece)
    if not words:  # of others, by a grammar of their own
        return _Candidate(context.type or "", (example,), ())
    return _Candidate(context.type or "", (*pieces, rest), tuple((kind, word) for _, kind, word in words))


@lru_cache(maxsize=64)
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w·])(?:{vars(TYPES[kind])['pattern']})(?!\w)")


def _mistyped(text: str, known: Sequence[str]) -> tuple[re.Match[str] | None, str]:
    """The first word of `text` that is almost one of those known, and that one."""
    for found in re.finditer(r"\w+", text):
        if near := nearest_word(found[0], known, ALMOST):
            return found, near
    return None, ""


def _is_negative(text: str) -> bool:
    return _NEGATION.search(_QUOTED.sub("", text)) is not None


@lru_cache(maxsize=4096)
def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one.lower(), other.lower(), autojunk=False)
    if matcher.real_quick_ratio() < CLOSE or matcher.quick_ratio() < CLOSE:
        return 0.0
    return matcher.ratio()


def _unseen(text: str) -> str:
    """What keeps a sentence from being a known step although it looks like one: another blank, a decomposed umlaut."""
    shown = "".join(one for one in unicodedata.normalize("NFC", text) if unicodedata.category(one) != "Cf")
    plain = " ".join(shown.split())
    codes = ", ".join(f"U+{ord(one):04X}" for one in sorted({*text} - {*plain}))
    if not codes or not matches(plain):
        return ""
    return say(
        "Er gleicht einem bekannten Schritt bis auf Zeichen, die man nicht sieht ({codes}): neu tippen.", codes=codes
    )


def _of_unit(text: str) -> str:
    """What is wrong with a number when the step would be known with another unit behind it, or with one at all."""
    known = say("Einheiten sind ms, s, min und h, auch ausgeschrieben.")
    for found in _NUMBER.finditer(text):
        start, number = text[: found.start()], found["number"]
        if matches(f"{start}{number} s{text[found.end('number') :]}"):
            return f"{say('Hinter „{number}“ fehlt die Einheit.', number=number)} {known}"
        if found["word"] and matches(f"{start}{number} s{text[found.end() :]}"):
            word = found["word"].strip()
            near = nearest_word(word, UNITS_S)
            guess = f"{say('Meinten Sie „{word}“?', word=near)} " if near else ""
            return f"{say('Die Einheit „{unit}“ gibt es nicht.', unit=word)} {guess}{known}"
    return ""
