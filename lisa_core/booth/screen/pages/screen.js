// The citizen's screen: draws the view the booth sends, sends back what she touches. It remembers nothing.

import { el, icon, keepOpen, part, say, when, wsUrl } from "/gemeinsam/parts.js";
import { play } from "/seiten/sound.js";

const SIGNS = {
  frei: "door",
  willkommen: "door",
  platz_nehmen: "chair",
  geschlossen: "clock",
  verbinden: "phone",
  warten: "people",
  weiterleitung: "forward",
  abgabe: "paper",
  abschied: "wave",
  stoerung: "tool",
  aufraeumen: "sweep",
};
const ROW_STATES = {
  leer: ["open", "noch offen", ""],
  eingetragen: ["pen", "Stimmt das?", "chip--accent"],
  bestaetigt: ["check", "bestätigt", "chip--good"],
};
const PAPER_COLOURS = { wird_erfasst: "chip--accent", erfasst: "chip--accent", uebernommen: "chip--good", eingereicht: "chip--good" };
const AWAY = {
  scene: "stoerung",
  title: "Einen Moment bitte",
  text: "Der Bildschirm verbindet sich neu.",
  buttons: [],
  sound: "hinweis",
};
const AWAY_AFTER_MS = 1500;

const at = (id) => document.getElementById(id);
const face = at("face");
let awayTimer = 0;
let pending = null;
let painting = false;

const send = keepOpen(wsUrl("/ws"), {
  open: () => clearTimeout(awayTimer),
  text: (message) => (message.view ? show(message.view) : message.face === false && noFace()),
  binary: (blob) => paint(blob),
  // Whoever is cut off from the booth shows nothing of anybody.
  lost: () => {
    clearTimeout(awayTimer);
    awayTimer = setTimeout(() => show(AWAY), AWAY_AFTER_MS);
  },
});

const whole = window.top === window; // embedded, in the Simulierte Kabine, it is nobody's screen
let talked = false;
let leaving = false;

function show(view) {
  if (leaving) return;
  const talking = Boolean(view.agent);
  leaving = whole && talked && view.scene === "aufraeumen";
  talked ||= talking;
  document.body.dataset.scene = view.scene;
  document.body.dataset.layout = talking ? "talk" : "calm";
  const turned = document.body.dataset.side !== sideOf(view);
  document.body.dataset.side = sideOf(view);
  showAgent(view.agent);
  showNotice(view.notice, view.hint);
  part(at("head"), [view.scene, view.title, view.text, view.form_title], () => head(view));
  part(at("forms"), view.forms?.length && !view.rows?.length ? view.forms : null, forms);
  part(at("form"), view.rows?.length && !view.receipt ? [view.rows, view.focus, view.declaration] : null, (shown) => shown && form(view));
  part(at("papers"), view.papers?.length ? view.papers : null, papers);
  const signed = part(at("signature"), (!view.receipt && view.signature_svg) || null, signature);
  part(at("receipt"), view.receipt, receipt);
  part(at("buttons"), view.buttons, (buttons) => buttons.map(button));
  // What is to be checked is read from its beginning, wherever she was before.
  if (turned || signed) at("scroll").scrollTop = 0;
  at("form").querySelector("[data-focus]")?.scrollIntoView({ block: "center" });
  say(spoken(view));
  sounds(view);
  if (leaving) leave();
}

const OTHER_NAME = { "127.0.0.1": "localhost", localhost: "127.0.0.1" };

/** What she said lies in the memory of this process until it ends. For a browser the other name of this computer is another
    site: the page goes on there, in a process of its own, and this one ends. Where that name leads nowhere it is loaded anew. */
async function leave() {
  const fresh = new URL(location.href);
  fresh.hostname = OTHER_NAME[fresh.hostname] ?? fresh.hostname;
  try {
    await fetch(fresh, { mode: "no-cors", signal: AbortSignal.timeout(1000) });
  } catch {
    fresh.hostname = location.hostname;
  }
  location.replace(fresh);
}

let heard = "";

/** A tone goes on; a sign is given once for each thing that changes. A human's voice is left alone. */
function sounds({ sound, title, text }) {
  const key = `${sound}|${sound === "hinweis" ? `${title}|${text}` : ""}`;
  document.body.dataset.sound = sound ?? "";
  if (key === heard) return;
  heard = key;
  play(sound, `${title}. ${text ?? ""}`);
}

/** How much room the side needs beside the face. */
function sideOf(view) {
  if (view.declaration) return "check";
  if (view.rows?.length && !view.receipt) return "form";
  return view.forms?.length || view.papers?.length || view.receipt || view.signature_svg ? "list" : "few";
}

function spoken(view) {
  const row = view.rows?.find(({ id }) => id === view.focus);
  const read = row ? ` ${row.label}: ${row.value || "noch offen"}.` : "";
  const who = view.agent ? ` ${view.agent.name}, ${view.agent.office}.` : "";
  return `${view.title}. ${view.text ?? ""}${who}${read}`;
}

