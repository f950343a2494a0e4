// An adapter for LISA without dependencies: a presence sensor whose measurement stands in a text file.
// It speaks lines of JSON on its standard input and output (docs/adapter.md). To begin with a device of your own, change
// measured(), and say in WHO who it is. Whatever is for people goes to console.error, never to console.log.
//
//   node sensor.js abstand.txt                                   LISA starts it:  binding = "adapter:node sensor.js abstand.txt"
//   node sensor.js abstand.txt --listen 127.0.0.1:4100           LISA dials it:   binding = "adapter:tcp://127.0.0.1:4100"
//   node sensor.js abstand.txt --listen 0.0.0.0:4100 --key adapter.key    the same from another computer, with key_file
"use strict";
const crypto = require("crypto"), fs = require("fs"), net = require("net"), readline = require("readline");

const WHO = { vendor: "Beispiel GmbH", model: "PX-2", serial: "0001", firmware: "1.0" };
const EVERY_MS = 100;
const file = process.argv[2] || "abstand.txt";

// The device: centimetres to whoever stands there, or nobody. Here a text file says so, and is changed by an editor.
function measured() {
  const cm = fs.existsSync(file) ? parseInt(fs.readFileSync(file, "utf8"), 10) : NaN;
  return Number.isNaN(cm) ? {} : { moving_cm: cm, moving_energy: 60 };
}

// One conversation: take() gets each line of LISA's as an object, say() sends one back.
function conversation(say) {
  const timers = new Map();
  const stop = (id) => { clearInterval(timers.get(id)); timers.delete(id); };
  const take = (line) => {
    switch (line.type) {
      case "hello":
        return say({ type: "hello", version: 1, slot: line.slot, identity: WHO, can: ["entfernung", "kennung"] });
      case "ping":
        return say({ type: "pong", id: line.id, at_us: Math.round(performance.now() * 1000) });
      case "call": {
        if (line.method !== "reports")
          return say({ type: "fault", id: line.id, code: "presence.silent", text: "Das kann dieser Adapter nicht." });
        const report = () => say({ type: "event", id: line.id, value: measured() });
        report();
        return timers.set(line.id, setInterval(report, EVERY_MS));
      }
      case "stop":
        stop(line.id);
        return say({ type: "end", id: line.id });
      default:
        throw new Error(`a line of type ${line.type}`);
    }
  };
  return { take, close: () => [...timers.keys()].forEach(stop) };
}

function onPipes() {
  const talk = conversation((value) => process.stdout.write(JSON.stringify(value) + "\n"));
  readline.createInterface({ input: process.stdin })
    .on("line", (line) => talk.take(JSON.parse(line)))
    .on("close", () => process.exit(0)); // LISA has ended
}

function onTcp(address, key) {
  const [host, port] = address.split(/:(?=\d+$)/);
  const server = net.createServer((socket) => {
    let seal = key ? null : { sign: (text) => text, check: (text) => text };
    let nonces = null;
    const talk = conversation((value) => socket.write(seal.sign(JSON.stringify(value)) + "\n"));
    const mac = (secret, ...parts) => parts.reduce((h, part) => h.update(part), crypto.createHmac("sha256", secret)).digest();
    const same = (one, other) => one.length === other.length && crypto.timingSafeEqual(one, other);
    const of = (label) => mac(key, "lisa-adapter-1 " + label, ...nonces);
    const counted = (secret, count, text) => {
      const number = Buffer.alloc(8);
      number.writeBigUInt64BE(BigInt(count));
      return mac(secret, number, Buffer.from(text, "utf8"));
    };
    const prove = (line) => { // nothing else is said before both have shown that they have the key
      if (nonces === null) {
        nonces = [Buffer.from(line.nonce, "base64"), crypto.randomBytes(32)];
        const answer = { type: "key", nonce: nonces[1].toString("base64"), proof: of("adapter").toString("base64") };
        return socket.write(JSON.stringify(answer) + "\n");
      }
      if (!same(Buffer.from(line.proof, "base64"), of("lisa"))) throw new Error("another key");
      const ours = of("from adapter"), theirs = of("from lisa");
      let said = 0, heard = 0;
      seal = {
        sign: (text) => counted(ours, said++, text).toString("hex") + " " + text,
        check: (text) => {
          if (!same(Buffer.from(text.slice(0, 64), "hex"), counted(theirs, heard++, text.slice(65))))
            throw new Error("a line that is not LISA's");
          return text.slice(65);
        },
      };
    };
    readline.createInterface({ input: socket, crlfDelay: Infinity }).on("line", (line) => {
      try {
        if (seal === null) prove(JSON.parse(line));
        else talk.take(JSON.parse(seal.check(line)));
      } catch (error) {
        console.error(`${socket.remoteAddress}: ${error.message}`);
        socket.destroy();
      }
    });
    socket.setNoDelay(true);
    socket.on("close", talk.close).on("error", talk.close);
  });
  server.listen(Number(port), host, () => console.error(`listening on ${host}:${server.address().port}`));
}

const option = (name) => { const at = process.argv.indexOf(name); return at < 0 ? "" : process.argv[at + 1]; };
if (option("--listen")) onTcp(option("--listen"), option("--key") && fs.readFileSync(option("--key"), "utf8").trim());
else onPipes();
