// One hit of a search, a place or several alike: what it is, why it stands here, and what can be done with it. It changes
// where it stands.

import { deafen, el } from "/gemeinsam/parts.js";
import { to } from "/s/address.js";
import { asOne, isAlike, rowsOf } from "/s/alike.js";
import { button, counted, euros, fill, kilometres } from "/s/words.js";

export const PER = { day: "je Tag", hour: "je Stunde", contact: "je Kontakt", month: "je Monat" };
const FRESHNESS = { fresh: ["bestätigt", "good"], stale: ["veraltet", "warn"], never: ["nie bestätigt", "warn"] };

/** "gilt erst ab 01.01.2027" of an amount that is not the one of the day asked for; "" of all others. */
const noteOf = ({ sentence }) => /\(((?:gilt|galt) [^)]*)\)/.exec(sentence ?? "")?.[1] ?? "";
const amountOf = ({ cents, unit, sentence }) => (unit in PER ? `${euros(cents)} ${PER[unit]}` : sentence);

/** "190,00 € je Tag", and of one that does not hold then, until or from when it does. */
export const priceWords = (price) => [amountOf(price), noteOf(price)].filter(Boolean).join(", ");

/** A team is one place and is called so once. */
export const nameOf = (hit) => [...new Set([hit.place_name, hit.group_name])].filter(Boolean).join(", ");

/** What a hit is called that may be several places alike. */
export const titleOf = (hit) => (hit.alike?.length ? hit.group_name : nameOf(hit));

/** "4 freie Plätze": how many places there are of one that is several; of hours and contacts each is an offer. */
export const countOf = (hit) => counted(1 + hit.alike.length, "", hit.left > 1 ? "gleiche Angebote" : "freie Plätze");

const plain = (text) => text.replace(/\.$/, "");

function chips(hit) {
  const [word, tone] = FRESHNESS[hit.freshness] ?? ["", ""];
  return el(
    "p",
    { class: "chips" },
    hit.alike.length > 0 && el("span", { class: "chip chip--good", text: countOf(hit) }),
    el("span", { class: `chip chip--${/^sofort/i.test(hit.free) ? "good" : "accent"} wrap`, text: plain(hit.free) }),
    hit.left > 1 && el("span", { class: "chip", text: `${hit.alike.length ? "je " : ""}noch ${hit.left}` }),
    hit.freshness !== "fresh" && word && el("span", { class: `chip chip--${tone}`, text: word }),
    hit.front && el("span", { class: "chip chip--accent", text: "engere Wahl" }), // its last reason says why
  );
}

const reasons = (hit) =>
  el(
    "ul",
    { class: "reasons" },
    ...hit.reasons.map((one) => el("li", { text: one })),
    ...hit.unfulfilled.map((one) => el("li", { class: "missing" }, el("span", { class: "vh", text: "Nicht erfüllt: " }), one)),
  );

/** What can be had in a row, as it is known now. */
const places = new WeakMap();

const wayTo = (hit, text) =>
  el("a", {
    class: "btn btn--plain",
    href: to(`/platz/${encodeURIComponent(hit.place)}`),
    text,
    "aria-label": `Kalender und mehr: ${nameOf(hit)}`,
  });

const oneByOne = (row, isOpen) =>
  el(
    "details",
    { open: isOpen },
    el("summary", { text: `Die ${row.length} Plätze einzeln, mit Kalender` }),
    el("div", { class: "buttons" }, ...row.map((one) => wayTo(one, one.place_name))),
  );

/** What was alike when it was found and is something else by now. */
const apart = (others) =>
  el("div", { class: "buttons" }, el("span", { class: "muted small", text: "Inzwischen anders:" }), ...others.map((one) => wayTo(one, one.place_name)));

/**
 * Hits that are alike as one in the list. on: {reserve(hit), compare(row, box)}; `compared`: whether it is chosen to be
 * compared.
 */
export function hitRow(row, on, compared = false) {
  const node = el("li", { class: "hit card" });
  show(node, row, on, compared);
  return node;
}

/** Whether this place stands in the row; or, of one that stands nowhere, whether it is alike to what does. */
export const holds = (node, place) => places.get(node)?.some((one) => one.place === place) ?? false;
export const takesIn = (node, hit) => node.dataset.what !== "gone" && (places.get(node)?.some((one) => isAlike(one, hit)) ?? false);

/** Returns them in the order in which they stand there: those that the row is named for first. */
function show(node, hits, on, compared) {
  const rows = rowsOf(hits).sort((one, other) => other.length - one.length);
  const [row, ...others] = rows;
  const hit = asOne(row);
  const box = el("input", { type: "checkbox", checked: compared, on: { change: () => on.compare(rows.flat(), box) } });
  const unfolded = node.querySelector("details");
  if (unfolded) node.dataset.open = unfolded.open ? "ja" : ""; // it is not there while all but one of them differ
  places.set(node, hits);
  node.dataset.place = hit.place;
  node.setAttribute("aria-label", titleOf(hit));
  fill(
    node,
    el(
      "div",
      { class: "hit-head" },
      el(
        "div",
        { class: "grow" },
        el("h3", { text: titleOf(hit) }),
        el("p", { class: "muted", text: [hit.facility_name, hit.provider_name].filter(Boolean).join(" · ") }),
      ),
      el(
        "p",
        { class: "price" },
        el("strong", { text: amountOf(hit.price) }),
        noteOf(hit.price) && el("span", { class: "missing-price", text: noteOf(hit.price) }),
        typeof hit.km === "number" && el("span", { class: "muted", text: `${kilometres(hit.km)} Luftlinie` }),
      ),
    ),
    chips(hit),
    reasons(hit),
    el("p", { class: "muted small", text: hit.confirmed }),
    el("p", { class: "in-place", role: "status" }),
    el(
      "div",
      { class: "buttons" },
      on.reserve && button("Reservieren", () => on.reserve(hit), "primary", { "aria-label": `Reservieren: ${titleOf(hit)}` }),
      row.length === 1 && wayTo(hit, "Kalender"),
      el("label", { class: "tick" }, box, "Vergleichen"),
    ),
    row.length > 1 && oneByOne(row, node.dataset.open === "ja"),
    others.length > 0 && apart(others.flat()),
  );
  return rows.flat();
}

const CHANGED = { gone: "Gerade vergeben oder nicht mehr passend.", changed: "Hat sich gerade geändert." };

/**
 * Something happened to this place: told in its row, which stays where it is; for half a second it takes no finger. `hit`:
 * null of one that is gone; a row that has others goes on with them. Returns what can be had in it now, in its order.
 */
export function changeRow(node, place, hit, sentence, on) {
  const before = places.get(node);
  const isNew = !before.some((one) => one.place === place);
  const others = before.filter((one) => one.place !== place);
  const after = !hit ? others : isNew ? [...before, hit] : before.map((one) => (one.place === place ? hit : one));
  const compared = node.querySelector("input")?.checked;
  const focused = node.contains(document.activeElement)
    ? [...node.querySelectorAll("button, a, input")].indexOf(document.activeElement)
    : -1;
  const left = after.length ? show(node, after, on, compared) : [];
  if (focused >= 0) node.querySelectorAll("button, a, input")[focused]?.focus({ preventScroll: true });
  node.dataset.what = after.length ? "changed" : "gone";
  node.querySelector(".in-place").textContent = sentence || CHANGED[node.dataset.what];
  if (after.length) deafen(node);
  else for (const one of node.querySelectorAll("button")) one.disabled = true;
  return left;
}
