// What somebody has typed into a field: a day, a number, or what is wrong with it. A mistake is thrown as [input, sentence].

import { el } from "/gemeinsam/parts.js";
import { told } from "/s/words.js";

const NO_DAY = "Diesen Tag gibt es nicht, oder es fehlt ein Teil. Bitte Tag, Monat und Jahr eingeben.";
const LAST = "2999-12-31"; // a year has four digits, and the day after it as well

/** A field for a day. */
export const dayInput = (value, more = {}) =>
  el("input", { class: "input", type: "date", max: LAST, value: value ?? "", ...more });

/** The day in it, null where nothing stands. For half a day, or 31 February, a browser says "nothing" too: that is a mistake. */
export function dayOf(input, label) {
  input.blur(); // Firefox says of a digit that may become two, until then, that nothing stands there
  const { badInput, rangeOverflow } = input.validity;
  const what = label.replace(/ \(.*\)$/, "");
  if (rangeOverflow) throw [input, `${what}: So weit voraus geht es nicht.`];
  if (badInput) throw [input, `${what}: ${NO_DAY}`];
  if (input.required && !input.value) throw [input, `${what}: bitte einen Tag angeben.`];
  return input.value || null;
}

/** The whole number in it, null where nothing stands. */
export function wholeOf(input, label, least, most) {
  const text = input.value.trim();
  if (text === "" && !input.required) return null;
  if (!/^\d{1,6}$/.test(text) || Number(text) < least || Number(text) > most)
    throw [input, `${label}: bitte eine ganze Zahl von ${least} bis ${most.toLocaleString("de-DE")}.`];
  return Number(text);
}

/** Tells a mistake in `said` and shows where it is, until something else stands there; what is none is thrown on. */
export function tellMistake(mistake, said) {
  if (!Array.isArray(mistake)) throw mistake;
  const [input, text] = mistake;
  const sentence = told(text, "bad");
  said.replaceChildren(sentence);
  input.closest("details")?.setAttribute("open", "");
  input.setAttribute("aria-invalid", "true");
  const mended = () => (input.removeAttribute("aria-invalid"), sentence.remove());
  input.addEventListener("input", mended, { once: true });
  input.focus();
}
