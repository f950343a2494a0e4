// Counts without persons, as tables; what is small is not told to the unit.

import { el } from "/gemeinsam/parts.js";
import { read } from "/s/server.js";
import { day, titled } from "/s/words.js";

const cell = (value) => el("td", { text: typeof value === "number" ? value.toLocaleString("de-DE") : value });

const table = ({ title, note, columns, rows }) =>
  el(
    "section",
    { class: "card" },
    el(
      "div",
      { class: "scrolled", tabindex: "0", role: "region", "aria-label": title },
      el(
        "table",
        { class: "table" },
        el("caption", { text: title }),
        el("thead", {}, el("tr", {}, ...columns.map((text) => el("th", { scope: "col", text })))),
        el("tbody", {}, ...rows.map(([first, ...rest]) => el("tr", {}, el("th", { scope: "row", text: first }), ...rest.map(cell)))),
      ),
    ),
    note && el("p", { class: "muted small", text: note }),
  );

export async function page(main) {
  const { today, tables } = await read("/api/numbers");
  main.replaceChildren(
    titled(
      "Zahlen",
      el("p", { class: "muted", text: `Stand ${day(today)}. Ohne Personen; kleine Zahlen stehen nur als „weniger als 3“ da.` }),
    ),
    ...tables.map(table),
    tables.length ? "" : el("p", { class: "muted", text: "Noch keine Zahlen." }),
  );
}
