"""What goes wrong, done to the booths, desks, links and the exchange of a simulation; and mended again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from lisa_core.equipment.slots.catalogue import MISHAPS
from lisa_core.harness.simulation.plan.chance import Dice
from lisa_core.harness.simulation.plan.plan import Mishap
from lisa_core.harness.simulation.world.booth import SimulatedBooth
from lisa_core.harness.simulation.world.casework import SILENCE_US
from lisa_core.harness.simulation.world.exchange import EXCHANGE
from lisa_core.harness.simulation.world.seat import Seat
from lisa_core.harness.simulation.world.stage import Stage

BOUNCES_US = (15_000, 32_000, 60_000, 75_000)


class Mishaps:
    """`begin(mishap)` breaks something; what was broken mends itself when its time is over."""

    def __init__(self, stage: Stage, booths: Mapping[str, SimulatedBooth], seats: Mapping[str, Seat]) -> None:
        self._stage, self._booths, self._seats = stage, booths, seats

    def begin(self, mishap: Mishap) -> None:
        stage = self._stage
        stage.ledger.note(stage.agenda.now_us, mishap.target or EXCHANGE, mishap.kind, str(mishap.lasts_us))
        stage.watch.act(mishap.target or EXCHANGE, mishap.kind, mishap.lasts_us)
        if not mishap.target:
            self._exchange(mishap)
        elif (seat := self._seats.get(mishap.target)) is not None:
            _AT_DESK[mishap.kind](self, seat, mishap)
        elif (booth := self._booths.get(mishap.target)) is not None:
            _AT_BOOTH[mishap.kind](self, booth, mishap)

    def _after(self, wait_us: int, act: Callable[[], None]) -> None:
        self._stage.agenda.at(self._stage.agenda.now_us + wait_us, lambda _: act())

    def _dice(self, mishap: Mishap) -> Dice:
        return Dice(self._stage.seed, mishap.kind, mishap.target, mishap.at_us)

    # --- the booth's devices ----------------------------------------------------------------------------------------

    def _radar(self, booth: SimulatedBooth, mishap: Mishap) -> None:
        body = booth.body
        if body.radar != "praesenz.gut":
            return
        body.radar, body.stuck = mishap.kind, body.truth()
        self._after(mishap.lasts_us, lambda: self._radar_well(booth))
        if mishap.kind == "praesenz.flackert":
            body.flicker(self._stage.agenda.now_us + mishap.lasts_us)
        elif mishap.kind == "praesenz.stumm":
            if mishap.lasts_us > SILENCE_US:
                self._after(SILENCE_US, lambda: body.device("presence", False))
            self._after(mishap.lasts_us, lambda: body.device("presence", True))

    def _radar_well(self, booth: SimulatedBooth) -> None:
        booth.body.radar = "praesenz.gut"
        booth.body.changed()

    def _bounce(self, booth: SimulatedBooth, mishap: Mishap) -> None:
        """The contact closes and opens a few times; then it says how the door stands."""
        for number, wait_us in enumerate(BOUNCES_US):
            self._after(wait_us, partial(_touch_contact, booth, number % 2 == 0))

    def _door_gone(self, booth: SimulatedBooth, mishap: Mishap) -> None:
        body = booth.body
        if not body.door_works:
            return
        body.door_works = False
        if mishap.lasts_us > SILENCE_US:
            self._after(SILENCE_US, lambda: body.device("door", False))
        self._after(mishap.lasts_us, lambda: self._door_back(booth))

    def _door_back(self, booth: SimulatedBooth) -> None:
        booth.body.door_works = True
        booth.body.device("door", True)
        booth.body.contact(booth.body.door_open)

    def _button_gone(self, booth: SimulatedBooth, mishap: Mishap) -> None:
        body = booth.body
        body.button_works = False
        body.device("call_button", False)

        def back() -> None:
            body.button_works = True
            body.device("call_button", True)

        self._after(mishap.lasts_us, back)

    def _jam(self, booth: SimulatedBooth, mishap: Mishap) -> None:
        booth.work.jams = True

    def _stall(self, booth: SimulatedBooth, mishap: Mishap) -> None:
        booth.wipe_stalls = 1

    def _device(self, booth: SimulatedBooth, mishap: Mishap) -> None:
        """Told as `booth.device_health` does, whether somebody is inside or not; that the printer is gone shows in
        use."""
        slot, broken = MISHAPS[mishap.kind], booth.work.broken
        if slot in broken:
            return
        broken[slot] = None
        self._after(mishap.lasts_us, lambda: broken.pop(slot))
        if slot != "printer":
            if mishap.lasts_us > SILENCE_US:
                self._after(SILENCE_US, lambda: booth.body.device(slot, False))
            self._after(mishap.lasts_us, lambda: booth.body.device(slot, True))
        if slot == "signature_pad":
            booth.work.pad_lost()

    # --- links and programs -----------------------------------------------------------------------------------------

    def _link(self, party: SimulatedBooth | Seat, mishap: Mishap) -> None:
        self._stage.exchange.outage(party, mishap.lasts_us, self._dice(mishap).between(500, 8_000) * 1_000)

    def _crash(self, booth: SimulatedBooth, mishap: Mishap) -> None:
        if not booth.down:
            booth.crash()
            self._after(mishap.lasts_us, booth.restart)
            self._stage.exchange.outage(booth, mishap.lasts_us, 0)

    def _exchange(self, mishap: Mishap) -> None:
        exchange = self._stage.exchange
        if exchange.up:
            exchange.crash()
            forgetful = mishap.kind == "zentrale.verlust"
            self._after(mishap.lasts_us, lambda: exchange.restart(self._dice(mishap), forgetful=forgetful))

    # --- agents -----------------------------------------------------------------------------------------------------

    def _mood(self, seat: Seat, mishap: Mishap) -> None:
        seat.mood(mishap.kind.removeprefix("platz."))
        self._after(mishap.lasts_us, lambda: seat.mood(""))

    def _away(self, seat: Seat, mishap: Mishap) -> None:
        seat.away(mishap.lasts_us)


def _touch_contact(booth: SimulatedBooth, wrongly: bool) -> None:
    booth.body.contact(booth.body.door_open is not wrongly)


_AT_BOOTH: Mapping[str, Callable[[Mishaps, SimulatedBooth, Mishap], None]] = {
    **dict.fromkeys(MISHAPS, Mishaps._device),
    "praesenz.flackert": Mishaps._radar,
    "praesenz.haengt": Mishaps._radar,
    "praesenz.stumm": Mishaps._radar,
    "tuer.prellt": Mishaps._bounce,
    "tuer.stumm": Mishaps._door_gone,
    "ruftaste.stumm": Mishaps._button_gone,
    "scanner.stau": Mishaps._jam,
    "loeschung.stockt": Mishaps._stall,
    "netz.buero": Mishaps._link,
    "buero.absturz": Mishaps._crash,
}
_AT_DESK: Mapping[str, Callable[[Mishaps, Seat, Mishap], None]] = {
    "platz.stumm": Mishaps._mood,
    "platz.unwillig": Mishaps._mood,
    "platz.weg": Mishaps._away,
    "netz.platz": Mishaps._link,
}
