#!/bin/sh
# ics reads the appointments of an Outlook calendar as hours in UTC: 10:00 in Templin is 11:00, in summer 12:00.
#
# Expected: a calendar file brings its time zones along (VTIMEZONE, RFC 5545, 3.6.5); the name is the writer's own choice, and
# Outlook and Exchange write "W. Europe Standard Time" for Germany. 1 December 2026, 10:00 there is 09:00 UTC.
# Seen: ics asks the machine's own list of zones for the name and, when it is not in there, takes UTC, without a word, though
# the file says what the zone is. Written again, the hour has a Z and no zone. node-ical knows Outlook's names, but takes UTC
# for a name that a program has made up, with a warning. icalendar, ical and ical.js are right.
# Matters: most offices keep their appointments in Outlook. A booth or portal that reads them through ics calls citizens an
# hour too late, in summer two. Read calendars with icalendar, or look for names of zones that zoneinfo does not know.
#
# Versions: ics 0.7.3; beside it icalendar 7.3.2, ical 14.3.1, npm node-ical 0.26.1, ical.js 2.2.1. Seen on Debian 12 (x86_64),
# Python 3.11.7, Node 20.20.2, November 2026 (10:00 on 1 December | 10:00 on 1 July, in UTC):
#   W. Europe Standard Time  ics        10:00 10:00
#   W. Europe Standard Time  icalendar  09:00 08:00
#   W. Europe Standard Time  node-ical  09:00 08:00
#   Zeit in Templin          ics        10:00 10:00
#   Zeit in Templin          icalendar  09:00 08:00
#   Zeit in Templin          node-ical  10:00 10:00
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

npm install --silent --no-audit --no-fund --ignore-scripts --fetch-timeout=20000 --prefix "$room" \
    node-ical@0.26.1 ical.js@2.2.1
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'ics==0.7.3' 'icalendar==7.3.2' 'ical==14.3.1'

for zone in 'Europe/Berlin' 'W. Europe Standard Time' 'Zeit in Templin'; do
    cat <<ICS | sed 's/$/\r/' >"$room/calendar.ics"
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Muster//Probe//DE
BEGIN:VTIMEZONE
TZID:$zone
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:1@example.org
DTSTAMP:20261101T080000Z
DTSTART;TZID=$zone:20261201T100000
DURATION:PT30M
SUMMARY:Termin im Winter
END:VEVENT
BEGIN:VEVENT
UID:2@example.org
DTSTAMP:20261101T080000Z
DTSTART;TZID=$zone:20270701T100000
DURATION:PT30M
SUMMARY:Termin im Sommer
END:VEVENT
END:VCALENDAR
ICS
    cat >"$room/ask.py" <<'PY'
import datetime
import sys

import ical.calendar_stream, icalendar, ics

text = open(sys.argv[1], newline="").read()
calendar = ical.calendar_stream.IcsCalendarStream.calendar_from_ics(text)
seen = {
    "ics": [event.begin.datetime for event in ics.Calendar(text).events],
    "icalendar": [event.start for event in icalendar.Calendar.from_ical(text).events],
    "ical": [event.dtstart for event in calendar.events],
}
for name, starts in seen.items():
    hours = (start.astimezone(datetime.UTC).strftime("%H:%M") for start in sorted(starts))
    print(f"{sys.argv[2]:24} {name:10}", *hours)
PY
    "$room/venv/bin/python" "$room/ask.py" "$room/calendar.ics" "$zone"
    cat >"$room/ask.cjs" <<'JS'
const text = require("node:fs").readFileSync(process.argv[2], "utf8");
const ical = require("node-ical");
const ICAL = require("ical.js");
const told = {
    "node-ical": Object.values(ical.sync.parseICS(text)).filter((one) => one.type === "VEVENT").map((one) => one.start),
    "ical.js": new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent")
        .map((one) => new ICAL.Event(one).startDate.toJSDate()),
};
for (const [name, starts] of Object.entries(told))
    console.log(process.argv[3].padEnd(24), name.padEnd(10), ...starts.map((start) => start.toISOString().slice(11, 16)));
JS
    (cd "$room" && node ask.cjs calendar.ics "$zone" 2>/dev/null)
done >"$room/seen"
cat "$room/seen"
cat >"$room/told" <<'TOLD'
Europe/Berlin            ics        09:00 08:00
Europe/Berlin            icalendar  09:00 08:00
Europe/Berlin            ical       09:00 08:00
Europe/Berlin            node-ical  09:00 08:00
Europe/Berlin            ical.js    09:00 08:00
W. Europe Standard Time  ics        10:00 10:00
W. Europe Standard Time  icalendar  09:00 08:00
W. Europe Standard Time  ical       09:00 08:00
W. Europe Standard Time  node-ical  09:00 08:00
W. Europe Standard Time  ical.js    09:00 08:00
Zeit in Templin          ics        10:00 10:00
Zeit in Templin          icalendar  09:00 08:00
Zeit in Templin          ical       09:00 08:00
Zeit in Templin          node-ical  10:00 10:00
Zeit in Templin          ical.js    09:00 08:00
TOLD
if ! cmp -s "$room/seen" "$room/told"; then
    echo 'Changed: these packages now read the hours of a calendar otherwise.' >&2
    exit 1
fi
