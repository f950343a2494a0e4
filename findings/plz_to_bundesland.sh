#!/bin/sh
# plz-to-bundesland puts Brüssow, in Brandenburg, into Mecklenburg-Vorpommern.
#
# Expected: a package that does nothing but tell the Land of a German post code tells the right one for towns whose post
# code lies in one Land.
# Seen: it knows whole ranges only, and 17301 to 19260 are Mecklenburg-Vorpommern; 17326 is Brüssow, in the Landkreis
# Uckermark in Brandenburg. The answer comes without a doubt, like the right one for Prenzlau (17291).
# Matters: a booth that takes its Land, and with it public holidays and responsible offices, from its address keeps the
# wrong Land's days. Post codes follow the mail; take the Land from the municipality's key (AGS: its first two digits).
#
# Version: plz-to-bundesland 0.1.2. Seen on Debian 12 (x86_64), Python 3.11.7, November 2026:
#   17291 Prenzlau  Brandenburg
#   17326 Brüssow   Mecklenburg-Vorpommern
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --no-deps 'plz-to-bundesland==0.1.2'

cat >"$room/ask.py" <<'PY'
import sys

from plz_to_bundesland.converter import get_bundesland

towns = {"17291": "Prenzlau", "17326": "Brüssow"}
told = {"17291": "Brandenburg", "17326": "Mecklenburg-Vorpommern"}
seen = {code: get_bundesland(code) for code in towns}
for code, town in towns.items():
    print(f"{code} {town:9} {seen[code]}")
if seen != told:
    sys.exit(f"Changed: the package now says {seen}.")
PY
"$room/venv/bin/python" "$room/ask.py"
