"""`lisa booth` and `lisa exchange`: the two programs, apart."""

from __future__ import annotations

import asyncio
import gc
import os
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lisa_core.exchange.program import open_exchange, serve_exchange
from lisa_core.model.directory import Deadlines
from lisa_core.model.errors import DeviceFault, LisaError, MachineError, ProfileError
from lisa_core.model.printable import printable
from lisa_core.profiles.directory import load_directory
from lisa_core.profiles.profile import load_profile
from lisa_core.rig.booth import BoothWishes, load_site, open_booth_on_wire
from lisa_core.routing.seats import rules_of
from lisa_core.store.folder import write_private
from lisa_core.transports.address import EXCHANGE, read_address
from lisa_core.transports.asgi import listening_socket, serve
from lisa_core.transports.channel import Channel, dial
from lisa_core.transports.clock import Clock
from lisa_core.transports.freeing import let_go
from lisa_core.transports.machine import refusal
from lisa_core.transports.program import run_program
from lisa_core.transports.uplink import Dial

LET_GO_EVERY_S = 10.0
"""So often the exchange frees what only the collector finds; a booth does it when it wipes."""


@click.command()
@click.option("--config", default="uckermark", show_default=True, help="Landkreis: Name oder .toml-Datei.")
@click.option("--listen", default="127.0.0.1:8410", show_default=True, help="Adresse; bis zur Anmeldung nur loopback.")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="Ordner für Protokoll und Posteingang (sonst im Speicher).",
)
@click.option("--profile", default="", help="Fristen aus diesem Profil statt der üblichen.")
@click.option("--at", "at", default="", help="Datum und Uhrzeit, als sei es jetzt so spät: 2026-11-23T10:00.")
def exchange(config: str, listen: str, data: Path | None, profile: str, at: str) -> int:
    """Die Vermittlung im Landkreis: Anrufe, Arbeitsplätze, Posteingang.

    \b
    Beispiel:  lisa exchange --listen 127.0.0.1:8410 --data /var/lib/lisa
    """
    return run_program(_exchange(config, listen, data, profile, at))


async def _exchange(config: str, listen: str, data: Path | None, profile: str, at: str) -> None:
    directory, zone = load_directory(config)
    deadlines = load_profile(profile).deadlines if profile else Deadlines()
    host, port = _address(listen)
    listening = listening_socket(host, port)
    clock = Clock(_civil(at, zone))
    async with (
        open_exchange(directory, rules_of(directory, deadlines), clock, _folder(data)) as running,
        serve_exchange(running, directory, listening) as address,
    ):
        click.echo(f"Vermittlung bereit: http://{address}/")
        gc.freeze()
        while True:
            await asyncio.sleep(LET_GO_EVERY_S)
            let_go()


@click.command()
@click.option("--profile", default="emulated", show_default=True, help="Hardware-Profil: Name oder .toml-Datei.")
@click.option("--exchange", "url", required=True, help="Adresse der Vermittlung: http://127.0.0.1:8410")
@click.option("--key", type=click.Path(path_type=Path), required=True, help="Siegelschlüssel; entsteht, wenn er fehlt.")
@click.option("--data", type=click.Path(path_type=Path), help="Ordner für Protokoll und Seiten (sonst im Speicher).")
@click.option("--screen", default="127.0.0.1:0", show_default=True, help="Adresse des Bildschirms der Bürgerin.")
@click.option("--at", "at", default="", help="Datum und Uhrzeit, als sei es jetzt so spät: 2026-11-23T10:00.")
def booth(profile: str, url: str, key: Path, data: Path | None, screen: str, at: str) -> int:
    """Das Bürgerbüro auf dem Rechner in der Kabine.

    \b
    Beispiel:  lisa booth --profile emulated --exchange http://127.0.0.1:8410 --key kabine.pem
    """
    return run_program(_booth(profile, url, key, data, screen, at))


