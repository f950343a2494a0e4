// A desk of a call with werift: answers the booth's offer and sends back what it gets of the citizen, picture and sound.
// Lines of JSON: in the offer, out the answer, then each key frame of the table as H.264 (Annex B, base64) as soon as
// it is whole, and of each medium how many packets came. "close" ends it.
"use strict";
const { createInterface } = require("node:readline");
const { H264RtpPayload, RTCPeerConnection, useH264, useOPUS } = require("werift");

const say = (line) => process.stdout.write(JSON.stringify(line) + "\n");
const codecs = {
  audio: [useOPUS()],
  video: [useH264({ rtcpFeedback: [{ type: "nack" }, { type: "nack", parameter: "pli" }] })],
};
const pc = new RTCPeerConnection({ codecs, iceServers: [], bundlePolicy: "max-bundle", iceAdditionalHostAddresses: ["127.0.0.1"] });
pc.connectionStateChange.subscribe((state) => say({ state }));

async function answer(sdp) {
  await pc.setRemoteDescription({ type: "offer", sdp });
  const [voice, face, table] = pc.getTransceivers();
  voice.setDirection("sendrecv");
  face.setDirection("sendrecv");
  table.setDirection("recvonly");
  await pc.setLocalDescription(await pc.createAnswer());
  for (const media of [voice, face]) {
    media.receiver.track.onReceiveRtp.subscribe((rtp) => media.sender.sendRtp(rtp));
  }
  pictures(table.receiver);
  say({ sdp: pc.localDescription.sdp });
}

function pictures(receiver) {
  let fragment, parts = [], key = false, asked = false;
  receiver.track.onReceiveRtp.subscribe((rtp) => {
    const payload = H264RtpPayload.deSerialize(rtp.payload, fragment);
    fragment = payload.fragment;
    if (payload.payload) parts.push(payload.payload);
    key ||= payload.isKeyframe;
    if (!rtp.header.marker) return;
    if (key) say({ table: Buffer.concat(parts).toString("base64") });
    else if (!asked) asked = receiver.sendRtcpPLI(rtp.header.ssrc);
    [parts, key] = [[], false];
  });
}

createInterface({ input: process.stdin }).on("line", (line) => {
  const told = JSON.parse(line);
  if (told.sdp) answer(told.sdp);
  else if (told.close) pc.close().then(() => process.exit(0));
});
