"""Wacom STU signature pads: on a serial line (STU-430V), on USB (STU-430, 530, 540), or shared over USB/IP.

A pad draws ink by itself as soon as it has power: this driver lets it ink during a capture only, and wipes it whenever
it is opened, cleared or left. Of a signature that was not seen whole nothing is used (`stu.vigil`).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import WRITE_NOW, DeviceIdentity, PadInfo, PenSample
from lisa_core.equipment.codecs.stu import reports as stu
from lisa_core.equipment.codecs.stu.framing import CRC_START
from lisa_core.equipment.codecs.stu.hid import PRODUCTS
from lisa_core.equipment.codecs.stu.reports import PadState, Report, Result
from lisa_core.equipment.codecs.stu.settings import Eserial, PenDataTimeCountSequenceEncrypted, Uid2
from lisa_core.equipment.codecs.stu.table import BY_KIND
from lisa_core.equipment.drivers.stu.lines import OK, PadLine
from lisa_core.equipment.drivers.stu.opening import open_line
from lisa_core.equipment.drivers.stu.vigil import NEAR_S, Vigil
from lisa_core.equipment.lines.stream import put_newest
from lisa_core.equipment.slots.devices import SignaturePad
from lisa_core.equipment.slots.driver import Driver, Evidence, Given, Option, Serves, Tried, chosen
from lisa_core.host import clock
from lisa_core.host.address import PAD
from lisa_core.host.patience import patience

if TYPE_CHECKING:
    from lisa_core.equipment.drivers.stu.cipher import Keys, Session

TIMEOUT_S = 3.0
"""Seconds that the vendor's own software waits for the pad."""
LEAVING_S = 1.0
"""Seconds that we wait for the pad at the end of the program."""
POLL_S, POLLS = 0.01, 100
"""Wiping may take 0.6 s (STU-520); a pad that is busy for longer is stuck."""
BACKLOG = 4096
"""Pen reports kept for a slow reader, about twenty seconds; older ones are dropped and counted as gaps."""

AT_ONCE = 64
"""Blocks of a picture that go out before the pad is asked whether it took them; on a serial line it answers each."""
PIXELS = ("bgr", "rgb")
"""Order of the three bytes of a pixel: blue first at an STU-540 with firmware 1.8 (le2ni/stusign), else UNVERIFIED."""

_AWAY = frozenset({"pad.lost", "pad.silent"})
_PLAIN, _TIME_AND_SEQUENCE = 0, 3

_R = TypeVar("_R", bound=Report)


@dataclass(frozen=True, slots=True)
class Heard:
    """What the pen said, and when it was heard."""

    report: Report | DeviceFault
    at_us: int


@contextlib.asynccontextmanager
async def open_wacom_stu(binding: str, options: Given) -> AsyncIterator[WacomStu]:
    """Open the pad at its address; wiped and without ink when this yields, and wiped again afterwards.

    Faults: those of `open_line`, `pad.silent`, `pad.lost`, `pad.busy`, `pad.<result>` when the pad refuses.
    """
    options = chosen(OPTIONS, options)
    line = await open_line(binding, str(options.get("model", "")), CRC_START[str(options["crc"])])
    pad = WacomStu(line, binding, options)
    tasks = [asyncio.create_task(pad.listen())]
    try:
        await pad.reset()
        await pad.make_ready()
        tasks.append(asyncio.create_task(pad.wipe_when_back()))
        yield pad
    finally:
        with contextlib.suppress(DeviceFault, TimeoutError):
            async with asyncio.timeout(LEAVING_S):
                await pad.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await line.aclose()


