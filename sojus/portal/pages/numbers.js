// Counts without persons, as tables; what is small is not told to the unit.

import { el } from "/gemeinsam/parts.js";
import { read } from "/s/server.js";
import { table } from "/s/table.js";
import { day, titled } from "/s/words.js";

const counts = ({ title, note, columns, rows }) =>
  el("section", { class: "card" }, table(title, columns, rows, { named: true }), note && el("p", { class: "muted small", text: note }));

export async function page(main) {
  const { today, tables } = await read("/api/numbers");
  main.replaceChildren(
    titled(
      "Zahlen",
      el("p", { class: "muted", text: `Stand ${day(today)}. Ohne Personen.` }),
    ),
    ...tables.map(counts),
    tables.length ? "" : el("p", { class: "muted", text: "Noch keine Zahlen." }),
  );
}
