// The form that citizen and agent fill in together. What stands in it comes from the booth; this card only asks for changes.

import { deafen, el, icon, part, when } from "/gemeinsam/parts.js";
import { missingPapers } from "/seiten/papers_card.js";

const KINDS = {
  text: {},
  date: { placeholder: "TT.MM.JJJJ", inputmode: "numeric" },
  money: { placeholder: "z. B. 512,40", inputmode: "decimal" },
  number: { inputmode: "numeric" },
  iban: { placeholder: "DE00 0000 0000 0000 0000 00", autocapitalize: "characters", spellcheck: "false" },
};
const STEPS = [
  ["Ausfüllen", ["entwurf"]],
  ["Prüfen", ["wird_geprueft"]],
  ["Unterschreiben", ["vom_buerger_geprueft", "wird_unterschrieben"]],
  ["Abgeben", ["unterschrieben", "wird_eingereicht", "eingereicht"]],
];
const HANDED_IN = "eingereicht";
const NEXT = {
  entwurf: ["Erklärung prüfen lassen", "case.check"],
  wird_geprueft: ["", "", "Die Bürgerin prüft die Erklärung …"],
  vom_buerger_geprueft: ["Unterschreiben lassen", "case.sign"],
  wird_unterschrieben: ["", "", "Sobald das Pad bereit ist, bittet der Bildschirm die Bürgerin zu unterschreiben. Legt sie den Stift hin, geht es hier weiter."],
  unterschrieben: ["Antrag abgeben", "case.hand_in"],
  wird_eingereicht: ["", "", "Der Antrag wird abgegeben …"],
  eingereicht: ["", "", ""],
};
const FINAL = new Set(["wird_eingereicht", "eingereicht"]);

/** An answer as people write it; what is no IBAN and no amount stays as it was typed. */
function written(kind, value) {
  const plain = value.replaceAll(/\s/g, "");
  if (kind === "iban" && /^[a-z]{2}\d\d/i.test(plain)) return plain.toUpperCase().replaceAll(/(.{4})(?=.)/g, "$1 ");
  const [, euros, cents] = (kind === "money" && /^(\d{1,7}|\d{1,3}(?:\.\d{3}){1,2})(,\d{2})?€?$/.exec(plain)) || [];
  if (euros) return `${euros.replaceAll(".", "").replaceAll(/\d(?=(\d{3})+$)/g, "$&.")}${cents ?? ",00"} €`;
  return value;
}

