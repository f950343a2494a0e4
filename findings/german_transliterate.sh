#!/bin/sh
# german_transliterate writes rooms, file numbers and opening hours out as other ones than those that are meant.
#
# Expected: a package that writes German numbers, dates and times out in words, for a voice to read, keeps what they say:
# "14:30 Uhr" is vierzehn Uhr dreißig; a number with a dot that is no time and no date stays as it is, or is read by digits.
# Seen: dates and "8 bis 12 Uhr" are right. "Zimmer 2.14" is fourteen minutes past two ("zwei uhr vierzehn"), the file number
# 51.2 loses its dot and is 512, page "1/2" is a half, "14:30 Uhr" is a duration with "Uhr" behind it, and of "08:00-12:00"
# the numbers are put into the middle of words. No argument is needed for any of it, and nothing warns.
# Matters: whoever lets this package prepare what a booth reads aloud sends citizens who cannot read the sheet to another
# room, with another number. Write rooms, file numbers and hours out yourself, and give it dates only.
#
# Versions: german-transliterate 0.1.3, num2words 0.5.14. Seen on Debian 12 (x86_64), Python 3.11.7, November 2026:
#   am 3.12.2026          am dritten dezember zweitausendsechsundzwanzig
#   von 8 bis 12 Uhr      von acht bis zwölf uhr
#   um 14:30 Uhr          um vierzehn stunden dreißig minuten uhr
#   Zimmer 2.14           zimmer zwei uhr vierzehn
#   Aktenzeichen 51.2     aktenzeichen fünfhundertzwölf
#   Seite 1/2             seite ein halb
#   Mo 08:00-12:00        mo acht stu12 stunden null minuten00 minuten 12 uhr null
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'german-transliterate==0.1.3' 'num2words==0.5.14'

cat >"$room/ask.py" <<'PY'
import sys

from german_transliterate.core import GermanTransliterate

told = {
    "am 3.12.2026": "am dritten dezember zweitausendsechsundzwanzig",
    "von 8 bis 12 Uhr": "von acht bis zwölf uhr",
    "um 14:30 Uhr": "um vierzehn stunden dreißig minuten uhr",
    "Zimmer 2.14": "zimmer zwei uhr vierzehn",
    "Aktenzeichen 51.2": "aktenzeichen fünfhundertzwölf",
    "Seite 1/2": "seite ein halb",
    "Mo 08:00-12:00": "mo acht stu12 stunden null minuten00 minuten 12 uhr null",
}
seen = {text: GermanTransliterate().transliterate(text) for text in told}
for text, words in seen.items():
    print(f"{text:21} {words}")
if changed := [text for text in told if seen[text] != told[text]]:
    sys.exit(f"Changed: german_transliterate now writes these otherwise: {', '.join(changed)}.")
PY
"$room/venv/bin/python" "$room/ask.py"
