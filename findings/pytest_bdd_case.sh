#!/bin/sh
# pytest-bdd takes "ruft Sie an" for a step that is written "ruft sie an" as soon as the step has a parameter.
#
# Expected: the text of a step is compared letter by letter, as a plain step of pytest-bdd and both kinds of steps of
# behave are.
# Seen: a step given as `parsers.parse(...)` ignores upper and lower case; the other spelling passes. (The `parse` package
# below it is told nothing about case, and ignores it where it is not told.) behave, with the same package, is told.
# Matters: German tells the polite "Sie" from "sie" (she, they) by the case of one letter. "ruft Sie an" and "ruft sie an"
# are two sentences with two meanings, and here one of them runs the other's code. `parsers.parse(..., case_sensitive=True)`
# and `parsers.re` are exact.
#
# Versions: the ones installed below. Seen on Debian 12 (x86_64), Python 3.11.7, November 2026:
#   the scenario says "Sie", the step says "sie":
#   pytest-bdd plain: undefined   pytest-bdd parse: passed   pytest-bdd exact: undefined   pytest-bdd re: undefined
#   behave plain: undefined       behave parse: undefined
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'pytest==9.2.0' 'pytest-bdd==9.0.1' 'behave==1.3.3' 'parse==1.22.4' 'parse_type==0.6.6'

cat >"$room/call.feature" <<'FEATURE'
# language: de
Funktionalität: Anrede
  Szenario: Anruf
    Wenn Frau Vogt Sie anruft
FEATURE

by_pytest() { # the step's decorator argument, the step's parameters
    mkdir "$room/$1"
    cp "$room/call.feature" "$room/$1"
    printf '%s\n' 'from pytest_bdd import parsers, scenarios, when' 'scenarios("call.feature")' \
        "@when($2)" "def _($3): pass" >"$room/$1/test_call.py"
    if (cd "$room/$1" && "$room/venv/bin/python" -m pytest -q -p no:cacheprovider . >out 2>&1); then
        echo "pytest-bdd $1: passed"
    elif grep -q StepDefinitionNotFoundError "$room/$1/out"; then
        echo "pytest-bdd $1: undefined"
    else
        cat "$room/$1/out"
    fi
}

by_behave() { # the step's decorator argument, the step's parameters
    mkdir -p "$room/behave_$1/steps"
    cp "$room/call.feature" "$room/behave_$1"
    printf '%s\n' 'from behave import when' "@when($2)" "def _($3): pass" >"$room/behave_$1/steps/call.py"
    if "$room/venv/bin/behave" --no-color "$room/behave_$1" >"$room/behave_$1/out" 2>&1; then
        echo "behave $1: passed"
    elif grep -q '1 undefined' "$room/behave_$1/out"; then
        echo "behave $1: undefined"
    else
        cat "$room/behave_$1/out"
    fi
}

{
    by_pytest plain '"Frau Vogt sie anruft"' ''
    by_pytest parse 'parsers.parse("Frau {name} sie anruft")' 'name'
    by_pytest exact 'parsers.parse("Frau {name} sie anruft", case_sensitive=True)' 'name'
    by_pytest re 'parsers.re("Frau (?P<name>\\w+) sie anruft")' 'name'
    by_behave plain '"Frau Vogt sie anruft"' 'context'
    by_behave parse '"Frau {name} sie anruft"' 'context, name'
} >"$room/seen"
cat "$room/seen"
cat >"$room/told" <<'TOLD'
pytest-bdd plain: undefined
pytest-bdd parse: passed
pytest-bdd exact: undefined
pytest-bdd re: undefined
behave plain: undefined
behave parse: undefined
TOLD
if ! cmp -s "$room/seen" "$room/told"; then
    echo 'Changed: which steps take the other case is no longer as told here.' >&2
    exit 1
fi
