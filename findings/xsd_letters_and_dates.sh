#!/bin/sh
# Two validators for XML Schema disagree about letters that DIN 91379 asks for, and about a date with a blank around it.
#
# Expected: xmlschema and libxml2 (lxml, xmllint) give one verdict on one document and one schema of everyday facets.
# Seen:
#   \p{L} and the letter ẞ (U+1E9E)         libxml2 refuses it: its table of letters is older than that letter (2008)
#   \w and M with circumflex (U+004D U+0302) xmlschema refuses it; in XML Schema \w holds combining marks
#   \w and the underscore                   xmlschema takes it; in XML Schema \w holds no punctuation
#   xs:date with blanks around the value    libxml2 refuses it, though white space collapses; so xs:dateTime, xs:time and
#                                           xs:duration, but not xs:integer and xs:boolean
# Matters: a citizen called GROẞ, or whose name needs M̂, hands in an application that our side holds valid and the
# receiver's does not; a pretty-printed message fails on a line break. Judge an XÖV message by both; write letters into a
# pattern one by one (as the schema of DIN 91379 does), never by \p or \w; write dates without blanks.
#
# Versions: xmlschema 4.3.2, lxml 6.1.3 (libxml2 2.14.6; xmllint of libxml2 2.9.14 says the same of the date). Seen on
# Debian 12 (x86_64), Python 3.11.7, November 2026:
#   capital sharp s    xmlschema True  libxml2 False
#   combining M^       xmlschema False libxml2 True
#   underscore         xmlschema True  libxml2 False
#   date               xmlschema True  libxml2 False
#   dateTime           xmlschema True  libxml2 False
#   integer            xmlschema True  libxml2 True
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'xmlschema==4.3.2' 'elementpath==5.1.4' 'lxml==6.1.3'

cat >"$room/ask.py" <<'PY'
import sys

import xmlschema
from lxml import etree

SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="value"><xs:simpleType>
<xs:restriction base="xs:{kind}">{facet}</xs:restriction></xs:simpleType></xs:element></xs:schema>"""


def verdicts(kind, facet, value):
    schema = SCHEMA.format(kind=kind, facet=f'<xs:pattern value="{facet}"/>' if facet else "")
    document = f"<value>{value}</value>"
    libxml2 = etree.XMLSchema(etree.fromstring(schema))
    return xmlschema.XMLSchema(schema).is_valid(document), libxml2.validate(etree.fromstring(document))


cases = {
    "capital sharp s": (("string", r"\p{L}+", "GRO\u1e9e"), (True, False)),
    "combining M^": (("string", r"\w+", "M\u0302"), (False, True)),
    "underscore": (("string", r"\w+", "a_b"), (True, False)),
    "date": (("date", "", "\n  2026-12-01\n"), (True, False)),
    "dateTime": (("dateTime", "", " 2026-12-01T10:00:00 "), (True, False)),
    "integer": (("integer", "", " 5 "), (True, True)),
}
seen = {name: verdicts(*question) for name, (question, _) in cases.items()}
for name, (ours, theirs) in seen.items():
    print(f"{name:18} xmlschema {ours!s:5} libxml2 {theirs}")
if changed := [name for name, (_, told) in cases.items() if seen[name] != told]:
    sys.exit(f"Changed: the verdicts differ from those told here for {', '.join(changed)}.")
PY
"$room/venv/bin/python" "$room/ask.py"