class WacomStu:
    """The open pad; a `SignaturePad`."""

    def __init__(self, line: PadLine, binding: str, options: Given) -> None:
        self.armed = asyncio.Event()
        """Set while a capture is listening and the pad draws ink: from now on nothing of the pen is lost."""
        self._line, self._binding, self._options = line, binding, options
        self._session: Session | None = None
        self._keys: Keys | None = None
        self._picture: tuple[Report, ...] = ()
        self._drawn_for: stu.Capability | None = None
        self._vigil = Vigil(binding)
        self._told = asyncio.Event()
        """Set when something of the pen has come."""
        self._turn = asyncio.Lock()
        self._pen: asyncio.Queue[Heard] | None = None
        self._lost: DeviceFault | None = None
        self._fresh = asyncio.Event()
        """Set while the pad may be as a program before, or its getting power, has left it."""
        self._wiping = asyncio.Lock()
        self._scribbled = False
        """Whether the pen has touched while the pad was made ready."""

    @property
    def gaps(self) -> int:
        """Pen reports that the present or last capture missed, by the pad's running number."""
        return self._vigil.gaps

    @property
    def damaged(self) -> int:
        """Reports that arrived broken since the pad was opened."""
        return self._line.damaged

    async def info(self) -> PadInfo:
        """Ask for model and range."""
        name, can = await self.get(stu.Information), await self.get(stu.Capability)
        if not (can.max_x and can.max_y and can.max_pressure):
            text = f"Unterschriftenpad {self._binding}: nennt keine Schreibfläche; aus- und wieder einschalten."
            raise DeviceFault("pad.implausible", text, retryable=True)
        return PadInfo(_text(name.name), can.max_x, can.max_y, can.max_pressure, can.max_rate, says_when_armed=True)

    async def identify(self) -> DeviceIdentity:
        """Model, firmware and the number that the maker gave the pad, else the operator's (empty where it has none)."""
        about = await self.get(stu.Information)
        firmware = f"{about.firmware_major}.{about.firmware_minor}"
        return DeviceIdentity("Wacom", _text(about.name), await self._serial(), firmware)

    async def _serial(self) -> str:
        for kind in (Eserial, Uid2, stu.Uid):
            answer = await self._ask(stu.GetReport(BY_KIND[kind].number), kind)
            text = ""
            match answer:
                case Eserial(said) | Uid2(said):
                    text = _text(said)
                case stu.Uid(number) if number:
                    text = f"{number:08x}"
                case stu.SetResult(result) if result != Result.WRONG_REPORT_ID:
                    raise self._refused(answer, kind.__name__)
            if text:
                return text
        return ""

    async def ping(self) -> float:
        """Seconds until it has said its status. Faults `pad.silent`, `pad.lost`."""
        loop = asyncio.get_running_loop()
        since = loop.time()
        await self.get(stu.Status)
        return loop.time() - since

    async def check(self) -> None:
        """Ask for its status, also in the middle of a capture. Faults `pad.silent`, `pad.lost`; `pad.restarted` when it
        has forgotten that it captures: it had no power for a while, in which nothing of the pen was seen; `pad.gap`
        when it has stopped telling of a pen that was near.
        """
        await self.get(stu.Status)
        if self.armed.is_set():
            mode = await self.get(stu.PenDataOptionMode)
            if self.armed.is_set() and mode.mode != _TIME_AND_SEQUENCE:
                raise self._vigil.restarted()
            await self._still_told()

    async def _still_told(self) -> None:
        """What a pen that is near did last is known only when the next report comes."""
        self._told.clear()
        if self._vigil.near:
            try:
                async with patience(NEAR_S):  # of ours: a booth that was not served has not listened
                    await self._told.wait()
            except TimeoutError:
                raise self._vigil.broke_off() from None

    async def reset(self) -> None:
        """Put the pad into its known first state, whatever a program before has left, then stop inking and wipe."""
        self._fresh.set()
        await self.clear()

    async def clear(self) -> None:
        """Leave nothing visible on the pad and stop inking; returns when the pad has wiped."""
        async with self._wiping:
            await self._wipe()

    async def _wipe(self) -> None:
        """Only a pad that has done all of this is known not to ink.

        Outside of a capture it counts no reports: so what is still on its way is told from what belongs to the next.
        """
        fresh = self._fresh.is_set()
        self._fresh.clear()
        try:
            if fresh:
                await self._be_heard()
                await self.put(stu.Reset())
            await self._become_ready()
            await self.put(stu.InkingMode(0))
            await self.put(stu.PenDataOptionMode(_PLAIN))
            await self.put(stu.ClearScreen())
            await self._until_ready()
        except DeviceFault:
            self._fresh.set()
            raise

    async def _be_heard(self) -> None:
        """What a program before us has said is answered first, perhaps with refusals: they are not ours."""
        for _ in range(POLLS):
            try:
                await self.get(stu.Status)
            except DeviceFault as fault:
                if fault.code in _AWAY:
                    raise
            else:
                return

    async def capture(self) -> AsyncGenerator[PenSample, None]:
        """Clear, ink and yield every pen report; `at_us` counts from the first one by the pad's own clock. Before them
        `WRITE_NOW`.

        Faults: `pad.lost` when the line goes, `pad.silent` when the pad no longer answers (asked after three seconds
        without a pen), those of `Vigil.see`. `gaps` tells what is missing.
        """
        pen: asyncio.Queue[Heard] = asyncio.Queue(BACKLOG)
        try:
            async with self._wiping:
                self._scribbled = False
                await self._wipe()
                await self._prepare()
                await self.put(stu.PenDataOptionMode(_TIME_AND_SEQUENCE))
                # from here on: what a pen that hovers already has said before is of the mode before
                encrypted = self._session is not None
                self._pen = pen
                self._vigil = Vigil(self._binding, encrypted=encrypted, begun=self._scribbled)
                if self._session:
                    await self.put(stu.StartCapture(self._session.number))
                await self.put(stu.InkingMode(1))
            self.armed.set()
            yield WRITE_NOW
            while True:
                heard = await self._next(pen)
                if sample := self._seen(heard):
                    yield sample
        finally:
            if self._pen is pen:
                self._pen = None
                self.armed.clear()

    async def _prepare(self) -> None:
        """Show what is to be signed, and agree on a key, as the profile wishes."""
        on, off = (self._options.get(key) for key in ("ink_on", "ink_off"))
        if on is not None or off is not None:
            known = await self.get(stu.InkThreshold)
            await self.put(
                stu.InkThreshold(known.on if on is None else int(on), known.off if off is None else int(off))
            )
        await self._draw()
        if self._picture:
            await self._show(self._picture)
        self._session = None
        if self._keys:
            from lisa_core.equipment.drivers.stu.cipher import agree

            self._session = await agree(self, self._keys)

    async def make_ready(self) -> None:
        """What takes a while and is the same for each signature: the picture, and our key."""
        await self._draw()
        if self._options.get("encrypted"):
            from lisa_core.equipment.drivers.stu.cipher import keys  # cryptography, where it is wanted

            self._keys = await keys(str(self._options["rsa_padding"]), str(self._options["aes_mode"]))

    async def _draw(self) -> None:
        """What is to be signed, once for each pad: another one may hang there by now."""
        text = str(self._options.get("prompt", ""))
        if text and (can := await self.get(stu.Capability)) != self._drawn_for:
            from lisa_core.equipment.drivers.stu.prompt import picture  # Pillow, where it is wanted

            small = not self._line.fast
            drawn = await asyncio.to_thread(picture, text, can, str(self._options["pixels"]), small=small)
            self._picture, self._drawn_for = tuple(stu.image_reports(drawn.encoding, drawn.data)), can

    async def _show(self, reports: Sequence[Report]) -> None:
        """Half a picture is no picture: it is forgotten and wiped. Fault `pad.picture`."""
        try:
            at_once = AT_ONCE if self._line.fast else 1
            for start in range(0, len(reports), at_once):
                await self._upload(reports[start : start + at_once])
        except DeviceFault as fault:
            with contextlib.suppress(DeviceFault):
                await self.put(stu.EndImageData(1))
            with contextlib.suppress(DeviceFault):
                await self._wipe()
            if fault.code in _AWAY:
                raise
            text = (
                f"Unterschriftenpad {self._binding}: Das Bild kam nicht ganz an ({fault.code}). Noch einmal versuchen."
            )
            raise DeviceFault("pad.picture", text, retryable=True) from fault

    def _seen(self, heard: Heard) -> PenSample | None:
        """The pen in a report; None for what is none."""
        report = heard.report
        if isinstance(report, PenDataTimeCountSequenceEncrypted) and self._session:
            opened = self._session.opened(report)
            if opened is None:
                text = f"Unterschriftenpad {self._binding}: verschlüsselt anders als abgemacht (Option aes_mode)."
                raise DeviceFault("pad.encryption", text, retryable=True)
            return self._vigil.see(opened, heard.at_us, opened=True)
        if isinstance(report, stu.PenData | stu.PenDataTimeCountSequence):
            return self._vigil.see(report, heard.at_us)
        return None

    async def listen(self) -> None:
        """Take in what the pad says, for ever; a line that was lost is taken up again."""
        while True:
            try:
                while True:
                    for report in await self._line.heard():
                        if not isinstance(report, stu.Unknown):  # keys of other models
                            self._put(report)
            except DeviceFault as fault:
                self._lose(fault)
            await self._line.again()
            self._lost = None
            self._fresh.set()

    async def wipe_when_back(self) -> None:
        """A pad that gets power again inks by itself: it is reset as soon as it answers. For ever."""
        while True:
            await self._fresh.wait()
            with contextlib.suppress(DeviceFault):
                async with self._wiping:
                    if self._fresh.is_set():
                        await self._wipe()
            if self._fresh.is_set():
                await asyncio.sleep(LEAVING_S)

    def _lose(self, fault: DeviceFault) -> None:
        self._lost = DeviceFault("pad.lost", f"Unterschriftenpad: Die Verbindung ist weg ({fault})", retryable=True)
        self._lost.__cause__ = fault
        self._line.fail(self._lost)
        self._put(self._lost)

    def _put(self, heard: Report | DeviceFault) -> None:
        if self._pen is None:
            if isinstance(heard, stu.PenData | stu.PenDataTimeCountSequence):
                self._scribbled |= stu.is_down(heard.head)
            return
        self._told.set()
        put_newest(self._pen, Heard(heard, clock.now_us()))

    async def _next(self, pen: asyncio.Queue[Heard]) -> Heard:
        while True:
            try:
                async with asyncio.timeout(TIMEOUT_S):
                    heard = await pen.get()
            except TimeoutError:
                await self.check()  # no pen is no fault, no pad is one
                continue
            if isinstance(heard.report, DeviceFault):
                raise heard.report  # also when the pad is back by now: it has forgotten that it was to write
            return heard

    async def _become_ready(self) -> None:
        """Wait for a wiping to end; what a broken upload or a session has left is ended by a reset."""
        try:
            await self._until_ready()
        except DeviceFault as fault:
            if fault.code != "pad.busy":
                raise
            await self.put(stu.Reset())
            await self._until_ready()

    async def _until_ready(self) -> None:
        for _ in range(POLLS):
            state = (await self.get(stu.Status)).state
            if state == PadState.READY:
                return
            if state == PadState.CAPTURE:
                await self.put(stu.EndCapture())
                continue
            await asyncio.sleep(POLL_S)
        text = f"Unterschriftenpad {self._binding}: bleibt im Zustand {state}; aus- und wieder einschalten."
        raise DeviceFault("pad.busy", text, retryable=True)

    async def get(self, kind: type[_R]) -> _R:
        """Ask for a report. Faults `pad.<result>` when it is refused."""
        answer = await self._ask(stu.GetReport(BY_KIND[kind].number), kind)
        if isinstance(answer, kind):
            return answer
        raise self._refused(answer, kind.__name__)

    async def put(self, report: Report) -> None:
        """Set something. Faults `pad.<result>` when it is refused."""
        answer = await self._ask(report, stu.SetResult)
        if answer != OK:
            raise self._refused(answer, type(report).__name__)

    async def _upload(self, reports: Sequence[Report]) -> None:
        answer = await self._answered(lambda: self._line.upload(reports), TIMEOUT_S)
        if answer != OK:
            raise self._refused(answer, type(reports[-1]).__name__)

    async def _ask(self, report: Report, expected: type[object]) -> Report:
        """A question is asked twice, since a pad that sleeps wakes of the first; a setting might count twice."""
        if isinstance(report, stu.GetReport):
            with contextlib.suppress(TimeoutError):
                return await self._answered(lambda: self._line.ask(report, expected), TIMEOUT_S / 2, last=False)
            return await self._answered(lambda: self._line.ask(report, expected), TIMEOUT_S / 2)
        return await self._answered(lambda: self._line.ask(report, expected), TIMEOUT_S)

    async def _answered(self, ask: Callable[[], Awaitable[Report]], patience_s: float, *, last: bool = True) -> Report:
        async with self._turn:
            if self._lost:
                raise self._lost
            try:
                async with asyncio.timeout(patience_s):
                    return await ask()
            except TimeoutError:
                if not last:
                    raise
                text = f"Unterschriftenpad {self._binding}: {self._line.silence()}"
                raise DeviceFault("pad.silent", text, retryable=True) from None
            except DeviceFault as fault:
                raise self._lost or fault from fault

    def _refused(self, answer: Report, what: str) -> DeviceFault:
        name = stu.result_name(answer.result) if isinstance(answer, stu.SetResult) else "wrong_answer"
        text = f"Unterschriftenpad {self._binding}: lehnt {what} ab ({name})."
        return DeviceFault(f"pad.{name}", text, retryable=True)


