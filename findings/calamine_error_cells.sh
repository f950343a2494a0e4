#!/bin/sh
# python-calamine reads a cell in which a formula failed as an empty one.
#
# Expected: `#DIV/0!`, an error value, or an exception: the workbook says what stands in the cell (ECMA-376 part 1,
# 18.18.11, cell type "e"), and the Rust library below has a kind of value for it.
# Seen: the empty string, as of a cell in which nobody has written anything. openpyxl gives the error's text.
# Matters: a price that could not be worked out and a price that nobody has named cannot be told apart; a table of
# places is taken in with gaps. Look for cells of type "e" before, or read with openpyxl where errors have to be told.
#
# Version: python-calamine 0.9.1; beside it openpyxl 3.1.5. Seen on Debian 12 (x86_64), Python 3.11.7, November 2026:
#   python-calamine  [190.5, '', '']
#   openpyxl         [190.5, '#DIV/0!', None]
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'python-calamine==0.9.1' 'openpyxl==3.1.5'

cat >"$room/read.py" <<'PY'
import sys, zipfile

from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

plain, saved = f"{sys.argv[1]}/plain.xlsx", f"{sys.argv[1]}/saved.xlsx"
book = Workbook()
book.active.append([190.5, "=1/0", None])
book.save(plain)
# as a spreadsheet saves it, with what the formula came to
with zipfile.ZipFile(plain) as source, zipfile.ZipFile(saved, "w") as target:
    for name in source.namelist():
        data = source.read(name)
        for empty in (b"<v></v>", b"<v />", b"<v/>"):
            data = data.replace(b'r="B1"><f>1/0</f>' + empty, b'r="B1" t="e"><f>1/0</f><v>#DIV/0!</v>')
        target.writestr(name, data)
(theirs,) = CalamineWorkbook.from_path(saved).get_sheet_by_index(0).to_python()
(beside,) = load_workbook(saved, data_only=True).active.iter_rows(max_col=3, values_only=True)
seen = {"python-calamine": [*theirs, ""][:3], "openpyxl": list(beside)}
for name, values in seen.items():
    print(f"{name:16} {values}")
if seen != {"python-calamine": [190.5, "", ""], "openpyxl": [190.5, "#DIV/0!", None]}:
    sys.exit("Changed: python-calamine no longer reads cells with errors as told here.")
PY
"$room/venv/bin/python" "$room/read.py" "$room"
