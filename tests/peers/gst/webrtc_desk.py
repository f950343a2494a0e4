"""A desk of a call with GStreamer's webrtcbin: answers the booth's offer, shows a test picture and whistles.

Runs in the system's own Python, whose packages bind GStreamer. Lines of JSON: in the offer, out the answer; then of
each medium what is new of it: `citizen` with the mean of red, green and blue, `table` with its width, height and which
squares of eight pixels are bright, `voice` with its loudness in decibels below full scale. It ends with its input.
"""

from __future__ import annotations

import json
import re
import sys
import threading
from typing import Any

try:
    import gi

    for name in ("Gst", "GstSdp", "GstWebRTC"):
        gi.require_version(name, "1.0")
    from gi.repository import GLib, Gst, GstSdp, GstWebRTC
except (ImportError, ValueError) as error:
    sys.exit(f"missing: {error}")

VOICE = "audiotestsrc is-live=true wave=sine freq=440 ! opusenc ! rtpopuspay pt={}"
FACE = """videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=240,framerate=15/1 ! videoconvert
  ! openh264enc gop-size=30 ! video/x-h264,profile=constrained-baseline
  ! rtph264pay pt={} config-interval=-1 aggregate-mode=zero-latency"""
PICTURE = """rtph264depay ! h264parse ! openh264dec ! videoconvert ! video/x-raw,format={format}
  ! appsink name=seen emit-signals=true sync=false max-buffers=1 drop=true"""
SOUND = "rtpopusdepay ! opusdec ! audioconvert ! level interval=100000000 ! fakesink sync=false"
told: dict[str, Any] = {}


def tell(**said: Any) -> None:
    """Say what is new."""
    if any(told.get(key) != value for key, value in said.items()):
        told.update(said)
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


def payload_type(offer: str, codec: str, wanted: str = "") -> int:
    """The number under which a codec is offered, with these parameters."""
    for number in re.findall(rf"a=rtpmap:(\d+) {codec}/", offer):
        if wanted in "".join(re.findall(rf"a=fmtp:{number} (.*)", offer)):
            return int(number)
    raise ValueError(f"{codec} is not offered")


def see(sink: Any, name: str) -> Any:
    """Look at one picture."""
    sample = sink.emit("pull-sample")
    caps = sample.get_caps().get_structure(0)
    width, height = caps.get_value("width"), caps.get_value("height")
    data = sample.get_buffer().extract_dup(0, sample.get_buffer().get_size())
    row = len(data) // height
    if name == "table":
        bright = "".join(str(int(data[y * row + x] > 127)) for y in range(4, height, 8) for x in range(4, width, 8))
        tell(table=[width, height, bright])
    else:
        tell(citizen=[round(sum(data[colour::3]) / len(data[colour::3]), -1) for colour in range(3)])
    return Gst.FlowReturn.OK


def begin(offer: str) -> Any:
    """The pipeline that answers it."""
    pipeline, desk = Gst.Pipeline(), Gst.ElementFactory.make("webrtcbin")
    desk.set_property("bundle-policy", GstWebRTC.WebRTCBundlePolicy.MAX_BUNDLE)
    pipeline.add(desk)
    sent = (
        VOICE.format(payload_type(offer, "opus")),
        FACE.format(payload_type(offer, "H264", "packetization-mode=1")),
    )

    def added(parts: str) -> Any:
        part = Gst.parse_bin_from_description(parts, True)
        pipeline.add(part)
        return part

    def receive(_: Any, pad: Any) -> None:
        if pad.get_direction() is not Gst.PadDirection.SRC:
            return
        line = pad.get_property("transceiver").get_property("mlineindex")
        parts = (SOUND, PICTURE.format(format="RGB"), PICTURE.format(format="GRAY8"))[line]
        part = added(parts)
        if sink := part.get_by_name("seen"):
            sink.connect("new-sample", see, ("", "citizen", "table")[line])
        part.sync_state_with_parent()
        pad.link(part.get_static_pad("sink"))

    def described(promise: Any) -> None:
        reply = promise.get_reply()  # the answer lives as long as this
        desk.emit("set-local-description", reply.get_value("answer"), None)

    def gathered(*_: Any) -> None:
        if desk.get_property("ice-gathering-state") == GstWebRTC.WebRTCICEGatheringState.COMPLETE:
            tell(sdp=desk.get_property("local-description").sdp.as_text())

    def taken(_: Any) -> None:
        for part in map(added, sent):
            part.get_static_pad("src").link(desk.request_pad_simple("sink_%u"))
            part.sync_state_with_parent()
        desk.emit("create-answer", None, Gst.Promise.new_with_change_func(described))

    desk.connect("pad-added", receive)
    desk.connect("notify::ice-gathering-state", gathered)
    pipeline.set_state(Gst.State.PLAYING)
    _, parsed = GstSdp.SDPMessage.new_from_text(offer)
    description = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.OFFER, parsed)
    desk.emit("set-remote-description", description, Gst.Promise.new_with_change_func(taken))
    return pipeline


def heard(_: Any, message: Any) -> None:
    """What the pipeline says of itself."""
    if message.type is Gst.MessageType.ERROR:
        raise SystemExit(f"{message.parse_error()}")
    if (said := message.get_structure()) and said.get_name() == "level":
        tell(voice=round(max(said.get_value("rms")), -1))


def main() -> None:
    """Be the desk until the input ends."""
    Gst.init(None)
    if lacking := [one for one in ("webrtcbin", "nicesrc", "level", "openh264enc") if not Gst.ElementFactory.find(one)]:
        sys.exit(f"missing: {', '.join(lacking)}")
    loop = GLib.MainLoop()
    pipeline = begin(json.loads(sys.stdin.readline())["sdp"])
    bus = pipeline.get_bus()
    bus.add_signal_watch()
    bus.connect("message", heard)

    def wait() -> None:
        sys.stdin.read()
        loop.quit()

    threading.Thread(target=wait, daemon=True).start()
    loop.run()
    pipeline.set_state(Gst.State.NULL)


main()
