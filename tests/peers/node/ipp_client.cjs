// What a client of others sees and does at an IPP printer: node ipp_client.cjs http://HOST:PORT/ipp/print PACKAGE
// Prints {printed, number, state, model, copies, width, jobs} as JSON.
const ipp = require(process.argv[3]);
const printer = ipp.Printer(process.argv[2]);
const ask = (operation, message) =>
  new Promise((done, failed) => printer.execute(operation, message, (error, said) => (error ? failed(error) : done(said))));
const group = "operation-attributes-tag";

async function main() {
  const told = (await ask("Get-Printer-Attributes", null))["printer-attributes-tag"];
  const job = { "requesting-user-name": "jemand", "job-name": "Kopie", "document-format": "application/pdf" };
  const answer = await ask("Print-Job", { [group]: job, data: Buffer.from("%PDF-1.7\nEine Kopie\n%%EOF\n") });
  const jobs = await ask("Get-Jobs", { [group]: { "which-jobs": "completed" } });
  return {
    printed: answer.statusCode,
    number: answer["job-attributes-tag"]["job-id"],
    state: told["printer-state"],
    model: told["printer-make-and-model"],
    copies: told["copies-supported"],
    width: told["media-col-default"]["media-size"]["x-dimension"],
    jobs: jobs.statusCode,
  };
}

main().then((said) => console.log(JSON.stringify(said)), (error) => { console.error(error); process.exit(1); });
