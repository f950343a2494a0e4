// A Modbus TCP unit of others on a free port: node modbus_unit.cjs modbus-serial|jsmodbus|modbus-tcp
// Eight inputs, the first is 1; eight coils. Prints its port, then the coils as JSON after each change of any.
const net = require("net");
const [, , kind] = process.argv;
const coils = Array(8).fill(0);
const changed = (address, value) => {
  coils[address] = Number(value);
  console.log(JSON.stringify(coils));
};
const INPUTS = [1, 0, 0, 0, 0, 0, 0, 0];

// Each serves on `listener`, or on a `port` that was free where it wants to listen itself.
const UNITS = {
  "modbus-serial": (listener, port) => {
    const { ServerTCP } = require("modbus-serial");
    const inside = (address, value) => (address < 8 ? Promise.resolve(value) : Promise.reject({ modbusErrorCode: 2 }));
    const vector = {
      getDiscreteInput: (address) => inside(address, address === 0),
      getCoil: (address) => inside(address, Boolean(coils[address])),
      setCoil: (address, value) => inside(address, changed(address, value)),
    };
    // With port 0 it listens on 502.
    listener.close(() => {
      const server = new ServerTCP(vector, { host: "127.0.0.1", port, unitID: 1 });
      server.on("initialized", () => console.log(port));
    });
  },
  jsmodbus: (listener, port) => {
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
    console.log(port);
  },
  "modbus-tcp": (listener, port) => {
    const unit = new (require("modbus-tcp").Server)();
    unit.on("read-discrete-inputs", (from, to, reply) => reply(null, INPUTS.slice(from, to + 1)));
    unit.on("read-coils", (from, to, reply) => reply(null, coils.slice(from, to + 1)));
    unit.on("write-single-coil", (address, value, reply) => {
      changed(address, value[0] === 0xff);
      reply(null);
    });
    unit.on("write-multiple-coils", (from, to, values, reply) => {
      values.slice(0, to - from + 1).forEach((value, at) => changed(from + at, value));
      reply(null);
    });
    listener.on("connection", (socket) => {
      unit.pipe(socket);
    });
    console.log(port);
  },
};

const free = net.createServer();
free.listen(0, "127.0.0.1", () => UNITS[kind](free, free.address().port));
