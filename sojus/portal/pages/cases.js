// For which case something is done: one that there is, or a new one. What the others see of it is an opaque word.

import { el } from "/gemeinsam/parts.js";
import { dayInput, dayOf } from "/s/fields.js";
import { act, read } from "/s/server.js";
import { day, field } from "/s/words.js";

const NEW = "neu";

/** Which was entered in this window: only of that one whoever sits here knows who it is. */
let entered = "";

/** A case has no name here; on which day it was entered helps to tell it from others. */
const calledOf = (one) => `${one.label}, angelegt am ${day(one.created)}`;

/** What a name may be kept or looked at for, to choose from. */
export async function purposeOptions() {
  const { purposes } = await read("/api/purposes");
  return purposes.map((one) => el("option", { value: one.id, text: one.law ? `${one.name} (${one.law})` : one.name }));
}

/**
 * A choice of cases, the newest first; none is chosen beforehand but the one that was entered here, or a new one where there is
 * no other. `value()` resolves to the one chosen, after making it where it is new.
 */
export function caseField() {
  const select = el("select", { class: "input" }, el("option", { value: "", text: "wird geladen …" }));
  const name = el("input", { class: "input", maxlength: 120, autocomplete: "off" });
  const born = dayInput("");
  const purpose = el("select", { class: "input" });
  const anew = el(
    "div",
    { class: "plain", hidden: true },
    field("case-name", "Name", name, "Ihn sieht nur Ihre Stelle; der Träger erst, wenn er die Aufnahme zusagt, und bis zur Entlassung."),
    field("case-born", "Geboren am (freiwillig)", born),
    field("case-purpose", "Wozu wird der Name gespeichert", purpose),
  );
  const node = el("div", { class: "plain" }, field("case", "Für welchen Fall", select), anew);
  select.addEventListener("change", settle);

  function settle() {
    anew.hidden = select.value !== NEW;
    if (!anew.hidden) name.focus();
  }

  async function load() {
    const [{ cases }, purposes] = await Promise.all([read("/api/cases"), purposeOptions()]);
    purpose.replaceChildren(...purposes);
    select.replaceChildren(
      ...(cases.length ? [el("option", { value: "", text: "Bitte wählen" })] : []),
      ...cases.map((one) => el("option", { value: one.case, text: calledOf(one), selected: one.case === entered })),
      el("option", { value: NEW, text: "Neuer Fall …" }),
    );
    anew.hidden = select.value !== NEW;
  }

  async function value() {
    if (!select.value) {
      select.focus();
      throw new Error("Bitte wählen, für welchen Fall.");
    }
    if (select.value !== NEW) return select.value;
    if (!name.value.trim()) {
      name.focus();
      throw new Error("Bitte den Namen für den neuen Fall eingeben, oder einen anderen Fall wählen.");
    }
    const made = await act("/api/cases", { name: name.value.trim(), born: birthday(), purpose: purpose.value });
    select.prepend(el("option", { value: made.case, text: made.label, selected: true }));
    anew.hidden = true;
    entered = made.case;
    return entered;
  }

  function birthday() {
    try {
      return dayOf(born, "Geboren am");
    } catch ([input, sentence]) {
      input.focus();
      throw new Error(sentence);
    }
  }

  load().catch((refused) => select.replaceChildren(el("option", { value: "", text: refused.message })));
  return { node, value };
}
