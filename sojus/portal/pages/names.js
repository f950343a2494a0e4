// Of whom a case is: asked with a purpose, which is written down before the answer comes, and shown in no address.

import { el } from "/gemeinsam/parts.js";
import { purposeOptions } from "/s/cases.js";
import { dialog } from "/s/dialog.js";
import { correctNames, deleteNames } from "/s/naming.js";
import { read } from "/s/server.js";
import { button, day, field, told } from "/s/words.js";

/**
 * `known`: the case as her office calls it, none for a provider. `looked()` is called when the name was shown, `done(sentence)`
 * when it was changed.
 */
export async function namesDialog(entry, known, me, { looked, done }) {
  const purpose = el("select", { class: "input" });
  const said = el("div", { class: "said" });
  const show = button("Ansehen", look, "primary");
  const box = dialog(
    known ? `Namen ansehen: ${known.label}` : "Namen ansehen",
    el("p", { text: "Wer Namen ansieht, sagt wozu. Das wird festgehalten." }),
    field("purpose", "Wozu", purpose),
    said,
    el(
      "div",
      { class: "buttons" },
      show,
      me.places.includes("place") && button("Namen löschen", () => deleteNames(box, entry.case, known, done), "plain"),
      me.places.includes("audit") && el("a", { class: "btn btn--plain", href: `/einsicht/${encodeURIComponent(entry.case)}`, text: "Wer hat angesehen?" }),
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
      if (me.places.includes("place")) said.append(ways(people));
      looked();
    } catch (refused) {
      said.replaceChildren(told(refused.message, "bad"));
    } finally {
      box.busy(false);
    }
  }

  const ways = (people) =>
    el(
      "div",
      { class: "buttons" },
      button("Namen berichtigen", () => correctNames(box, entry.case, known, people, done)),
    );

  box.busy(true); // until there is something to choose from
  purpose.append(...(await purposeOptions()));
  box.busy(false);
}
