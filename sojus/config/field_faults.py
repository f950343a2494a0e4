"""What can be wrong in a vocabulary though each value by itself is right. Values of a wrong kind are passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lisa_core.config.directory_faults import Fault
from lisa_core.domain.model.json_types import Json, JsonMap
from lisa_core.domain.model.nearest import nearest
from sojus.domain.model.ages import OLDEST

KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
TERMS = {"stale_days": (1, 365, "Tage"), "kept_at_once": (1, 20, "Reservierungen")}
"""Least, most, and of what."""
SLOT = "{}"
"""Stands in a sentence where the value comes."""
VALUES_OF = ("one_of", "several_of")


def faults_of(raw: JsonMap) -> Iterator[Fault]:
    """Every fault: where, as the keys that lead there, and a sentence."""
    yield from _key_faults(raw)
    yield from _term_faults(raw)
    for kind in ("kinds", "genders"):
        if raw.get(kind) == {}:
            yield kind, "Hier muss wenigstens ein Eintrag stehen."
    for key, entry in _tables(raw.get("kinds")):
        yield from _age_faults(f"kinds.{key}.ages", entry.get("ages"))
    yield from _doubles("kinds", {key: entry.get("name") for key, entry in _tables(raw.get("kinds"))}, ".name")
    yield from _doubles("genders", _table(raw.get("genders")), "")
    yield from _doubles("discharges", _table(raw.get("discharges")), "")
    yield from _reason_faults(raw)
    for key, entry in _tables(raw.get("traits")):
        yield from _trait_faults(f"traits.{key}", entry)
    yield from _doubles("traits", {key: entry.get("name") for key, entry in _tables(raw.get("traits"))}, ".name")


def _key_faults(raw: JsonMap) -> Iterator[Fault]:
    names = [f"{kind}.{key}" for kind in ("kinds", "genders", "discharges", "traits") for key in _table(raw.get(kind))]
    names += [
        f"traits.{key}.values.{value}"
        for key, entry in _tables(raw.get("traits"))
        for value in _table(entry.get("values"))
    ]
    for name in names:
        if not KEY.fullmatch(name.rpartition(".")[2]):
            yield name, "Ein solcher Name besteht aus a bis z, Ziffern, „-“ und „_“."
    given = _table(raw.get("field")).get("id")
    if isinstance(given, str) and not KEY.fullmatch(given):
        yield "field.id", f"„{given[:40]}“ geht nicht; möglich sind a bis z, Ziffern, „-“ und „_“."


def _term_faults(raw: JsonMap) -> Iterator[Fault]:
    for name, (least, most, of) in TERMS.items():
        given = _table(raw.get("terms")).get(name)
        if type(given) is int and not least <= given <= most:
            yield f"terms.{name}", f"Hier steht {given}; möglich sind {least} bis {most} {of}."


def _age_faults(where: str, ages: Json) -> Iterator[Fault]:
    if not isinstance(ages, list) or not all(type(age) is int for age in ages):
        return
    if len(ages) != 2:
        yield where, "Hier stehen zwei Alter in Jahren, das jüngste und das älteste: [6, 17]"
    elif not 0 <= ages[0] <= ages[1] <= OLDEST:
        yield where, f"{ages[0]} bis {ages[1]} Jahre gibt es nicht; möglich sind 0 bis {OLDEST}, das jüngste zuerst."


def _reason_faults(raw: JsonMap) -> Iterator[Fault]:
    """Of the lists of keys of [discharges]: the usual ones, and those of each kind of help."""
    known = _table(raw.get("discharges"))
    lists = {f"kinds.{key}.discharges": entry.get("discharges") for key, entry in _tables(raw.get("kinds"))}
    usual = _table(raw.get("terms")).get("discharges")
    has_all = usual is None and (not lists or None in lists.values())
    lists["terms.discharges"] = usual
    named = [(where, one) for where, given in lists.items() for one in _texts(given)]
    for where, one in dict.fromkeys(named):
        if one not in known:
            yield where, f"„{one[:40]}“ steht nicht unter [discharges].{nearest(one, known)}"
        elif named.count((where, one)) > 1:
            yield where, f"„{one}“ steht hier mehr als einmal."
    chosen = known if has_all else {one for _, one in named}
    for key in (one for one in known if one not in chosen):
        yield f"discharges.{key}", "Diesen Grund hat keine Hilfeart; bei [terms] oder einer Hilfeart nennen."


def _trait_faults(where: str, trait: JsonMap) -> Iterator[Fault]:
    kind, said, values, limits = (trait.get(key) for key in ("kind", "said", "values", "range"))
    if kind == "yes_no":
        if not trait.get("denied"):
            yield f"{where}.denied", "Was ja oder nein ist, sagt mit „said“ das Ja und mit „denied“ das Nein."
        if isinstance(said, str) and SLOT in said:
            yield f"{where}.said", f"Was ja oder nein ist, hat keinen Wert; {SLOT} entfernen."
    elif kind in (*VALUES_OF, "number"):
        if isinstance(said, str) and said.count(SLOT) != 1:
            yield f"{where}.said", f"Der Satz muss genau einmal {SLOT} enthalten: Dort steht der Wert."
        if trait.get("denied"):
            yield f"{where}.denied", '„denied“ hat nur, was ja oder nein ist (kind = "yes_no").'
    yield from _value_faults(f"{where}.values", kind, values)
    yield from _range_faults(f"{where}.range", kind, limits)


def _value_faults(where: str, kind: Json, values: Json) -> Iterator[Fault]:
    if kind in VALUES_OF and not values:
        yield where, 'Hier fehlen die Werte, jeder mit seinem Wort: values = { kurz = "das Wort" }'
    if kind not in VALUES_OF and values:
        yield where, "Werte hat nur, was eines oder mehreres davon ist (one_of, several_of)."
    yield from _doubles(where, _table(values), "")


def _range_faults(where: str, kind: Json, limits: Json) -> Iterator[Fault]:
    if kind != "number":
        if limits:
            yield where, 'Einen Bereich hat nur eine Zahl (kind = "number").'
    elif not isinstance(limits, list) or len(limits) != 2:
        yield where, "Hier stehen die kleinste und die größte Zahl: range = [1, 30]"
    elif all(type(one) is int for one in limits) and not 0 <= limits[0] < limits[1]:
        yield where, f"{limits[0]} bis {limits[1]} ist kein Bereich; die kleinere Zahl zuerst, beide nicht unter 0."


def _doubles(where: str, words: Mapping[str, Json], ending: str) -> Iterator[Fault]:
    """Two keys with one word: nobody could tell them from each other."""
    first: dict[str, str] = {}
    for key, word in words.items():
        if isinstance(word, str) and first.setdefault(word, key) != key:
            yield f"{where}.{key}{ending}", f"„{word}“ heißt schon „{first[word]}“."


def _table(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else {}


def _texts(value: Json) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _tables(value: Json) -> list[tuple[str, JsonMap]]:
    return [(key, entry) for key, entry in _table(value).items() if isinstance(entry, dict)]
