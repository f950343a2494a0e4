// What serialport hears of a radar: node radar.cjs /path/of/its/line SPEED
// Prints {report, firmware} as JSON, both in hexadecimal: the first whole report, and the answer to 0xA0.
const { SerialPort } = require("serialport");
const [, , path, baudRate] = process.argv;
const COMMAND = "fdfcfbfa";
const ask = (code, value = "") => Buffer.from(`${COMMAND}${value ? "0400" : "0200"}${code}00${value}04030201`, "hex");

async function seen() {
  const port = new SerialPort({ path, baudRate: Number(baudRate) });
  await new Promise((done, failed) => port.once("open", done).once("error", failed));
  let heard = "";
  const until = (pattern) =>
    new Promise((done) => {
      const look = () => {
        const found = heard.match(pattern);
        if (found) {
          port.off("data", take);
          done(found[0]);
        }
      };
      const take = (data) => {
        heard += data.toString("hex");
        look();
      };
      port.on("data", take);
      look();
    });
  const report = await until(/f4f3f2f1.*?f8f7f6f5/);
  port.write(ask("ff", "0100"));
  await until(/fdfcfbfa0800ff01.*?04030201/);
  port.write(ask("a0"));
  const firmware = await until(/fdfcfbfa....a001.*?04030201/);
  return { report, firmware };
}

seen().then(
  (found) => {
    console.log(JSON.stringify(found));
    process.exit(0);
  },
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
