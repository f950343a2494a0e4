"""What `pactl` of PulseAudio 16.1 wrote here, shortened by nothing that is read; and anything else it may write."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.equipment.codecs.sound_list import SoundStream, concerns, devices_of, stream_of

# A null sink, and what it plays as a source: recorded from a daemon of our own (`tests/peers/sound_server.py`).
SINKS = (
    b'[{"index":0,"state":"IDLE","name":"kegel","description":"Null Output","driver":"module-null-sink.c",'
    b'"sample_specification":"s16le 2ch 48000Hz","mute":true,"balance":0.00,"monitor_source":"kegel.monitor",'
    b'"latency":{"actual":1877091.00,"configured":2000000.00},"flags":["DECIBEL_VOLUME","LATENCY","SET_FORMATS"],'
    b'"properties":{"device.description":"Null Output","device.class":"abstract","device.icon_name":"audio-card"},'
    b'"ports":[],"active_port":null,"formats":["pcm"]}]'
)
SOURCES = (
    b'[{"index":0,"state":"RUNNING","name":"kegel.monitor","description":"Monitor of Null Output","mute":false,'
    b'"monitor_of_sink":"kegel","flags":["DECIBEL_VOLUME","LATENCY"],"properties":{"device.class":"monitor"}}]'
)
STREAMS = (
    b'[{"index":3,"driver":"protocol-native.c","client":"9","sink":0,"corked":false,"mute":false,'
    b'"properties":{"application.name":"LISA","application.process.id":"4711","application.process.binary":"pacat"}}]'
)
KEYS = st.sampled_from(["index", "name", "mute", "volume", "value", "flags", "properties"])
SAID = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner),
    max_leaves=20,
)


def test_what_a_server_says_of_its_devices_and_streams_is_read() -> None:
    (sink,), (source,) = devices_of(SINKS), devices_of(SOURCES)
    assert (sink.index, sink.name, sink.text, sink.muted, sink.monitor) == (0, "kegel", "Null Output", True, False)
    assert sink.flags == {"DECIBEL_VOLUME", "LATENCY", "SET_FORMATS"}
    assert (source.muted, source.monitor) == (False, True)
    assert stream_of(STREAMS, "sink", 4711) == SoundStream(0)
    assert stream_of(STREAMS, "sink", 4712) is stream_of(STREAMS, "source", 4711) is None


def test_what_is_turned_down_to_nothing_is_as_muted() -> None:
    def said(*values: int) -> bytes:
        volume = {f"channel {number}": {"value": value} for number, value in enumerate(values)}
        return json.dumps([{**json.loads(STREAMS)[0], "name": "kegel", "volume": volume}]).encode()

    for values, muted in (((0,), True), ((0, 0), True), ((0, 1), False), ((65_536,), False)):
        assert [device.muted for device in devices_of(said(*values))] == [muted]
        assert stream_of(said(*values), "sink", 4711) == SoundStream(0, muted)


def test_what_may_concern_a_device_is_asked_about() -> None:
    assert concerns(b"Event 'remove' on sink #1\n", "sink")
    assert concerns(b"Event 'change' on sink-input #7\n", "sink")
    assert concerns(b"Event 'new' on sink-input #7\n", "sink"), "it may have been muted since it was played last"
    assert concerns(b"Event 'change' on source #0\n", "source")
    assert not concerns(b"Event 'new' on sink #1\n", "sink")
    assert not concerns(b"Event 'change' on source #0\n", "sink")
    assert not concerns(b"Event 'new' on client #4\n", "sink")


@settings(max_examples=30)
@given(SAID)
def test_anything_else_is_left_out_or_refused(said: object) -> None:
    try:
        found = devices_of(json.dumps(said).encode())
    except ProtocolError:
        return
    assert all(device.name and device.index >= 0 for device in found)
