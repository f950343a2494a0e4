"""Two bundles side by side: what came out otherwise, and what is otherwise behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lisa_core.domain.model.json_types import JsonMap

_GOOD = ("bestanden", "nicht anwendbar")
_RUN: Mapping[str, str] = {
    "profil": "Profil",
    "pruefsumme_profil": "Prüfsumme des Profils",
    "version": "Version von LISA",
    "stand": "Stand von LISA",
    "rechner": "Rechner",
    "pruefer": "Prüfer",
    "ort": "Ort",
}


def differences(old: JsonMap, new: JsonMap) -> Iterator[str]:
    """What follows from the newer bundle (`folgt` of its predicate) otherwise than from the older: the worse first."""
    pairs = (("Szenario", "szenarien"), ("Anforderung", "anforderungen"))
    changed = [one for word, key in pairs for one in _verdicts(word, old[key], new[key])]
    yield from sorted(changed, key=lambda one: not one.startswith("Schlechter"))
    for word, key in (("Urteil", "urteil"), ("Klasse", "klasse")):
        if old[key] != new[key]:
            yield f"{word}: vorher „{old[key] or 'keine'}“, jetzt „{new[key] or 'keine'}“."
    yield from _devices(old["geraete"], new["geraete"])
    for key, word in _RUN.items():
        if old["lauf"].get(key) != new["lauf"].get(key):
            yield f"{word}: vorher „{old['lauf'].get(key, '')}“, jetzt „{new['lauf'].get(key, '')}“."
    before, after = dict(old["merkmale"]), dict(new["merkmale"])
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield f"Szenarien in {name}: {_what_became(name in before, name in after)}."


def _verdicts(word: str, old: list[list[str]], new: list[list[str]]) -> Iterator[str]:
    before: dict[str, str] = {one[0]: one[1] for one in old}
    after: dict[str, str] = {one[0]: one[1] for one in new}
    for name in [*after, *(one for one in before if one not in after)]:
        was, now = before.get(name, ""), after.get(name, "")
        if was == now:
            continue
        worse = was in _GOOD and now not in _GOOD
        better = "Besser" if now in _GOOD and was not in _GOOD else "Anders"
        told = f"vorher {was or 'nicht dabei'}, jetzt {now or 'nicht dabei'}"
        yield f"{'Schlechter' if worse else better}: {word} „{name}“: {told}."


def _devices(old: list[list[str]], new: list[list[str]]) -> Iterator[str]:
    before, after = ({one[0]: one[1:] for one in devices} for devices in (old, new))
    for slot in sorted(before.keys() | after.keys()):
        if before.get(slot) != after.get(slot):
            was, now = (", ".join(filter(None, one.get(slot, ()))) or "keines" for one in (before, after))
            yield f"Gerät {slot}: vorher {was}; jetzt {now}."


def _what_became(was_there: bool, is_there: bool) -> str:
    if was_there and is_there:
        return "der Text ist ein anderer"
    return "neu dabei" if is_there else "nicht mehr dabei"
