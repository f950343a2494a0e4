// The form of a search: for whom, which help, from when, what must be and what would be better.

import { el } from "/gemeinsam/parts.js";
import { PER } from "/s/hits.js";
import { dayInput, dayOf, tellMistake, wholeOf } from "/s/fields.js";
import { peopleRows } from "/s/people.js";
import { TOWNS } from "/s/outline.js";
import { traitRows } from "/s/traits.js";
import { button, cents, field } from "/s/words.js";

const BY_AMOUNT = new Set(["weekly_hours", "contacts"]);
const [MOST_DAYS, MOST_AMOUNT, MOST_KM, MOST_CENTS] = [3660, 10000, 1000, 1e8];
const NEARBY = 0.006; // degrees: the point of a search that was saved is rounded
const AMOUNTS = { weekly_hours: "Wochenstunden", contacts: "Kontakte in der Woche" };

const option = (value, text, selected) => el("option", { value, text, selected });

/** Kinds of help to choose from, in the order of the vocabulary and under its headings; `chosen`: the id of one, or none. */
function kindOptions(known, chosen) {
  const nodes = chosen ? [] : [option("", "Bitte wählen", true)];
  for (const { id, law, name, heading } of known.kinds) {
    const one = option(id, `${law.replace(" SGB VIII", "")} ${name}`, id === chosen);
    if (!heading) nodes.push(one);
    else if (nodes.at(-1)?.label === heading) nodes.at(-1).append(one);
    else nodes.push(el("optgroup", { label: heading }, one));
  }
  return nodes;
}

/** Places to start from: the last one, where it is no town, then towns. */
function starts(wish) {
  const all = TOWNS.map(([name, north, east]) => ({ name, point: [north, east] }));
  const point = wish?.near?.point;
  return !point || all.some((one) => same(one.point, point)) ? all : [{ name: "wie zuletzt gesucht", point }, ...all];
}

const same = (a, b) => Boolean(a && b && Math.abs(a[0] - b[0]) < NEARBY && Math.abs(a[1] - b[1]) < NEARBY);

/**
 * The form for the vocabulary `known`, filled with `wish`. `search(wish)` is called with what is wished; a mistake is told
 * in the form. Changing the field of work calls `change(area)`.
 */
export function wishForm(me, known, wish, { search, change }) {
  const kind = el("select", { class: "input", required: true }, ...kindOptions(known, wish?.kind));
  const area = el(
    "select",
    { class: "input", on: { change: () => change(area.value) } },
    ...me.areas.map((one) => option(one.id, one.name, one.id === known.id)),
  );
  const start = dayInput(wish?.start, { min: me.today });
  const length = el("input", { class: "input", inputmode: "numeric", value: wish?.days ?? "", autocomplete: "off" });
  const most = el("input", {
    class: "input",
    inputmode: "decimal",
    value: wish?.most_cents ? String(wish.most_cents / 100).replace(".", ",") : "",
    autocomplete: "off",
  });
  // Nobody is to get a help of one hour because nobody has said how much is needed.
  const amount = el("input", { class: "input", inputmode: "numeric", value: wish?.amount ?? "", required: true, autocomplete: "off" });
  const points = starts(wish);
  const near = el(
    "select",
    { class: "input" },
    option("", "egal"),
    ...points.map((one, number) => option(number, one.name, same(one.point, wish?.near?.point))),
  );
  const km = el("input", { class: "input", inputmode: "numeric", value: wish?.near?.km ?? "", autocomplete: "off" });
  const people = peopleRows(known, wish);
  const traits = traitRows(known, wish);
  const amountField = field("amount", "Wie viel", amount);
  const mostField = field("most", "Höchstens", most);
  const said = el("div", { class: "said" });

  function settle() {
    const { unit, rate } = known.kinds.find((one) => one.id === kind.value) ?? {};
    mostField.firstChild.textContent = ["Höchstens, in €", PER[rate], "(leer: egal)"].filter(Boolean).join(" ");
    amountField.hidden = !BY_AMOUNT.has(unit);
    amountField.firstChild.textContent = AMOUNTS[unit] ?? "Wie viel";
    kmField.hidden = near.value === "";
  }

  function wished() {
    if (!kind.value) throw [kind, "Bitte wählen, welche Hilfe gesucht wird."];
    const money = cents(most.value);
    if (Number.isNaN(money) || money > MOST_CENTS) throw [most, "Höchstens: bitte ein Betrag wie 190 oder 190,50."];
    const point = near.value === "" ? null : points[Number(near.value)].point;
    return {
      area: known.id,
      kind: kind.value,
      ...people.value(),
      ...traits.value(),
      start: dayOf(start, "Ab wann"),
      days: wholeOf(length, "Wie viele Tage", 1, MOST_DAYS),
      amount: amountField.hidden ? 1 : wholeOf(amount, amountField.firstChild.textContent, 1, MOST_AMOUNT),
      most_cents: money,
      near: point && { point, km: wholeOf(km, "Umkreis", 1, MOST_KM) },
      tenants: wish?.tenants ?? [],
    };
  }

  function submit(event) {
    event.preventDefault();
    said.replaceChildren();
    try {
      search(wished());
    } catch (mistake) {
      tellMistake(mistake, said);
    }
  }

  const kmField = field("km", "Umkreis in km (leer: egal)", km);
  const form = el(
    "form",
    { class: "wish", novalidate: true, on: { submit, change: settle } },
    me.areas.length > 1 && field("area", "Arbeitsfeld", area),
    field("kind", "Welche Hilfe", kind),
    people.node,
    el("div", { class: "pair" }, field("start", "Ab wann (leer: sofort)", start), field("days", "Wie viele Tage (leer: offen)", length)),
    amountField,
    el("div", { class: "pair" }, mostField, field("near", "Entfernung von", near)),
    kmField,
    traits.node,
    said,
    el(
      "div",
      { class: "buttons" },
      el("button", { class: "btn btn--primary grow", text: "Suchen" }),
      button("Leeren", () => change(known.id), "plain"),
    ),
  );
  settle();
  return form;
}
