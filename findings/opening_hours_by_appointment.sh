#!/bin/sh
# opening-hours-py holds an office "nach Vereinbarung" for open, on Sunday night too.
#
# Expected: in the language for opening hours of OpenStreetMap a rule that has a comment and no word like "open" means that
# it depends; opening_hours.js, to which the specification sends its readers, answers "unknown". `is_open()` is false then.
# Seen: opening-hours-py answers "open", day and night. After `||`, which is for all times that no rule before it opens, it
# answers "closed" on a Tuesday afternoon and "open" on a Sunday night. With the word `unknown` the two agree, but for `||`.
# Matters: most offices have this line, and a portal or a booth that asks this package sends citizens to a locked door.
# Write `unknown` before such a comment and the days after a comma, or ask opening_hours.js.
#
# Versions: opening-hours-py 2.1.4, npm opening_hours 3.15.0. Seen on Debian 12 (x86_64), Python 3.11.7, Node 20.20.2,
# November 2026 (Tuesday 15:00 and Sunday 03:00, in Python | in JavaScript):
#   "nach Vereinbarung"                                          open open | unknown unknown
#   Tu 14:00-16:00 "nach Vereinbarung"                           open closed | unknown closed
#   Mo-Fr 08:00-12:00 || "nach Vereinbarung"                     closed open | unknown unknown
#   Mo-Fr 08:00-12:00 || unknown "nach Vereinbarung"             closed unknown | unknown unknown
#   Mo-Fr 08:00-12:00, Tu 14:00-16:00 unknown "auf Anfrage"      unknown closed | unknown closed
set -eu
export TZ=Europe/Berlin
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'opening-hours-py==2.1.4'
npm install --silent --no-audit --no-fund --ignore-scripts --fetch-timeout=20000 --prefix "$room" opening_hours@3.15.0

cat >"$room/hours" <<'HOURS'
"nach Vereinbarung"
Tu 14:00-16:00 "nach Vereinbarung"
Mo-Fr 08:00-12:00 || "nach Vereinbarung"
Mo-Fr 08:00-12:00 || unknown "nach Vereinbarung"
Mo-Fr 08:00-12:00, Tu 14:00-16:00 unknown "auf Anfrage"
HOURS
cat >"$room/ask.py" <<'PY'
import datetime, sys

from opening_hours import OpeningHours

times = datetime.datetime(2026, 12, 1, 15), datetime.datetime(2026, 12, 6, 3)
for hours in open(sys.argv[1]).read().splitlines():
    print(f"{hours:59} ", *(OpeningHours(hours).state(time)[0] for time in times))
PY
"$room/venv/bin/python" "$room/ask.py" "$room/hours" >"$room/python"
cat >"$room/ask.mjs" <<'JS'
import { readFileSync } from "node:fs";
import OpeningHours from "opening_hours";
const times = [new Date(2026, 11, 1, 15), new Date(2026, 11, 6, 3)];
for (const hours of readFileSync(process.argv[2], "utf8").trim().split("\n"))
    console.log("|", ...times.map((time) => new OpeningHours(hours, null).getStateString(time, true)));
JS
node "$room/ask.mjs" "$room/hours" >"$room/node"
paste -d' ' "$room/python" "$room/node" >"$room/seen"
cat "$room/seen"
cat >"$room/told" <<'TOLD'
"nach Vereinbarung"                                          open open | unknown unknown
Tu 14:00-16:00 "nach Vereinbarung"                           open closed | unknown closed
Mo-Fr 08:00-12:00 || "nach Vereinbarung"                     closed open | unknown unknown
Mo-Fr 08:00-12:00 || unknown "nach Vereinbarung"             closed unknown | unknown unknown
Mo-Fr 08:00-12:00, Tu 14:00-16:00 unknown "auf Anfrage"      unknown closed | unknown closed
TOLD
if ! cmp -s "$room/seen" "$room/told"; then
    echo 'Changed: the states (opening-hours-py | opening_hours.js) are no longer those told here.' >&2
    exit 1
fi
