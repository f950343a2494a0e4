// The link, as protocols/link.py: envelopes {v, id, ack, type, call, body}, idempotent by id, resent after a reconnect.

import { backoff } from "./parts.js";

const VERSION = 1;
const MAX_BYTES = 256000;
const MAX_UNACKED = 10000;
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
        if (number <= (this.origins.get(line) ?? 0)) return null;
        this.origins.set(line, number);
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

/**
 * A link that comes back by itself and resumes its session.
 * hello: {type, body}; on: {message(envelope), state("verbindet" | "verbunden" | "getrennt" | "abgewiesen", text)}.
 * When the exchange has forgotten the session (it was started anew), a new session begins.
 */
export function openLink(url, hello, on) {
  let end = new LinkEnd();
  let session = crypto.randomUUID();
  let socket = null;
  let tries = 0;
  let welcomed = false;
  let saidSeen = 0;
  let refused = false;
  let heardAt = 0;
  let beats = false;
  let acking = 0;

  /** Write now, if there is somebody to write to; what is numbered is kept for later anyway. */
  function write(text) {
    if (socket?.readyState === WebSocket.OPEN) socket.send(text);
  }

  function connect() {
    on.state("verbindet");
    socket = new WebSocket(url);
    const mine = socket;
    mine.onopen = () => {
      heardAt = performance.now();
      saidSeen = end.seen;
      mine.send(end.send(hello.type, { ...hello.body, session, seen: end.seen }));
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
    else if (envelope.type === "refused" && envelope.body.code === "hello") stop(envelope.body.text);
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

  function stop(text) {
    refused = true;
    socket.close();
    on.state("abgewiesen", text);
  }

  function ackSoon() {
    acking ||= setTimeout(() => {
      acking = 0;
      if (welcomed) write(end.send("ack"));
    }, 100);
  }

  const beat = new Worker("/gemeinsam/beat.js");
  beat.onmessage = () => {
    if (!welcomed) return;
    if (beats && performance.now() - heardAt > SILENCE_MS) {
      const dead = socket;
      socket = null;
      dead.close();
      lost();
    } else write(end.send("ack"));
  };

  connect();
  return {
    /** Send now, or as soon as the link is back. */
    send(type, body = {}, call = "") {
      const text = end.send(type, body, call);
      if (welcomed) write(text);
    },
  };
}
