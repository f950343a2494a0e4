#!/bin/sh
# knx (npm) takes a time without a day for a time on Sunday, writes "Tür" as "T|r", and 19.9 °C as 19.89.
#
# Expected: a time on the bus (DPT 10.001) says its day of the week, or 0 for none; 10:30 without a day is 10:30 today. A text
# of type 16.001 is in ISO 8859-1, so "Tür" is read as it was written. A temperature (DPT 9.001) has steps of 0.01 up to 20.47.
# Seen: knx counts 0 as JavaScript's Sunday and moves the date back to the last one. It writes "Tür" rightly and reads it back
# as "T|r", with the zeros that fill it up to 14. It cuts a temperature off instead of rounding it: 19.9 goes out as 19.89,
# 20.47 as 20.46. xknx is right in each.
# Matters: a clock on the bus sets the day of a booth's log to Sunday, a scene called "Tür offen" is never found by its name,
# and a threshold of 19.9 is never reached. Take hours and minutes only, read texts of 16.001 from the bytes, and round before.
#
# Versions: npm knx 2.5.4; beside it xknx 4.0.0. Seen on Debian 12 (x86_64), Python 3.11.7, Node 20.20.2, November 2026:
#   knx  time 0a1e00       Sunday 10:30
#   knx  text              54fc72206f6666656e "T|r offen_____"
#   knx  19.9 °C           07c5 19.89
#   knx  20.47 °C          0bff 20.46
#   knx  21.5 °C           0c33 21.5
#   xknx time 0a1e00       NO_DAY 10:30
#   xknx text              54fc72206f6666656e 'Tür offen'
#   xknx 19.9 °C           07c6 19.9
#   xknx 20.47 °C          07ff 20.47
#   xknx 21.5 °C           0c33 21.5
set -eu
export TZ=Europe/Berlin
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

npm install --silent --no-audit --no-fund --ignore-scripts --fetch-timeout=20000 --prefix "$room" knx@2.5.4
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'xknx==4.0.0'

cat >"$room/ask.cjs" <<'JS'
const types = require("knx/src/dptlib");
function there(id, value) {
    const sent = {};
    types.populateAPDU(value, sent, id);
    return [sent.data.toString("hex").replace(/(00)+$/, ""), types.fromBuffer(sent.data, types.resolve(id))];
}
const time = types.fromBuffer(Buffer.from([10, 30, 0]), types.resolve("DPT10.001"));
console.log("knx  time 0a1e00      ", time.toLocaleString("en", { weekday: "long" }), time.toTimeString().slice(0, 5));
const [text, read] = there("DPT16.001", "Tür offen");
console.log("knx  text             ", text, JSON.stringify(read.replaceAll("\0", "_")));
for (const value of [19.9, 20.47, 21.5]) console.log(`knx  ${value} °C`.padEnd(22), ...there("DPT9.001", value));
JS
(cd "$room" && node ask.cjs) >"$room/seen"
cat >"$room/ask.py" <<'PY'
from xknx.dpt import DPTArray, DPTLatin1, DPTTemperature, DPTTime

time = DPTTime.from_knx(DPTArray((10, 30, 0)))
print("xknx time 0a1e00      ", time.day.name, f"{time.hour:02}:{time.minutes:02}")
text = DPTLatin1.to_knx("Tür offen")
print("xknx text             ", bytes(text.value).rstrip(b"\0").hex(), repr(DPTLatin1.from_knx(text)))
for value in (19.9, 20.47, 21.5):
    sent = DPTTemperature.to_knx(value)
    print(f"xknx {value} °C".ljust(22), bytes(sent.value).hex(), DPTTemperature.from_knx(sent))
PY
"$room/venv/bin/python" "$room/ask.py" >>"$room/seen"
cat "$room/seen"
cat >"$room/told" <<'TOLD'
knx  time 0a1e00       Sunday 10:30
knx  text              54fc72206f6666656e "T|r offen_____"
knx  19.9 °C           07c5 19.89
knx  20.47 °C          0bff 20.46
knx  21.5 °C           0c33 21.5
xknx time 0a1e00       NO_DAY 10:30
xknx text              54fc72206f6666656e 'Tür offen'
xknx 19.9 °C           07c6 19.9
xknx 20.47 °C          07ff 20.47
xknx 21.5 °C           0c33 21.5
TOLD
if ! cmp -s "$room/seen" "$room/told"; then
    echo 'Changed: these packages now read times, texts and temperatures of the bus otherwise.' >&2
    exit 1
fi
