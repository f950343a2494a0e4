// The call's media: the booth offers, this page answers with camera and microphone. Peer to peer; complete SDP, no trickle.

const GATHERING_MS = 3000;
const RELAYED_MS = 100; // what comes besides a relay's way was there before it
const FROZEN_MS = 2000;
const WANTED = { audio: { echoCancellation: true }, video: { width: { ideal: 1280 }, height: { ideal: 720 } } };
const SENT = new Set(["video/h264", "video/vp8"]); // what a booth can send
const INSTEAD = "Bitte öffnen Sie den Platz in einem aktuellen Firefox oder Chromium.";
const NEEDED = [
  [() => "RTCPeerConnection" in window, `In diesem Browser fehlen Bild und Ton: WebRTC ist abgeschaltet oder nicht eingebaut. ${INSTEAD}`],
  [knowsOurPictures, `Dieser Browser kann das Bild aus der Kabine nicht zeigen: Er kennt weder VP8 noch H.264. ${INSTEAD}`],
  [() => "requestVideoFrameCallback" in HTMLVideoElement.prototype, `Dieser Browser ist zu alt für Gespräche mit Bild. ${INSTEAD}`],
];

// Why no relay gave a way, by the error of a candidate (RFC 8656, section 19; 701 is the browser's own word for silence).
const REFUSED = new Set([401, 403]);
const FULL = new Set([486, 508]);

/** Over which servers the next leg goes, as the exchange has said: {servers, relay_only}. */
let ways = { servers: [], relay_only: false };
export const heardWays = (said) => (ways = said);

/** Why no call is possible in this browser, as a German text; empty where one is. */
export function inability() {
  return NEEDED.find(([there]) => !there())?.[1] ?? "";
}

function knowsOurPictures() {
  const known = RTCRtpReceiver.getCapabilities?.("video")?.codecs;
  return !known || known.some(({ mimeType }) => SENT.has(mimeType.toLowerCase()));
}

/** Camera and microphone of this desk, as far as there are any. */
async function ownTracks() {
  const none = { audio: null, video: null };
  if (!navigator.mediaDevices) return none;
  for (const wanted of [WANTED, { audio: WANTED.audio }, { video: WANTED.video }]) {
    try {
      const stream = await navigator.mediaDevices.getUserMedia(wanted);
      return { audio: stream.getAudioTracks()[0] ?? null, video: stream.getVideoTracks()[0] ?? null };
    } catch {
      continue; // the next, smaller wish
    }
  }
  return none;
}

/** Ask for permission before the first call comes, and let go at once. Returns what is missing, as German words. */
export async function tryDevices() {
  const { audio, video } = await ownTracks();
  audio?.stop();
  video?.stop();
  return [!audio && "Mikrofon", !video && "Kamera"].filter(Boolean);
}

/** One leg of a call. views: {citizen, document, self} video elements; onState(text, colour); onTrouble(word of the log): no relay gave a way. */
export class Leg {
  constructor(views, onState, onTrouble) {
    this.views = views;
    this.onState = onState;
    this.onTrouble = onTrouble;
    this.ways = ways;
    this.pc = new RTCPeerConnection({
      bundlePolicy: "max-bundle",
      iceServers: ways.servers.map(({ urls, username, credential }) => ({ urls, username, credential })),
      iceTransportPolicy: ways.relay_only ? "relay" : "all",
    });
    this.errors = [];
    this.pc.onicecandidateerror = ({ url, errorCode }) => url.startsWith("turn") && this.errors.push(errorCode);
    this.own = { audio: null, video: null };
    this.lastFrame = 0;
    this.pc.onconnectionstatechange = () => this.#tell();
    this.watch = setInterval(() => this.#tell(), 1000);
    this.over = false;
  }

  /** The complete answer to the booth's offer. */
  async answer(sdp) {
    await this.pc.setRemoteDescription({ type: "offer", sdp });
    const [audio, citizen, paper] = this.pc.getTransceivers();
    this.#show(audio, citizen, paper);
    this.own = await ownTracks();
    if (this.over) {
      this.#letGo();
      return "";
    }
    await this.#bring(audio, this.own.audio);
    await this.#bring(citizen, this.own.video);
    this.views.self.srcObject = this.own.video ? new MediaStream([this.own.video]) : null;
    await this.pc.setLocalDescription();
    await this.#gathered();
    this.#tell();
    return this.#reached();
  }

  /** The complete offer to a colleague's desk: sound and one picture, both ways. */
  async offer() {
    this.own = await ownTracks();
    if (this.over) {
      this.#letGo();
      return "";
    }
    const [audio, video] = ["audio", "video"].map((kind) => this.pc.addTransceiver(this.own[kind] ?? kind, { direction: "sendrecv" }));
    this.#show(audio, video);
    await this.pc.setLocalDescription();
    await this.#gathered();
    return this.#reached();
  }

  /** The colleague's answer. */
  async accept(sdp) {
    await this.pc.setRemoteDescription({ type: "answer", sdp });
    this.#tell();
  }

  /** Microphone or camera ("audio", "video") on or off. */
  enable(kind, on) {
    if (this.own[kind]) this.own[kind].enabled = on;
  }

  close() {
    this.over = true;
    clearInterval(this.watch);
    this.pc.close();
    this.#letGo();
    for (const video of Object.values(this.views)) video.srcObject = null;
  }

  // Sound and picture of the citizen share one stream: only then the browser keeps the lips in step.
  #show(audio, citizen, paper) {
    const tracks = [audio, citizen].filter(Boolean).map(({ receiver }) => receiver.track);
    play(this.views.citizen, tracks);
    play(this.views.document, paper ? [paper.receiver.track] : []);
    this.#seeFrames();
  }

