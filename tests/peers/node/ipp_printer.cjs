// A printer of others on the loopback: node ipp_printer.cjs
// Prints its port, then each job as {name, document} in JSON.
const http = require("http");
const Printer = require("ipp-printer");
const server = http.createServer();
const printer = new Printer({ name: "Probe", server, zeroconf: false, fallback: false });
printer.on("job", (job) => {
  const parts = [];
  job.on("data", (part) => parts.push(part));
  job.on("end", () => console.log(JSON.stringify({ name: job.name, document: Buffer.concat(parts).toString("latin1") })));
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
