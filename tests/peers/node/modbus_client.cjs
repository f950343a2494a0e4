// What a client of others sees and does at a Modbus TCP unit: node modbus_client.cjs modbus-serial|jsmodbus PORT
// Prints {inputs, coils, version, refused} as JSON: the inputs before, the coils after switching 0 and 3 on.
const net = require("net");
const [, , kind, port] = process.argv;
const bits = (values) => values.slice(0, 8).map(Number);

async function byModbusSerial() {
  const Client = require("modbus-serial");
  const client = new Client();
  await client.connectTCP("127.0.0.1", { port: Number(port) });
  client.setID(1);
  client.setTimeout(5000);
  const inputs = bits((await client.readDiscreteInputs(0, 8)).data);
  await client.writeCoil(0, true);
  await client.writeCoils(1, [false, false, true]);
  const coils = bits((await client.readCoils(0, 8)).data);
  const version = (await client.readHoldingRegisters(0x8000, 1)).data[0];
  const refused = await client.readCoils(7, 2).then(() => 0, (error) => error.modbusCode);
  return { inputs, coils, version, refused };
}

async function byJsmodbus() {
  const modbus = require("jsmodbus");
  const socket = net.connect(Number(port), "127.0.0.1");
  const client = new modbus.client.TCP(socket, 1, 5000);
  await new Promise((done) => socket.once("connect", done));
  const inputs = bits((await client.readDiscreteInputs(0, 8)).response.body.valuesAsArray);
  await client.writeSingleCoil(0, true);
  await client.writeMultipleCoils(1, [false, false, true]);
  const coils = bits((await client.readCoils(0, 8)).response.body.valuesAsArray);
  const version = (await client.readHoldingRegisters(0x8000, 1)).response.body.valuesAsArray[0];
  const refused = await client.readCoils(7, 2).then(() => 0, (error) => error.response.body.code);
  return { inputs, coils, version, refused };
}

(kind === "jsmodbus" ? byJsmodbus() : byModbusSerial()).then(
  (seen) => {
    console.log(JSON.stringify(seen));
    process.exit(0);
  },
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
