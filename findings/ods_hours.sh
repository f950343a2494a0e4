#!/bin/sh
# Hours in a LibreOffice table: 12.5 seconds are 125, a minus is a plus or nothing, 38:30 stops the whole file or is a text.
#
# Expected: a cell of hours in an .ods file holds an exact duration beside the text that is shown (office:time-value, an XML
# duration: PT38H30M00S, -PT02H30M00S), so each reader finds the same one, as from the .xlsx of the same table.
# Seen: odfdo reads 12.5 seconds as 125. pyexcel-ods3 has no cell where the duration has a minus or a fraction, as if
# it were empty. xlsx (SheetJS) loses the minus and the half second. pandas with odfpy reads the shown text and not the value:
# from 24 hours on, with a minus, or with a word in the format, read_excel fails for the whole file. python-calamine gives a
# time of day below 24 hours, and the duration as a text from there on and with a minus.
# Matters: weekly hours of a group, Fachleistungsstunden and balances of hours have just these values. Let such columns be
# written as plain numbers (38,5), or ask for the table as .xlsx; read no balance from an .ods without looking at its sign.
#
# Versions: odfdo 3.27.3, pyexcel-ods3 0.6.1, pandas 3.1.1 with odfpy 1.4.1, python-calamine 0.9.1, npm xlsx 0.18.5. Seen on
# Debian 12 (x86_64), Python 3.11.7, Node 20.20.2, November 2026, in hours; "?" is nothing, "!" an error, "t" a text:
#                   8:30    38:30   -2:30   12.5 seconds
#   odfdo           8.5     38.5    -2.5    0.0347
#   pyexcel-ods3    8.5     38.5    ?       ?
#   pandas          8.5     !       !       0.00347
#   calamine        8.5     t       t       0.00347
#   xlsx            8.5     38.5    2.5     0.00333
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

npm install --silent --no-audit --no-fund --ignore-scripts --fetch-timeout=20000 --prefix "$room" xlsx@0.18.5
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet \
    'odfdo==3.27.3' 'pyexcel-ods3==0.6.1' 'pandas==3.1.1' 'odfpy==1.4.1' 'python-calamine==0.9.1'

cat >"$room/ask.py" <<'PY'
import datetime
import sys
import zipfile

import odfdo, pandas, pyexcel_ods3, python_calamine

URN = "urn:oasis:names:tc:opendocument:xmlns:"
TYPE = "application/vnd.oasis.opendocument.spreadsheet"
CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="{urn}office:1.0" xmlns:table="{urn}table:1.0" xmlns:text="{urn}text:1.0"
 office:version="1.3"><office:body><office:spreadsheet><table:table table:name="Stunden"><table:table-row>
<table:table-cell office:value-type="string"><text:p>Stunden</text:p></table:table-cell>
<table:table-cell office:value-type="time" office:time-value="{value}"><text:p>{shown}</text:p></table:table-cell>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>""".replace(">\n<", "><")
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="{urn}manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{type}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""
HOURS = (("PT08H30M00S", "08:30"), ("PT38H30M00S", "38:30"), ("-PT02H30M00S", "-02:30"), ("PT00H00M12.5S", "00:00:12.5"))


def hours(cells):
    """The cell beside the word, in hours: a duration and a time of day alike."""
    if len(cells) < 2:
        return "?"
    if isinstance(cells[1], str):
        return "t"
    if isinstance(cells[1], datetime.time):
        day = datetime.datetime.min
        return f"{(datetime.datetime.combine(day, cells[1]) - day) / datetime.timedelta(hours=1):.3g}"
    return f"{cells[1] / datetime.timedelta(hours=1):.3g}"


readers = {
    "odfdo": lambda path: odfdo.Document(path).body.get_table(0).get_values()[0],
    "pyexcel-ods3": lambda path: pyexcel_ods3.get_data(path)["Stunden"][0],
    "pandas": lambda path: pandas.read_excel(path, engine="odf", header=None).values.tolist()[0],
    "calamine": lambda path: python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[0],
}
seen = {name: [] for name in readers}
for number, (value, shown) in enumerate(HOURS):
    path = f"{sys.argv[1]}/{number}.ods"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", TYPE)
        file.writestr("content.xml", CONTENT.format(urn=URN, value=value, shown=shown))
        file.writestr("META-INF/manifest.xml", MANIFEST.format(urn=URN, type=TYPE))
    for name, read in readers.items():
        try:
            seen[name].append(hours(read(path)))
        except ValueError:
            seen[name].append("!")
for name, told in seen.items():
    print(f"{name:15}", " ".join(f"{one:7}" for one in told).rstrip())
PY
"$room/venv/bin/python" "$room/ask.py" "$room" >"$room/seen"
cat >"$room/ask.cjs" <<'JS'
const xlsx = require("xlsx");
const told = [0, 1, 2, 3].map((number) => {
    const book = xlsx.readFile(`${number}.ods`);
    return +(book.Sheets.Stunden.B1.v * 24).toPrecision(3);
});
console.log("xlsx".padEnd(15), told.map((one) => String(one).padEnd(7)).join(" ").trimEnd());
JS
(cd "$room" && node ask.cjs) >>"$room/seen"
cat "$room/seen"
cat >"$room/told" <<'TOLD'
odfdo           8.5     38.5    -2.5    0.0347
pyexcel-ods3    8.5     38.5    ?       ?
pandas          8.5     !       !       0.00347
calamine        8.5     t       t       0.00347
xlsx            8.5     38.5    2.5     0.00333
TOLD
if ! cmp -s "$room/seen" "$room/told"; then
    echo 'Changed: these packages now read the hours of an .ods table otherwise.' >&2
    exit 1
fi
