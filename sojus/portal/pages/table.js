// A table that a phone can show as well: there each row stands by itself, every value beside the head of its column.

import { el } from "/gemeinsam/parts.js";

const written = (value) => (typeof value === "number" ? value.toLocaleString("de-DE") : (value ?? "").replaceAll("§ ", "§\u00a0"));
const cell = (value, head, name) => {
  const parts = Array.isArray(value) ? [el("span", {}, ...value)] : [written(value)];
  return name
    ? el("th", { scope: "row", role: "rowheader" }, ...parts)
    : el("td", { role: "cell", "data-head": head }, ...parts);
};

/**
 * title: what it is called; heads: of the columns; rows: texts, numbers, or lists of texts and nodes. caption: what stands above it, where that is not the title; named:
 * whether the first value of a row is the row's name.
 */
export function table(title, heads, rows, { caption = title, named = false } = {}) {
  const row = (values) => el("tr", { role: "row" }, ...values.map((value, at) => cell(value, heads[at], named && at === 0)));
  return el(
    "div",
    { class: "scrolled by-row", tabindex: "0", role: "region", "aria-label": title },
    el(
      "table",
      { class: "table", role: "table" }, // said again: what is laid out otherwise is no table to some browsers
      caption ? el("caption", { text: caption }) : "",
      el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, ...heads.map((text) => el("th", { scope: "col", role: "columnheader", text })))),
      el("tbody", { role: "rowgroup" }, ...rows.map(row)),
    ),
  );
}
