"""What to write for a fault that there is not: which device was meant, and what can be wrong with that one.

"der Skanner staut das nächste Blatt"   the device mistyped: the same fault of the nearest device
"das Radar hält den Vorhang ..."        called as people call it: `CALLED`
"der Kamerakopf klemmt"                 its name in plans (`camera-head.klemmt`): the sentence that says it
"der Drucker kein Papier mehr hat"      the same words in another order, as they stand behind "Wenn"
"der Drucker wieder Papier hat"         that it is well again
"der Scanner hat kein Papier mehr"      nothing like it: all that can be wrong with this device, never a guess

The keyword is told with the sentence where it has to be another one than that of the line: behind "Wenn" a fault does
not come about, and behind "Angenommen" nothing is well again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from lisa_core.domain.model.nearest import nearest_word
from lisa_core.equipment.slots.catalogue import FAILS, FAULTS, SLOTS
from lisa_core.harness.text.keywords import KEYWORD_OF_TYPE
from lisa_core.harness.text.language import say

CALLED: Mapping[str, str] = {
    "Radar": "Präsenzsensor",
    "Sensor": "Präsenzsensor",
    "Tür": "Türkontakt",
    "Taster": "Ruftaste",
    "Knopf": "Ruftaste",
    "Taste": "Ruftaste",
    "Klingel": "Ruftaste",
    "Glas": "Sichtschutzglas",
    "Scheibe": "Sichtschutzglas",
    "Licht": "Lampe",
    "Ampel": "Lampe",
    "Einzug": "Scanner",
    "Pad": "Unterschriftenpad",
    "Signaturpad": "Unterschriftenpad",
    "Monitor": "Bildschirm",
    "Display": "Bildschirm",
    "Mikro": "Mikrofon",
    "Box": "Lautsprecher",
    "Schleife": "Induktionsschleife",
    "Kopf": "Kamerakopf",
    "Kartenlesegerät": "Kartenleser",
    "Lesegerät": "Kartenleser",
}
"""What people say for a device in the sentences of scenarios."""
NEAR = 0.8
"""How like another what is wrong with a device must be to be meant by it: further off it is another fault."""
_NAMED = re.compile(r"(?P<article>der|die|das) (?P<noun>[A-ZÄÖÜ][\w-]+) (?P<rest>.+)", re.DOTALL)
_FEWEST = 4
"""So many letters a name has at least that is looked for in a sentence."""


def noun_of(word: str, nouns: Iterable[str]) -> str:
    """The device that is meant by a word, of those that there are; "" where none is."""
    known = tuple(nouns)
    return CALLED[word] if CALLED.get(word) in known else nearest_word(word, known, NEAR)


def fault_advice(text: str, told: Sequence[str]) -> str:
    """What to write for what stands behind "Angenommen": a device and a fault that it has not, or the name of a fault.

    "" where it is neither; `told` are the sentences of the faults that this booth can have.
    """
    return fault_meant("given", text, told) or faults_of("given", text, told)


def fault_meant(kind: str, text: str, told: Sequence[str]) -> str:
    """The fault of `told` that was meant, or that one is over; "" where none is near. `kind`: that of the line."""
    if text.strip() in FAULTS:
        return _meant(kind, [one for one in told if FAILS[one][1].name == text.strip()])
    device, rest, of_it = _taken_apart(text, told)
    if like := _like(rest, of_it):
        return _meant(kind, like)
    if device and "wieder" in rest.split():
        return say("Meinten Sie „{word}“?", word=_behind("when", kind, f"{device} wieder in Ordnung ist"))
    return _meant(kind, _named(rest, of_it))


def faults_of(kind: str, text: str, told: Sequence[str]) -> str:
    """All that can be wrong with the device with which a sentence begins; "" where it begins with none."""
    device, _, of_it = _taken_apart(text, told)
    begins = _behind("given", kind, device)
    return say("„{begins} …“ gibt es mit: {names}.", begins=begins, names=_listed(of_it)) if of_it else ""


def _behind(needed: str, kind: str, sentence: str) -> str:
    """The sentence, with the keyword that it needs where the line has another."""
    return sentence if kind == needed else f"{KEYWORD_OF_TYPE[needed]} {sentence}"


def _taken_apart(text: str, told: Sequence[str]) -> tuple[str, str, list[str]]:
    """The device with which a sentence begins, as it is called here, the rest, and the faults of that device."""
    found = _NAMED.fullmatch(text.rstrip(" .!"))
    titles = {SLOTS[FAILS[one][0]].noun: SLOTS[FAILS[one][0]].title for one in told}
    if found is None or not (noun := noun_of(found["noun"], titles)):
        return "", "", []
    return _begins(titles[noun]), found["rest"], [one for one in told if SLOTS[FAILS[one][0]].noun == noun]


def by_device(told: Sequence[str]) -> tuple[str, ...]:
    """These faults, a line for each device: "der Scanner: antwortet nicht mehr · fasst das Blatt nicht"."""
    slots = dict.fromkeys(FAILS[one][0] for one in told)
    return tuple(
        f"{_begins(SLOTS[slot].title)}: {_listed([one for one in told if FAILS[one][0] == slot])}" for slot in slots
    )


def _listed(of_it: Sequence[str]) -> str:
    """What is wrong with it; what befalls bytes comes last."""
    own, wire = ([_says(one) for one in of_it if FAILS[one][1].wire is on_a_line] for on_a_line in (False, True))
    return " · ".join([*own, *([say("nur auf einer Leitung: {names}", names=" · ".join(wire))] if wire else [])])


def _like(rest: str, of_it: Sequence[str]) -> list[str]:
    """Those of one device that are almost said by these words."""
    likeness = {one: _likeness(rest, _says(one)) for one in of_it}
    best = max(likeness.values(), default=0.0)
    return [one for one in of_it if likeness[one] == best >= NEAR]


def _named(rest: str, of_it: Sequence[str]) -> list[str]:
    """Those whose names in plans stand in these words."""
    plain = rest.lower()
    return [one for one in of_it if len(word := FAILS[one][1].word) >= _FEWEST and word in plain]


def _likeness(rest: str, says: str) -> float:
    """Also in the order of a subordinate clause: "kein Papier mehr hat"."""
    typed, known = rest.lower(), says.lower()
    if sorted(re.findall(r"\w+", typed)) == sorted(re.findall(r"\w+", known)):
        return 1.0
    return SequenceMatcher(None, typed, known, autojunk=False).ratio()


def _says(told: str) -> str:
    return FAILS[told][1].says


def _meant(kind: str, sentences: Sequence[str]) -> str:
    if not sentences:
        return ""
    first, *others = (_behind("given", kind, one) for one in sentences)
    words = say("Meinten Sie „{word}“?", word=first)
    return f"{words} {say('Oder: {words}', words=', '.join(f'„{one}“' for one in others))}" if others else words


def _begins(title: str) -> str:
    return f"{title[0].lower()}{title[1:]}"
