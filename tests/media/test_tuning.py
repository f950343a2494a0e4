"""What we changed in aiortc, and the tracks that must never end or go back in time."""

from __future__ import annotations

import asyncio
import importlib.util

import aioice.ice
import av
import numpy as np
import pytest
from aiortc.codecs.h264 import H264Decoder, h264_depayload
from aiortc.jitterbuffer import JitterFrame
from aiortc.mediastreams import VIDEO_TIME_BASE

from lisa_core.domain.model.frames import Frame
from lisa_core.equipment.media import tuning
from lisa_core.equipment.media.face import voice_block
from lisa_core.equipment.media.newest import Newest
from lisa_core.equipment.media.pictures import to_av
from lisa_core.equipment.media.tracks import BLOCK_SAMPLES, PictureTrack, SoundTrack
from lisa_core.equipment.media.tuning import LARGE_PIXELS, SHORTEST, SteadyH264Encoder, loudness_dbov, tune
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from tests.media.booths import chart, plain


def test_a_key_frame_fits_into_what_is_kept_for_retransmission() -> None:
    page = chart()
    assert page.shape[0] * page.shape[1] > LARGE_PIXELS
    encoder = SteadyH264Encoder()
    for number in range(3):
        picture = av.VideoFrame.from_ndarray(page, "rgb24")
        picture.pts, picture.time_base = number, VIDEO_TIME_BASE
        payloads, _ = encoder.encode(picture, force_keyframe=True)
        assert len(payloads) <= 128


def test_loudness_is_what_aiortc_says_that_it_is() -> None:
    spec = importlib.util.find_spec("aiortc.rtp")  # ours may stand in the one that is loaded
    assert spec is not None
    assert spec.loader is not None
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    for pcm in (bytes(1920), b"\x01\0" * 960, voice_block(7), b"\xff\x7f" * 960):
        for layout, channels in (("mono", 1), ("stereo", 2)):
            block = av.AudioFrame.from_ndarray(np.frombuffer(pcm * channels, "<i2").reshape(1, -1), "s16", layout)
            assert loudness_dbov(block) == theirs.compute_audio_level_dbov(block)


@pytest.mark.parametrize(("size", "shown"), [((641, 481), (640, 480)), ((1, 7), (2, 6))])
def test_a_camera_whose_sides_are_odd_is_seen(size: tuple[int, int], shown: tuple[int, int]) -> None:
    encoder, decoder = SteadyH264Encoder(), H264Decoder()
    picture = to_av(Frame(*size, bytes((200, 30, 30)) * size[0] * size[1], 0))
    picture.pts, picture.time_base = 0, VIDEO_TIME_BASE
    payloads, _ = encoder.encode(picture)
    [seen] = decoder.decode(JitterFrame(b"".join(map(h264_depayload, payloads)), 0))
    assert isinstance(seen, av.VideoFrame)
    assert (seen.width, seen.height) == shown
    assert np.allclose(seen.to_ndarray(format="rgb24").mean((0, 1)), (200, 30, 30), atol=12)


def test_an_estimate_of_the_peer_does_not_cost_an_encoder() -> None:
    encoder = SteadyH264Encoder()
    picture = av.VideoFrame.from_ndarray(plain(320, 240, (9, 9, 9)), "rgb24")
    for number in range(2):
        picture.pts, picture.time_base = number, VIDEO_TIME_BASE
        encoder.encode(picture)
        codec = encoder.codec
        encoder.target_bitrate = 600_000 + number * 900_000
    picture.pts = 2
    encoder.encode(picture)
    assert encoder.codec is codec


def test_times_of_pictures_only_go_forward() -> None:
    async def look() -> list[int]:
        source = Newest[Frame]()
        track = PictureTrack(source, 0.0)
        times = []
        for _ in range(50):
            source.put(Frame(16, 16, bytes(16 * 16 * 3), 0))
            times.append((await track.recv()).pts or 0)
        return times

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:  # whose time stands still meanwhile
        times = runner.run(look())
    assert times == sorted(set(times))


def test_sound_goes_on_without_a_source_and_skips_what_is_too_old() -> None:
    async def listen() -> tuple[list[int], bytes]:
        track = SoundTrack()
        for number in range(9):
            track.put(bytes((number,)) * 2 * BLOCK_SAMPLES)
        blocks = [await track.recv() for _ in range(6)]
        return [block.pts or 0 for block in blocks], bytes(b"".join(bytes(b.planes[0])[:1] for b in blocks))

    times, heard = asyncio.run(listen())
    assert times == [number * BLOCK_SAMPLES for number in range(6)]
    assert heard == bytes((5, 6, 7, 8, 0, 0))


def test_the_last_tuning_says_where_we_are_reached() -> None:
    tune(("192.0.2.7",))
    assert aioice.ice.get_host_addresses(True, True) == ["192.0.2.7"]
    tune(())
    assert "127.0.0.1" in aioice.ice.get_host_addresses(True, False)
    tune()
    assert aioice.ice.get_host_addresses(True, True) == ["127.0.0.1"]


def test_what_is_shorter_than_any_message_is_handed_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    had = list[int]()
    monkeypatch.setattr(tuning, "_original_received", lambda connection, data, component: had.append(len(data)))
    tune()
    for size in range(1, SHORTEST + 2):
        aioice.ice.Connection(ice_controlling=True).data_received(bytes(size), 1)
    assert had == [SHORTEST, SHORTEST + 1]
