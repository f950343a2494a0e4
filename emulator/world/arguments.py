"""What each act takes: the edge at which acts of others come in, from a command line or from a guest of the world.

Behind it an act is what `emulator.world.world.ACTS` expects. A word that nobody knows is told with the nearest one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from emulator.paper.paper import pages_of, read_document, split_page
from emulator.paper.strokes import load
from emulator.world.world import ACTS
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.json_types import JsonDict, JsonMap
from lisa_core.domain.model.nearest import nearest
from lisa_core.equipment.slots.catalogue import DEVICE_OF_SLOT, FAULTS, SLOTS

LONGEST_NAME = 100
_YES_NO = {"true": True, "ja": True, "1": True, "false": False, "nein": False, "0": False}


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of an act. `says` is an example and what it means; `read` makes the value of a text or of JSON.

    `read` raises `HarnessError` with a German sentence.
    """

    name: str
    says: str
    read: Callable[[object], object]
    needed: bool = True


def _short(value: object) -> str:
    """As much of what came in as belongs into a sentence."""
    return str(value)[:60]


def _number(value: object) -> int:
    try:
        if isinstance(value, bool) or not isinstance(value, int | str | float) or int(value) != float(value):
            raise ValueError
        return int(value)
    except (ValueError, OverflowError):
        raise HarnessError(f"„{_short(value)}“ ist keine ganze Zahl.") from None


def _from(least: int, most: int) -> Callable[[object], int]:
    """A whole number that devices can say: what is beyond it would end one of them."""

    def read(value: object) -> int:
        number = _number(value)
        if not least <= number <= most:
            raise HarnessError(f"„{_short(value)}“ liegt nicht zwischen {least} und {most}.")
        return number

    return read


_distance_cm, _page_number = _from(0, 3000), _from(0, 1000)
_duration_us = _from(0, 3_600_000_000)
_steps = _from(-0x8000, 0x7FFF)


def _yes_no(value: object) -> bool:
    found = _YES_NO.get(str(value).lower())
    if found is None:
        raise HarnessError(f"„{_short(value)}“ ist weder ja noch nein.")
    return found


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise HarnessError(f"„{_short(value)}“ ist kein Text.")
    return value


def _name(value: object) -> str:
    """Of a document, a page or a recording: none is as long as what may come in."""
    if len(name := _text(value)) > LONGEST_NAME and not name.startswith("{"):
        raise HarnessError(f"„{_short(name)}…“ gibt es nicht.")
    return name


def _document(value: object) -> str:
    name = _name(value)
    return read_document(name).name if name else ""  # nothing lies there any more


def _page(value: object) -> str:
    name = _name(value)
    if name:
        split_page(name)
    return name


def _sheet(value: object) -> str:
    """A page, or both sides of a sheet with a stroke between them."""
    name = _name(value)
    sides = name.split("/")
    if len(sides) > 2:
        raise HarnessError(f"„{_short(name)}“: ein Blatt hat zwei Seiten.")
    for side in sides:
        _page(side)
    return name


def _pages(value: object) -> list[str]:
    """Texts with commas between them, or a list; a document without a page stands for all its pages."""
    names = value.split(",") if isinstance(value, str) else value
    if not isinstance(names, list | tuple) or not names:
        raise HarnessError(f"„{_short(value)}“ sind keine Seiten: „mietvertrag:1,mietvertrag:2“ schreiben.")
    return [page for name in map(_name, names) for page in ([_sheet(name)] if ":" in name else pages_of(name))]


def _recording(value: object) -> str:
    """One of those that were recorded, or the strokes themselves as JSON."""
    name = _name(value)
    load(name)
    return name


