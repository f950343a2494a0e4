// How days, money and states are said and shown on all pages, and the parts of pages that many have.

import { el } from "/gemeinsam/parts.js";

/** "2026-12-01" as people write it. */
export const day = (iso) => (iso ? iso.slice(0, 10).split("-").reverse().join(".") : "");

/** "2026-12-01" as it is said aloud: "Dienstag, 1. Dezember 2026". */
export const longDay = (iso) =>
  new Intl.DateTimeFormat("de-DE", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${iso}T00:00:00Z`),
  );

/** The civil day so many days later. */
export function later(iso, days) {
  const then = new Date(`${iso}T00:00:00Z`);
  then.setUTCDate(then.getUTCDate() + days);
  return then.toISOString().slice(0, 10);
}

export const days = (from, until) => Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 864e5);

export const euros = (cents) => new Intl.NumberFormat("de-DE", { style: "currency", currency: "EUR" }).format(cents / 100);

/** People say the last day, the portal the first day after it; null for no end. */
export const lastOf = (until) => (until ? later(until, -1) : null);
export const afterLast = (last) => (last ? later(last, 1) : null);

/** "190,50" in cents; null for nothing, NaN for what is no amount. */
export function cents(text) {
  const plain = text.replaceAll(/[\s€.]/g, "").replace(",", ".");
  return plain === "" ? null : /^\d+(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : NaN;
}

export const kilometres = (km) => `${String(Math.ceil(km * 10 - 1e-6) / 10).replace(".", ",")} km`;

export const counted = (count, one, many) => `${count.toLocaleString("de-DE")} ${count === 1 ? one : many}`;

const STATES = {
  frei: ["frei", "good"],
  belegt: ["belegt", "accent"],
  reserviert: ["reserviert", "warn"],
  geschlossen: ["geschlossen", "bad"],
};

/** The state of a place as a chip; what is not known is said as it is. */
export function stateChip(state) {
  const [word, tone] = STATES[state] ?? [state, "plain"];
  return el("span", { class: `chip chip--${tone}`, text: word });
}

/** What stands in `node` from now on; what is false or null is left out. */
export const fill = (node, ...children) =>
  node.replaceChildren(...children.flat().filter((one) => one !== null && one !== undefined && one !== false && one !== ""));

/** The same of a page that is shown already: whoever stands on a button or link finds herself on the one of the same name. */
export function renew(node, ...children) {
  const name = (one) => one?.getAttribute("aria-label") ?? one?.textContent;
  const held = node.contains(document.activeElement) ? name(document.activeElement) : null;
  fill(node, ...children);
  if (held) [...node.querySelectorAll("a, button")].find((one) => name(one) === held)?.focus({ preventScroll: true });
}

const TONES = { good: "", calm: " banner--calm", bad: " banner--bad", warn: "" };

/** A sentence that something was done, or could not be. */
export const told = (text, tone = "calm") => el("p", { class: `banner${TONES[tone]}`, role: tone === "bad" ? "alert" : "status", text });

/** Of a field whose text others read. */
export const NO_NAMES = "Bitte keine Namen und nichts, woran jemand zu erkennen ist: der Text bleibt gespeichert.";

/** An input with its label, and a hint that is read with it. */
export function field(id, label, input, hint) {
  input.id = id;
  if (hint) input.setAttribute("aria-describedby", `${id}-hint`);
  const below = hint && el("p", { class: "muted small", id: `${id}-hint`, text: hint });
  return el("div", { class: "field" }, el("label", { for: id, text: label }), input, below);
}

export const button = (text, pressed, kind = "", more = {}) =>
  el("button", { type: "button", class: `btn${kind ? ` btn--${kind}` : ""}`, text, on: { click: pressed }, ...more });

/** The head of a page: its title in the window as well, and the sentence below. */
export function titled(title, ...below) {
  document.title = `${title} – SoJuS`;
  return el("div", { class: "page-head" }, el("h1", { text: title }), ...below);
}
