// What clients of others see and do at Modbus units: node modbus_client.cjs CLIENT=PORT CLIENT=/path/of/a/line ...
// Prints {CLIENT: {inputs, coils, version, refused}} as JSON: the inputs before, the coils after switching 0 and 3 on.
const net = require("net");
const bits = (values) => [...values].slice(0, 8).map(Number);
const isLine = (where) => where.startsWith("/");

// By each client: how it is connected, and how it asks. `refused` is what the unit calls an address that it has not.
const CLIENTS = {
  "modbus-serial": async (where) => {
    const client = new (require("modbus-serial"))();
    if (isLine(where)) await client.connectRTUBuffered(where, { baudRate: 9600 });
    else await client.connectTCP("127.0.0.1", { port: Number(where) });
    client.setID(1);
    client.setTimeout(5000);
    return {
      inputs: async () => (await client.readDiscreteInputs(0, 8)).data,
      one: () => client.writeCoil(0, true),
      more: () => client.writeCoils(1, [false, false, true]),
      coils: async () => (await client.readCoils(0, 8)).data,
      version: async () => (await client.readHoldingRegisters(0x8000, 1)).data[0],
      refused: () => client.readCoils(7, 2).then(() => 0, (error) => error.modbusCode),
    };
  },
  jsmodbus: async (where) => {
    const { client: clients } = require("jsmodbus");
    const stream = isLine(where)
      ? new (require("serialport").SerialPort)({ path: where, baudRate: 9600 })
      : net.connect(Number(where), "127.0.0.1");
    const client = new (isLine(where) ? clients.RTU : clients.TCP)(stream, 1, 5000);
    await new Promise((done) => stream.once(isLine(where) ? "open" : "connect", done));
    const values = async (asked) => (await asked).response.body.valuesAsArray;
    return {
      inputs: () => values(client.readDiscreteInputs(0, 8)),
      one: () => client.writeSingleCoil(0, true),
      more: () => client.writeMultipleCoils(1, [false, false, true]),
      coils: () => values(client.readCoils(0, 8)),
      version: async () => (await values(client.readHoldingRegisters(0x8000, 1)))[0],
      refused: () => client.readCoils(7, 2).then(() => 0, (error) => error.response.body.code),
    };
  },
  "modbus-stream": async (where) => {
    const { tcp } = require("modbus-stream");
    const client = await new Promise((done, failed) =>
      tcp.connect(Number(where), "127.0.0.1", {}, (error, made) => (error ? failed(error) : done(made))),
    );
    const ask = (name, what) =>
      new Promise((done, failed) =>
        client[name]({ ...what, extra: { unitId: 1 } }, (error, said) => (error ? failed(error) : done(said.response))),
      );
    return {
      inputs: async () => (await ask("readDiscreteInputs", { address: 0, quantity: 8 })).data,
      one: () => ask("writeSingleCoil", { address: 0, value: 1 }),
      more: () => ask("writeMultipleCoils", { address: 1, values: [0, 0, 1] }),
      coils: async () => (await ask("readCoils", { address: 0, quantity: 8 })).data,
      version: async () => (await ask("readHoldingRegisters", { address: 0x8000, quantity: 1 })).data[0].readUInt16BE(),
      refused: () => ask("readCoils", { address: 7, quantity: 2 }).then(() => 0, (error) => error.message),
    };
  },
  "modbus-tcp": async (where) => {
    const client = new (require("modbus-tcp").Client)();
    const stream = net.connect(Number(where), "127.0.0.1");
    client.writer().pipe(stream);
    stream.pipe(client.reader());
    const ask = (name, ...what) =>
      new Promise((done, failed) => client[name](1, ...what, (error, said) => (error ? failed(error) : done(said))));
    return {
      inputs: () => ask("readDiscreteInputs", 0, 7),
      one: () => ask("writeSingleCoil", 0, true),
      more: () => ask("writeMultipleCoils", 1, 3, [0, 0, 1]),
      coils: () => ask("readCoils", 0, 7),
      version: async () => (await ask("readHoldingRegisters", 0x8000, 0x8000))[0].readUInt16BE(),
      refused: () => ask("readCoils", 7, 8).then(() => 0, (error) => error.message),
    };
  },
};

async function seen(kind, where) {
  const unit = await CLIENTS[kind](where);
  const inputs = bits(await unit.inputs());
  await unit.one();
  await unit.more();
  return { inputs, coils: bits(await unit.coils()), version: await unit.version(), refused: await unit.refused() };
}

async function all() {
  const found = {};
  for (const pair of process.argv.slice(2)) {
    const [kind, where] = pair.split("=");
    found[pair] = await seen(kind, where);
  }
  return found;
}

all().then(
  (found) => {
    console.log(JSON.stringify(found));
    process.exit(0);
  },
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
