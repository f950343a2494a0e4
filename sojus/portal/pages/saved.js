// Searches that the office has saved: what came free since, open again, or end.

import { el } from "/gemeinsam/parts.js";
import { asHash } from "/s/address.js";
import { dialog } from "/s/dialog.js";
import { follow } from "/s/live.js";
import { act, read } from "/s/server.js";
import { button, counted, field, told } from "/s/words.js";

const NONE = "Noch keine. Nach einer Suche gibt es „Suche merken“; dann steht hier, was inzwischen frei geworden ist.";

export async function savedSearches(me) {
  if (!me.places.includes("place")) return el("p", { class: "muted", text: "Hier stehen die Treffer, sobald gesucht ist." });
  const node = el("div", {});
  const load = async () => {
    const { searches, refused } = await read("/api/searches").catch((error) => ({ searches: [], refused: error }));
    if (refused) return node.replaceChildren(told(refused.message, "bad"), button("Noch einmal", load));
    node.replaceChildren(
      searches.length ? el("ul", { class: "plain" }, ...searches.map((one) => row(one, load))) : el("p", { class: "muted", text: NONE }),
    );
  };
  await load();
  return node;
}

const row = (one, load) =>
  el(
    "li",
    { class: "card saved" },
    el(
      "div",
      { class: "grow" },
      el("h3", {}, el("a", { href: `/suche${asHash(one.wish)}`, text: one.name })),
      one.sentence && el("p", { class: "muted", text: one.sentence }),
    ),
    one.new > 0 && el("span", { class: "chip chip--good", text: counted(one.new, "neuer Treffer", "neue Treffer") }),
    button(
      "Beenden",
      async () => {
        const { sentence } = await act(`/api/searches/${encodeURIComponent(one.id)}/end`, {});
        await load();
        follow.tell("mine", { sentence, what: "dropped" });
      },
      "plain",
      { "aria-label": `Suche beenden: ${one.name}` },
    ),
  );

export function saveDialog(wish) {
  const name = el("input", { class: "input", maxlength: 80, autocomplete: "off" });
  const said = el("div", {});
  const save = button(
    "Merken",
    async () => {
      if (!name.value.trim()) return name.focus();
      box.busy(true);
      try {
        const answer = await act("/api/searches", { name: name.value.trim(), wish });
        box.fill(
          "Gemerkt",
          told(answer.sentence ?? "Sie hören davon, sobald ein Platz frei wird, der passt."),
          el(
            "div",
            { class: "buttons" },
            button("Schließen", () => box.close(), "primary"),
          ),
        );
      } catch (refused) {
        said.replaceChildren(told(refused.message, "bad"));
        box.busy(false);
      }
    },
    "primary",
  );
  const box = dialog(
    "Suche merken",
    field("search-name", "Wie soll sie heißen (ohne Namen von Personen)", name),
    said,
    el(
      "div",
      { class: "buttons" },
      save,
      button("Abbrechen", () => box.close(), "plain", { dataset: { close: "" } }),
    ),
  );
  name.focus();
}
