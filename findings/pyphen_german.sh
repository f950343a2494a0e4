#!/bin/sh
# pyphen breaks German words of every day where German does not, and before a single letter.
#
# Expected: two packages that hyphenate German by the same school (patterns) agree on the words of a booth's papers; none
# leaves one letter alone.
# Seen: pyphen gives "Schwer-be-hin-der-te-n-aus-weis", "Er-st-an-trag" and "Kin-der-ta-gess-tät-te" where npm's hyphen
# gives "Schwer-be-hin-der-ten-aus-weis", "Erst-an-trag" and "Kin-der-ta-ges-stät-te". Its patterns are those of
# LibreOffice, which are in two levels (the joints of a compound, then its parts, with least lengths); pyphen reads them as
# one heap. "Fol-gean-trag" is wrong in the patterns themselves.
# Matters: WeasyPrint hyphenates by pyphen: a slip with `hyphens: auto` in narrow columns says "Schwerbehinderte-nausweis".
# Whoever reads with difficulty, and that is who the large print is for, stumbles. Put soft hyphens into the names of
# services yourself, or leave hyphenation off.
#
# Versions: pyphen 0.18.1 (de_DE), npm hyphen 1.14.1 (de). Seen on Debian 12 (x86_64), Python 3.11.7, Node 20.20.2,
# November 2026: as above, and "Wohn-geld-an-trag" by both.
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'pyphen==0.18.1'
npm install --silent --no-audit --no-fund --ignore-scripts --fetch-timeout=20000 --prefix "$room" hyphen@1.14.1

set -- Schwerbehindertenausweis Erstantrag Kindertagesstätte Folgeantrag Wohngeldantrag
"$room/venv/bin/python" - "$@" >"$room/pyphen" <<'PY'
import sys

import pyphen

german = pyphen.Pyphen(lang="de_DE")
for word in sys.argv[1:]:
    print(german.inserted(word))
PY
cat >"$room/ask.cjs" <<'JS'
const { hyphenateSync } = require("hyphen/de");
for (const word of process.argv.slice(2)) console.log(hyphenateSync(word, { hyphenChar: "-" }));
JS
node "$room/ask.cjs" "$@" >"$room/hyphen"
paste -d' ' "$room/pyphen" "$room/hyphen" >"$room/seen"
cat "$room/seen"
cat >"$room/told" <<'TOLD'
Schwer-be-hin-der-te-n-aus-weis Schwer-be-hin-der-ten-aus-weis
Er-st-an-trag Erst-an-trag
Kin-der-ta-gess-tät-te Kin-der-ta-ges-stät-te
Fol-gean-trag Fol-ge-an-trag
Wohn-geld-an-trag Wohn-geld-an-trag
TOLD
if ! cmp -s "$room/seen" "$room/told"; then
    echo 'Changed: pyphen (first word) or hyphen (second) now breaks these words otherwise.' >&2
    exit 1
fi
