// The link, as wire/envelope.py: envelopes {v, id, ack, type, call, body}, idempotent by id, resent after a reconnect.

import { backoff } from "./parts.js";

const VERSION = 1;
const MAX_BYTES = 256000;
const MAX_UNACKED = 10000;
const MAX_ORIGINS = 1000;
const UNNUMBERED = new Set(["booth.hello", "desk.hello", "welcome", "refused", "ack"]);
const SILENCE_MS = 12000;

/** One end of one session: numbers what goes out, sorts out what comes in twice, keeps what is not acknowledged. */
export class LinkEnd {
  constructor() {
    this.seen = 0;
    this.acked = 0;
    this.last = 0;
    this.unacked = [];
    this.origins = new Map();
  }

  /** Text to write now. */
  send(type, body = {}, call = "") {
    if (UNNUMBERED.has(type)) return this.#text({ id: 0, type, call, body });
    if (this.unacked.length >= MAX_UNACKED) throw new Error(`link: ${MAX_UNACKED} messages are unacknowledged`);
    const envelope = { id: this.last + 1, type, call, body };
    const text = this.#text(envelope);
    if (new TextEncoder().encode(text).length > MAX_BYTES) throw new Error(`link: ${type} is larger than ${MAX_BYTES} bytes`);
    this.last += 1;
    this.unacked.push(envelope);
    return text;
  }

  /** The envelope in `text`, or null when it is a repetition. Throws for what is no envelope. */
  receive(text) {
    const envelope = JSON.parse(text);
    if (envelope?.v !== VERSION || !Number.isInteger(envelope.id) || !Number.isInteger(envelope.ack)) {
      throw new Error(`link: not an envelope of version ${VERSION}`);
    }
    this.acknowledged(envelope.ack);
    if (envelope.id !== 0) {
      if (envelope.id <= this.seen) return null;
      this.seen = envelope.id;
      if (envelope.from) {
        const [line, number] = envelope.from;
        const known = this.origins.get(line) ?? 0;
        this.origins.delete(line);
        this.origins.set(line, Math.max(known, number));
        if (this.origins.size > MAX_ORIGINS) this.origins.delete(this.origins.keys().next().value);
        if (number <= known) return null;
      }
    }
    return envelope;
  }

  acknowledged(upTo) {
    this.acked = Math.max(this.acked, Math.min(upTo, this.last));
    this.unacked = this.unacked.filter((envelope) => envelope.id > upTo);
  }

  /** What to write again after a reconnect, when the other end has had everything up to `peerSeen`. */
  resume(peerSeen) {
    this.acknowledged(peerSeen);
    return this.unacked.map((envelope) => this.#text(envelope));
  }

  #text({ id, type, call, body }) {
    return JSON.stringify({ v: VERSION, id, ack: this.seen, type, call, body });
  }
}

const STAYS_DOWN = { hello: "abgewiesen", occupied: "besetzt", taken: "uebernommen", replaced: "uebernommen", session: "abgemeldet" };

/** 128 bits that prove that it is this tab which comes back; they stay in the tab when the page is loaded anew. */
function secretOf(name) {
  const known = sessionStorage.getItem(name);
  if (known) return known;
  const made = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  sessionStorage.setItem(name, made);
  return made;
}

/**
 * A link that comes back by itself and resumes its session.
 * hello: {type, body}; place: a name for the tab's secret; on: {message(envelope), state(name, text)}, where name is
 * "verbindet", "verbunden", "getrennt", or what it stays in until `take` is called: "abgewiesen", "besetzt" (somebody
 * else is connected there), "uebernommen" (somebody else goes on there now), "abgemeldet" (nobody is logged in here).
 * When the exchange has forgotten the session (it was started anew), a new session begins.
 */
export function openLink(url, hello, place, on) {
  const secret = secretOf(`lisa-${place}`);
  let end = new LinkEnd();
  let session = crypto.randomUUID();
  let socket = null;
  let tries = 0;
  let welcomed = false;
  let saidSeen = 0;
  let refused = false;
  let take = false;
  let heardAt = 0;
  let beats = false;
  let acking = 0;

  /** Write now, if there is somebody to write to; what is numbered is kept for later anyway. */
  function write(text) {
    if (socket?.readyState === WebSocket.OPEN) socket.send(text);
  }

  function connect() {
    on.state("verbindet");
    heardAt = performance.now();
    socket = new WebSocket(url);
    const mine = socket;
    mine.onopen = () => {
      heardAt = performance.now();
      saidSeen = end.seen;
      mine.send(end.send(hello.type, { ...hello.body, session, seen: end.seen, secret, take }));
    };
    mine.onmessage = ({ data }) => mine === socket && heard(data);
    mine.onclose = () => mine === socket && lost();
  }

  function lost() {
    welcomed = false;
    if (refused) return;
    on.state("getrennt");
    setTimeout(connect, backoff(tries++));
  }

  function heard(text) {
    heardAt = performance.now();
    let envelope;
    try {
      envelope = end.receive(text);
    } catch {
      return; // not for us; the connection stays
    }
    if (envelope === null) {
      if (welcomed && JSON.parse(text).id <= saidSeen) anew();
    } else if (envelope.type === "welcome") greeted(envelope);
    else if (envelope.type === "refused" && envelope.body.code in STAYS_DOWN) stop(envelope.body);
    else if (envelope.type === "ack") beats = true;
    else {
      if (envelope.id) ackSoon();
      on.message(envelope);
    }
  }

  function greeted(envelope) {
    if (envelope.body.seen < end.acked) {
      anew();
      return;
    }
    end.resume(envelope.body.seen).forEach(write);
    welcomed = true;
    take = false;
    tries = 0;
    on.message(envelope);
    on.state("verbunden");
  }

  /** The other end knows nothing of our session: begin a new one. */
  function anew() {
    end = new LinkEnd();
    session = crypto.randomUUID();
    socket.close();
  }

  function stop({ code, text }) {
    refused = true;
    welcomed = false;
    socket.onclose = null;
    socket.close();
    on.state(STAYS_DOWN[code], text);
  }

  function ackSoon() {
    acking ||= setTimeout(() => {
      acking = 0;
      if (welcomed) write(end.send("ack"));
    }, 100);
  }

  const beat = new Worker("/gemeinsam/beat.js");
  beat.onmessage = () => {
    const waits = welcomed ? beats : !refused && socket?.readyState <= WebSocket.OPEN; // for somebody who may be gone
    if (waits && performance.now() - heardAt > SILENCE_MS) {
      const dead = socket;
      socket = null;
      dead.close();
      lost();
    } else if (welcomed) write(end.send("ack"));
  };

  connect();
  return {
    /** Send now, or as soon as the link is back. */
    send(type, body = {}, call = "") {
      const text = end.send(type, body, call);
      if (welcomed) write(text);
    },
    /** Go on here, whoever is connected at this place. */
    take() {
      if (!refused) return;
      refused = false;
      take = true;
      end = new LinkEnd(); // what was said before is no matter of whoever works on here
      session = crypto.randomUUID();
      if (socket.readyState === WebSocket.CLOSED) connect();
      else socket.onclose = connect;
    },
  };
}
