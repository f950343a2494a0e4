"""The one truth about the physical booth, pure: a state and `act(state, name, args, now_us)`.

Every emulated sensor samples this state; what devices do to the physical world (a sheet drawn in, a lamp lit) are acts
too. All values are JSON-able so that a world can be hosted by one process and joined by others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace

from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.json_types import JsonDict, JsonMap
from lisa_core.equipment.slots.catalogue import SILENCES

GLASS, LOOP = "privacy_glass", "induction_loop"
MUTE = "loudspeaker.tonlos"
SEAT_CM = 80
DOOR_CM = 220


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody inside: distance from the radar in centimetres; a seated person still breathes (a still target)."""

    distance_cm: int
    seated: bool = False


@dataclass(frozen=True, slots=True)
class Pen:
    """A signature being written: `recording` names fixtures/strokes, playing since `since_us`."""

    recording: str
    since_us: int


@dataclass(frozen=True, slots=True)
class Axis:
    """How one axis of the camera head turns: from `was` at `since_us` to `to` at `until_us`, in steps of its own."""

    was: int = 0
    to: int = 0
    since_us: int = 0
    until_us: int = 0

    def at(self, now_us: int) -> int:
        """Where it stands."""
        if now_us >= self.until_us or self.until_us <= self.since_us:
            return self.to
        return self.was + (self.to - self.was) * max(now_us - self.since_us, 0) // (self.until_us - self.since_us)


PAN_MOST, TILT_MOST, ZOOM_MOST = 1440, 360, 0x4000
"""So many steps from the middle to either side; of the zoom from everything in sight to the nearest."""


@dataclass(frozen=True, slots=True)
class Head:
    """How the camera over the table is turned and zoomed. All zero: upright above it, everything in sight."""

    pan: Axis = Axis()
    tilt: Axis = Axis()
    zoom: Axis = Axis()


@dataclass(frozen=True, slots=True)
class World:
    """The state. `revision` grows by one with every act that changed something."""

    revision: int = 0
    people: tuple[Person, ...] = ()
    door_open: bool = False
    button_pressed: bool = False
    voice_until_us: int = 0
    table: str = ""
    """Document lying under the document camera ("" = nothing)."""
    head: Head = Head()
    cards: tuple[str, ...] = ()
    """What lies on the card reader, by the names of `emulator.devices.cards.reader.CARDS`."""
    glass: str = ""
    """Page lying on the scanner's glass, as "document:page" (pages count from 1)."""
    feeder: tuple[str, ...] = ()
    """Pages waiting in the feeder, as "document:page"."""
    jam_after: int = 0
    """The feeder jams while drawing in this page of a job (1-based); 0 = never."""
    jammed: str = ""
    """The page that is stuck."""
    pen: Pen | None = None
    pad_ink: bool = False
    """Whether something written is still to be seen on the signature pad."""
    pad_armed: bool | None = None
    """Whether the signature pad takes what is written now; None where no pad has said so."""
    touches: tuple[str, ...] = ()
    """Every button touched so far, oldest first."""
    lamp: str = "aus"
    on: tuple[str, ...] = ()
    """The switches that are on, by their slots; the glass is opaque while it is among them."""
    silent: tuple[str, ...] = ()
    """Devices that do not answer, unplugged or broken, by the names of `emulator.booth`: "presence", "scanner", ..."""
    faults: tuple[str, ...] = ()
    """What is wrong with devices now, by the names of `equipment.slots.catalogue.FAULTS`: "scanner.doppeleinzug"."""
    tray: tuple[str, ...] = ()
    """Sheets handed out, as `emulator.paper.printed` writes them."""
    sounding: bool = False
    """Whether a voice runs on the loudspeaker's wire."""
    seed: int = 0
    """What chance in this world is drawn from: the same seed, the same junk on a line."""

    @property
    def glass_opaque(self) -> bool:
        """Whether nobody can look in."""
        return GLASS in self.on

    @property
    def heard(self) -> tuple[str, ...]:
        """By which slots a voice is heard now.

        The induction loop hangs on the loudspeaker's wire: while it is on, hearing aids hear by it.
        """
        by = ("loudspeaker",) if not {"loudspeaker", MUTE} & {*self.silent, *self.faults} else ()
        return (*by, *(slot for slot in (LOOP,) if slot in self.on)) if self.sounding else ()

    def failing(self, device: str) -> frozenset[str]:
        """What is wrong with this device now, by the words of its faults: "schwarz"."""
        begin = f"{device}."
        return frozenset(name.removeprefix(begin) for name in self.faults if name.startswith(begin))


