// Who saw what of young people, the newest first.

import { el, when } from "/gemeinsam/parts.js";
import { read } from "/s/server.js";
import { titled } from "/s/words.js";

export async function page(main) {
  const { entries } = await read("/api/audit");
  main.replaceChildren(
    titled("Einsicht", el("p", { class: "muted", text: "Wer wann was von jungen Menschen angesehen hat, und wozu." })),
    entries.length
      ? el(
          "div",
          { class: "scrolled card", tabindex: "0", role: "region", "aria-label": "Einsichten" },
          el(
            "table",
            { class: "table" },
            el("thead", {}, el("tr", {}, ...["Wann", "Wer", "Was"].map((text) => el("th", { scope: "col", text })))),
            el("tbody", {}, ...entries.map((one) => el("tr", {}, el("td", { text: when(one.at) }), el("td", { text: one.who }), el("td", { text: one.sentence })))),
          ),
        )
      : el("p", { class: "muted", text: "Noch hat niemand etwas angesehen." }),
  );
}
