"""What a vendor says of the device in a slot, in the slot's own table: who it is, what it can do, for whom it stands.

Nothing here is asked of a device; `lisa profile probe` holds it against what the device says itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lisa_core.domain.model.json_types import JsonDict, JsonMap
from lisa_core.domain.model.nearest import nearest
from lisa_core.equipment.slots.driver import SAID_OF_A_DEVICE, D, Driver

KEYS = SAID_OF_A_DEVICE
LISTS = ("capabilities", "family")
TEXTS = tuple(key for key in KEYS if key not in LISTS)


@dataclass(frozen=True, slots=True)
class Declaration:
    """Who a device is said to be; "" and None where nothing is said.

    `family`: the models for which this one stands, itself among them, and why it may. `capabilities`: words of its
    driver (`Driver.can`).
    """

    vendor: str = ""
    model: str = ""
    serial: str = ""
    firmware: str = ""
    capabilities: tuple[str, ...] | None = None
    family: tuple[str, ...] = ()
    family_reason: str = ""

    @property
    def models(self) -> tuple[str, ...]:
        """What its model may be; () where that is not said."""
        return self.family or ((self.model,) if self.model else ())


def declared_keys(declared: Driver[D], protocol: type) -> tuple[str, ...]:
    """The keys of a declaration that are no options of this driver: an option keeps its name."""
    options = {option.name for option in declared.options_for(protocol)}
    return tuple(key for key in KEYS if key not in options)


def declaration_of(table: JsonMap) -> Declaration:
    """The declaration in a slot's table, as far as it is one; options of its driver may be part of it (`model`)."""
    texts = {key: table[key] if isinstance(table.get(key), str) else "" for key in TEXTS}
    lists = {key: tuple(table[key]) if _is_texts(table.get(key)) else () for key in LISTS}
    return Declaration(
        vendor=texts["vendor"],
        model=texts["model"],
        serial=texts["serial"],
        firmware=texts["firmware"],
        capabilities=lists["capabilities"] if "capabilities" in table else None,
        family=lists["family"],
        family_reason=texts["family_reason"],
    )


def declaration_faults(slot: str, table: JsonDict, declared: Driver[D]) -> Iterator[tuple[str, str]]:
    """What is wrong with the keys of a declaration: the key, and a sentence."""
    for key, value in table.items():
        where = f"slots.{slot}.{key}"
        if key in LISTS and not _is_texts(value):
            yield (
                key,
                f'Der Schlüssel „{where}“ muss eine Liste von Texten sein (["...", "..."]); hier steht {value!r}.',
            )
        elif key not in LISTS and (not isinstance(value, str) or not value.strip()):
            yield key, f'Der Schlüssel „{where}“ muss Text in Anführungszeichen sein ("..."); hier steht {value!r}.'
    said = declaration_of(table)
    for word in said.capabilities or ():
        if word not in declared.can:
            known = nearest(word, declared.can) if declared.can else " Er nennt keine Fähigkeiten."
            what = f"slots.{slot}.capabilities: Der Treiber „{declared.name}“ kennt keine Fähigkeit „{word}“.{known}"
            yield "capabilities", what
    if said.family and not said.family_reason:
        what = "Hier fehlt, warum ein Modell für alle steht: family_reason"
        yield "family", f'slots.{slot}.family: {what} = "...".'
    if said.family_reason and "family" not in table:
        yield "family_reason", f'slots.{slot}.family_reason: Ohne family = ["...", "..."] begründet das nichts.'


def family_faults(slot: str, said: Declaration) -> Iterator[tuple[str, str]]:
    """Whether the model that is there is one of the family for which it stands."""
    if said.family and not said.model:
        yield "family", f'slots.{slot}.family: Welches der Modelle geprüft wird, fehlt: model = "{said.family[0]}".'
    elif said.family and said.model not in said.family:
        models = ", ".join(said.family)
        what = f"Das geprüfte Modell „{said.model}“ steht nicht in family ({models}). Eines von beiden berichtigen."
        yield "family", f"slots.{slot}.family: {what}"


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) and one.strip() for one in value)
