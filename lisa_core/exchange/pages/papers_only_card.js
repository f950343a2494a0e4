// Papers without an application: where they go, what they belong to, and how far it has come. The citizen hands them in.

import { deafen, el, icon, part, when } from "/gemeinsam/parts.js";
import { isComplete } from "/seiten/papers_card.js";

const ANSWER_MS = 5000;
const NO_ANSWER = "Die Kabine hat darauf nicht geantwortet. Vielleicht kann sie es noch nicht: bitte den Support fragen.";
const SAYS = {
  wird_geprueft: "Die Bürgerin sieht auf ihrem Bildschirm, was eingereicht wird, und reicht es selbst ein …",
  vom_buerger_geprueft: "Die Unterlagen sind noch nicht angekommen.",
  wird_eingereicht: "Die Unterlagen werden eingereicht …",
};

/** Whether what is open is no application but papers on their way without one. */
export const isPapersOnly = (spec) => spec?.signature === false;

/** elements: {service, reference, goes, show, state}; send(type, body) asks the booth; say(text) tells the agent. */
export function papersOnlyCard(elements, send, say) {
  let desk = { offices: [], services: [] };
  let state = null;
  let spec = null;
  let answer = 0;

  function update(deskState, caseState, form) {
    desk = deskState ?? desk;
    if (caseState?.revision !== state?.revision) clearTimeout(answer);
    const before = state?.service ?? "";
    state = caseState;
    spec = form;
    const redrawn = part(elements.service, desk.services, options);
    if (redrawn || (state?.service ?? "") !== before) elements.service.value = state?.service ?? "";
    const mine = isPapersOnly(spec) ? state?.form : null;
    for (const field of [elements.service, elements.reference]) field.disabled = Boolean(state?.form);
    elements.show.disabled = Boolean(state?.form) || !there().length;
    part(elements.goes, [elements.service.value, there().map((paper) => paper.pages.length), Boolean(state?.form), Boolean(mine)], goes);
    if (part(elements.state, [mine?.stage, mine?.receipt], () => (mine ? stage(mine) : []))) deafen(elements.state);
  }

  const there = () => (state?.papers ?? []).filter(isComplete);
  const officeName = (id) => desk.offices.find((entry) => entry.id === id)?.name ?? id;

  function options() {
    const groups = Map.groupBy(desk.services, (entry) => entry.office);
    return [
      el("option", { value: "", text: "– noch unklar: an den Empfang –" }),
      ...[...groups].map(([office, entries]) =>
        el("optgroup", { label: officeName(office) }, entries.map(({ id, name }) => el("option", { value: id, text: name }))),
      ),
    ];
  }

  /** What would go, and where: before anybody is shown anything. */
  function goes() {
    if (isPapersOnly(spec)) return [];
    if (state?.form) return "Es ist ein Antrag geöffnet: Die Unterlagen gehen mit ihm ein.";
    if (!there().length) return "Erst eine Unterlage scannen oder aufnehmen.";
    const pages = there().reduce((sum, paper) => sum + paper.pages.length, 0);
    const office = desk.services.find(({ id }) => id === elements.service.value)?.office;
    return `${there().length === 1 ? "1 Unterlage" : `${there().length} Unterlagen`}, ${pages === 1 ? "1 Seite" : `${pages} Seiten`}, an: ${office ? officeName(office) : "Empfang"}`;
  }

  function stage({ stage: at, receipt }) {
    if (receipt)
      return el(
        "div",
        { class: "receipt" },
        el("p", {}, icon("check"), el("strong", { text: " Eingegangen: " }), el("span", { id: "papers-only-number", text: receipt.number })),
        el("p", { class: "muted", text: when(receipt.received_at) }),
      );
    return [
      el("p", { class: "waiting", text: SAYS[at] ?? "" }),
      el(
        "div",
        { class: "buttons" },
        at !== "wird_eingereicht" &&
          el("button", { type: "button", id: "papers-only-back", class: "btn btn--plain", text: "Zurücknehmen", on: { click: () => ask("case.form.discard") } }),
        at === "vom_buerger_geprueft" &&
          el("button", { type: "button", id: "papers-only-again", class: "btn btn--primary", text: "Erneut einreichen", on: { click: () => ask("case.hand_in") } }),
      ),
    ];
  }

  function ask(type, body = {}) {
    clearTimeout(answer);
    answer = setTimeout(() => say(NO_ANSWER), ANSWER_MS);
    send(type, body);
  }

  function clear() {
    clearTimeout(answer);
    elements.reference.value = "";
    update(null, null, null);
    elements.service.value = "";
  }

  elements.service.addEventListener("change", () => update(null, state, spec));
  return {
    update,
    clear,
    show: () => ask("case.papers.declare", { service: elements.service.value || null, reference: elements.reference.value.trim() }),
    copy: (paper) => ask("case.paper.copy", { paper }),
  };
}
