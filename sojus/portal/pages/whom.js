// For whom a place is reserved, without a name: what the house will read, to the letter, before anything is sent.

import { el } from "/gemeinsam/parts.js";
import { wholeOf } from "/s/fields.js";
import { ask } from "/s/server.js";
import { NO_NAMES, field } from "/s/words.js";

const OLDEST = 120;

/** The age and gender of one of them. `number`: "" of the only one, else which. */
function personFields(known, person, number) {
  const age = el("input", {
    class: "input",
    inputmode: "numeric",
    maxlength: 3,
    value: person.age ?? "",
    autocomplete: "off",
  });
  const gender = el(
    "select",
    { class: "input" },
    el("option", { value: "", text: "keine Angabe" }),
    ...known.genders.map((one) => el("option", { value: one.id, text: one.name, selected: one.id === person.gender })),
  );
  const label = (text) => (number ? `${text}, ${number}. Person` : text);
  return {
    node: el("div", { class: "pair" }, field(`whom-age-${number}`, label("Alter"), age), field(`whom-gender-${number}`, label("Geschlecht"), gender)),
    value: () => ({ age: wholeOf(age, label("Alter"), 0, OLDEST), gender: gender.value || null }),
  };
}

/**
 * What is said of them, of a search (or of none) and for this place; the portal says how the house will read it.
 * `more()`: {amount, contingent}, as far as they are right already. `value()`: {area, kind, people, traits, remark};
 * throws [input, sentence].
 */
export function whomField(known, wish, place, more) {
  const all = wish?.people?.length ? wish.people : [{}];
  const people = all.map((one, at) => personFields(known, one, all.length > 1 ? at + 1 : ""));
  const remark = el("input", { class: "input", maxlength: 500, autocomplete: "off" });
  const read = el("p", { class: "whom", role: "status" });
  const isUnsaid = all.some((one) => (one.age ?? null) === null);
  let asked = 0;

  const value = () => ({
    area: place.area ?? wish.area,
    kind: place.kind ?? wish.kind,
    people: people.map((one) => one.value()),
    traits: wish?.traits ?? [],
    remark: remark.value.trim(),
  });

  /** Whatever is still wrong in the fields is told when it is sent. */
  async function show() {
    const mine = ++asked;
    try {
      const profile = value();
      const { sentence } = await ask("/api/profile", { profile, ...more() });
      if (mine === asked) read.textContent = [sentence, profile.remark].filter(Boolean).join(" · ");
    } catch (refused) {
      if (mine === asked) read.textContent = Array.isArray(refused) ? refused[1] : refused.message;
    }
  }

  const node = el(
    "div",
    { class: "plain", on: { change: show } },
    el("p", { class: "label", text: "Das liest der Träger, bevor er zusagt (keinen Namen):" }),
    read,
    el("details", { open: isUnsaid }, el("summary", { text: "Angaben ändern" }), ...people.map((one) => one.node), field("whom-remark", "Anmerkung für den Träger (freiwillig)", remark, NO_NAMES)),
  );
  show();
  return { node, value, show };
}