def _text(name: bytes) -> str:
    return name.partition(b"\0")[0].decode("ascii", "replace").strip()


OPTIONS = (
    Option(
        "model",
        str,
        "Modell; seriell richtet sich danach die Geschwindigkeit (ohne Angabe STU-430V), an USB wird es geprüft",
        words=tuple(PRODUCTS.values()),
    ),
    Option("prompt", str, "Satz, der beim Unterschreiben über der Linie auf dem Pad steht"),
    Option("pixels", str, "Folge der Farben in einem Bildpunkt (ungeprüft)", PIXELS[0], words=PIXELS),
    Option("ink_on", int, "Druck, ab dem das Pad zeichnet", least=0, most=1023),
    Option("ink_off", int, "Druck, unter dem es aufhört", least=0, most=1023),
    Option("encrypted", bool, "nur verschlüsselte Unterschriften annehmen (STU-430, 530, 540)", False),
    Option("rsa_padding", str, "wie das Pad seinen Schlüssel verpackt (ungeprüft)", "oaep", words=("oaep", "pkcs1")),
    Option("aes_mode", str, "wie es Meldungen verschlüsselt (ungeprüft)", "ecb", words=("ecb", "cbc")),
    Option("crc", str, "Startwert der Prüfsumme, nur seriell", next(iter(CRC_START)), words=tuple(CRC_START)),
)
EVIDENCE = Evidence(
    "Unterschriftenpads Wacom STU-430, 430V, 530, 540",
    Tried.PAPERS,
    "Bytefolgen aus Quelltext und Auskünften von Wacom",
    (
        "ein echtes Pad, an welcher Leitung auch immer; was daran im Einzelnen offen ist, steht in docs/devices.md",
        "die serielle Leitung: kein fremder Treiber hat sie gesprochen",
        "ein Kern, der das geteilte Pad einbindet (usbip attach braucht vhci)",
    ),
)
DRIVER = Driver(
    "wacom-stu",
    (Serves(SignaturePad),),
    PAD,
    open_wacom_stu,
    OPTIONS,
    can=("druck", "zeit", "kennung"),
    evidence=EVIDENCE,
)
