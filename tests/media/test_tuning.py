"""What we changed in aiortc, and the tracks that must never end or go back in time."""

from __future__ import annotations

import asyncio
import struct
from random import Random

import aioice.ice
import av
from aiortc.jitterbuffer import JitterFrame
from aiortc.mediastreams import VIDEO_TIME_BASE
from aiortc.rtp import RtpPacket
from hypothesis import given
from hypothesis import strategies as st

from lisa_core.domain.model.frames import Frame
from lisa_core.equipment.media.newest import Newest
from lisa_core.equipment.media.tracks import BLOCK_SAMPLES, PictureTrack, SoundTrack
from lisa_core.equipment.media.tuning import LARGE_PIXELS, MarkerJitterBuffer, SteadyH264Encoder, tune
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from tests.media.booths import chart, plain

sizes = st.lists(st.integers(1, 5), min_size=1, max_size=8)


@given(sizes, st.integers(0, 65_535), st.booleans())
def test_a_picture_comes_out_with_its_last_packet(packets: list[int], first: int, marked: bool) -> None:
    sent = stream(packets, first, marked)
    buffer = MarkerJitterBuffer(capacity=64, is_video=True)
    got = [buffer.add(packet)[1] for packet in sent]
    whole = [frame.data for frame in got if frame]
    expected = pictures(packets)
    assert whole == (expected if marked else expected[:-1])
    if marked:
        assert [bool(frame) for frame in got] == [bool(packet.marker) for packet in sent]


@given(sizes, st.integers(0, 65_535), st.randoms(use_true_random=False))
def test_packets_out_of_order_give_the_same_pictures(packets: list[int], first: int, chance: Random) -> None:
    head, *rest = stream(packets, first, marked=True)
    chance.shuffle(rest)
    buffer = MarkerJitterBuffer(capacity=64, is_video=True)
    frames: list[JitterFrame | None] = [buffer.add(packet)[1] for packet in [head, *rest]]
    whole = [frame.data for frame in frames if frame]
    assert whole == pictures(packets)[: len(whole)]


def stream(packets: list[int], first: int, marked: bool) -> list[RtpPacket]:
    """Pictures of so many packets each, as a sender numbers them."""
    made: list[RtpPacket] = []
    for picture, count in enumerate(packets):
        for index in range(count):
            packet = RtpPacket(sequence_number=(first + len(made)) % 65_536, timestamp=picture * 3_000)
            packet.marker = int(marked and index == count - 1)
            vars(packet)["_data"] = struct.pack("BB", picture, index)
            made.append(packet)
    return made


def pictures(packets: list[int]) -> list[bytes]:
    return [
        b"".join(struct.pack("BB", picture, index) for index in range(count)) for picture, count in enumerate(packets)
    ]


def test_a_key_frame_fits_into_what_is_kept_for_retransmission() -> None:
    page = chart()
    assert page.shape[0] * page.shape[1] > LARGE_PIXELS
    encoder = SteadyH264Encoder()
    for number in range(3):
        picture = av.VideoFrame.from_ndarray(page, "rgb24")
        picture.pts, picture.time_base = number, VIDEO_TIME_BASE
        payloads, _ = encoder.encode(picture, force_keyframe=True)
        assert len(payloads) <= 128


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