  // An endless freeze shows in no statistic: look at the age of the last picture.
  #seeFrames() {
    const seen = () => {
      this.lastFrame = performance.now();
      if (!this.over) this.views.citizen.requestVideoFrameCallback(seen);
    };
    this.views.citizen.requestVideoFrameCallback(seen);
  }

  async #bring(transceiver, track) {
    if (!transceiver || !track) return;
    transceiver.direction = "sendrecv";
    await transceiver.sender.replaceTrack(track);
  }

  #gathered() {
    if (this.pc.iceGatheringState === "complete") return Promise.resolve();
    return new Promise((resolve) => {
      setTimeout(resolve, GATHERING_MS);
      // One network of this computer that does not reach the relay would hold up all others for as long.
      this.pc.addEventListener("icecandidate", ({ candidate }) => candidate?.type === "relay" && setTimeout(resolve, RELAYED_MS));
      this.pc.addEventListener("icegatheringstatechange", () => this.pc.iceGatheringState === "complete" && resolve());
    });
  }

  // Without any candidate nobody can answer; waiting for the other end to give up would tell it later and worse.
  #reached() {
    const { sdp } = this.pc.localDescription;
    const trouble = this.#trouble(sdp);
    if (trouble) this.onTrouble(trouble);
    if (trouble && this.ways.relay_only) throw new Error("ein anderer Weg als der über das Relais ist nicht erlaubt");
    if (!sdp.includes("a=candidate:")) throw new Error("Der Browser hat keine Netzadresse, über die er Bild und Ton senden kann");
    return sdp;
  }

  #trouble(sdp) {
    const relays = this.ways.servers.filter(({ urls }) => urls[0].startsWith("turn"));
    if (!relays.length || sdp.includes(" typ relay")) return "";
    if (this.errors.some((code) => FULL.has(code))) return "ausgelastet";
    if (!this.errors.some((code) => REFUSED.has(code))) return "unerreichbar";
    return Number(relays[0].username.split(":")[0]) * 1000 <= Date.now() ? "abgelaufen" : "abgewiesen";
  }

  #letGo() {
    this.own.audio?.stop();
    this.own.video?.stop();
  }

  #tell() {
    if (this.over) return;
    const state = this.pc.connectionState;
    const missing = [!this.own.audio && "Mikrofon", !this.own.video && "Kamera"].filter(Boolean);
    if (state === "failed" || state === "disconnected") this.onState("Bild und Ton unterbrochen", "chip--bad");
    else if (state !== "connected") this.onState("wird aufgebaut", "");
    else if (!document.hidden && performance.now() - this.lastFrame > FROZEN_MS) this.onState("Bild steht", "chip--warn");
    else if (missing.length) this.onState(`Ohne ${missing.join(" und ")}`, "chip--warn");
    else this.onState("Bild und Ton laufen", "chip--good");
  }
}

function play(video, tracks) {
  video.srcObject = tracks.length ? new MediaStream(tracks) : null;
  video.play().catch(() => {
    // Without a gesture the browser allows pictures only; sound comes with the next click.
    video.muted = true;
    video.play().catch(() => {});
    addEventListener("pointerdown", () => (video.muted = video.id === "document"), { once: true });
  });
}
