"""A word of a sentence set right: quotation marks around what needs them, the nearest name, office, device or day.

So what is told as advice is the sentence that was meant, with the tester's own words, and it is one that runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from lisa_core.domain.model.german import after
from lisa_core.domain.model.nearest import CLOSE, nearest_word
from lisa_core.domain.model.time import WEEKDAYS
from lisa_core.equipment.slots.catalogue import SLOTS
from lisa_core.harness.match.fault_words import noun_of
from lisa_core.harness.match.known import Known
from lisa_core.harness.match.on_screen import buttons
from lisa_core.harness.match.values import KINDS, wrong_value
from lisa_core.harness.scene.people import ROLES
from lisa_core.harness.text.words import TYPES, quoted

NEAR = 0.75
"""How like a name what follows "von" or "bei" must be: much may follow it."""
_QUOTES = "\"“”„»«‚‘'"
_OTHER_DAYS = {"sonnabend": "Samstag"}
_AFTER = {"VonStelle": "von", "BeiStelle": "bei", "AnStelle": "an"}


def mend(kind: str, written: str, known: Known) -> str:
    """The word as it must be written for this type; "" where nothing like it may stand there."""
    convert = TYPES.get(kind)
    if convert is None:
        return ""
    written = written.strip()
    if convert is quoted:
        return _in_marks(kind, written.strip(f"{_QUOTES} "), known)
    if re.fullmatch(str(vars(convert)["pattern"]), written) and not _wrong(kind, written, known):
        return written
    mended = _MENDED[kind](written, known) if kind in _MENDED else ""
    return mended if re.fullmatch(str(vars(convert)["pattern"]), mended) else ""


def _wrong(kind: str, written: str, known: Known) -> bool:
    value = TYPES[kind](written) if kind not in ("Datum", "Uhrzeit") else None
    return isinstance(value, str) and wrong_value(kind, value, known) is not None


def _in_marks(kind: str, bare: str, known: Known) -> str:
    if not bare or set(bare) & set(_QUOTES):
        return ""
    values = buttons(known) if kind == "Taste" else tuple(KINDS[kind].values(known)) if kind in KINDS else ()
    if values and wrong_value(kind, bare, known):
        bare = nearest_word(bare, values)
    return f"„{bare}“" if bare else ""


def _agent(written: str, known: Known) -> str:
    near = nearest_word(written, [*known.agents, *(f"die {role}" for role in ROLES)])
    return near.replace("Herr ", "Herrn ") if written.startswith("Herrn ") else near


def _office(before: str) -> Callable[[str, Known], str]:
    def mended(written: str, known: Known) -> str:
        names = _beginnings(known.offices)
        rests = (written.split(None, count)[-1] for count in (2, 1))
        near = next(filter(None, (nearest_word(rest, names, NEAR) for rest in rests)), "")
        return after(before, near) if near else ""

    return mended


def _beginnings(names: Iterable[str]) -> list[str]:
    """Each name, and each of its beginnings."""
    return [" ".join(name.split()[:count]) for name in names for count in range(1, len(name.split()) + 1)]


def _device(written: str, known: Known) -> str:
    word = written.split()[-1]
    near = noun_of(word, known.devices) or nearest_word(word, known.devices)
    return next((f"{slot.title[0].lower()}{slot.title[1:]}" for slot in SLOTS.values() if slot.noun == near), "")


def _paper(written: str, known: Known) -> str:
    article, space, title = written.partition(" ")
    near = nearest_word(title, known.papers) or title[:1].upper() + title[1:]
    return f"{article} {near}" if space else ""


def _day(written: str, known: Known) -> str:
    return _OTHER_DAYS.get(written.lower()) or nearest_word(written, WEEKDAYS, CLOSE)


_MENDED: Mapping[str, Callable[[str, Known], str]] = {
    "Mitarbeiterin": _agent,
    **{kind: _office(before) for kind, before in _AFTER.items()},
    "Geraet": _device,
    "Unterlage": _paper,
    "Testpapier": _paper,
    "Wochentag": _day,
    "Standort": lambda written, known: nearest_word(written, known.sites),
}
