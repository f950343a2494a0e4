"""A stream whose packets are late, out of order or lost: it is shown as soon as it can be, and never late for good."""

from __future__ import annotations

import struct
from random import Random

import av
import pytest
from aiortc import RTCRtpCodecParameters
from aiortc.codecs import depayload
from aiortc.codecs.base import Encoder
from aiortc.codecs.h264 import H264Decoder
from aiortc.codecs.vpx import Vp8Encoder
from aiortc.mediastreams import VIDEO_TIME_BASE
from aiortc.rtp import RtpPacket
from hypothesis import given, settings
from hypothesis import strategies as st

from lisa_core.equipment.media.rtp.jitter import EachDecoder, PromptJitterBuffer, begins_key
from lisa_core.equipment.media.tuning import SteadyH264Encoder
from tests.media.booths import plain

sizes = st.lists(st.integers(1, 5), min_size=1, max_size=8)
FIVE_A_SECOND = 18_000
"""Ticks between two pictures of a camera over a table."""
KEY = b"\0\0\0\1\x67"


@given(sizes, st.integers(0, 65_535), st.booleans())
def test_a_picture_comes_out_with_its_last_packet(packets: list[int], first: int, marked: bool) -> None:
    sent = stream(packets, first, marked)
    buffer = PromptJitterBuffer(capacity=64, is_video=True)
    got = [buffer.add(packet)[1] for packet in sent]
    whole = [frame.data for frame in got if frame]
    expected = pictures(packets)
    assert whole == (expected if marked else expected[:-1])
    if marked:
        assert [bool(frame) for frame in got] == [bool(packet.marker) for packet in sent]


@given(sizes, st.integers(0, 65_535), st.randoms(use_true_random=False))
def test_packets_out_of_order_give_all_pictures_as_soon_as_they_are_whole(
    packets: list[int], first: int, chance: Random
) -> None:
    head, *rest = stream(packets, first, marked=True)
    chance.shuffle(rest)
    buffer = PromptJitterBuffer(capacity=64, is_video=True)
    came: set[bytes] = set()
    shown: list[bytes] = []
    for packet in [head, *rest]:
        shown += given_out(buffer, packet)[0]
        came.add(data_of(packet))
        whole = [all(picture[at : at + 2] in came for at in range(0, len(picture), 2)) for picture in pictures(packets)]
        assert shown == pictures(packets)[: [*whole, False].index(False)]


@settings(max_examples=10)
@given(st.integers(0, 65_535))
def test_what_never_comes_costs_a_second_and_not_all_that_follows(first: int) -> None:
    sent = stream([1] * 60, first, marked=True, ticks=FIVE_A_SECOND)
    buffer = PromptJitterBuffer(capacity=512, is_video=True)
    shown: list[int] = []
    asked: list[int] = []
    for number, packet in enumerate(sent):
        if number == 10:
            continue
        if asked and number == asked[0] + 2:
            vars(packet)["_data"] = KEY + data_of(packet)
        found, asks = given_out(buffer, packet)
        shown += [number] * len(found)
        asked += [number] * asks
    key = asked[0] + 2
    assert asked == [14], "after more than half a second, and not again: it came at once"
    assert shown == [*range(10), *range(key, 60)], "nothing of what is drawn onto a picture that is missing"


def test_a_sender_without_key_frames_is_asked_again_and_seen_at_last() -> None:
    buffer = PromptJitterBuffer(capacity=16, is_video=True)
    asked: list[int] = []
    shown: list[int] = []
    for number, packet in enumerate(stream([1] * 80, 0, marked=True, ticks=FIVE_A_SECOND)):
        if number != 10:
            found, asks = given_out(buffer, packet)
            shown += [number] * len(found)
            asked += [number] * asks
    assert len(asked) > 3
    assert shown[:10] == [*range(10)]
    assert shown[10] < 45
    assert shown[-1] == 79


@settings(max_examples=30)
@given(st.integers(0, 65_535), st.sets(st.integers(5, 80), max_size=12))
def test_sound_that_is_lost_makes_the_rest_no_later(first: int, lost: set[int]) -> None:
    buffer, heard = PromptJitterBuffer(capacity=16, prefetch=4), list[bytes]()
    for number, packet in enumerate(stream([1] * 100, first, marked=True, ticks=960)):
        if number not in lost:
            heard += given_out(buffer, packet)[0]
    sent = [picture for number, picture in enumerate(pictures([1] * 100)) if number not in lost]
    assert heard == sent[: len(heard)]
    assert len(sent) - len(heard) <= 4


@pytest.mark.parametrize("encoder", [SteadyH264Encoder(), Vp8Encoder()])
def test_key_frames_are_known(encoder: Encoder) -> None:
    name = "H264" if isinstance(encoder, SteadyH264Encoder) else "VP8"
    assert [begins_key(data) for data in encoded(encoder, name, (True, False, False, True, False))] == [
        True,
        False,
        False,
        True,
        False,
    ]


def test_all_that_waited_is_decoded() -> None:
    first, *rest = encoded(SteadyH264Encoder(), "H264", (True, *[False] * 7))
    buffer, decoder = PromptJitterBuffer(capacity=64, is_video=True), EachDecoder(H264Decoder())
    sent = stream([1] * 8, 0, marked=True)
    for packet, data in zip(sent, (first, *rest), strict=True):
        vars(packet)["_data"] = data
    times: list[int] = []
    for packet in [sent[0], *sent[2:], sent[1]]:
        if frame := buffer.add(packet)[1]:
            times += [picture.pts or 0 for picture in decoder.decode(frame)]
    assert times == [packet.timestamp for packet in sent]


def encoded(encoder: Encoder, name: str, keys: tuple[bool, ...]) -> list[bytes]:
    """Pictures as a receiver puts them together again."""
    codec = RTCRtpCodecParameters(f"video/{name}", 90_000, payloadType=96)
    found: list[bytes] = []
    for number, key in enumerate(keys):
        picture = av.VideoFrame.from_ndarray(plain(320, 240, (9, 20 * number, 9)), "rgb24")
        picture.pts, picture.time_base = number * 3_000, VIDEO_TIME_BASE
        payloads, _ = encoder.encode(picture, force_keyframe=key)
        found.append(b"".join(depayload(codec, payload) for payload in payloads))
    return found


def given_out(buffer: PromptJitterBuffer, packet: RtpPacket) -> tuple[list[bytes], bool]:
    """What comes out when this packet comes in, and whether a key frame is asked for."""
    ask, frame = buffer.add(packet)
    return [one.data for one in (frame, *getattr(frame, "rest", ())) if one is not None], ask


def data_of(packet: RtpPacket) -> bytes:
    found: bytes = vars(packet)["_data"]
    return found


def stream(packets: list[int], first: int, marked: bool, ticks: int = 3_000) -> list[RtpPacket]:
    """Pictures of so many packets each, as a sender numbers them, `ticks` apart."""
    made: list[RtpPacket] = []
    for picture, count in enumerate(packets):
        for index in range(count):
            packet = RtpPacket(sequence_number=(first + len(made)) % 65_536, timestamp=picture * ticks)
            packet.marker = int(marked and index == count - 1)
            vars(packet)["_data"] = struct.pack("BB", picture, index)
            made.append(packet)
    return made


def pictures(packets: list[int]) -> list[bytes]:
    return [
        b"".join(struct.pack("BB", picture, index) for index in range(count)) for picture, count in enumerate(packets)
    ]
