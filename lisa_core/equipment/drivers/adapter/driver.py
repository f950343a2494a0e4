"""The declaration of the driver `adapter`, and how an adapter is opened: a program that is started, or dialled."""

from __future__ import annotations

import contextlib
import ipaddress
import shlex
from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path

from lisa_core.domain.model.errors import DeviceFault, ProfileError
from lisa_core.equipment.drivers.adapter.device import AdapterDevice
from lisa_core.equipment.drivers.adapter.heard import heard
from lisa_core.equipment.drivers.adapter.keyed import proved, read_key
from lisa_core.equipment.drivers.adapter.slot import slot_of
from lisa_core.equipment.drivers.adapter.talk import AdapterLines
from lisa_core.equipment.drivers.adapter.terms import ABILITIES, SlotTerms
from lisa_core.equipment.lines.tapped.tap import present_tap
from lisa_core.equipment.slots.catalogue import DEVICE_OF_SLOT, PROTOCOLS
from lisa_core.equipment.slots.driver import Driver, Evidence, Given, Option, Serves, SlotPlace, Tried, chosen
from lisa_core.equipment.slots.origin import EMULATOR, RECORDING
from lisa_core.host.address import ADAPTER, Address, read_address

KEY_FILE, HELLO_S = "key_file", "hello_s"
_SHOWN = 60


@contextlib.asynccontextmanager
async def open_adapter(binding: str, options: Given, place: SlotPlace) -> AsyncIterator[AdapterDevice]:
    """Open the adapter of one slot. `ProfileError` for a key that cannot be used, else `DeviceFault`."""
    options = chosen(OPTIONS, options)
    address = read_address(binding, ADAPTER)
    terms = SlotTerms(place.slot, f"Der Adapter „{_shown(address)}“ ({place.slot})")
    key = read_key(place.folder / str(options[KEY_FILE])) if KEY_FILE in options else b""
    lines = partial(_dialled if address.host else _started, address, terms, key, place.folder)
    async with AdapterDevice(heard(lines, present_tap()), terms, float(options[HELLO_S])).held() as device:
        yield device


@contextlib.asynccontextmanager
async def _dialled(address: Address, terms: SlotTerms, key: bytes, folder: Path) -> AsyncIterator[AdapterLines]:
    from lisa_core.equipment.lines.programs.tcp_lines import tcp_lines

    with _naming(terms):
        async with tcp_lines(address.host, address.port, terms.max_line) as lines:
            yield await proved(lines, key, terms.where, terms.max_line) if key else lines


@contextlib.asynccontextmanager
async def _started(address: Address, terms: SlotTerms, key: bytes, folder: Path) -> AsyncIterator[AdapterLines]:
    from lisa_core.equipment.lines.programs.spoken import spoken_program

    with _naming(terms):
        async with spoken_program(shlex.split(address.path), folder, terms.max_line) as program:
            yield program


@contextlib.contextmanager
def _naming(terms: SlotTerms) -> Iterator[None]:
    """What is missing is told with the adapter that it is missing to."""
    try:
        yield
    except DeviceFault as fault:
        if str(fault).startswith(terms.where):
            raise
        raise DeviceFault(fault.code, f"{terms.where}: {fault}", retryable=fault.retryable) from fault


def _shown(address: Address) -> str:
    text = f"tcp://{address.place}" if address.host else address.path
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def unfit(binding: str, options: Given, folder: Path) -> tuple[str, str]:
    """What is wrong with an address and its options together: the key, and a sentence; nothing when they go."""
    if binding.startswith(RECORDING):
        return "", ""
    if binding == EMULATOR:
        text = f"Ein Adapter spricht für ein Gerät, das nicht emuliert ist: binding = „{ADAPTER.example}“."
        return "binding", text
    address = read_address(binding, ADAPTER)
    key_file = str(options.get(KEY_FILE, ""))
    if not address.host:
        if key_file:
            return KEY_FILE, "Ein Schlüssel gehört nur zu adapter:tcp://; ein Programm wird von LISA selbst gestartet."
        return ("binding", fault) if (fault := _command_fault(address.path)) else ("", "")
    if not key_file:
        if _is_loopback(address.host):
            return "", ""
        text = f"{address.host} ist ein anderer Rechner: Dorthin nur mit einem Schlüssel (key_file = „adapter.key“)."
        return "binding", text
    try:
        read_key(folder / key_file)
    except ProfileError as error:
        return KEY_FILE, str(error)
    return "", ""


def _command_fault(command: str) -> str:
    try:
        found = shlex.split(command)
    except ValueError:
        return f"Im Befehl „{command}“ gehen die Anführungszeichen nicht auf."
    return "" if found and found[0] else "Hinter „adapter:“ fehlt das Programm."


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


OPTIONS = (
    Option(KEY_FILE, str, "Datei mit dem gemeinsamen Schlüssel, ab dem Ordner des Profils; nur mit adapter:tcp://"),
    Option(HELLO_S, float, "so lange darf es bis zu seiner ersten Zeile dauern, in Sekunden", 15.0, least=1, most=120),
)
_PROTOCOLS = dict.fromkeys(PROTOCOLS[slot] for slot in DEVICE_OF_SLOT)
"""All but those of what the booth itself serves."""
EVIDENCE = Evidence(
    "Geräte, für die ein Programm eines Herstellers spricht, in Zeilen (JSON)",
    Tried.COMPOSED,
    "die Programme in docs/beispiele/adapter: Python, node, C#",
    ("ob hinter dem Programm ein Gerät steht",),
)
DRIVER = Driver(
    "adapter",
    tuple(Serves(protocol, slot=partial(slot_of, protocol)) for protocol in _PROTOCOLS),
    ADAPTER,
    open_adapter,
    OPTIONS,
    can=ABILITIES,
    located=True,
    unfit=unfit,
    evidence=EVIDENCE,
)
