// The citizen's screen: draws the view the booth sends, sends back what she touches. It remembers nothing.

import { el, icon, keepOpen, part, say, when, wsUrl } from "/gemeinsam/parts.js";
import { onlyOf, papers } from "/seiten/papers.js";
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
  freiwillig: ["open", "keine Angabe", ""],
  falsch: ["warn", "stimmt noch nicht", "chip--bad"],
  eingetragen: ["pen", "Stimmt das?", "chip--accent"],
  bestaetigt: ["check", "bestätigt", "chip--good"],
};
const READ = "gelesen:";
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
  const moved = document.body.dataset.scene !== view.scene;
  document.body.dataset.scene = view.scene;
  document.body.dataset.layout = talking ? "talk" : "calm";
  const turned = document.body.dataset.side !== sideOf(view);
  document.body.dataset.side = sideOf(view);
  showAgent(view.agent);
  showNotice(view.notice, view.signing ? "" : view.hint);
  part(at("head"), headOf(view), head);
  part(at("question"), view.question ? [view.question, inPlace("nachfrage", view)] : null, question);
  at("scroll").hidden = Boolean(view.question);
  const calm = !view.signing;
  part(at("site"), view.site, site);
  part(at("leaflet"), view.leaflet ? [view.leaflet, view.agent?.name] : null, (shown) => shown && leaflet(...shown));
  part(at("forms"), calm && view.forms?.length && !view.rows?.length ? view.forms : null, forms);
  part(at("form"), calm && view.rows?.length && !view.receipt ? [view.rows, view.focus, view.declaration] : null, (shown) => shown && form(view));
  const [beside, below] = [inPlace("unterlage", view), inPlace("unterlagen", view)];
  part(at("papers"), calm && view.papers?.length ? { list: view.papers, beside, below } : null, (shown) => shown && papers(shown, button));
  onlyOf(view.papers);
  const lacking = calm && view.missing?.length ? view.missing : null;
  part(at("missing"), view.receipt ? lacking : null, missing);
  part(at("lacking"), view.receipt ? null : lacking, missing);
  const signed = part(at("signature"), (!view.receipt && view.signature_svg && [view.signature_svg, inPlace("unterschrift", view)]) || null, signature);
  part(at("receipt"), view.receipt, receipt);
  part(at("statement"), view.declaration && view.text ? view.text : null, statement);
  part(at("rights"), inPlace("immer", view), (buttons) => buttons.map(button));
  part(at("buttons"), inPlace("antwort", view), (buttons) => buttons.map(button));
  settle(view);
  // What is to be checked, and another scene, is read from its beginning, wherever she was before.
  if (moved || turned || signed) at("scroll").scrollTop = 0;
  at("form").querySelector("[data-focus]")?.scrollIntoView({ block: "center" });
  if (view.question && document.activeElement?.id !== "touch-behalten") at("touch-behalten")?.focus();
  unread = view.declaration && (view.buttons.find(({ id }) => id.startsWith(READ))?.id ?? "");
  requestAnimationFrame(look);
  say(spoken(view));
  sounds(view);
  if (view.scene === "frei" || view.scene === "aufraeumen") larger(false);
  if (leaving) leave();
}

const inPlace = (place, view) => view.buttons.filter((one) => (one.place ?? "antwort") === place);

// --- a finger that was on its way to another button -----------------------------------------------------------------

let tappable = "";
let deafTimer = 0;

/** After a change of what can be touched nothing takes a touch for a moment; the booth counts none either. */
function settle({ buttons, deaf_ms }) {
  const key = JSON.stringify(buttons);
  if (key === tappable) return;
  tappable = key;
  clearTimeout(deafTimer);
  if (!deaf_ms) return delete document.body.dataset.deaf;
  document.body.dataset.deaf = "";
  deafTimer = setTimeout(() => delete document.body.dataset.deaf, deaf_ms);
}

// --- reading to the end ---------------------------------------------------------------------------------------------

const scroll = at("scroll");
let unread = "";

/** Whether the end is in sight: then the booth is told, once. A region that scrolls can be scrolled by keyboard too. */
function look() {
  const more = scroll.scrollHeight - scroll.clientHeight;
  if (more > 4) scroll.tabIndex = 0;
  else if (document.activeElement !== scroll) scroll.removeAttribute("tabindex");
  if (!unread || scroll.hidden || scroll.scrollTop < more - 4) return;
  if (send({ touch: unread })) unread = "";
}
scroll.addEventListener("scroll", look, { passive: true });
new ResizeObserver(look).observe(scroll);

function readOn() {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scroll.scrollBy({ top: scroll.clientHeight * 0.8, behavior: still ? "instant" : "smooth" });
  scroll.focus({ preventScroll: true });
}

// --- larger type: as long as she is there ---------------------------------------------------------------------------

at("larger").addEventListener("click", () => larger(!("larger" in document.body.dataset)));

function larger(on) {
  document.documentElement.classList.toggle("larger", on);
  if (on) document.body.dataset.larger = "";
  else delete document.body.dataset.larger;
  at("larger").setAttribute("aria-pressed", String(on));
  requestAnimationFrame(look);
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
  if (view.signing) return "sign";
  if (view.site) return "site";
  if (view.declaration) return "check";
  if (view.rows?.length && !view.receipt) return "form";
  return view.leaflet || view.forms?.length || view.papers?.length || view.receipt || view.signature_svg ? "list" : "few";
}

