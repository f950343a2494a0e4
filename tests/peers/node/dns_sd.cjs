// Who announces itself on this machine: node dns_sd.cjs PACKAGE TYPE PORT, until the one at this port is found.
// Prints {name, path, model} as JSON. Bound to all addresses: a socket bound to one hears nothing that is sent to many.
const [name, type, port] = process.argv.slice(2);
const found = (service) => {
  if (service.port !== Number(port)) return;
  const told = service.txt;
  console.log(JSON.stringify({ name: service.name, path: told.rp || told.rs, model: told.ty }));
  process.exit(0);
};
if (name === "bonjour-service") {
  const { Bonjour } = require("bonjour-service");
  const browser = new Bonjour({ interface: "127.0.0.1", bind: "0.0.0.0" }).find({ type }, found);
  setInterval(() => browser.update(), 1000); // it asks once by itself, and an answer may be lost
} else {
  const dnssd = require("dnssd2");
  dnssd.Browser(dnssd.tcp(type), { interface: "lo" }).on("serviceUp", found).start();
}
