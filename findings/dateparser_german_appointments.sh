#!/bin/sh
# dateparser reads the ways in which a German appointment is written as other days, without a word.
#
# Expected: with `languages=["de"]` and dates to come preferred, "15.12." is the 15th of December, "Montag um 10 Uhr" the
# next Monday at ten, "1. Dezember um 10 Uhr" that day at ten; or None.
# Seen, on Saturday the 28th of November 2026 at noon: "15.12." is today at 15:12 (but "24.12." is Christmas Eve), the
# full hour "10 Uhr" is read as the day of the month after a weekday (10 November, a Tuesday gone by), as the year after a
# date (2110), and dropped after "morgen". With minutes ("10:00") all of them are right.
# Matters: somebody types or says an appointment at a desk, and it stands in the calendar at another day, mostly a valid
# one. Ask for day, month and hour apart, or let through only what a strict pattern of your own takes.
#
# Version: dateparser 1.5.0. Seen on Debian 12 (x86_64), Python 3.11.7, November 2026:
#   15.12.                 2026-11-28 15:12
#   24.12.                 2026-12-24 00:00
#   Montag um 10 Uhr       2026-11-10 00:00
#   1. Dezember um 10 Uhr  2110-12-01 00:00
#   morgen um 9 Uhr        2026-11-29 12:00
#   Montag 10:00           2026-11-30 10:00
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'dateparser==1.5.0' 'regex==2026.11.19'

cat >"$room/ask.py" <<'PY'
import datetime, sys

import dateparser

told = {
    "15.12.": "2026-11-28 15:12",
    "24.12.": "2026-12-24 00:00",
    "Montag um 10 Uhr": "2026-11-10 00:00",
    "1. Dezember um 10 Uhr": "2110-12-01 00:00",
    "morgen um 9 Uhr": "2026-11-29 12:00",
    "Montag 10:00": "2026-11-30 10:00",
}
settings = {"RELATIVE_BASE": datetime.datetime(2026, 11, 28, 12), "PREFER_DATES_FROM": "future"}
seen = {text: dateparser.parse(text, languages=["de"], settings=settings) for text in told}
seen = {text: f"{when:%Y-%m-%d %H:%M}" if when else "None" for text, when in seen.items()}
for text, when in seen.items():
    print(f"{text:22} {when}")
if changed := [text for text in told if seen[text] != told[text]]:
    sys.exit(f"Changed: dateparser now reads these otherwise: {', '.join(changed)}.")
PY
"$room/venv/bin/python" "$room/ask.py"
