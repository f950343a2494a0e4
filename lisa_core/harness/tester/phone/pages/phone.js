// The tester's page on a phone. It asks what there is to do, and the answer waits until there is something new.

import { backoff, deafen, el, part } from "/gemeinsam/parts.js";
import { drawing } from "/seiten/drawings.js";

const WORDS = JSON.parse(document.body.dataset.words);
const GOOD = new Set(["erledigt", "gemessen", "abgelesen", "ja"]);
const KEY = "lisa-schluessel";
const LARGEST_PX = 2600;
const TIMEOUT_MS = 20_000;

const at = (id) => document.getElementById(id);
const word = (name, values = {}) => (WORDS[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");

let key = sessionStorage.getItem(KEY) ?? "";
let now = null;
let ends = 0;
let answered = 0;
let tries = 0;

async function post(path, body, patience = TIMEOUT_MS) {
  const raw = body instanceof Blob;
  return fetch(path, {
    method: "POST",
    headers: { "X-Schluessel": key, ...(raw ? {} : { "Content-Type": "application/json" }) },
    body: raw ? body : JSON.stringify(body),
    signal: AbortSignal.timeout(patience),
  });
}

// --- which phone --------------------------------------------------------------------------------------------------

function unpaired(said = "") {
  key = "";
  sessionStorage.removeItem(KEY);
  now = null;
  linked("unpaired", "");
  at("pair-said").textContent = said;
  show();
  at("code").focus();
}

at("pair").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const answer = await post("/koppeln", { code: at("code").value });
    const said = await answer.json();
    if (!answer.ok) {
      at("pair-said").textContent = word(said.why.replace(" ", "_"));
      return;
    }
    key = said.key;
    sessionStorage.setItem(KEY, key);
    at("code").value = at("pair-said").textContent = "";
    awake();
    listen();
  } catch {
    at("pair-said").textContent = word("lost_help");
  }
});

at("change").addEventListener("click", async () => {
  try {
    await post("/wechseln", {});
    unpaired(word("taken_over"));
  } catch {
    linked("lost", "bad");
  }
});

// --- what there is to do --------------------------------------------------------------------------------------------

async function listen() {
  const mine = key;
  while (key && key === mine) {
    try {
      const answer = await post("/jetzt", { seen: now?.seen ?? "" });
      if (key !== mine) return;
      if (answer.status === 401) return unpaired(word("taken_over"));
      if (!answer.ok) throw new Error(String(answer.status));
      const before = now;
      now = await answer.json();
      tries = 0;
      linked(now.over ? "ended" : "connected", now.over ? "" : "good");
      news(before);
      show();
      if (now.over) return;
    } catch {
      linked("lost", "bad");
      await new Promise((go) => setTimeout(go, backoff(tries++)));
    }
  }
}

/** What became of the question before, where it was not answered here. */
function news(before) {
  const last = now.last;
  if (now.asked?.number !== before?.asked?.number) ends = now.asked ? performance.now() + now.asked.left_s * 1000 : 0;
  if (!before?.asked || now.asked?.number === before.asked.number || last?.number !== before.asked.number) return;
  if (answered === last.number) return;
  said(last.way ? word("elsewhere") : word("late"));
}

function said(text) {
  at("said").textContent = text;
}

function linked(name, kind) {
  at("link").textContent = word(name);
  at("link").className = `chip ${kind ? `chip--${kind}` : ""}`;
  at("note").hidden = name !== "lost" && name !== "ended";
  at("note").textContent = name === "lost" ? word("lost_help") : name === "ended" ? word("over") : "";
}

