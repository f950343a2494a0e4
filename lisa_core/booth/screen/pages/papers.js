// Her papers, with every page as a small picture; touched it becomes a large one. What is gone from the view is gone here too.

import { el, icon } from "/gemeinsam/parts.js";

const COLOURS = { wird_erfasst: "chip--accent", erfasst: "chip--accent", uebernommen: "chip--good", eingereicht: "chip--good" };
const source = (digest) => `/blatt/${digest}`;
const sheet = document.getElementById("sheet");
let pages = [];
let shown = 0;

/** `button` makes one of the view's buttons; `beside` and `below` are those that stand here. */
export function papers({ list, beside, below }, button) {
  if (!list) return null;
  const items = list.map((one) => paper(one, beside.filter(({ id }) => id.endsWith(`:${one.id}`)).map(button)));
  return el("section", { class: "card" }, el("h2", { text: "Ihre Unterlagen" }), el("ul", { class: "papers" }, items), below.map(button));
}

function paper(one, buttons) {
  const { title, pages: number, state, label } = one;
  const count = number === 1 ? "1 Seite" : `${number} Seiten`;
  return el(
    "li",
    {},
    el(
      "div",
      { class: "paper" },
      icon("paper"),
      el("span", { class: "grow" }, title, " ", number > 0 && el("small", { text: `(${count})` })),
      el("span", { class: `chip ${COLOURS[state] ?? ""}`, text: label }),
    ),
    (one.pictures?.length > 0 || buttons.length > 0) &&
      el("div", { class: "thumbs" }, (one.pictures ?? []).map((digest, at) => thumb(one, digest, at)), buttons),
  );
}

const thumb = (one, digest, at) =>
  el(
    "button",
    {
      type: "button",
      class: "thumb",
      id: `thumb-${one.id}-${at}`,
      "aria-label": `${one.title}, Seite ${at + 1} größer zeigen`,
      on: { click: () => open(one, at) },
    },
    el("img", { alt: `Seite ${at + 1}`, src: source(digest) }),
  );

function open({ title, pictures }, at) {
  pages = pictures.map((digest, number) => ({ digest, title: `${title}, Seite ${number + 1} von ${pictures.length}` }));
  turn(at);
  sheet.showModal();
}

function turn(at) {
  shown = Math.max(0, Math.min(pages.length - 1, at));
  const { digest, title } = pages[shown];
  const way = (label, by) =>
    el("button", { type: "button", class: "btn", text: label, disabled: !pages[shown + by], on: { click: () => turn(shown + by) } });
  sheet.replaceChildren(
    el("h2", { id: "sheet-title", text: title }),
    el("div", { class: "large", tabindex: "0", role: "region", "aria-label": title }, el("img", { alt: title, src: source(digest) })),
    el(
      "div",
      { class: "ways" },
      way("Vorige Seite", -1),
      way("Nächste Seite", 1),
      el("button", { type: "button", class: "btn btn--primary", text: "Schließen", on: { click: close } }),
    ),
  );
}

function close() {
  pages = [];
  sheet.replaceChildren();
  if (sheet.open) sheet.close();
}
sheet.addEventListener("close", close);

/** The large picture is closed as soon as the view no longer has its page. */
export function onlyOf(list) {
  const known = new Set((list ?? []).flatMap(({ pictures }) => pictures ?? []));
  if (pages.some(({ digest }) => !known.has(digest))) close();
}
