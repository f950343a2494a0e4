"""What real printers say of themselves, read from their personalities: so the emulated one can say what another does.

`[attributes]` holds each attribute as `name = { syntax = [values] }`, in the words of `codecs.ipp.values.Tag`; a range
is `[low, high]`, a resolution `[across, along, units]`, a collection a table of such attributes. Operations that the
emulated printer cannot do are left out, and names that belong to one single device are its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from emulator.devices.ipp.attributes import OFFER
from emulator.personalities import personality
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.equipment.codecs.ipp.values import Attribute, Collection, Range, Resolution, Tag, Value
from lisa_core.equipment.codecs.ipp.words import Operation

FOLDER = "ipp-printer"
_OWN = frozenset({"printer-name", "printer-info", "printer-location", "printer-uuid"})
_OPERATIONS = frozenset(Operation) - {Operation.PRINT_URI, Operation.SEND_URI}


def offer_of(name: str) -> Collection:
    """What this printer offers. Raises `HarnessError` for an unknown one, or one whose file is not to be understood."""
    try:
        offer = _collection(personality(FOLDER, name)["attributes"])
    except (KeyError, TypeError, AttributeError) as error:
        raise HarnessError(f"Die Persönlichkeit „{name}“ des Druckers ist nicht zu verstehen: {error}") from error
    named = {one.name for one in offer}
    own = tuple(one for one in OFFER if one.name in _OWN and one.name not in named)
    return (*map(_possible, offer), *own)


def _possible(told: Attribute) -> Attribute:
    if told.name != "operations-supported":
        return told
    return Attribute(told.name, tuple(value for value in told.values if value.data in _OPERATIONS))


def _collection(table: JsonMap) -> Collection:
    return tuple(Attribute(name, tuple(_values(syntaxes))) for name, syntaxes in table.items())


def _values(syntaxes: JsonMap) -> Iterator[Value]:
    for syntax, values in syntaxes.items():
        tag = Tag[syntax.upper()]
        for value in values:
            match tag:
                case Tag.RANGE:
                    yield Value(tag, Range(*value))
                case Tag.RESOLUTION:
                    yield Value(tag, Resolution(*value))
                case Tag.COLLECTION:
                    yield Value(tag, _collection(value))
                case _:
                    yield Value(tag, value)
        if not values:
            yield Value(tag)
