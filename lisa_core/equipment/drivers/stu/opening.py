"""Which line an address of an STU pad leads to, and whether the pad at its end is the one that the profile means."""

from __future__ import annotations

from lisa_core.domain.model.errors import DeviceFault, ProfileError
from lisa_core.equipment.codecs.stu.hid import PRODUCTS
from lisa_core.equipment.drivers.stu.lines import HidPad, PadLine, SerialPad
from lisa_core.equipment.lines.hid import HidLine
from lisa_core.host.address import PAD, read_address

BAUDRATE = {"STU-430V": 128_000, "STU-540": 128_000}
"""By model: those that can be on a serial line (the vendor's "STU Serial Connection"; behind its serial kit 115200)."""
SERIAL_MODEL = "STU-430V"


async def open_line(binding: str, model: str, crc_start: int | None) -> PadLine:
    """Open the line at `binding`; `model` "" is any that fits.

    Faults: those of `open_serial`, `open_usb`, `open_usbip`; `pad.other_model` when another pad hangs there.
    Raises `ProfileError` for a model that has no such line.
    """
    address = read_address(binding, PAD)
    if address.scheme == "hid":
        from lisa_core.equipment.lines.usb_hid import open_usb  # PyUSB is needed where a pad is on USB

        return HidPad(await _checked(await open_usb(address.path), binding, model))
    if address.scheme == "usbip":
        from lisa_core.equipment.drivers.stu.usbip_hid import open_usbip

        return HidPad(await _checked(await open_usbip(address), binding, model))
    from lisa_core.equipment.lines.serial import open_serial  # pyserial is needed where something is opened

    model = model or SERIAL_MODEL
    if model not in BAUDRATE:
        known = " und ".join(BAUDRATE)
        raise ProfileError(f"Ein {model} hat keinen seriellen Anschluss; den haben {known}. Bindung: hid:056A:....")
    return SerialPad(await open_serial(binding, baudrate=BAUDRATE[model]), crc_start)


async def _checked(line: HidLine, binding: str, model: str) -> HidLine:
    found = PRODUCTS.get(line.product, "")
    if found and (not model or model == found):
        return line
    await line.aclose()
    other = found or f"ein Gerät mit der Produktnummer {line.product:04X}"
    wanted = model or f"eines von {', '.join(PRODUCTS.values())}"
    text = f"Unterschriftenpad {binding}: Dort hängt {other}, nicht {wanted}. Bindung oder model berichtigen."
    raise DeviceFault("pad.other_model", text, retryable=False)
