"""A sound server of the test's own: PulseAudio without a sound card, with sinks that nobody hears."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from tests.media.booths import until

ALONE = ("-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--disallow-exit", "--log-target=stderr")
PIPEWIRE = ("dbus-run-session", "pipewire", "wireplumber", "pipewire-pulse")
"""Its session manager does not run without a message bus."""
TOOLS = ("pulseaudio", "pactl", "parec", "pacat")


class SoundServer:
    """A running daemon; our clients find it by PULSE_SERVER."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    async def say(self, *command: str) -> str:
        """What `pactl` says to this."""
        process = await asyncio.create_subprocess_exec("pactl", *command, stdout=asyncio.subprocess.PIPE)
        said, _ = await process.communicate()
        assert process.returncode == 0, command
        return said.decode().strip()

    @contextlib.asynccontextmanager
    async def heard(self, source: str) -> AsyncIterator[asyncio.StreamReader]:
        """What a source hears, by a recorder of others: s16le, 48 kHz, mono."""
        async with stream("parec", f"--device={source}") as process:
            assert process.stdout is not None
            yield process.stdout

    @contextlib.asynccontextmanager
    async def spoken(self, sink: str) -> AsyncIterator[asyncio.StreamWriter]:
        """What a sink plays, by a player of others."""
        async with stream("pacat", f"--device={sink}") as process:
            assert process.stdin is not None
            yield process.stdin


@contextlib.asynccontextmanager
async def stream(*program: str) -> AsyncIterator[asyncio.subprocess.Process]:
    raw = ("--raw", "--format=s16le", "--rate=48000", "--channels=1", "--latency-msec=20")
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*program, *raw, stdin=pipe, stdout=pipe)
    try:
        yield process
    finally:
        process.kill()
        await process.communicate()


@contextlib.asynccontextmanager
async def sound_server(*modules: str) -> AsyncIterator[SoundServer]:
    """Run one with these modules; it is at PULSE_SERVER, which the caller restores."""
    with tempfile.TemporaryDirectory() as home:
        place = Path(home) / "native"
        loaded = (*modules, f"module-native-protocol-unix socket={place} auth-anonymous=1")
        process = await asyncio.create_subprocess_exec(
            "pulseaudio",
            *ALONE,
            *(word for module in loaded for word in ("-L", module)),
            env={**os.environ, "HOME": home, "XDG_RUNTIME_DIR": home},
            stderr=asyncio.subprocess.DEVNULL,
        )
        os.environ["PULSE_SERVER"] = f"unix:{place}"
        try:
            await until(lambda: place.exists() or process.returncode is not None)  # it comes after all modules
            assert process.returncode is None, "pulseaudio does not start"
            yield SoundServer(process)
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


@contextlib.asynccontextmanager
async def pipewire_server(*modules: str) -> AsyncIterator[SoundServer]:
    """The same with PipeWire in the place of PulseAudio."""
    with tempfile.TemporaryDirectory() as home:
        place = Path(home) / "pulse" / "native"
        bus, *programs = PIPEWIRE
        process = await asyncio.create_subprocess_exec(
            *(bus, "--", "sh", "-c", " & ".join(programs)),
            env={**os.environ, "HOME": home, "XDG_RUNTIME_DIR": home},
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        os.environ["PULSE_SERVER"] = f"unix:{place}"
        try:
            await until(lambda: place.exists() or process.returncode is not None)
            assert process.returncode is None, "pipewire does not start"
            server = SoundServer(process)
            for module in modules:
                await server.say("load-module", *module.split())
            yield server
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
