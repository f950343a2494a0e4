// For which case something is done: one that there is, or a new one. What the others see of it is an opaque word.

import { el } from "/gemeinsam/parts.js";
import { dayInput, dayOf } from "/s/fields.js";
import { act, read } from "/s/server.js";
import { counted, day, field } from "/s/words.js";

const NEW = "neu";
const OLDER = "älter";
const TYPING_MS = 250;

/** Which was entered in this window: only of that one whoever sits here knows who it is. */
let entered = null;

/** What an office calls a case, without a name. */
export const labelOf = (one) => [one.label, one.reference].filter(Boolean).join(" · ");

/** What her office calls the case of this reservation, request or stay; "" where that is not known. */
export async function caseOf(id) {
  const { reservations, waiting, requests, stays, cases = [] } = await read("/api/mine");
  const entry = [reservations, waiting, requests, stays].flatMap((some) => some ?? []).find((one) => one.id === id);
  const known = entry && cases.find((one) => one.case === entry.case);
  return known ? labelOf(known) : "";
}

/** On which day it was entered helps to tell it from others. */
const calledOf = (one) => `${labelOf(one)}, angelegt am ${day(one.created)}`;

/** What a name may be kept or looked at for, to choose from. */
export async function purposeOptions() {
  const { purposes } = await read("/api/purposes");
  return purposes.map((one) => el("option", { value: one.id, text: one.law ? `${one.name} (${one.law})` : one.name }));
}

/** What the office calls the case by itself. */
export function referenceField(value = "") {
  const input = el("input", { class: "input", maxlength: 40, autocomplete: "off", value });
  const hint = "Höchstens 40 Zeichen, mit einer Ziffer. Kein Name: Das sieht jeder in Ihrer Stelle, aber niemand sonst. Es wird mit dem Namen gelöscht.";
  return { input, node: field("case-reference", "Ihr Aktenzeichen (freiwillig)", input, hint) };
}

/**
 * A choice of cases, the newest first, of many those that are looked for; none is chosen beforehand but the one that was entered
 * here, or a new one where there is no other. `value()` resolves to the one chosen, after making it where it is new; throws
 * [input, sentence].
 */
export function caseField() {
  const select = el("select", { class: "input" }, el("option", { value: "", text: "wird geladen …" }));
  const find = el("input", { class: "input", type: "search", maxlength: 60, autocomplete: "off" });
  const finding = el("div", { hidden: true }, field("case-find", "Fall suchen (Nummer oder Aktenzeichen)", find));
  const name = el("input", { class: "input", maxlength: 120, autocomplete: "off" });
  const born = dayInput("");
  const reference = referenceField();
  const purpose = el("select", { class: "input" });
  const anew = el(
    "div",
    { class: "plain", hidden: true },
    field("case-name", "Name", name, "Ihn sieht nur Ihre Stelle; der Träger erst, wenn er die Aufnahme zusagt, und bis zur Entlassung."),
    field("case-born", "Geboren am (freiwillig)", born),
    reference.node,
    field("case-purpose", "Wozu wird der Name gespeichert", purpose),
  );
  const node = el("div", { class: "plain" }, finding, field("case", "Für welchen Fall", select), anew);
  let last = 0; // the number of the last one that stands there
  let typing = 0;
  select.addEventListener("change", () => (select.value === OLDER ? older() : settle()));
  find.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => list().catch(tell), TYPING_MS);
  });

  function settle() {
    anew.hidden = select.value !== NEW;
    if (!anew.hidden) name.focus();
  }

  const optionOf = (one) => el("option", { value: one.case, text: calledOf(one), selected: one.case === entered?.case });
  const page = (before) => read(`/api/cases?${new URLSearchParams({ ...(before && { before }), ...(find.value.trim() && { find: find.value.trim() }) })}`);

  /** The newest, or those that are looked for. */
  async function list() {
    const asked = find.value;
    const { cases, more } = await page(0);
    if (asked !== find.value) return; // somebody has typed on
    const own = entered && !asked && !cases.some((one) => one.case === entered.case) ? [entered] : [];
    const none = asked.trim() ? "Kein Fall gefunden" : null;
    const some = asked.trim() && !more ? `${counted(cases.length, "Fall", "Fälle")} gefunden, bitte wählen` : "Bitte wählen";
    const first = cases.length ? some : none;
    last = cases.at(-1)?.number ?? 0;
    finding.hidden &&= !more;
    select.replaceChildren(
      ...(first ? [el("option", { value: "", text: first })] : []),
      ...[...own, ...cases].map(optionOf),
      ...(more ? [el("option", { value: OLDER, text: "Ältere zeigen …" })] : []),
      el("option", { value: NEW, text: "Neuer Fall …" }),
    );
    anew.hidden = select.value !== NEW;
  }

  async function older() {
    const at = select.selectedOptions[0];
    select.value = "";
    anew.hidden = true;
    const { cases, more } = await page(last);
    last = cases.at(-1)?.number ?? last;
    at.before(...cases.map(optionOf));
    if (!more) at.remove();
    select.focus();
  }

  async function load() {
    const [, purposes] = await Promise.all([list(), purposeOptions()]);
    purpose.replaceChildren(...purposes);
  }

  async function value() {
    if (!select.value || select.value === OLDER) throw [select, "Bitte wählen, für welchen Fall."];
    if (select.value !== NEW) return select.value;
    if (!name.value.trim()) throw [name, "Bitte den Namen für den neuen Fall eingeben, oder einen anderen Fall wählen."];
    const called = reference.input.value.trim();
    const said = { name: name.value.trim(), born: dayOf(born, "Geboren am"), purpose: purpose.value, ...(called && { reference: called }) };
    const made = await act("/api/cases", said);
    select.prepend(el("option", { value: made.case, text: labelOf(made), selected: true }));
    anew.hidden = true;
    entered = made;
    return entered.case;
  }

  const tell = (refused) => select.replaceChildren(el("option", { value: "", text: refused.message }));
  load().catch(tell);
  return { node, value };
}
