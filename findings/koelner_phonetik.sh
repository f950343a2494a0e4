#!/bin/sh
# Three packages for the Kölner Phonetik agree on German names and part at the first letter of Çelik, Şahin and Žižek.
#
# Expected: the code is defined letter by letter; Python's cologne-phonetics and kph and npm's cologne-phonetic give the
# same code, and a name finds itself with and without its marks (Çelik and Celik).
# Seen: they agree on Müller, Schäfer and Weiß. cologne-phonetics reads Ç, Ş and Ž as C, S and Z; the other two drop them
# without a word, so Çelik is 054 there and Celik 854. All three drop Ł: Łukasz is 048, Lukasz 548.
# Matters: a search "sounds like" over appointments or papers that runs in Python on the exchange and in a browser at the
# desk finds Frau Çelik on one side only, and nowhere Herr Łukasz, in a district on the Polish border. Bring letters down
# to their base by the table of DIN 91379 before the code, on both sides; a Unicode decomposition leaves Ł as it is.
#
# Versions: cologne_phonetics 2.0.0, kph 0.4.1, npm cologne-phonetic 1.1.1. Seen on Debian 12 (x86_64), Python 3.11.7,
# Node 20.20.2, November 2026 (cologne_phonetics, kph, cologne-phonetic):
#   Müller 657 657 657
#   Celik 854 854 854
#   Çelik 854 054 054
#   Lukasz 548 548 548
#   Łukasz 048 048 048
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'cologne_phonetics==2.0.0' 'kph==0.4.1'
npm install --silent --no-audit --no-fund --ignore-scripts --fetch-timeout=20000 --prefix "$room" cologne-phonetic@1.1.1

set -- Müller Celik Çelik Sahin Şahin Zizek Žižek Lukasz Łukasz
"$room/venv/bin/python" - "$@" >"$room/python" <<'PY'
import sys

import cologne_phonetics
import kph

for name in sys.argv[1:]:
    print(name, cologne_phonetics.encode(name)[0][1], kph.encode(name))
PY
cat >"$room/ask.mjs" <<'JS'
import { colognePhonetic } from "cologne-phonetic";
for (const name of process.argv.slice(2)) console.log(colognePhonetic(name));
JS
node "$room/ask.mjs" "$@" >"$room/node"
paste -d' ' "$room/python" "$room/node" >"$room/seen"
cat "$room/seen"
cat >"$room/told" <<'TOLD'
Müller 657 657 657
Celik 854 854 854
Çelik 854 054 054
Sahin 86 86 86
Şahin 86 06 06
Zizek 884 884 884
Žižek 884 04 04
Lukasz 548 548 548
Łukasz 048 048 048
TOLD
if ! cmp -s "$room/seen" "$room/told"; then
    echo 'Changed: the codes (cologne_phonetics, kph, cologne-phonetic) are no longer those told here.' >&2
    exit 1
fi
