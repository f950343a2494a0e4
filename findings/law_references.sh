#!/bin/sh
# Two packages that read references to German laws stumble over the Sozialgesetzbuch: a link with a blank in it, "S." as a law.
#
# Expected: "§ 35a Abs. 1 S. 1 Nr. 2 SGB VIII" is the first sentence of a paragraph of SGB VIII to a package that parses German
# references, as "Satz 1" is; "§§ 27, 34" and "§§ 22 bis 24" are two and three sections. A package that turns references into
# links makes links that work.
# Seen: bundesrecht takes "S. 1 Nr. 2 SGB VIII" for the name of the law, and of "22 bis 24" only 22; a second reference after
# "i. V. m." becomes a part of the first one's law. gesetze reads S. and Satz alike, but links SGB VIII (not SGB IX) to an
# address with a blank in it, which Markdown takes for no link at all; "§§ 27, 34" is one link, to § 27.
# Matters: a notice, a catalogue of services or a portal for the Jugendhilfe has these references in every line. Put the blank
# right in a callback of your own (`obj.gesetzify(text, callback)`), write Satz out, and each section with its own law.
#
# Versions: bundesrecht 0.1.4, gesetze 1.2.2; beside them markdown-it-py 4.0.0. Seen on Debian 12 (x86_64), Python 3.11.7,
# November 2026:
#   § 35a Abs. 1 Satz 1 Nr. 2 SGB VIII     ['35a'] 'SGB VIII'
#   § 35a Abs. 1 S. 1 Nr. 2 SGB VIII       ['35a'] 'S. 1 Nr. 2 SGB VIII'
#   §§ 27, 34 SGB VIII                     ['27', '34'] 'SGB VIII'
#   §§ 22 bis 24 SGB VIII                  ['22'] 'SGB VIII'
#   § 41 SGB VIII i. V. m. § 35a SGB VIII  ['41'] 'SGB VIII i. V. m. § 35a SGB VIII'
#   § 35a SGB VIII                         https://dejure.org/gesetze/SGB VIII/35a.html) no link
#   §§ 27, 34 SGB VIII                     https://dejure.org/gesetze/SGB VIII/27.html) no link
#   § 123 SGB IX                           https://www.gesetze-im-internet.de/sgb_9_2018/__123.html) a link
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'bundesrecht==0.1.4' 'gesetze==1.2.2' 'markdown-it-py==4.0.0'

cat >"$room/ask.py" <<'PY'
from bundesrecht import parse_reference
from gesetze import Gesetz
from markdown_it import MarkdownIt

REFERENCES = (
    "§ 35a Abs. 1 Satz 1 Nr. 2 SGB VIII", "§ 35a Abs. 1 S. 1 Nr. 2 SGB VIII", "§§ 27, 34 SGB VIII", "§§ 22 bis 24 SGB VIII",
    "§ 41 SGB VIII i. V. m. § 35a SGB VIII",
)
for text in REFERENCES:
    read = parse_reference(text)
    print(f"{text:38} {[one.paragraph for one in read.paragraphs]} {read.law!r}")
law = Gesetz()
for text in ("§ 35a SGB VIII", "§§ 27, 34 SGB VIII", "§ 123 SGB IX"):
    written = law.gesetzify(text, law.markdownify)
    link = "a link" if "<a href" in MarkdownIt().render(written) else "no link"
    print(f"{text:38} {written.split('](')[1]} {link}")
PY
"$room/venv/bin/python" "$room/ask.py" >"$room/seen"
cat "$room/seen"
cat >"$room/told" <<'TOLD'
§ 35a Abs. 1 Satz 1 Nr. 2 SGB VIII     ['35a'] 'SGB VIII'
§ 35a Abs. 1 S. 1 Nr. 2 SGB VIII       ['35a'] 'S. 1 Nr. 2 SGB VIII'
§§ 27, 34 SGB VIII                     ['27', '34'] 'SGB VIII'
§§ 22 bis 24 SGB VIII                  ['22'] 'SGB VIII'
§ 41 SGB VIII i. V. m. § 35a SGB VIII  ['41'] 'SGB VIII i. V. m. § 35a SGB VIII'
§ 35a SGB VIII                         https://dejure.org/gesetze/SGB VIII/35a.html) no link
§§ 27, 34 SGB VIII                     https://dejure.org/gesetze/SGB VIII/27.html) no link
§ 123 SGB IX                           https://www.gesetze-im-internet.de/sgb_9_2018/__123.html) a link
TOLD
if ! cmp -s "$room/seen" "$room/told"; then
    echo 'Changed: these packages now read and link references to laws otherwise.' >&2
    exit 1
fi
