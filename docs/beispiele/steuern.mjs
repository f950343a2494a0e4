// Plays a citizen in the world of emulated devices: node steuern.mjs tcp://127.0.0.1:4711
// The world speaks JSON, one message a line. It sends {"world": ...} at once and after each change; to
// {"id": 1, "act": "enter", "args": {}} it answers {"id": 1, "ok": true, "world": ...} or {"id": 1, "error": "..."}.
import { connect } from "node:net";
import { createInterface } from "node:readline";

const { hostname, port } = new URL(process.argv[2]);
const socket = connect(Number(port), hostname);
const asked = [
  ["enter", {}],
  ["fail", { fault: "door.stumm" }],
  ["heal", { fault: "door.stumm" }],
  ["entr", {}],
  ["leave", {}],
];
let id = 0;

const next = () => {
  if (id === asked.length) return socket.end();
  const [act, args] = asked[id];
  id += 1;
  socket.write(JSON.stringify({ id, act, args }) + "\n");
};

for await (const line of createInterface({ input: socket })) {
  const message = JSON.parse(line);
  if (message.id === undefined) {
    if (id === 0) next(); // the first state: the world is there
    continue;
  }
  const [act] = asked[message.id - 1];
  console.log(message.ok ? `${act}: ${message.world.people.length} Person(en)` : `${act}: ${message.error}`);
  next();
}
