// One hit of a search: what it is, why it stands here, and what can be done with it. It changes where it stands.

import { deafen, el } from "/gemeinsam/parts.js";
import { to } from "/s/address.js";
import { button, euros, kilometres } from "/s/words.js";

export const PER = { day: "je Tag", hour: "je Stunde", contact: "je Kontakt", month: "je Monat" };
const FRESHNESS = { fresh: ["bestätigt", "good"], stale: ["veraltet", "warn"], never: ["nie bestätigt", "warn"] };

/** "gilt erst ab 01.01.2027" of an amount that is not the one of the day asked for; "" of all others. */
const noteOf = ({ sentence }) => /\(((?:gilt|galt) [^)]*)\)/.exec(sentence ?? "")?.[1] ?? "";
const amountOf = ({ cents, unit, sentence }) => (unit in PER ? `${euros(cents)} ${PER[unit]}` : sentence);

/** "190,00 € je Tag", and of one that does not hold then, until or from when it does. */
export const priceWords = (price) => [amountOf(price), noteOf(price)].filter(Boolean).join(", ");

/** A team is one place and is called so once. */
export const nameOf = (hit) => [...new Set([hit.place_name, hit.group_name])].filter(Boolean).join(", ");

const plain = (text) => text.replace(/\.$/, "");

function chips(hit) {
  const [word, tone] = FRESHNESS[hit.freshness] ?? ["", ""];
  return el(
    "p",
    { class: "chips" },
    el("span", { class: `chip chip--${/^sofort/i.test(hit.free) ? "good" : "accent"} wrap`, text: plain(hit.free) }),
    hit.left > 1 && el("span", { class: "chip", text: `noch ${hit.left}` }),
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

/** The hit in the list. on: {reserve(hit), compare(hit, isWanted)}; `compared`: whether it is chosen to be compared. */
export function hitRow(hit, on, compared = false) {
  const node = el("li", { class: "hit card", dataset: { place: hit.place }, "aria-label": nameOf(hit) });
  fill(node, hit, on, compared);
  return node;
}

function fill(node, hit, on, compared) {
  const box = el("input", { type: "checkbox", checked: compared, on: { change: () => on.compare(hit, box) } });
  node.replaceChildren(
    el(
      "div",
      { class: "hit-head" },
      el(
        "div",
        { class: "grow" },
        el("h3", { text: nameOf(hit) }),
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
      on.reserve && button("Reservieren", () => on.reserve(hit), "primary", { "aria-label": `Reservieren: ${nameOf(hit)}` }),
      el("a", {
        class: "btn btn--plain",
        href: to(`/platz/${encodeURIComponent(hit.place)}`),
        text: "Kalender",
        "aria-label": `Kalender und mehr: ${nameOf(hit)}`,
      }),
      el("label", { class: "tick" }, box, "Vergleichen"),
    ),
  );
}

const CHANGED = { gone: "Gerade vergeben oder nicht mehr passend.", changed: "Hat sich gerade geändert." };

/** Something happened to this place: told in the row, which stays where it is; for half a second it takes no finger. */
export function changeRow(node, what, hit, sentence, on) {
  const compared = node.querySelector("input")?.checked;
  const focused = node.contains(document.activeElement)
    ? [...node.querySelectorAll("button, a, input")].indexOf(document.activeElement)
    : -1;
  if (hit) fill(node, hit, on, compared);
  if (focused >= 0) node.querySelectorAll("button, a, input")[focused]?.focus({ preventScroll: true });
  node.dataset.what = hit ? "changed" : what;
  node.querySelector(".in-place").textContent = sentence || CHANGED[hit ? "changed" : what] || "";
  if (hit) deafen(node);
  else for (const one of node.querySelectorAll("button")) one.disabled = true;
}
