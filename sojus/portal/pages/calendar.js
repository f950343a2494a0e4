// When a place is free, as a table that can be read aloud: a row for each span, and below it the days as a strip.

import { el } from "/gemeinsam/parts.js";
import { counted, day, days, lastOf, later, longDay, stateChip } from "/s/words.js";

const STRIP_WEEKS = 13;
const LETTERS = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"];
const SIGNS = { frei: "", belegt: "×", reserviert: "~", geschlossen: "–" };

/** The state on a day; spans are half open. */
const stateOn = (spans, iso) => spans.find((one) => one.from <= iso && (!one.until || iso < one.until))?.state ?? "";

function span({ from, until, state, left }, capacity) {
  const length = until ? counted(days(from, until), "Tag", "Tage") : "Ende offen";
  return el(
    "tr",
    {},
    el("th", { scope: "row", text: day(from) }),
    el("td", { text: until ? day(lastOf(until)) : "offen" }),
    el("td", {}, stateChip(state), capacity > 1 && left > 0 && ` noch ${left} von ${capacity}`),
    el("td", { text: length }),
  );
}

/** Weeks as rows, days as columns: the same once more for the eye. */
function strip(spans, today) {
  const monday = later(today, -((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7));
  const cell = (iso) => {
    const state = iso < today ? "" : stateOn(spans, iso);
    return el(
      "td",
      { class: `day day--${state || "past"}`, title: state && `${longDay(iso)}: ${state}` },
      el("span", { text: String(Number(iso.slice(8))) }),
      SIGNS[state] && el("b", { text: SIGNS[state] }),
    );
  };
  const week = (number) => {
    const first = later(monday, number * 7);
    return el("tr", {}, el("th", { scope: "row", text: day(first).slice(0, 6) }), ...LETTERS.map((_, at) => cell(later(first, at))));
  };
  return el(
    "table",
    { class: "strip", "aria-hidden": "true" },
    el("thead", {}, el("tr", {}, el("td", {}), ...LETTERS.map((text) => el("th", { scope: "col", text })))),
    el("tbody", {}, ...Array.from({ length: STRIP_WEEKS }, (_, number) => week(number))),
  );
}

/** The calendar of a place from today on; of seats and hours it says how many are left. */
export function calendar(spans, today, capacity = 1) {
  const order = [...spans].sort((a, b) => a.from.localeCompare(b.from));
  return el(
    "div",
    { class: "calendar" },
    el(
      "table",
      { class: "table" },
      el("caption", { text: "Belegung von heute an; wer da ist, steht hier nicht." }),
      el("thead", {}, el("tr", {}, ...["Vom", "Bis", "Stand", "Dauer"].map((text) => el("th", { scope: "col", text })))),
      el("tbody", {}, ...order.map((one) => span(one, capacity))),
    ),
    strip(order, today),
    el(
      "p",
      { class: "muted small legend", "aria-hidden": "true" },
      ...Object.entries(SIGNS).map(([state, sign]) => el("span", {}, el("i", { class: `day day--${state}`, text: sign || " " }), state)),
    ),
  );
}