function spoken(view) {
  const row = view.rows?.find(({ id }) => id === view.focus);
  const read = row ? ` ${row.label}: ${row.value || "noch offen"}.` : "";
  const wrong = (view.rows ?? []).filter(({ error }) => error).map(({ label, error }) => ` ${label}: ${error}`);
  const who = view.agent ? ` ${view.agent.name}, ${view.agent.office}.` : "";
  const asked = view.question ? ` ${view.question.title} ${view.question.text}` : "";
  const title = view.signing ? view.hint : `${view.title}.`;
  const beside = view.leaflet ? ` ${[view.leaflet.title, ...view.leaflet.lines].join(". ")}.` : "";
  return `${title} ${view.text ?? ""}${who}${beside}${read}${wrong.join("")}${asked}`;
}

/** What she is to sign stands alone, and large; the declaration's words stand below what they are about. */
function headOf({ scene, title, text, waited, form_title, declaration, signing, hint, site }) {
  if (signing) return { sign: "pen", title: hint, text, form_title };
  return { sign: SIGNS[scene] ?? "phone", title, text: declaration ? "" : text, waited, form_title, place: site };
}

const head = ({ sign, title, text, waited, form_title, place }) => [
  el("div", { class: "sign" }, icon(sign)),
  el("h1", { text: title }),
  place && el("p", { class: "place", text: [place.name, place.landkreis].filter(Boolean).join(" · ") }),
  text && el("p", { class: "text", text }),
  waited && el("p", { class: "waited", text: waited }),
  form_title && el("p", { class: "form-title" }, icon("paper"), form_title),
];

const site = (place) =>
  place &&
  el(
    "div",
    { class: "site" },
    place.hours.length > 0 && column("Geöffnet", "clock", place.hours),
    place.services.length > 0 && column("Das können Sie hier erledigen", "paper", place.services),
  );

const column = (title, sign, lines) =>
  el("section", { class: "card" }, el("h2", {}, icon(sign), title), el("ul", {}, lines.map((text) => el("li", { text }))));

const leaflet = ({ title, lines }, name) =>
  el(
    "section",
    { class: "card leaflet" },
    el("p", { class: "small", text: name ? `Das zeigt Ihnen ${name}` : "Das wird Ihnen gezeigt" }),
    el("h2", {}, icon("paper"), title),
    el("ul", {}, lines.map((text) => el("li", { text }))),
  );

const question = (asked) =>
  asked &&
  el(
    "section",
    { class: "card question", role: "alertdialog", "aria-labelledby": "question-title", "aria-describedby": "question-text" },
    el("h2", { id: "question-title", text: asked[0].title }),
    el("p", { id: "question-text", text: asked[0].text }),
    el("div", { class: "ways" }, asked[1].map(button)),
  );

const missing = (papers) =>
  papers && el("p", { class: "banner" }, icon("paper"), el("span", { text: `Es fehlt noch: ${papers.join(", ")}. Das können Sie nachreichen.` }));

const statement = (text) => text && el("section", { class: "card" }, el("h2", {}, icon("pen"), "Das erklären Sie"), el("p", { text }));

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
  const { id, label, value, error } = row;
  const wrong = { role: "textbox", "aria-readonly": "true", "aria-invalid": "true", "aria-labelledby": `label-${id}`, "aria-errormessage": `error-${id}`, "aria-describedby": `error-${id}` };
  return el(
    "div",
    { class: "row", dataset: { state: row.state, field: id, kind: row.kind ?? "text", ...(focus ? { focus: "" } : {}) } },
    el("dt", { id: `label-${id}`, text: label }),
    el("dd", { class: "value" }, error ? el("span", { ...wrong, text: value }) : value || "–"),
    el("dd", { class: "state" }, el("div", { class: `chip ${colour}` }, icon(sign), el("span", { text: words }))),
    error && el("dd", { class: "error", id: `error-${id}`, text: `${error[0].toUpperCase()}${error.slice(1)}` }),
  );
}

// As a picture: whatever stands in the SVG cannot act on this page.
const signature = (given) =>
  given &&
  el(
    "section",
    { class: "card" },
    el("h2", {}, icon("pen"), "Ihre Unterschrift"),
    el("img", { class: "ink", alt: "Ihre Unterschrift", src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(given[0])}` }),
    given[1].map(button),
  );

const receipt = (given) =>
  given &&
  el(
    "section",
    { class: "card receipt" },
    el("h2", {}, icon("receipt"), "Eingangsbestätigung"),
    el("p", { class: "number", text: given.number }),
    el("p", { text: `Eingegangen: ${when(given.received_at)}` }),
    given.copy && el("p", { class: "copy", text: given.copy }),
    el("p", { class: "small" }, `Prüfsumme für Rückfragen: `, el("span", { class: "digest", text: shortened(given.digest) })),
    el("p", { class: "small", text: given.text }),
  );

/** The first 16 digits in groups of four; the whole stands on the printed receipt. */
const shortened = (digest) => `${digest.slice(0, 16).replace(/(.{4})(?=.)/g, "$1 ")} …`;

const button = ({ id, label, primary, active = true }) =>
  el("button", {
    type: "button",
    id: `touch-${id}`,
    class: primary ? "btn btn--primary" : "btn",
    dataset: { touch: id, slot: primary ? "yes" : id.startsWith(READ) ? "read" : "other" },
    "aria-disabled": active ? null : "true",
    text: label,
    on: { click: () => touched(id) },
  });

function touched(id) {
  if (id.startsWith(READ)) readOn();
  else if (!("deaf" in document.body.dataset)) send({ touch: id });
}

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
