#!/bin/sh
# To Cucumber's language service a sentence of a Python step with a dot or a bracket in it is a regular expression.
#
# Expected: behave and pytest-bdd take the text of a decorator as it is written (behave's default reads `{...}` in it), so
# the editor knows "the booth (Templin) is open" where that is a step, and does not know "it is 8x30" where "it is 8.30" is.
# Seen: any dot, bracket, star or bar makes the whole text a regular expression that need not match to the end. The step
# with brackets is underlined as undefined; what is no step is not underlined, and completed wrongly.
# Matters: it is what the Cucumber extension of Visual Studio Code runs. Do not judge Python steps by what it underlines; a
# file made for it is better JavaScript, where a text is a Cucumber Expression whatever stands in it.
#
# Version: @cucumber/language-service 1.7.0 on node 20. Seen on Debian 12 (x86_64), November 2026:
#   the booth (Templin) is open        a step, and undefined
#   the booth Templin is open          no step, and known
#   it is 8x30 or later                no step, and known
#   the booth is open                  a step, and known
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

npm install --silent --no-audit --no-fund --ignore-scripts --omit=optional --prefix "$room" '@cucumber/language-service@1.7.0'

cat >"$room/ask.cjs" <<'JS'
const path = require('path')
const { ExpressionBuilder } = require('@cucumber/language-service')
const { WasmParserAdapter } = require('@cucumber/language-service/wasm')

const STEPS = ['the booth (Templin) is open', 'it is 8.30', 'the booth is open']
const SEEN = [
  ['the booth (Templin) is open', true, false],
  ['the booth Templin is open', false, true],
  ['it is 8x30 or later', false, true],
  ['the booth is open', true, true],
]

async function ask() {
  const adapter = new WasmParserAdapter(path.resolve(path.dirname(require.resolve('@cucumber/language-service')), '../../..', 'dist'))
  await adapter.init()
  const content = STEPS.map((text) => `@given("${text}")\ndef step(context):\n    pass\n`).join('\n')
  const built = new ExpressionBuilder(adapter).build([{ languageName: 'python', content, uri: 'steps.py' }], [])
  for (const [text, isStep, known] of SEEN) {
    const found = built.expressionLinks.some(({ expression }) => expression.match(text) !== null)
    console.log(`${text.padEnd(35)}${isStep ? 'a step' : 'no step'}, and ${found ? 'known' : 'undefined'}`)
    if (found !== known) throw new Error(`Changed: "${text}" is ${found ? 'known' : 'undefined'} now.`)
  }
}
ask().catch((error) => { console.error(error.message); process.exit(1) })
JS
node "$room/ask.cjs"