const head = (view) => [
  el("div", { class: "sign" }, icon(SIGNS[view.scene] ?? "phone")),
  el("h1", { text: view.title }),
  view.text && el("p", { class: "text", text: view.text }),
  view.form_title && el("p", { class: "form-title" }, icon("paper"), view.form_title),
];

function showAgent(agent) {
  at("agent").hidden = !agent;
  part(at("plate"), agent ?? null, () => noFace() ?? (agent && [el("strong", { text: agent.name }), el("span", { text: agent.office })]));
  at("no-face").textContent = agent ? "Das Bild kommt gleich." : "";
  face.setAttribute("aria-label", agent ? `Live-Bild von ${agent.name}` : "Live-Bild");
}

function showNotice(warning, hint) {
  const notice = at("notice");
  const text = warning || hint;
  notice.hidden = !text;
  notice.classList.toggle("banner--calm", !warning);
  part(notice, text ? [text, !warning] : null, (shown) => shown && [warning ? icon("warn") : null, el("span", { text })].filter(Boolean));
}

const forms = (titles) =>
  titles &&
  el(
    "section",
    { class: "card" },
    el("h2", { text: titles.length === 1 ? "Dieser Antrag wird gebraucht" : "Diese Anträge werden gebraucht" }),
    el("ul", { class: "list" }, titles.map((title) => el("li", {}, icon("paper"), el("span", { text: title })))),
  );

const form = (view) =>
  el("dl", { class: "rows" }, view.rows.map((row) => formRow(row, row.id === view.focus && !view.declaration)));

function formRow(row, focus) {
  const [sign, words, colour] = ROW_STATES[row.state] ?? ROW_STATES.leer;
  return el(
    "div",
    { class: "row", dataset: { state: row.state, field: row.id, ...(focus ? { focus: "" } : {}) } },
    el("dt", { text: row.label }),
    el("dd", { class: "value", text: row.value || "–" }),
    el("dd", { class: "state" }, el("div", { class: `chip ${colour}` }, icon(sign), el("span", { text: words }))),
  );
}

const papers = (list) =>
  list && el("section", { class: "card" }, el("h2", { text: "Ihre Unterlagen" }), el("ul", { class: "list" }, list.map(paper)));

function paper({ title, pages, state, label }) {
  const count = pages === 1 ? "1 Seite" : `${pages} Seiten`;
  return el(
    "li",
    {},
    icon("paper"),
    el("span", { class: "grow" }, title, " ", pages > 0 && el("small", { text: `(${count})` })),
    el("span", { class: `chip ${PAPER_COLOURS[state] ?? ""}`, text: label }),
  );
}

// As a picture: whatever stands in the SVG cannot act on this page.
const signature = (svg) =>
  svg &&
  el(
    "section",
    { class: "card" },
    el("h2", {}, icon("pen"), "Ihre Unterschrift"),
    el("img", { class: "ink", alt: "Ihre Unterschrift", src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}` }),
  );

const receipt = (given) =>
  given &&
  el(
    "section",
    { class: "card receipt" },
    el("h2", {}, icon("receipt"), "Eingangsbestätigung"),
    el("p", { class: "number", text: given.number }),
    el("p", { text: given.text }),
    el(
      "dl",
      {},
      el("div", {}, el("dt", { text: "Eingegangen" }), el("dd", { text: when(given.received_at) })),
      el("div", {}, el("dt", { text: "Prüfsumme" }), el("dd", { class: "digest", text: shortened(given.digest) })),
    ),
  );

/** The first 16 digits in groups of four; the whole stands on the printed receipt. */
const shortened = (digest) => `${digest.slice(0, 16).replace(/(.{4})(?=.)/g, "$1 ")} …`;

const button = ({ id, label, primary }) =>
  el("button", {
    type: "button",
    id: `touch-${id}`,
    class: primary ? "btn btn--primary" : "btn",
    dataset: { touch: id },
    text: label,
    on: { click: () => send({ touch: id }) },
  });

// Newest wins: while one picture is being decoded, only the latest of those that arrive is kept.
async function paint(blob) {
  pending = blob;
  if (painting) return;
  painting = true;
  while (pending) {
    const next = pending;
    pending = null;
    try {
      const picture = await createImageBitmap(next);
      if (!at("agent").hidden) draw(picture);
      picture.close();
    } catch {
      continue; // not a picture; the next one will be
    }
  }
  painting = false;
}

function draw(picture) {
  if (face.width !== picture.width) face.width = picture.width;
  if (face.height !== picture.height) face.height = picture.height;
  face.getContext("2d").drawImage(picture, 0, 0);
  face.hidden = false;
}

function noFace() {
  pending = null;
  face.hidden = true;
  face.width = face.width; // clears it: nothing of the last talk stays
}
