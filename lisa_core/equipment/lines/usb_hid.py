"""A HID device at this computer's USB, through PyUSB (extra `usb`): `hid:VID:PID[:serial]`.

Not through hidraw: the kernel's driver for tablets takes a signature pad for itself and makes no hidraw of it
(linuxwacom/input-wacom, issue 52). PyUSB takes the interface from that driver and gives it back at the end.
PyUSB blocks: one thread listens, a second one asks.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from importlib import import_module
from types import ModuleType
from typing import Protocol, TypeVar

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.lines.hid import AGAIN_S, HidLine, lost, stalled
from lisa_core.equipment.lines.tapped.tap import present_tap
from lisa_core.host.causes import cause

LISTEN_MS = 200
"""Milliseconds for which the listening thread waits for a report before it looks whether it is to end."""
ANSWER_MS = 1200
"""Milliseconds for one report to go or come; whoever asks tries again after a second and a half."""
HID_CLASS, INTERRUPT = 3, 3
_GET, _SET = (0xA1, 1), (0x21, 9)
_FEATURE = 3 << 8
_EPIPE, _ETIMEDOUT, _EACCES, _EBUSY = 32, 110, 13, 16

_T = TypeVar("_T")


class _Device(Protocol):
    """What we need of PyUSB's device."""

    @property
    def serial_number(self) -> str | None: ...

    def get_active_configuration(self) -> object: ...

    def is_kernel_driver_active(self, interface: int) -> bool: ...

    def detach_kernel_driver(self, interface: int) -> None: ...

    def attach_kernel_driver(self, interface: int) -> None: ...

    def read(self, endpoint: int, size: int, timeout: int) -> Iterable[int]: ...

    def ctrl_transfer(
        self, kind: int, request: int, value: int, index: int, what: int | bytes, timeout: int
    ) -> int | Iterable[int]: ...


async def open_usb(place: str, *, backend: object = None) -> HidLine:
    """Open the device `VID:PID[:serial]`; `backend` as PyUSB takes it, None for libusb.

    Faults: `link.missing` (no such device, or no PyUSB), `link.busy`, `link.refused` (no rights, no HID).
    """

    async def dial() -> UsbHid:
        line = UsbHid(place, backend)
        await line.dial()
        return line

    tap = present_tap()
    return await (tap.hid(dial) if tap else dial())


class UsbHid:
    """The device, opened again after it was lost."""

    def __init__(self, place: str, backend: object) -> None:
        self.product, self.serial = 0, ""
        self._place, self._backend = place, backend
        self._session: _Session | None = None
        self._closed = False

    async def dial(self) -> None:
        """Find and open it. Faults as those of `open_usb`."""
        session = _Session(f"hid:{self._place}")
        try:
            await session.open(self._place, self._backend)
        except BaseException:
            await session.aclose()
            raise
        self.product, self.serial, self._session = session.product, session.serial, session

    @property
    def _open(self) -> _Session:
        if self._session is None or self._closed:
            raise lost(f"hid:{self._place}", "selbst geschlossen")
        return self._session

    async def get_feature(self, number: int, length: int) -> bytes:
        return await self._open.get_feature(number, length)

    async def set_features(self, reports: Sequence[bytes]) -> None:
        await self._open.set_features(reports)

    async def read(self) -> list[bytes]:
        return await self._open.read()

    async def again(self) -> None:
        if self._session:
            await self._session.aclose()
        while not self._closed:
            await asyncio.sleep(AGAIN_S)
            with contextlib.suppress(DeviceFault):
                await self.dial()
                return
        raise lost(f"hid:{self._place}", "selbst geschlossen")

    async def aclose(self) -> None:
        self._closed = True
        if self._session:
            await self._session.aclose()


