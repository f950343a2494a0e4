#!/bin/sh
# gherkin-official (Python) keeps a line of blanks at the end of a description; the same version for node does not.
#
# Expected: both are made of one grammar and give one tree for one file; the Cucumber Compatibility Kit compares their
# messages. A description ends with its last line that says something.
# Seen: where the empty line before the next keyword holds two blanks, as editors leave them behind, the description of the
# Python parser ends with a line break and these blanks. Without the blanks both are alike.
# Matters: who compares messages of a Python tool with those of others, shows descriptions, or takes them for a key, finds a
# difference that nobody sees in the file. Strip the end of each description.
#
# Version: gherkin-official 42.0.1 (PyPI), @cucumber/gherkin 42.0.1 (npm) on node 20. Seen on Debian 12, November 2026:
#   blanks   Python 'It closes by itself.\n  '   node 'It closes by itself.'
#   none     Python 'It closes by itself.'       node 'It closes by itself.'
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'gherkin-official==42.0.1'
npm install --silent --no-audit --no-fund --prefix "$room" '@cucumber/gherkin@42.0.1' '@cucumber/messages@34.2.0'

cat >"$room/ask.cjs" <<'JS'
const { AstBuilder, GherkinClassicTokenMatcher, Parser } = require('@cucumber/gherkin')
const { IdGenerator } = require('@cucumber/messages')

const parser = new Parser(new AstBuilder(IdGenerator.incrementing()), new GherkinClassicTokenMatcher())
process.stdout.write(parser.parse(require('fs').readFileSync(0, 'utf8')).feature.description)
JS
cat >"$room/ask.py" <<'PY'
import subprocess
import sys

from gherkin.parser import Parser

TEXT = "Feature: Door\n\nIt closes by itself.\n{}\n  Scenario: Somebody leaves\n    When the door opens\n"
WANTED = {"blanks": ("It closes by itself.\n  ", "It closes by itself."), "none": ("It closes by itself.",) * 2}

for name, line in (("blanks", "  "), ("none", "")):
    text = TEXT.format(line)
    python = Parser().parse(text)["feature"]["description"]
    node = subprocess.run(["node", sys.argv[1]], input=text, capture_output=True, text=True, check=True).stdout
    print(f"{name:<8} Python {python!r:<27} node {node!r}")
    if (python, node) != WANTED[name]:
        sys.exit(f"Changed: a description before a line with {name} is {python!r} in Python and {node!r} in node.")
PY
"$room/venv/bin/python" "$room/ask.py" "$room/ask.cjs"
