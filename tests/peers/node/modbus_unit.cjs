// A Modbus TCP unit of others on a free port: node modbus_unit.cjs modbus-serial|jsmodbus
// Eight inputs, the first is 1; eight coils. Prints its port, then the coils as JSON after each change of any.
const net = require("net");
const [, , kind] = process.argv;
const coils = Array(8).fill(0);
const changed = (address, value) => {
  coils[address] = Number(value);
  console.log(JSON.stringify(coils));
};

function byModbusSerial(port) {
  const { ServerTCP } = require("modbus-serial");
  const inside = (address, value) => (address < 8 ? Promise.resolve(value) : Promise.reject({ modbusErrorCode: 2 }));
  const vector = {
    getDiscreteInput: (address) => inside(address, address === 0),
    getCoil: (address) => inside(address, Boolean(coils[address])),
    setCoil: (address, value) => inside(address, changed(address, value)),
  };
  // With port 0 it listens on 502: a free port is looked for before.
  const server = new ServerTCP(vector, { host: "127.0.0.1", port, unitID: 1 });
  server.on("initialized", () => console.log(port));
}

function byJsmodbus(listener) {
  const modbus = require("jsmodbus");
  const unit = new modbus.server.TCP(listener, {
    coils: Buffer.alloc(1),
    discrete: Buffer.from([1]),
    holding: Buffer.alloc(0),
    input: Buffer.alloc(0),
  });
  const told = () => coils.forEach((old, at) => {
    const now = (unit.coils[0] >> at) & 1;
    if (now !== old) changed(at, now);
  });
  unit.on("postWriteSingleCoil", told);
  unit.on("postWriteMultipleCoils", told);
}

const free = net.createServer();
free.listen(0, "127.0.0.1", () => {
  const { port } = free.address();
  if (kind === "jsmodbus") {
    byJsmodbus(free);
    console.log(port);
  } else {
    free.close(() => byModbusSerial(port));
  }
});