function show() {
  const asked = now && !now.over ? now.asked : null;
  at("pair").hidden = Boolean(key);
  at("work").hidden = !now || now.over;
  at("change").hidden = !key || !now || Boolean(asked) || now.over;
  at("form").hidden = !asked;
  at("kind").textContent = asked ? word(asked.kind) : "";
  at("text").textContent = asked ? asked.text : word("rest");
  if (now) progress(now.run);
  const anew = part(at("replies"), asked && [asked.number, asked.replies], () => asked?.replies.map((reply) => button(asked, reply)));
  if (anew) {
    for (const id of ["reason", "number", "photo", "reading"]) at(id).value = "";
    at("wrong").textContent = "";
    at("why").open = false;
    at("measured").hidden = asked?.kind !== "zahl";
    at("reads").hidden = asked?.kind !== "ablesung";
    deafen(at("replies"));
    if (asked && navigator.userActivation?.hasBeenActive) navigator.vibrate?.(80);
  }
  part(at("drawing"), asked?.drawing, () => (asked ? drawing(asked.drawing) : null));
  part(at("pictures"), asked && [asked.number, asked.pictures], () => asked && pictures(asked));
  left();
}

function progress({ scenario, step, done, total }) {
  at("progress").textContent = total ? word("progress", { number: Math.min(done + 1, total), total }) : "";
  at("scenario").textContent = scenario;
  at("step").textContent = step ? word("step", { step }) : "";
}

function pictures({ number, pictures: count }) {
  return Array.from({ length: count }, (_, index) => {
    const picture = el("img", { alt: word("picture", { number: index + 1 }) });
    fetch(`/bild/${number}/${index}`, { headers: { "X-Schluessel": key } })
      .then((answer) => answer.blob())
      .then((blob) => (picture.src = URL.createObjectURL(blob)))
      .catch(() => {});
    return picture;
  });
}

// --- the answer -----------------------------------------------------------------------------------------------------

function button(asked, reply) {
  const cls = GOOD.has(reply) ? "btn btn--primary" : "btn btn--plain";
  const text = word(reply === "nein" && asked.kind === "ablesung" ? "unreadable" : reply);
  return el("button", { type: "button", class: cls, text, on: { click: () => answer(asked, reply) } });
}

const REASONS = { gemessen: measured, abgelesen: read };

async function answer(asked, reply) {
  at("wrong").textContent = "";
  try {
    const reason = await (REASONS[reply] ?? (() => at("reason").value))(asked.number);
    if (reason === null) return;
    const done = await post("/antwort", { number: asked.number, reply, reason });
    if (done.status === 401) return unpaired(word("taken_over"));
    const { taken } = await done.json();
    answered = taken ? asked.number : answered;
    said(taken ? word("sent") : word("too_late"));
  } catch {
    at("wrong").textContent = word("lost_help");
  }
}

/** What was read off; null where nothing was. */
function read() {
  return at("reading").value.trim() || wrong("reading_bad", "reading");
}

/** Number and photograph, as the terminal takes them; null where something is missing. */
async function measured(number) {
  const value = at("number").value.trim();
  const file = at("photo").files[0];
  if (!/^\d+([.,]\d+)?$/.test(value)) return wrong("number_bad", "number");
  if (!file) return wrong("photo_missing", "photo");
  at("wrong").textContent = word("photo_sends");
  const sent = await post(`/foto/${number}`, await smaller(file), 120_000);
  if (!sent.ok) return wrong("photo_bad", "photo");
  at("wrong").textContent = "";
  return `${value} ${(await sent.json()).name}`;
}

function wrong(name, field) {
  at("wrong").textContent = word(name);
  at(field).focus();
  return null;
}

/** Drawn anew: as small as it may be, and without the place where it was taken. */
async function smaller(file) {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return file;
  const scale = Math.min(1, LARGEST_PX / Math.max(picture.width, picture.height));
  const canvas = el("canvas", { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return (await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.88))) ?? file;
}

function left() {
  const seconds = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
  at("left").textContent = now?.asked ? word("left", { seconds }) : "";
}

/** The screen stays on, where the phone lets a page ask for that. */
async function awake() {
  await navigator.wakeLock?.request("screen").catch(() => {});
}

addEventListener("submit", (event) => event.preventDefault());
addEventListener("visibilitychange", () => document.visibilityState === "visible" && key && awake());
setInterval(left, 500);
if (key) {
  awake();
  listen();
} else unpaired();
