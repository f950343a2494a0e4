#!/bin/sh
# osdp never switches the lamp of a card reader for good, and a text meant for five seconds stays.
#
# Expected: a control panel that says "set the permanent state: green" sends the code 1 (OSDP 2.2, osdp_LED), and "temporary
# text, no wrap" the code 3 (osdp_TEXT). A card reader, here libosdp's peripheral device, lights up, and clears the text.
# Seen: osdp sends 2 for the lamp, which is no code at all, and 2 for the text, which is "permanent, with wrap": in its table
# of four kinds of text the third is an alias of the second. The reader acknowledges both, so nobody is told. A lamp for some
# seconds and a text for some seconds "with wrap" are right. And osdp and libosdp both unpack into the folder osdp: the one
# installed last is what `import osdp` finds.
# Matters: the lamp at the door of a booth stays dark for good, and "Bitte warten" stands on its reader all day. Write the two
# bytes yourself, or take libosdp for the panel too; keep the two packages in two environments.
#
# Versions: osdp 1.6; beside it libosdp 3.2.9. Seen on Debian 12 (x86_64), Python 3.11.7, November 2026, as the reader reads it:
#   lamp, green for good               kind 2 permanent, acknowledged
#   lamp, green for five seconds       kind 2 temporary, acknowledged
#   text for five seconds              kind 2, acknowledged
#   text for five seconds, with wrap   kind 4, acknowledged
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/panel"
"$room/panel/bin/pip" install --quiet 'osdp==1.6'
python3 -m venv "$room/reader"
"$room/reader/bin/pip" install --quiet --only-binary :all: 'libosdp==3.2.9'

cat >"$room/panel.py" <<'PY'
from osdp import (
    LedColor, PermanentReaderControlCode, ReaderLedControl, ReaderLedControlCommand, ReaderLedControls, ReaderTextOutput,
    ReaderTextOutputCommand, TemporaryReaderControlCode, TextCommand,
)
from osdp._device import Device  # A panel makes one for each reader; frames are built from it.


def lamp(temporary, permanent):
    green, dark = LedColor.Green, LedColor.Black
    times = (5, 0, green, dark)
    control = ReaderLedControl(0, 0, temporary, *times, 50, permanent, *times)
    return ReaderLedControlCommand(0, ReaderLedControls([control]))


def text(kind):
    return ReaderTextOutputCommand(0, ReaderTextOutput(0, kind, 5, 1, 1, "Bitte warten"))


commands = (
    lamp(TemporaryReaderControlCode.Nop, PermanentReaderControlCode.SetPermanentState),
    lamp(TemporaryReaderControlCode.SetTemporaryAndStartTimer, PermanentReaderControlCode.Nop),
    text(TextCommand.TempTextNoWrap),
    text(TextCommand.TempTextWithWrap),
)
device = Device(0, use_crc=True, use_secure_channel=False)
for command in commands:
    print(command.build_command(device).hex())
    device.message_control.increment_sequence()
PY
"$room/panel/bin/python" "$room/panel.py" >"$room/frames"
cat >"$room/reader.py" <<'PY'
import sys

from osdp import Capability, Channel, LogLevel, PDCapabilities, PDInfo, PeripheralDevice


class Wire(Channel):
    """What comes from the panel, and what goes back."""

    def __init__(self):
        super().__init__()
        self.waiting, self.answer = b"", b""

    def read(self, max_bytes):
        taken, self.waiting = self.waiting[:max_bytes], self.waiting[max_bytes:]
        return taken

    def write(self, buf):
        self.answer += buf
        return len(buf)

    def flush(self):
        pass


wire = Wire()
able = PDCapabilities([(Capability.LEDControl, 4, 1), (Capability.TextOutput, 1, 1), (Capability.Readers, 0, 1)])
reader = PeripheralDevice(PDInfo(0, wire), able, log_level=LogLevel.Emergency)
told = ("lamp, green for good", "lamp, green for five seconds", "text for five seconds", "text for five seconds, with wrap")
for what, frame in zip(told, open(sys.argv[1]), strict=True):
    wire.waiting, wire.answer = bytes.fromhex(frame), b""
    for _ in range(20):
        reader.ctx.refresh()
    command = reader.get_command(timeout=-1)
    lasting = {True: " temporary", False: " permanent", None: ""}[command.get("temporary")]
    start = wire.answer.find(b"\x53")  # There may be a byte 0xff before an answer; the sixth byte says what it is.
    answer = {0x40: "acknowledged"}.get(wire.answer[start + 5], "refused")
    print(f"{what:34} kind {command['control_code']}{lasting}, {answer}")
PY
"$room/reader/bin/python" "$room/reader.py" "$room/frames" >"$room/seen"
cat "$room/seen"
cat >"$room/told" <<'TOLD'
lamp, green for good               kind 2 permanent, acknowledged
lamp, green for five seconds       kind 2 temporary, acknowledged
text for five seconds              kind 2, acknowledged
text for five seconds, with wrap   kind 4, acknowledged
TOLD
if ! cmp -s "$room/seen" "$room/told"; then
    echo 'Changed: a card reader now reads the lamps and texts of osdp otherwise.' >&2
    exit 1
fi