class _Session:
    """One opening of the device."""

    def __init__(self, place: str) -> None:
        self.product, self.serial = 0, ""
        self._place = place
        self._loop = asyncio.get_running_loop()
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="usb")
        self._device: _Device | None = None
        self._interface, self._endpoint, self._packet = 0, 0, 0
        self._taken = False
        """Whether the kernel's driver had it before."""
        self._listening: Future[None] | None = None
        self._inputs: list[bytes] = []
        self._arrived = asyncio.Event()
        self._lost: DeviceFault | None = None
        self._closed = False

    async def open(self, place: str, backend: object) -> None:
        await self._beside(lambda: self._open(place, backend))
        self._listening = self._pool.submit(self._listen)

    def _open(self, place: str, backend: object) -> None:
        try:
            core, util = _pyusb("core"), _pyusb("util")
        except ImportError as error:
            text = f"{self._place}: Dafür fehlt PyUSB. Installieren mit: pip install 'lisa-booth[usb]'"
            raise DeviceFault("link.missing", text, retryable=False) from error
        vendor, product, *serial = place.split(":", 2)
        try:
            found = core.find(True, backend, idVendor=int(vendor, 16), idProduct=int(product, 16))
            said = [(one, _serial(one)) for one in found]
        except core.NoBackendError as error:
            text = f"{self._place}: Dafür fehlt libusb. Installieren mit: apt install libusb-1.0-0"
            raise DeviceFault("link.missing", text, retryable=False) from error
        self._device = next((one for one, number in said if not serial or number == serial[0]), None)
        if self._device is None and any(not number for _, number in said):
            raise self._forbidden()
        if self._device is None:
            text = f"{self._place}: An keinem USB-Anschluss. Gerät anstecken oder die Bindung berichtigen."
            raise DeviceFault("link.missing", text, retryable=True)
        self.product, self.serial = int(product, 16), _serial(self._device)
        try:
            self._claim(self._device, util)
        except core.USBError as error:
            raise self._not_opened(error) from error

    def _claim(self, device: _Device, util: ModuleType) -> None:
        """The first HID interface with an interrupt endpoint to us."""
        wanted = {"bInterfaceClass": HID_CLASS}
        for interface in util.find_descriptor(device.get_active_configuration(), find_all=True, **wanted):
            endpoint = util.find_descriptor(interface, custom_match=_reports)
            if endpoint is None:
                continue
            self._interface = interface.bInterfaceNumber
            with contextlib.suppress(NotImplementedError):
                if device.is_kernel_driver_active(self._interface):
                    device.detach_kernel_driver(self._interface)
                    self._taken = True
            util.claim_interface(device, self._interface)
            self._endpoint, self._packet = endpoint.bEndpointAddress, endpoint.wMaxPacketSize
            return
        text = f"{self._place}: Das Gerät hat keine HID-Schnittstelle, die meldet."
        raise DeviceFault("link.refused", text, retryable=False)

    def _forbidden(self) -> DeviceFault:
        text = f"{self._place}: Zugriff verweigert. Eine udev-Regel für Hersteller und Produkt anlegen."
        return DeviceFault("link.refused", text, retryable=True)

    def _not_opened(self, error: OSError) -> DeviceFault:
        if error.errno == _EACCES:
            return self._forbidden()
        if error.errno == _EBUSY:
            return DeviceFault("link.busy", f"{self._place}: Ein anderes Programm hat das Gerät.", retryable=True)
        return DeviceFault("link.missing", f"{self._place}: Lässt sich nicht öffnen ({cause(error)}).", retryable=True)

    async def get_feature(self, number: int, length: int) -> bytes:
        return await self._beside(lambda: self._transfer(_GET, number, length))

    async def set_features(self, reports: Sequence[bytes]) -> None:
        await self._beside(lambda: [self._transfer(_SET, report[0], report) for report in reports])

    def _transfer(self, kind: tuple[int, int], number: int, what: int | bytes) -> bytes:
        try:
            came = self._opened.ctrl_transfer(*kind, _FEATURE | number, self._interface, what, ANSWER_MS)
        except Exception as error:
            if getattr(error, "errno", None) == _EPIPE:
                raise stalled(self._place, number) from error
            raise lost(self._place, cause(error)) from error
        return b"" if isinstance(came, int) else bytes(came)

    @property
    def _opened(self) -> _Device:
        if self._device is None:
            raise lost(self._place, "nie geöffnet")
        return self._device

    async def _beside(self, work: Callable[[], _T]) -> _T:
        if self._lost:
            raise self._lost
        return await asyncio.wrap_future(self._pool.submit(work))

    async def read(self) -> list[bytes]:
        while not self._inputs:
            if self._lost:
                raise self._lost
            self._arrived.clear()
            await self._arrived.wait()
        found, self._inputs = self._inputs, []
        return found

    def _listen(self) -> None:
        while not self._closed:
            try:
                data = bytes(self._opened.read(self._endpoint, self._packet, LISTEN_MS))
            except Exception as error:  # noqa: BLE001  # each backend of PyUSB raises its own
                if getattr(error, "errno", None) == _ETIMEDOUT:
                    continue
                self._tell(self._lose, lost(self._place, cause(error)))
                return
            self._tell(self._take, data)

    def _tell(self, act: Callable[[_T], None], what: _T) -> None:
        with contextlib.suppress(RuntimeError):  # the loop may be closed already
            self._loop.call_soon_threadsafe(act, what)

    def _take(self, data: bytes) -> None:
        self._inputs.append(data)
        self._arrived.set()

    def _lose(self, fault: DeviceFault) -> None:
        self._lost = self._lost or fault
        self._arrived.set()

    async def aclose(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._lose(lost(self._place, "selbst geschlossen"))
        ending = self._pool.submit(self._end)
        self._pool.shutdown(wait=False)
        await asyncio.shield(asyncio.wrap_future(ending))

    def _end(self) -> None:
        if self._listening is not None:
            self._listening.result()  # nothing is closed that somebody still reads from
        if self._device is None:
            return
        util = _pyusb("util")
        with contextlib.suppress(OSError, NotImplementedError):  # unplugged, there is nothing to give back
            util.release_interface(self._device, self._interface)
            if self._taken:
                self._device.attach_kernel_driver(self._interface)
        util.dispose_resources(self._device)


def _reports(endpoint: object) -> bool:
    address, attributes = getattr(endpoint, "bEndpointAddress", 0), getattr(endpoint, "bmAttributes", 0)
    return bool(address & 0x80 and attributes & 3 == INTERRUPT)


def _pyusb(part: str) -> ModuleType:
    """A module of PyUSB, which knows no types. Raises `ImportError`."""
    return import_module(f"usb.{part}")


def _serial(device: _Device) -> str:
    """What the device says; one that must not be asked has none."""
    try:
        return str(device.serial_number or "")
    except Exception:  # noqa: BLE001  # no rights, no languages, gone: each has its own kind
        return ""
