// How many contacts an office approves, where help is given without a bed; not said yet is an answer too.

import { el } from "/gemeinsam/parts.js";
import { wholeOf } from "/s/fields.js";
import { field } from "/s/words.js";

const MOST = 10000;
const LABEL = "Wie viele Kontakte sind bewilligt";
export const APPROVED = `${LABEL} (leer: noch offen)`;

export const takesContingent = (unit) => Boolean(unit) && unit !== "bed";

/** A field for it, in which nothing stands but what was `said` before: only whoever approves says how many. */
export const contingentInput = (said) => el("input", { class: "input", inputmode: "numeric", value: said ?? "", autocomplete: "off" });

/** With its label, where this help has any. */
export const contingentField = (id, unit, input) => takesContingent(unit) && field(id, APPROVED, input);

/** What stands in it, null for nothing; throws [input, sentence]. */
export const contingentOf = (input) => wholeOf(input, LABEL, 0, MOST);

/** The same, null as well where it is wrong still. */
export function contingentSaid(input) {
  try {
    return contingentOf(input);
  } catch {
    return null;
  }
}