Args = JsonMap
Act = Callable[[World, Args, int], World]


def _enter(world: World, args: Args, now_us: int) -> World:
    person = Person(int(args.get("distance_cm", SEAT_CM + 60)))
    return replace(world, people=(*world.people, person))


def _sit(world: World, args: Args, now_us: int) -> World:
    _somebody(world, "sit")
    return replace(world, people=(Person(SEAT_CM, seated=True), *world.people[1:]))


def _stand(world: World, args: Args, now_us: int) -> World:
    _somebody(world, "stand")
    return replace(world, people=(Person(SEAT_CM + 60), *world.people[1:]))


def _leave(world: World, args: Args, now_us: int) -> World:
    return replace(world, people=world.people[1:], pen=None, voice_until_us=0)


def _door(open_: bool) -> Act:
    return lambda world, args, now_us: replace(world, door_open=open_)


def _button(pressed: bool) -> Act:
    return lambda world, args, now_us: replace(world, button_pressed=pressed)


def _speak(world: World, args: Args, now_us: int) -> World:
    return replace(world, voice_until_us=now_us + int(args["duration_us"]))


def _show(world: World, args: Args, now_us: int) -> World:
    return replace(world, table=str(args["document"]))


def _lay_on_glass(world: World, args: Args, now_us: int) -> World:
    return replace(world, glass=str(args["page"]))


def _feed(world: World, args: Args, now_us: int) -> World:
    return replace(world, feeder=(*world.feeder, *map(str, args["pages"])))


def _draw_in(world: World, args: Args, now_us: int) -> World:
    """Device act: the feeder takes the top sheet; `jam` true: it gets stuck."""
    if not world.feeder:
        raise HarnessError("„draw_in“ geht nicht: Der Einzug ist leer.")
    return replace(world, feeder=world.feeder[1:], jammed=world.feeder[0] if args.get("jam") else "")


def _set_jam(world: World, args: Args, now_us: int) -> World:
    return replace(world, jam_after=int(args["page"]))


def _clear_jam(world: World, args: Args, now_us: int) -> World:
    back = (world.jammed,) if world.jammed else ()
    return replace(world, feeder=(*back, *world.feeder), jammed="", jam_after=0)


def _take_papers(world: World, args: Args, now_us: int) -> World:
    return replace(world, table="", glass="", feeder=(), jammed="", tray=(), cards=())


def _sign(world: World, args: Args, now_us: int) -> World:
    return replace(world, pen=Pen(str(args["recording"]), now_us))


def _pen_away(world: World, args: Args, now_us: int) -> World:
    return replace(world, pen=None)


def _ink(world: World, args: Args, now_us: int) -> World:
    """Device act: what was written appears on the pad, or is wiped off it."""
    return replace(world, pad_ink=bool(args["visible"]))


def _arm_pad(world: World, args: Args, now_us: int) -> World:
    """Device act: from now on the pad takes what is written, or no longer."""
    return replace(world, pad_armed=bool(args["on"]))


def _touch(world: World, args: Args, now_us: int) -> World:
    return replace(world, touches=(*world.touches, str(args["button"])))


def _light(world: World, args: Args, now_us: int) -> World:
    return replace(world, lamp=str(args["colour"]))


def _switch(world: World, args: Args, now_us: int) -> World:
    """Device act: what hangs on a switch goes on or off; `slot` says what it is."""
    slot, others = str(args["slot"]), set(world.on) - {str(args["slot"])}
    return replace(world, on=tuple(sorted({*others, slot} if args["on"] else others)))


def _glass(world: World, args: Args, now_us: int) -> World:
    return _switch(world, {"slot": GLASS, "on": args["opaque"]}, now_us)


def _silence(world: World, args: Args, now_us: int) -> World:
    return replace(world, silent=tuple(sorted({*world.silent, str(args["device"])})))


def _wake(world: World, args: Args, now_us: int) -> World:
    return replace(world, silent=tuple(device for device in world.silent if device != args["device"]))


def _fail(world: World, args: Args, now_us: int) -> World:
    name = str(args["fault"])
    if name in SILENCES:
        world = _silence(world, {"device": SILENCES[name]}, now_us)
    return replace(world, faults=tuple(sorted({*world.faults, name})))


def _heal(world: World, args: Args, now_us: int) -> World:
    name = str(args["fault"])
    if name in SILENCES:
        world = _wake(world, {"device": SILENCES[name]}, now_us)
    return replace(world, faults=tuple(fault for fault in world.faults if fault != name))


