// Another codec of IPP: reads {request, response} of hexadecimal digits as a line of JSON, reads both messages with
// ipp-encoder, writes them again, and prints {operation, status, names, request, response}.
const ipp = require("ipp-encoder");
const digits = (message) => message.toString("hex");

let line = "";
process.stdin.on("data", (more) => (line += more)).on("end", () => {
  const asked = JSON.parse(line);
  const request = ipp.request.decode(Buffer.from(asked.request, "hex"));
  const response = ipp.response.decode(Buffer.from(asked.response, "hex"));
  const names = response.groups.flatMap((group) => group.attributes.map((one) => one.name));
  const again = { request: digits(ipp.request.encode(request)), response: digits(ipp.response.encode(response)) };
  console.log(JSON.stringify({ operation: request.operationId, status: response.statusCode, names, ...again }));
});
