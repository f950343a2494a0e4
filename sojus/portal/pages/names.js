// Of whom a case is: asked with a purpose, which is written down before the answer comes, and shown in no address.

import { el } from "/gemeinsam/parts.js";
import { purposeOptions } from "/s/cases.js";
import { dialog } from "/s/dialog.js";
import { read } from "/s/server.js";
import { button, day, field, told } from "/s/words.js";

export async function namesDialog(entry, label) {
  const purpose = el("select", { class: "input" });
  const said = el("div", { class: "said" });
  const show = button("Ansehen", look, "primary");
  const box = dialog(
    `Namen ansehen: ${label ?? "Fall"}`,
    el("p", { text: "Wer Namen ansieht, sagt wozu. Das wird festgehalten." }),
    field("purpose", "Wozu", purpose),
    said,
    el(
      "div",
      { class: "buttons" },
      show,
      button("Schließen", () => box.close(), "plain", { dataset: { close: "" } }),
    ),
  );

  async function look() {
    box.busy(true);
    try {
      const { people } = await read(`/api/cases/${encodeURIComponent(entry.case)}?purpose=${encodeURIComponent(purpose.value)}`);
      said.replaceChildren(
        el(
          "ul",
          { class: "plain" },
          ...people.map((one) => el("li", {}, el("strong", { text: one.name }), one.born ? `, geboren am ${day(one.born)}` : "")),
        ),
      );
    } catch (refused) {
      said.replaceChildren(told(refused.message, "bad"));
    } finally {
      box.busy(false);
    }
  }

  purpose.append(...(await purposeOptions()));
}
