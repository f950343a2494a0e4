"""The frame file: newest wins, never torn, a writer that is gone is seen."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.frames import Frame
from lisa_core.equipment.lines.frames import FrameReader, FrameWriter

SIZE = (64, 48)
BLOCK = SIZE[0] * SIZE[1] * 3

WRITER = """
import sys
from lisa_core.equipment.lines.frames import FrameWriter
writer, number = FrameWriter(sys.argv[1], 640, 480), 0
print("ready", flush=True)
while True:
    number += 1
    writer.write(bytes((number % 251,)) * (640 * 480 * 3), number)
"""


def test_the_newest_picture_wins(tmp_path: Path) -> None:
    path = str(tmp_path / "camera")
    with closing(FrameWriter(path, *SIZE)) as writer, closing(FrameReader(path)) as reader:
        assert reader.read() is None
        for number in range(1, 6):
            writer.write(bytes((number,)) * BLOCK, number * 100)
        assert reader.sequence == 5
        assert reader.read() == Frame(*SIZE, bytes((5,)) * BLOCK, 500)
        assert not reader.writer_gone


def test_a_closed_writer_takes_its_file_away(tmp_path: Path) -> None:
    path = tmp_path / "camera"
    writer = FrameWriter(str(path), *SIZE)
    with closing(FrameReader(str(path))) as reader:
        writer.close()
        writer.close()
        assert reader.writer_gone
        assert not path.exists()


def test_a_writer_sees_whether_anybody_looks(tmp_path: Path) -> None:
    path = str(tmp_path / "camera")
    with closing(FrameWriter(path, *SIZE)) as writer:
        assert not writer.looked_at
        with closing(FrameReader(path)) as reader, closing(FrameReader(path)):
            assert writer.looked_at
            writer.write(bytes(BLOCK), 1)
            writer.blank()
            assert reader.read() is None, "an old picture is offered to nobody"
            writer.write(bytes(BLOCK), 2)
            assert reader.read() == Frame(*SIZE, bytes(BLOCK), 2)
        assert not writer.looked_at


def test_two_writers_never_share_a_file(tmp_path: Path) -> None:
    path = str(tmp_path / "camera")
    with closing(FrameWriter(path, *SIZE)), pytest.raises(DeviceFault) as raised:
        FrameWriter(path, *SIZE)
    assert raised.value.code == "camera.busy"


@pytest.mark.parametrize("content", [b"", b"no frames", bytes(10_000)])
def test_something_else_is_no_frame_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "camera"
    path.write_bytes(content)
    with pytest.raises(DeviceFault) as raised:
        FrameReader(str(path))
    assert raised.value.code == "camera.format"


def test_a_picture_is_never_torn_and_a_dead_writer_is_seen(tmp_path: Path) -> None:
    path = str(tmp_path / "camera")
    with running_writer(path) as process, closing(FrameReader(path)) as reader:
        seen: set[int] = set()
        while len(seen) < 200:
            frame = reader.read()
            if frame is not None:
                assert frame.rgb == bytes((frame.at_us % 251,)) * len(frame.rgb)
                seen.add(frame.at_us)
        assert not reader.writer_gone
        process.kill()
        process.wait()
        assert reader.writer_gone
    with closing(FrameWriter(path, *SIZE)):
        """The place of a dead writer is free again."""


@contextmanager
def running_writer(path: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen([sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        with process.stdout:
            yield process
    finally:
        process.kill()
        process.wait()
