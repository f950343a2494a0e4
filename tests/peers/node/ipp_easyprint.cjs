// A client of others prints on an IPP printer: node ipp_easyprint.cjs http://HOST:PORT/ipp/print
// Prints {model, state, sides, job} as JSON.
const { IPPPrinter } = require("ipp-easyprint");
const printer = new IPPPrinter(process.argv[2]);

async function main() {
  const told = await printer.printerStatus("all");
  const paper = { buffer: Buffer.from("%PDF-1.7\nEine Kopie\n%%EOF\n"), fileType: "application/pdf", jobName: "Kopie" };
  const job = await printer.printFile({ ...paper, username: "jemand", jobAttributes: { sides: "one-sided" } });
  await printer.identify(["display"]);
  return { model: told["printer-make-and-model"], state: told["printer-state"], sides: told["sides-supported"], job };
}

main().then((said) => console.log(JSON.stringify(said)), (error) => { console.error(error); process.exit(1); });
