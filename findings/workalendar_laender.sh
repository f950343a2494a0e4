#!/bin/sh
# workalendar counts working days where the offices of Thüringen and Mecklenburg-Vorpommern are closed.
#
# Expected: a package with a calendar for each German Land, made to count working days, knows the holidays of each: since 2019
# 20 September in Thüringen (Weltkindertag), since 2023 8 March in Mecklenburg-Vorpommern (Frauentag), in Brandenburg Easter
# Sunday and Whit Sunday. In 2027 the first two are Mondays.
# Seen: workalendar knows none of the two, and of Brandenburg's two Sundays only Easter; german-holiday knows no holiday
# that came in 2018 or later. 17 June 2028, a holiday in Berlin only that year, is known to holidays and date-holidays only.
# Matters: a term that ends on a holiday ends on the next working day (§ 193 BGB, § 26 SGB X): counted with this package it
# ends a day too early, and a booth opens before closed offices. Take holidays or date-holidays, and ask for the days of your
# own Land before they are relied on.
#
# Versions: workalendar 17.0.0, npm german-holiday 1.2.0; beside them holidays 0.109, npm feiertagejs 1.5.1, date-holidays
# 3.37.0. Seen on Debian 12 (x86_64), Python 3.11.7, Node 20.20.2, November 2026 ("-" is a working day, or a plain Sunday):
#                          TH 2027-09-20  MV 2027-03-08  BB 2027-03-28  BB 2027-05-16  BE 2028-06-17
#   workalendar            -              -              holiday        -              -
#   holidays               holiday        holiday        holiday        holiday        holiday
#   german-holiday         -              -              holiday        holiday        -
#   feiertagejs            holiday        holiday        holiday        holiday        -
#   date-holidays          holiday        holiday        holiday        holiday        holiday
set -eu
export TZ=Europe/Berlin
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

npm install --silent --no-audit --no-fund --ignore-scripts --fetch-timeout=20000 --prefix "$room" \
    german-holiday@1.2.0 feiertagejs@1.5.1 date-holidays@3.37.0
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'workalendar==17.0.0' 'holidays==0.109'

cat >"$room/days" <<'DAYS'
TH 2027-09-20
MV 2027-03-08
BB 2027-03-28
BB 2027-05-16
BE 2028-06-17
DAYS
cat >"$room/ask.py" <<'PY'
import datetime
import sys

import holidays
from workalendar.europe import Berlin, Brandenburg, MecklenburgVorpommern, Thuringia

calendars = {"TH": Thuringia(), "MV": MecklenburgVorpommern(), "BB": Brandenburg(), "BE": Berlin()}
days = [(land, datetime.date.fromisoformat(day)) for land, day in map(str.split, open(sys.argv[1]))]
told = {
    "workalendar": [calendars[land].is_holiday(day) for land, day in days],
    "holidays": [day in holidays.Germany(subdiv=land) for land, day in days],
}
print(f"{'':23}", "  ".join(f"{land} {day}" for land, day in days))
for name, known in told.items():
    print(f"{name:23}", "  ".join(f"{'holiday' if one else '-':13}" for one in known).rstrip())
PY
"$room/venv/bin/python" "$room/ask.py" "$room/days" >"$room/seen"
cat >"$room/ask.cjs" <<'JS'
const { holidayCheck } = require("german-holiday");
const { isHoliday } = require("feiertagejs");
const Holidays = require("date-holidays");
const open = (land, day) => (new Holidays("DE", land).isHoliday(day) || []).filter((one) => one.type === "public");
const known = {
    "german-holiday": (land, day) => holidayCheck(day, land) !== false,
    feiertagejs: (land, day) => isHoliday(day, land),
    "date-holidays": (land, day) => open(land, day).length > 0,
};
const days = require("node:fs").readFileSync("days", "utf8").trim().split("\n").map((line) => line.split(" "));
for (const [name, asked] of Object.entries(known)) {
    const told = days.map(([land, day]) => (asked(land, new Date(`${day}T00:00`)) ? "holiday" : "-").padEnd(13));
    console.log(name.padEnd(23), told.join("  ").trimEnd());
}
JS
(cd "$room" && node ask.cjs) >>"$room/seen"
cat "$room/seen"
cat >"$room/told" <<'TOLD'
                        TH 2027-09-20  MV 2027-03-08  BB 2027-03-28  BB 2027-05-16  BE 2028-06-17
workalendar             -              -              holiday        -              -
holidays                holiday        holiday        holiday        holiday        holiday
german-holiday          -              -              holiday        holiday        -
feiertagejs             holiday        holiday        holiday        holiday        -
date-holidays           holiday        holiday        holiday        holiday        holiday
TOLD
if ! cmp -s "$room/seen" "$room/told"; then
    echo 'Changed: these packages now know other holidays of the Länder.' >&2
    exit 1
fi
