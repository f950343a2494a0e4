// The language server of the Cucumber extension on stdin and stdout, in the form that runs without compiled parsers.
// Its own start looks for the parsers in a folder of its own; installed side by side they lie elsewhere.
const path = require('path')
const { startStandaloneServer } = require('@cucumber/language-server/wasm')
const { NodeFiles } = require('@cucumber/language-server/node')

const parsers = path.resolve(path.dirname(require.resolve('@cucumber/language-service')), '../../..', 'dist')
startStandaloneServer(parsers, (root) => new NodeFiles(root))
