"""The tags of a feature file: the table of them, and what is wrong with one that is not in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from lisa_core.config.drivers import abilities
from lisa_core.domain.model.nearest import nearest_word
from lisa_core.equipment.slots.catalogue import SLOTS
from lisa_core.harness.text.document import FeatureText, TextLine
from lisa_core.harness.text.findings import Finding, Rule, meant
from lisa_core.harness.text.former_words import current_tag
from lisa_core.harness.text.language import say

REQUIREMENT, NEED = "anf", "braucht"
HARDWARE = "stufe:hardware"
STAGES = ("ci", "wire", "hardware")
_KINDS = (REQUIREMENT, NEED, "stufe", "manuell", "dauert", "frei")
_SLOTS = tuple(SLOTS)
Words = tuple[str, str, Rule]
"""What is wrong, what to do about it, and the rule."""
_GERMAN = {slot.noun.lower(): name for name, slot in SLOTS.items()}
_FORMS = "@anf:KENNUNG, @braucht:GERÄT.FÄHIGKEIT, @stufe:ci|wire|hardware, @manuell, @dauert, @frei:WORT"


def check_tags(feature: FeatureText, requirements: Mapping[str, tuple[str, ...]]) -> list[Finding]:
    """Every tag that is not in the table, or names a requirement that does not exist, or a part that it does not have.

    `requirements`: by the id of each the names of its parts ("S0.11.kopieren").
    """
    current = ((tag, current_tag(tag.text)) for tag in _all(feature))
    judged = ((tag, _requirement(text, requirements) or _unknown(text)) for tag, text in current)
    unknown = sorted(Finding(feature.path, tag.line, *words) for tag, words in judged if words)
    return [*unknown, *_baseless(feature)]


def is_known(tag: str) -> bool:
    """Whether this tag (without @) is in the table; which requirements there are is not asked."""
    return not _advice(tag)


def requirements_of(tags: Collection[str]) -> list[str]:
    """The requirements that these tags name, sorted."""
    return sorted(tag.partition(":")[2] for tag in tags if tag.startswith(f"{REQUIREMENT}:"))


def needs_of(tags: Collection[str]) -> list[tuple[str, str]]:
    """What these tags say that a scenario needs: slots, each with what it must be able to do ("": just be there)."""
    needed = sorted(tag.partition(":")[2] for tag in tags if tag.startswith(f"{NEED}:"))
    return [(slot.replace("-", "_"), ability) for slot, _, ability in (one.partition(".") for one in needed)]


def _baseless(feature: FeatureText) -> Iterator[Finding]:
    """Scenarios for hardware that do not say which: any one real device would do."""
    for pickle in feature.syntax.pickles:
        tags = [current_tag(tag["name"].removeprefix("@")) for tag in pickle["tags"]]
        if HARDWARE in tags and not needs_of(tags):
            what = say("„@{tag}“ sagt nicht, welches Gerät echt sein muss.", tag=HARDWARE)
            advice = say("Dazuschreiben, zum Beispiel @braucht:scanner. Geräte sind {slots}.", slots=", ".join(_SLOTS))
            yield Finding(feature.path, pickle["location"]["line"], what, advice, "tag-ohne-geraet")


def _all(feature: FeatureText) -> set[TextLine]:
    tags = {*feature.tags, *(tag for scenario in feature.scenarios for tag in scenario.tags)}
    return tags | {tag for scenario in feature.scenarios for table in scenario.examples for tag in table.tags}


def _requirement(tag: str, known: Mapping[str, tuple[str, ...]]) -> Words | None:
    kind, _, name = tag.partition(":")
    whole, _, short = name.rpartition(".")
    if kind != REQUIREMENT or not name or name in known or name in known.get(whole, ()):
        return None
    if parts := known.get(whole):
        what = say("Die Anforderung „{id}“ hat keinen Teil „{part}“.", id=whole, part=short)
        return what, meant(name, parts, say("Es gibt: {parts}.", parts=", ".join(parts))), "anforderung-unbekannt"
    what = say("Die Anforderung „{name}“ gibt es nicht.", name=name)
    near = nearest_word(name, known, 0.7)
    where = say("Anforderungen stehen in anforderungen/*.toml.")
    advice = f"{say('Meinten Sie „{word}“?', word=near)} {where}" if near else where
    return what, advice, "anforderung-unbekannt"


def _unknown(tag: str) -> Words | None:
    if advice := _advice(tag):
        return say("Das Tag „@{tag}“ ist nicht bekannt.", tag=tag), advice, "tag-unbekannt"
    return None


def _advice(tag: str) -> str:
    """What is wrong with a tag; nothing when it is allowed."""
    kind, _, value = tag.partition(":")
    plain = bool(re.fullmatch(r"[\w.-]+", value))
    if tag in ("manuell", "dauert") or (kind in {REQUIREMENT, "frei"} and plain):
        return ""
    if kind == "stufe":
        stages = say("Stufen sind {stages}.", stages=", ".join(STAGES))
        return "" if value in STAGES else meant(value, STAGES, stages)
    if kind == NEED:
        return _unneeded(value) if plain else meant(value, _SLOTS, _slots())
    near = meant(kind, _KINDS, "")
    return f"{near} {say('Erlaubt sind {forms}.', forms=_FORMS)}".strip()


def _unneeded(value: str) -> str:
    """What is wrong with what @braucht names: no such slot, or nothing that any driver of it can do."""
    slot, dot, ability = value.partition(".")
    if (slot := slot.replace("-", "_")) not in _SLOTS:
        near = _GERMAN.get(value.lower()) or nearest_word(slot, _SLOTS) or _GERMAN.get(nearest_word(slot, _GERMAN))
        return say("Meinten Sie „{word}“?", word=near) if near else _slots()
    if not dot or ability in (known := abilities(slot)):
        return ""
    if not known:
        return say("Für {slot} sagt kein Treiber, was er kann: @braucht:{slot} genügt.", slot=slot)
    return meant(ability, known, say("{slot} kann: {known}.", slot=slot, known=", ".join(known)))


def _slots() -> str:
    return say("Geräte sind {slots}.", slots=", ".join(_SLOTS))
