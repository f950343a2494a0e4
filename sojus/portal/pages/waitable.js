// Where somebody could wait: groups that fit in all but that nothing is free then, each with the way to its waiting list.

import { el } from "/gemeinsam/parts.js";
import { to } from "/s/address.js";
import { priceWords } from "/s/hits.js";
import { ask } from "/s/server.js";
import { button, fill } from "/s/words.js";

const SOME = "Hier passt alles, nur ist dann nichts oder zu wenig frei";
const more = (count) => `Es gibt noch mehr davon. Das sind die ersten ${count}; wer genauer sucht, findet andere.`;
const NONE = "Zum Warten gibt es keine Gruppe: Wo alles passt, ist etwas frei, oder es passt nirgends alles. Ändern Sie, was gesucht wird, oder merken Sie die Suche.";

/** A button, and in its place what is found. */
export function waitable(wish) {
  const node = el("div", { class: "plain" });
  fill(
    node,
    el("div", { class: "buttons" }, button("Gruppen mit Warteliste zeigen", show, "plain")),
  );

  async function show() {
    const found = await ask("/api/full", wish);
    const { groups } = found;
    const title = el("h3", { tabindex: "-1", text: groups.length ? SOME : NONE });
    const rows = groups.length > 0 && el("ul", { class: "plain" }, ...groups.map(row));
    fill(node, title, rows, found.more && el("p", { class: "muted", text: more(groups.length) }));
    title.focus();
  }

  return node;
}

const row = (one) =>
  el(
    "li",
    { class: "next" },
    el(
      "span",
      { class: "grow" },
      el("strong", { text: one.group_name }),
      ` ${one.facility_name}, ${priceWords(one.price)}. ${one.free}${one.left > 0 ? `, noch ${one.left}` : ""}`,
    ),
    el("a", {
      class: "btn btn--plain",
      href: to(`/platz/${encodeURIComponent(one.place)}`),
      text: "Zur Warteliste",
      "aria-label": `Zur Warteliste: ${one.group_name}, ${one.facility_name}`,
    }),
  );
