// Appointments without a visit: made and cancelled for somebody who telephones. What is shown comes from the exchange.

import { el, part, when } from "/gemeinsam/parts.js";

/** elements: {dialog, site, office, start, mine, book, list, said}; send(type, body). */
export function diaryCard(elements, send) {
  let busy = false;

  function open() {
    say("");
    send("appointment.ask", {}, "");
    elements.dialog.showModal();
  }

  function update(desk) {
    const before = elements.office.value;
    part(elements.office, desk?.offices?.map(({ id, name }) => [id, name]) ?? [], (offices) => [
      el("option", { value: "", text: "– bei wem? –" }),
      ...offices.map(([value, text]) => el("option", { value, text })),
    ]);
    elements.office.value = before;
    ready();
  }

  function heard({ entries, sites }) {
    const before = elements.site.value;
    part(elements.site, sites, () => [
      el("option", { value: "", text: "– wo? –" }),
      ...sites.map(({ id, name }) => el("option", { value: id, text: name })),
    ]);
    elements.site.value = before;
    part(elements.list, entries, () => (entries.length ? entries.map(line) : [el("li", { class: "muted", text: "Keine Termine." })]));
    ready();
  }

  const line = ({ token, start, site_name: site, office_name: office, agent_name: agent }) =>
    el(
      "li",
      { class: "form-line" },
      el("span", { text: `${when(start)}, ${site}: ${[office, agent].filter(Boolean).join(", ")}` }),
      el("button", {
        type: "button",
        class: "btn btn--plain",
        text: "Absagen",
        "aria-label": `Termin am ${when(start)} absagen`,
        on: { click: () => send("appointment.cancel", { token }, "") },
      }),
    );

  function book() {
    busy = true;
    say("");
    ready();
    send(
      "appointment.book",
      { office: elements.office.value, start: elements.start.value, with_me: elements.mine.checked, site: elements.site.value },
      "",
    );
  }

  /** The exchange has answered: what was made or cancelled, or why it cannot be. */
  function answered(text, made = false) {
    busy = false;
    if (!elements.dialog.open) return;
    if (made) elements.start.value = "";
    say(text);
    ready();
    send("appointment.ask", {}, "");
  }

  function say(text) {
    elements.said.textContent = text;
  }

  function ready() {
    elements.book.disabled = busy || !elements.site.value || !elements.office.value || !elements.start.value;
  }

  const close = () => elements.dialog.open && elements.dialog.close();
  for (const field of [elements.site, elements.office, elements.start]) field.addEventListener("input", ready);
  return { open, update, heard, book, answered, close, isOpen: () => elements.dialog.open };
}
