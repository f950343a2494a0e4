#!/bin/sh
# behave leaves \n and \\ in a table's cell as they are; the official Gherkin parser turns them into a line break and one \.
#
# Expected: behave and gherkin-official (below pytest-bdd and every Cucumber) read the same text out of the same cell, as
# they do for \|. The same for a doc string between three backticks, and for its media type.
# Seen: "Zeile 1\nZeile 2" is 16 characters in behave, with a backslash, and two lines elsewhere; "\\server\post" keeps two
# backslashes in behave and has one elsewhere. Backticks are a parse error in behave, and """json loses its media type.
# Matters: a table of addresses or of files on a share, moved from a behave suite into a booth's features, still passes
# through the parser and then compares other texts. Write one line a cell, and paths with a slash.
#
# Versions: behave 1.3.3, gherkin-official 42.0.1. Seen on Debian 12 (x86_64), Python 3.11.7, November 2026:
#   behave           a|b   Zeile 1\nZeile 2       \\server\post
#   gherkin-official a|b   Zeile 1<break>Zeile 2  \server\post
#   backticks: behave ParserError, gherkin-official json; """json: behave text/plain, gherkin-official json
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'behave==1.3.3' 'gherkin-official==42.0.1'

cat >"$room/ask.py" <<'PY'
import sys

from behave.parser import ParserError, parse_feature
from gherkin.parser import Parser

HEAD = "# language: de\nFunktionalität: Zellen\n  Szenario: eine\n    Wenn etwas\n"
TABLE = HEAD + "      | a\\|b | Zeile 1\\nZeile 2 | \\\\server\\post |\n"
BACKTICKS = HEAD + "      ```json\n      {}\n      ```\n"
QUOTES = HEAD + '      """json\n      {}\n      """\n'


def by_behave(text):
    return parse_feature(text).scenarios[0].steps[0]


def by_official(text):
    return Parser().parse(text)["feature"]["children"][0]["scenario"]["steps"][0]


def media_by_behave(text):
    try:
        return by_behave(text).text.content_type
    except ParserError:
        return "ParserError"


seen = {
    "behave": (by_behave(TABLE).table.headings, media_by_behave(BACKTICKS), media_by_behave(QUOTES)),
    "gherkin-official": ([cell["value"] for cell in by_official(TABLE)["dataTable"]["rows"][0]["cells"]],
                         by_official(BACKTICKS)["docString"]["mediaType"], by_official(QUOTES)["docString"]["mediaType"]),
}
for name, (cells, backticks, quotes) in seen.items():
    print(f"{name:16} {cells} backticks: {backticks} quotes: {quotes}")
told = {
    "behave": (["a|b", r"Zeile 1\nZeile 2", r"\\server\post"], "ParserError", "text/plain"),
    "gherkin-official": (["a|b", "Zeile 1\nZeile 2", r"\server\post"], "json", "json"),
}
if seen != told:
    sys.exit("Changed: the two parsers no longer differ as told here.")
PY
"$room/venv/bin/python" "$room/ask.py"