/** send(type, body) asks the booth; confirm(title, text, yes) -> promise of true or false. */
export function formCard(root, send, confirm) {
  let shown = "";
  let now = null;
  const sent = new Map();

  /** Show the case; without a form, say how to begin. */
  function update(state, spec) {
    now = state;
    if (!state?.form || !spec?.fields) {
      shown = "";
      part(root, [state?.service ?? "", Boolean(state?.only)], () => empty(state));
      return;
    }
    const key = JSON.stringify([state.form.id, spec.id]);
    if (key !== shown) {
      shown = key;
      sent.clear();
      part(root, [key, Math.random()], () => build(spec));
    }
    const kinds = new Map(spec.fields.map((field) => [field.id, field.kind]));
    for (const field of state.form.fields) refresh(field, kinds.get(field.id), spec.wrong?.[field.id] ?? "");
    part(root.querySelector(".steps"), state.form.stage, steps);
    const below = root.querySelector(".next");
    const before = below.dataset.stage;
    below.dataset.stage = state.form.stage;
    part(below, [state.form.stage, counts(state.form, spec), missing(state, spec)], () => next(state, spec));
    if (before && before !== state.form.stage) deafen(below);
    const told = part(root.querySelector(".outcome"), [state.form.receipt, state.form.signature_svg], () => outcome(state.form));
    // What was pressed stands at the end of the form, the number that came of it at its head.
    if (told) root.querySelector(".receipt")?.scrollIntoView({ block: "nearest" });
  }

  const empty = (state) =>
    el(
      "div",
      { class: "card quiet" },
      icon("paper", "icon large"),
      el("h2", { text: state?.only ? "Unterlagen ohne Antrag" : "Noch kein Antrag geöffnet" }),
      el("p", { class: "muted", text: state?.only ? "Wie weit sie sind, steht rechts." : begin(state) }),
    );

  const begin = (state) =>
    state?.service ? "Öffnen Sie rechts das Formular zur Leistung." : "Fragen Sie nach dem Anliegen und wählen Sie rechts die Leistung.";

  const build = (spec) =>
    el(
      "section",
      { class: "card form-card", "aria-labelledby": "form-title" },
      el("h2", { id: "form-title", text: spec.title }),
      el("ol", { class: "steps", "aria-label": "Stand des Antrags" }),
      el("div", { class: "outcome", "aria-live": "polite" }),
      el("div", { class: "fields" }, spec.fields.map(row)),
      el("div", { class: "next", "aria-live": "polite" }),
    );

  function row(field) {
    const id = `field-${field.id}`;
    const on = { change: () => change(field.id), keydown: (event) => event.key === "Enter" && onward(event) };
    const shared = { id, class: "input", "aria-describedby": `${id}-state ${id}-wrong`, "aria-required": String(field.required), on };
    const input =
      field.kind === "choice"
        ? el("select", shared, ["", ...field.choices].map((choice) => el("option", { value: choice, text: choice || "– bitte wählen –" })))
        : el("input", { ...shared, ...(KINDS[field.kind] ?? {}), type: "text", maxlength: 200, autocomplete: "off" });
    return el(
      "div",
      { class: "field form-row", dataset: { field: field.id } },
      el("label", { for: id }, field.label, !field.required && el("small", { class: "muted", text: " (freiwillig)" })),
      input,
      el("span", { id: `${id}-state`, class: "chip" }),
      el("p", { id: `${id}-wrong`, class: "wrong" }),
    );
  }

  function change(id) {
    const { value } = root.querySelector(`[id="field-${id}"]`);
    sent.set(id, now.revision);
    send("case.field", { field: id, value, revision: now.revision });
  }

  function onward(event) {
    event.preventDefault();
    const inputs = [...root.querySelectorAll(".form-row .input")];
    const after = inputs[inputs.indexOf(event.target) + 1] ?? root.querySelector("#next-step");
    if (after) after.focus();
    else event.target.blur();
  }

  function refresh(field, kind, wrong) {
    const input = root.querySelector(`[id="field-${field.id}"]`);
    if (!input) return;
    const waiting = sent.has(field.id) && now.revision <= sent.get(field.id);
    const typing = input === document.activeElement && input.dataset.server !== input.value && !sent.has(field.id);
    if (!waiting && !typing) {
      input.value = written(kind, field.value);
      input.dataset.server = input.value;
      sent.delete(field.id);
    }
    input.disabled = FINAL.has(now.form.stage);
    input.setAttribute("aria-invalid", String(Boolean(wrong)));
    root.querySelector(`[id="field-${field.id}-wrong"]`).textContent = wrong && wrong[0].toUpperCase() + wrong.slice(1);
    part(root.querySelector(`[id="field-${field.id}-state"]`), [field.confirmed, Boolean(field.value), Boolean(wrong)], () => {
      if (wrong) return [icon("warn"), "falsch"];
      if (field.confirmed) return [icon("check"), "bestätigt"];
      return field.value ? [icon("pen"), "unbestätigt"] : [icon("open"), "offen"];
    });
    root.querySelector(`[id="field-${field.id}-state"]`).className = `chip ${wrong ? "chip--bad" : field.confirmed ? "chip--good" : field.value ? "chip--warn" : ""}`;
  }

  const counts = (form, spec) => {
    const required = new Set(spec.fields.filter((field) => field.required).map((field) => field.id));
    const open = form.fields.filter((field) => !field.value && required.has(field.id)).length;
    return { open, unconfirmed: form.fields.filter((field) => field.value && !field.confirmed).length };
  };

  /** Told before it is handed in. */
  const missing = (state, spec) => (FINAL.has(state.form.stage) ? [] : missingPapers(spec.attachments ?? [], state.papers));

  function next(state, spec) {
    const { form } = state;
    const [label, type, waiting] = NEXT[form.stage] ?? ["", "", ""];
    const { open, unconfirmed } = counts(form, spec);
    const hint = [open && `${open} Pflichtangaben offen`, unconfirmed && `${unconfirmed} nicht bestätigt`].filter(Boolean).join(" · ");
    return [
      form.stage === "entwurf" && hint && el("p", { class: "muted", text: hint }),
      missing(state, spec).length > 0 && el("p", { class: "missing", text: `Noch nicht dabei: ${missing(state, spec).join(", ")}` }),
      !FINAL.has(form.stage) &&
        el("button", { type: "button", id: "discard-form", class: "btn btn--plain", text: "Entwurf verwerfen", on: { click: discard } }),
      waiting && el("p", { class: "waiting", text: waiting }),
      label && el("button", { type: "button", id: "next-step", class: "btn btn--primary", text: label, on: { click: () => send(type) } }),
    ];
  }

  async function discard() {
    const text = "Alle Angaben und eine Unterschrift werden gelöscht. Die Unterlagen bleiben.";
    if (await confirm("Entwurf verwerfen?", text, "Verwerfen")) send("case.form.discard");
  }

  return { update };
}

function steps(stage) {
  const at = stage === HANDED_IN ? STEPS.length : STEPS.findIndex(([, stages]) => stages.includes(stage));
  return STEPS.map(([label], index) => {
    const state = index < at ? "done" : index === at ? "now" : "later";
    const text = stage === HANDED_IN && index === at - 1 ? "Abgegeben" : label;
    return el("li", { dataset: { state }, "aria-current": index === at ? "step" : undefined }, index < at && icon("check"), text);
  });
}

const outcome = ({ receipt, signature_svg: svg }) => [
  svg && el("img", { class: "ink", alt: "Unterschrift der Bürgerin", src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}` }),
  receipt &&
    el(
      "div",
      { class: "receipt" },
      el("p", {}, el("strong", { text: "Eingegangen: " }), el("span", { id: "receipt-number", text: receipt.number })),
      el("p", { class: "muted digest", text: `${when(receipt.received_at)} · Prüfsumme ${receipt.digest.slice(0, 16)} …` }),
    ),
];
