"""The sound server of this machine (PulseAudio, or PipeWire in its place), by its own programs: pactl, parec, pacat.

A process for each stream, with raw sound on its pipe: a server that hangs or dies takes nothing of ours with it, and a
process that is killed plays nothing more of what it held. No library binds it for Python that is kept and sees virtual
devices too (docs/adr/0071-sound.md). What the programs say is read by `equipment.codecs.sound_list`.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
from collections.abc import AsyncIterator
from functools import partial

from lisa_core.equipment.lines.programs.tool import environment, running

TOOL, RECORD, PLAY = "pactl", "parec", "pacat"
ANSWER_S = 3.0
PIPE_BYTES = 4096
"""What a pipe may hold of what is to be played: 43 ms. The system's own 64 kB would be heard 0.7 s late."""
LOUD = ("--volume=65536",)
"""As loud as the device is set: a server remembers how low a program was turned once."""
RAW = ("--raw", "--format=s16le", "--rate=48000", "--channels=1", "--client-name=LISA")


class SoundServerError(Exception):
    """The server cannot be asked: why, as German words that stand in a sentence."""


_run = partial(running, package="pulseaudio-utils", failing=SoundServerError)


def listed(what: str) -> bytes:
    """What `pactl list` says of "sinks", "sources" ... as JSON. Blocks, `ANSWER_S` at most. `SoundServerError`."""
    ask = (TOOL, "--format=json", "list", what)
    try:
        done = subprocess.run(ask, capture_output=True, timeout=ANSWER_S, env=environment(), check=False)
    except FileNotFoundError:
        raise SoundServerError("das Programm „pactl“ fehlt (Debian: pulseaudio-utils)") from None
    except subprocess.TimeoutExpired:
        raise SoundServerError("der Tondienst antwortet nicht") from None
    except OSError as error:
        raise SoundServerError(f"„pactl“ lässt sich nicht starten ({error.strerror})") from None
    if done.returncode:
        raise SoundServerError("auf diesem Rechner läuft kein Tondienst (PulseAudio oder PipeWire)")
    return done.stdout


@contextlib.asynccontextmanager
async def recording(device: str, latency_ms: int) -> AsyncIterator[tuple[asyncio.StreamReader, int]]:
    """What a source hears, as raw sound, and the number of the process. `SoundServerError` when it cannot start."""
    program = (RECORD, f"--device={device}", f"--latency-msec={latency_ms}", "--stream-name=Mikrofon", *LOUD, *RAW)
    async with _run(*program) as process:
        assert process.stdout is not None
        yield process.stdout, process.pid


class Playback:
    """A stream that takes sound. `take` returns whether it took it: one that has enough takes no more."""

    def __init__(self, process: asyncio.subprocess.Process, pipe: int) -> None:
        self._process, self._pipe = process, pipe
        self.process = process.pid

    @property
    def over(self) -> bool:
        """Whether it has ended by itself."""
        return self._process.returncode is not None

    def take(self, pcm: bytes) -> bool:
        """Hand over one block, whole or not at all (less than `PIPE_BUF` is written at once)."""
        try:
            os.write(self._pipe, pcm)
        except BlockingIOError:
            return False
        except BrokenPipeError:
            pass  # `over` says so soon
        return True


@contextlib.asynccontextmanager
async def playing(device: str, latency_ms: int) -> AsyncIterator[Playback]:
    """Let something be heard by a sink; what it holds is dropped at the end. `SoundServerError`."""
    import fcntl  # POSIX only, while the driver's declaration is read everywhere

    program = (PLAY, "--playback", f"--device={device}", f"--latency-msec={latency_ms}", *LOUD, *RAW)
    theirs, ours = os.pipe()
    async with contextlib.AsyncExitStack() as stack:
        stack.callback(os.close, ours)
        try:
            fcntl.fcntl(ours, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
            os.set_blocking(ours, False)
            started = _run(*program, "--stream-name=Lautsprecher", stdin=theirs)
            process = await stack.enter_async_context(started)
        finally:
            os.close(theirs)
        yield Playback(process, ours)


@contextlib.asynccontextmanager
async def changes() -> AsyncIterator[asyncio.StreamReader]:
    """A line for each thing that changes at the server. `SoundServerError`."""
    async with _run(TOOL, "subscribe") as process:
        assert process.stdout is not None
        yield process.stdout