def _one_of(what: str, known: Callable[[], list[str]]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if value not in known():
            raise HarnessError(f"{what} „{_short(value)}“ gibt es nicht.{nearest(_short(value), known())}")
        return str(value)

    return read


_device = _one_of("Das Gerät", lambda: sorted({*DEVICE_OF_SLOT.values()}))
_fault = _one_of("Die Störung", lambda: sorted(FAULTS))
_card = _one_of("Die Karte", lambda: ["ausweis", "speicherkarte", "unlesbar"])
_axis = _one_of("Die Achse", lambda: ["pan", "tilt", "zoom"])
_slot = _one_of("Den Steckplatz", lambda: sorted(SLOTS))

TAKES: Mapping[str, tuple[Argument, ...]] = {
    **dict.fromkeys(ACTS, ()),
    "enter": (Argument("distance_cm", "distance_cm=140  so weit vom Radar", _distance_cm, needed=False),),
    "speak": (Argument("duration_us", "duration_us=2000000  so viele Mikrosekunden lang", _duration_us),),
    "show": (Argument("document", "document=mietvertrag  liegt unter der Kamera", _document),),
    "lay_on_glass": (Argument("page", "page=mietvertrag:1  eine Seite", _page),),
    "feed": (
        Argument(
            "pages",
            "pages=mietvertrag:1,mietvertrag:2  oder pages=mietvertrag; beidseitig mietvertrag:1/mietvertrag:2",
            _pages,
        ),
    ),
    "draw_in": (Argument("jam", "jam=ja  und bleibt stecken", _yes_no, needed=False),),
    "set_jam": (Argument("page", "page=2  bei der wievielten Seite", _page_number),),
    "sign": (Argument("recording", "recording=musterfrau  eine aufgezeichnete Unterschrift", _recording),),
    "ink": (Argument("visible", "visible=ja  auf dem Pad zu sehen", _yes_no),),
    "arm_pad": (Argument("on", "on=ja  das Pad nimmt eine Unterschrift auf", _yes_no),),
    "touch": (Argument("button", "button=erklaerung  die Taste auf dem Bildschirm", _text),),
    "light": (Argument("colour", "colour=gruen  die Lampe", _text),),
    "glass": (Argument("opaque", "opaque=ja  das Sichtschutzglas", _yes_no),),
    "switch": (
        Argument("slot", "slot=induction_loop  was daran hängt", _slot),
        Argument("on", "on=ja", _yes_no),
    ),
    "silence": (Argument("device", "device=scanner  antwortet nicht mehr", _device),),
    "wake": (Argument("device", "device=scanner  antwortet wieder", _device),),
    "fail": (Argument("fault", "fault=scanner.doppeleinzug  eine Störung tritt ein", _fault),),
    "heal": (Argument("fault", "fault=scanner.doppeleinzug  sie ist behoben", _fault),),
    "lay_card": (Argument("card", "card=ausweis  oder speicherkarte, unlesbar: liegt auf dem Kartenleser", _card),),
    "turn": (
        Argument("axis", "axis=zoom  oder pan, tilt: wie der Kamerakopf sich dreht", _axis),
        Argument("to", "to=8192  wohin, in seinen Schritten", _steps),
        Argument("duration_us", "duration_us=500000  wie lange das dauert", _duration_us, needed=False),
    ),
    "hand_out": (Argument("sheet", "sheet=Kopie  ein Blatt des Druckers", _text),),
    "sound": (Argument("on", "on=ja  auf der Leitung des Lautsprechers spricht jemand", _yes_no),),
}
"""By act; also those that only devices do."""


def understood(name: str, args: JsonMap) -> JsonDict:
    """The arguments of an act as it takes them. Raises `HarnessError` for an act or argument that there is not."""
    if name not in TAKES:
        raise HarnessError(f"Die Handlung „{_short(name)}“ gibt es nicht.{nearest(_short(name), TAKES)}")
    takes = {one.name: one for one in TAKES[name]}
    for key in args:
        if key not in takes:
            known = nearest(_short(key), takes) if takes else " Sie nimmt keine."
            raise HarnessError(f"Die Handlung „{name}“ kennt keine Angabe {_short(key)}=….{known}")
    missing = next((one for one in takes.values() if one.needed and one.name not in args), None)
    if missing is not None:
        raise HarnessError(f"Der Handlung „{name}“ fehlt die Angabe {missing.name}=… ({missing.says})")
    try:
        return {key: takes[key].read(value) for key, value in args.items()}
    except HarnessError as error:
        raise HarnessError(f"Die Handlung „{name}“ kann das nicht: {error}") from error