def _hand_out(world: World, args: Args, now_us: int) -> World:
    return replace(world, tray=(*world.tray, str(args["sheet"])))


def _lay_card(world: World, args: Args, now_us: int) -> World:
    return replace(world, cards=(*world.cards, str(args["card"])))


def _take_cards(world: World, args: Args, now_us: int) -> World:
    return replace(world, cards=())


def _turn(world: World, args: Args, now_us: int) -> World:
    """Device act: an axis of the camera head begins to turn, from where it stands; one that is there rests."""
    axis = getattr(world.head, str(args["axis"]))
    moved = Axis(axis.at(now_us), int(args["to"]), now_us, now_us + int(args.get("duration_us", 0)))
    return replace(world, head=replace(world.head, **{str(args["axis"]): moved}))


def _sound(world: World, args: Args, now_us: int) -> World:
    """Device act: a voice comes on the loudspeaker's wire, or is over."""
    return replace(world, sounding=bool(args["on"]))


def _tidy(world: World, args: Args, now_us: int) -> World:
    """As before anybody came: nobody is inside, nothing lies about. What devices show and what ails them stays."""
    kept = ("revision", "head", "pad_ink", "pad_armed", "lamp", "on", "silent", "faults", "sounding", "seed")
    return World(**{name: getattr(world, name) for name in kept})


ACTS: Mapping[str, Act] = {
    "enter": _enter,
    "sit": _sit,
    "stand": _stand,
    "leave": _leave,
    "open_door": _door(True),
    "close_door": _door(False),
    "press_button": _button(True),
    "release_button": _button(False),
    "speak": _speak,
    "show": _show,
    "lay_on_glass": _lay_on_glass,
    "feed": _feed,
    "draw_in": _draw_in,
    "set_jam": _set_jam,
    "clear_jam": _clear_jam,
    "take_papers": _take_papers,
    "sign": _sign,
    "pen_away": _pen_away,
    "ink": _ink,
    "arm_pad": _arm_pad,
    "touch": _touch,
    "light": _light,
    "glass": _glass,
    "switch": _switch,
    "silence": _silence,
    "wake": _wake,
    "fail": _fail,
    "heal": _heal,
    "hand_out": _hand_out,
    "turn": _turn,
    "lay_card": _lay_card,
    "take_cards": _take_cards,
    "sound": _sound,
    "tidy": _tidy,
}


def act(world: World, name: str, args: Args, now_us: int) -> World:
    """Return the world after one act. Raises `HarnessError` for an unknown act or one that cannot happen."""
    if name not in ACTS:
        raise HarnessError(f"Die Handlung „{name}“ gibt es nicht. Bekannt: {', '.join(sorted(ACTS))}.")
    try:
        after = ACTS[name](world, args, now_us)
    except KeyError as error:
        raise HarnessError(f"Der Handlung „{name}“ fehlt die Angabe {error.args[0]}=…") from error
    except (TypeError, ValueError) as error:
        raise HarnessError(f"Die Handlung „{name}“ kann mit ihren Angaben nichts anfangen: {error}") from error
    if after == world:
        return world
    object.__setattr__(
        after, "revision", world.revision + 1
    )  # nobody has it yet; a second copy costs as much as all else
    return after


def as_json(world: World) -> JsonDict:
    """The state as plain JSON values; `glass_opaque` and `heard` follow from others."""
    return {**asdict(world), "glass_opaque": world.glass_opaque, "heard": world.heard}


def from_json(data: JsonMap) -> World:
    """The inverse of `as_json`."""
    pen = data["pen"]
    return World(
        **{
            **{name: value for name, value in data.items() if name not in ("glass_opaque", "heard")},
            "people": tuple(Person(**person) for person in data["people"]),
            "pen": Pen(**pen) if pen else None,
            "head": Head(**{name: Axis(**axis) for name, axis in data.get("head", {}).items()}),  # a host may be older
            "feeder": tuple(data["feeder"]),
            "touches": tuple(data["touches"]),
            "on": tuple(data.get("on", (GLASS,) if data.get("glass_opaque") else ())),  # a host may be older
            "cards": tuple(data.get("cards", ())),  # a host may be older
            "silent": tuple(data["silent"]),
            "faults": tuple(data.get("faults", ())),  # a host may be older
            "tray": tuple(data["tray"]),
            "seed": int(data.get("seed", 0)),
        }
    )


def _somebody(world: World, name: str) -> None:
    if not world.people:
        raise HarnessError(f"„{name}“ geht nicht: Niemand ist im Bürgerbüro (zuerst „enter“).")
