// What a place must have, and what would be better: each trait of the vocabulary once, with how much it matters.

import { el } from "/gemeinsam/parts.js";

const MATTERS = [
  ["", "egal"],
  ["must", "muss sein"],
  ["1", "wäre gut"],
  ["3", "wäre wichtig"],
];

/** The control for the value of a trait, and how its value is read. A value that is not said throws [input, sentence]. */
const SHAPES = {
  yes_no: (trait, wanted) => {
    const input = select(
      trait,
      [
        ["ja", "ja"],
        ["nein", "nein"],
      ],
      wanted === false ? "nein" : "ja",
    );
    return [input, () => input.value === "ja"];
  },
  one_of: (trait, wanted) => {
    const input = select(
      trait,
      trait.values.map(({ id, name }) => [id, name]),
      wanted?.[0],
    );
    return [input, () => [input.value]];
  },
  several_of: (trait, wanted) => {
    const boxes = trait.values.map(({ id, name }) =>
      el("label", { class: "tick" }, el("input", { type: "checkbox", value: id, checked: Array.isArray(wanted) && wanted.includes(id) }), name),
    );
    const node = el("div", { class: "ticks", role: "group", "aria-label": trait.name }, ...boxes);
    return [
      node,
      () => {
        const chosen = [...node.querySelectorAll(":checked")].map((box) => box.value);
        if (!chosen.length) throw [node.querySelector("input"), `${trait.name}: bitte wählen, was gewünscht ist.`];
        return chosen;
      },
    ];
  },
  number: (trait, wanted) => {
    const [least, most] = trait.range;
    const [low, high] = [wanted?.[0] ?? least, wanted?.[1] ?? most].map((value) =>
      el("input", { class: "input", inputmode: "numeric", value, maxlength: 6, autocomplete: "off" }),
    );
    low.setAttribute("aria-label", `${trait.name}, von`);
    high.setAttribute("aria-label", `${trait.name}, bis`);
    const node = el("div", { class: "range" }, low, el("span", { text: "bis" }), high);
    return [
      node,
      () => {
        for (const one of [low, high]) if (!/^\d+$/.test(one.value.trim())) throw [one, `${trait.name}: bitte ganze Zahlen.`];
        return [Number(low.value), Number(high.value)];
      },
    ];
  },
};

function select(trait, values, wanted) {
  return el(
    "select",
    { class: "input", "aria-label": trait.name },
    ...values.map(([value, text]) => el("option", { value, text, selected: value === wanted })),
  );
}

/** Rows for all traits of the vocabulary, filled with what is wished. */
export function traitRows(known, wish) {
  const musts = new Map((wish?.traits ?? []).map((one) => [one.trait, one.wanted]));
  const better = new Map((wish?.preferences ?? []).map((one) => [one.trait, one]));
  const rows = known.traits.map((trait) => row(trait, musts, better));
  const said = musts.size + better.size;
  const node = el(
    "details",
    { class: "traits", open: said > 0 },
    el("summary", { text: "Was muss sein, was wäre gut" }),
    el("ul", {}, ...rows.map((one) => one.node)),
  );
  return {
    node,
    value() {
      const chosen = rows.filter((one) => one.matters());
      const musts = chosen.filter((one) => one.matters() === "must").map((one) => ({ trait: one.id, wanted: one.read() }));
      const preferences = chosen
        .filter((one) => one.matters() !== "must")
        .map((one) => ({ trait: one.id, wanted: one.read(), weight: Number(one.matters()) }));
      return { traits: musts, preferences };
    },
  };
}

function row(trait, musts, better) {
  const wanted = musts.get(trait.id) ?? better.get(trait.id)?.wanted;
  const now = musts.has(trait.id) ? "must" : String(better.get(trait.id)?.weight ?? "");
  const matters = el(
    "select",
    { class: "input", id: `trait-${trait.id}`, on: { change: settle } },
    ...MATTERS.map(([value, text]) => el("option", { value, text, selected: value === now })),
  );
  const [control, read] = SHAPES[trait.shape](trait, wanted);
  function settle() {
    control.hidden = matters.value === "";
  }
  settle();
  const node = el("li", { class: "trait" }, el("label", { for: matters.id, text: trait.name }), matters, control);
  return { id: trait.id, node, matters: () => matters.value, read };
}
