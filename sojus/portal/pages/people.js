// For whom a place is looked for: age and gender of each, and how near together several have to be. Never a name.

import { el } from "/gemeinsam/parts.js";
import { button } from "/s/words.js";

const MOST = 8;
const TOGETHER = [
  ["group", "in einer Gruppe"],
  ["facility", "in einer Einrichtung"],
];

let number = 0;

/** Rows of people in the words of this vocabulary. */
export function peopleRows(known, wish) {
  const rows = el("div", { class: "people" });
  const together = el(
    "select",
    { class: "input", id: "together" },
    ...TOGETHER.map(([value, text]) => el("option", { value, text, selected: value === wish?.together })),
  );
  const beside = el("div", { class: "field" }, el("label", { for: "together", text: known.together ?? "Zusammen" }), together);
  const more = button("Noch jemand", () => add({}).querySelector("input").focus(), "plain");
  more.classList.add("start-side");

  function add({ age = null, gender = null }) {
    number += 1;
    const years = el("input", {
      class: "input",
      id: `age-${number}`,
      inputmode: "numeric",
      maxlength: 3,
      value: age ?? "",
      autocomplete: "off",
      dataset: { age: "" },
    });
    const which = el(
      "select",
      { class: "input", id: `gender-${number}`, dataset: { gender: "" } },
      el("option", { value: "", text: "egal" }),
      ...known.genders.map((one) => el("option", { value: one.id, text: one.name, selected: one.id === gender })),
    );
    const row = el(
      "div",
      { class: "person", role: "group" },
      el("div", { class: "field" }, el("label", { for: years.id, text: "Alter" }), years),
      el("div", { class: "field" }, el("label", { for: which.id, text: "Geschlecht" }), which),
      button("×", () => remove(row), "plain", { "aria-label": "Diese Person wegnehmen", dataset: { remove: "" } }),
    );
    rows.append(row);
    settle();
    return row;
  }

  function remove(row) {
    row.remove();
    settle();
    rows.querySelector("input")?.focus();
  }

  function settle() {
    const all = [...rows.children];
    all.forEach((row, at) => {
      row.setAttribute("aria-label", `${at + 1}. Person`);
      row.querySelector("[data-remove]").hidden = all.length === 1;
    });
    more.hidden = all.length >= MOST;
    beside.hidden = all.length < 2;
  }

  function value() {
    const people = [...rows.children].map((row) => {
      const age = row.querySelector("[data-age]");
      if (!/^\d{0,3}$/.test(age.value.trim())) throw [age, "Alter: bitte ganze Jahre, zum Beispiel 15."];
      return { age: age.value.trim() === "" ? null : Number(age.value), gender: row.querySelector("[data-gender]").value || null };
    });
    return { people, together: together.value };
  }

  const node = el("fieldset", { class: "plain-set" }, el("legend", { class: "label", text: "Für wen (ohne Namen)" }), rows, more, beside);
  for (const one of wish?.people?.length ? wish.people : [{}]) add(one);
  return { node, value };
}