async def _booth(name: str, url: str, key: Path, data: Path | None, screen: str, at: str) -> None:
    profile = load_profile(name)
    directory, zone = load_site(profile)
    clock = Clock(_civil(at, zone))
    dial_exchange, at_screen = _telling(partial(dial, _door(url)), url), _address(screen)
    wishes = BoothWishes(
        *(profile, directory, clock, dial_exchange, _seal_key(key), _folder(data), at_screen),
        patient=True,
        let_go=let_go,
    )
    async with AsyncExitStack() as stack:
        wire = await stack.enter_async_context(open_booth_on_wire(wishes))
        screen_url = f"http://{wire.screen_address}/"
        click.echo(f"Bürgerbüro bereit. Bildschirm: {screen_url}")
        for sentence in wire.missing:
            click.echo(f"Noch nicht da, wird aufgenommen, sobald es da ist: {printable(sentence)}")
        if wire.opened.stage is not None:
            app = wire.opened.stage(screen_url)
            stage = await stack.enter_async_context(serve(app, listening_socket("127.0.0.1", 0)))
            click.echo(f"Simulierte Kabine: http://{stage}/")
        gc.freeze()  # what lasts as long as the program need not be looked through at every wiping
        await asyncio.Event().wait()


def _telling(dial_exchange: Dial, url: str) -> Dial:
    """Dial, and say on the console when nobody answers, and when somebody does again; each once."""
    away = False

    async def dialled() -> Channel:
        nonlocal away
        try:
            channel = await dial_exchange()
        except DeviceFault:
            if not away:
                click.echo(f"Keine Verbindung zur Vermittlung {url}. Gewählt wird weiter, bis sie da ist.")
            away = True
            raise
        if away:
            click.echo(f"Die Vermittlung {url} antwortet.")
        away = False
        return channel

    return dialled


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or len(port) > 5 or int(port) > 65535:
        raise LisaError(f"{text!r} ist keine Adresse: erwartet wird Rechner:Port, zum Beispiel 127.0.0.1:8410.")
    return host.strip("[]"), int(port)


def _door(url: str) -> str:
    """Where booths dial an exchange."""
    try:
        address = read_address(url, EXCHANGE)
    except ProfileError as error:
        raise LisaError(f"{url!r} ist keine Adresse einer Vermittlung. {error}.") from error
    host = f"[{address.host}]" if ":" in address.host else address.host
    return f"ws://{host}:{address.port}/ws/booth"


def _folder(path: Path | None) -> Path | None:
    """The folder to keep things in, made when it is missing, for its owner only."""
    if path is None:
        return None
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        text = f"{path}: Dieser Ordner lässt sich nicht anlegen ({error.strerror}). Anderen nennen."
        raise refusal(text, error) from error
    if not os.access(path, os.W_OK):
        raise MachineError(f"{path}: In diesen Ordner lässt sich nicht schreiben. Anderen nennen.")
    return path


def _civil(text: str, zone: ZoneInfo) -> datetime | ZoneInfo:
    """Then, in the Landkreis where nothing else is said; without a text whatever its clock shows."""
    if not text:
        return zone
    try:
        given = datetime.fromisoformat(text)
        return given if given.tzinfo else given.replace(tzinfo=zone)
    except ValueError:
        raise LisaError(f"{text!r} ist kein Zeitpunkt: erwartet wird zum Beispiel 2026-11-23T10:00.") from None


def _seal_key(path: Path) -> Ed25519PrivateKey:
    """The booth's key from a PEM file that only its owner can read; made when it is missing.

    A file without content is one whose making a loss of power interrupted: nothing was ever sealed with it.
    """
    try:
        given = path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise refusal(f"{path}: Der Siegelschlüssel lässt sich nicht lesen ({error.strerror}).", error) from error
    if not given.strip(b"\0\r\n"):
        return _new_seal_key(path)
    try:
        key = serialization.load_pem_private_key(given, None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise LisaError(
            f"{path}: Das ist kein Siegelschlüssel (PEM mit Ed25519, ohne Kennwort). "
            "Den Pfad prüfen; fehlt die Datei, entsteht ein neuer Schlüssel."
        )
    return key


def _new_seal_key(path: Path) -> Ed25519PrivateKey:
    """Whole on the disk before it has its name: half a key is never found."""
    made = Ed25519PrivateKey.generate()
    pem = made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        write_private(path, pem)
    except OSError as error:
        text = f"{path}: Der Siegelschlüssel lässt sich nicht anlegen ({error.strerror}). Anderen Ort nennen."
        raise refusal(text, error) from error
    return made
