// What the pages ask the portal, and how: reading again and again does no harm; each wish to change something has a key
// that is kept until there is an answer, so that it is done once, however often it has to be said.

import { backoff } from "/gemeinsam/parts.js";
import { follow } from "/s/live.js";

const KEYS = "sojus-schluessel";
const GONE = "Der Server ist gerade nicht zu erreichen.";
/** What a page says while what it wishes had no answer, or was too much at once. */
export const AGAIN_SOON = "Das ging noch nicht. Es wird von selbst noch einmal gesendet; doppelt geschieht nichts.";
const GIVEN_UP = "Abgebrochen. Ob es vorher noch angekommen ist, steht unter „Vorgänge“.";
const PATIENCE = 6;
const AGAIN = new Set(["away", "busy"]);

/** The portal said no, or nothing. `reason`: "stale", "right", "wrong", "away" or "busy"; `hits`: what would be next best. */
export class Refused extends Error {
  constructor(said, status) {
    super(said.error ?? said.text ?? GONE);
    this.reason = said.reason ?? (status >= 500 || !status ? "away" : "wrong");
    this.hits = said.hits ?? [];
    this.said = said;
  }
}

const watching = new Set();

/** Calls `told(isAway)` whenever the portal stops answering, and when it does again. */
export const watch = (told) => watching.add(told);

function reached(isReached) {
  for (const told of watching) told(!isReached);
}

async function fetched(path, options) {
  let response;
  try {
    response = await fetch(path, { credentials: "same-origin", redirect: "error", ...options });
  } catch {
    reached(false);
    throw new Refused({ error: GONE, reason: "away" }, 0);
  }
  const said = await response.json().catch(() => ({}));
  if (response.status === 401) location.assign("/"); // the server says which door
  if (!response.ok) {
    throw new Refused(said, response.status);
  }
  reached(true);
  return said;
}

/** What stands there. Throws `Refused`; where nobody is logged in the way leads to the door. */
export const read = (path) => fetched(path, {});

const headers = { "content-type": "application/json", "x-sojus": "1" };

/** For whom everything from now on is said: `as` of /api/me. Where another window has chosen somebody else it is refused. */
export const actAs = (as) => (headers["x-sojus-as"] = as);

/** Asks something that changes nothing, with a body. Throws `Refused`. */
export const ask = (path, body) => fetched(path, { method: "POST", headers, body: JSON.stringify(body) });

/** A file, as it is. Throws `Refused`. */
export function bring(path, file) {
  const asFile = { ...headers, "content-type": "application/octet-stream" };
  return fetched(path, { method: "POST", headers: asFile, body: file }); // its name may be anybody's, and stays here
}

/**
 * Does something, once. Without an answer it is said again by the same key, for a while here and later by whoever asks
 * for the same. `waits()` is called when a try had none; it returns false where nobody wants it any longer. Throws `Refused`.
 */
export async function act(path, body, waits = () => {}) {
  const wish = await digest(`${path} ${JSON.stringify(body)}`);
  const key = keyOf(wish);
  for (let tries = 0; ; tries++) {
    try {
      const said = await ask(path, { ...body, key });
      forget(wish);
      follow.tell("done", said);
      return said;
    } catch (refused) {
      if (!AGAIN.has(refused.reason)) {
        forget(wish);
        throw refused;
      }
      if (tries >= PATIENCE) {
        throw new Refused(
          { error: `${refused.message} Bitte später noch einmal dasselbe wählen: doppelt geschieht nichts.`, reason: refused.reason },
          0,
        );
      }
      for (const ms of [0, backoff(tries)]) {
        await new Promise((done) => setTimeout(done, ms));
        if (waits() === false) throw new Refused({ error: `${refused.message} ${GIVEN_UP}`, reason: refused.reason }, 0);
      }
    }
  }
}

async function digest(text) {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return base64(new Uint8Array(hash).slice(0, 12));
}

const base64 = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** Wishes without an answer, by a digest of them: the tab keeps their keys when it is loaded anew, and nothing else. */
const kept = () => new Map(JSON.parse(sessionStorage.getItem(KEYS) ?? "[]"));
const keep = (keys) => sessionStorage.setItem(KEYS, JSON.stringify([...keys].slice(-20)));

function keyOf(wish) {
  const keys = kept();
  const key = keys.get(wish) ?? base64(crypto.getRandomValues(new Uint8Array(16)));
  keep(keys.set(wish, key));
  return key;
}

function forget(wish) {
  const keys = kept();
  keys.delete(wish);
  keep(keys);
}
