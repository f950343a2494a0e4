// The follow-up appointment, and what came of the visit where the booth cannot tell by itself.

import { el, part, when } from "/gemeinsam/parts.js";

const OUTCOMES = {
  erledigt_beratung: "Beratung, erledigt",
  unterlagen_eingereicht: "Unterlagen eingereicht",
  kopie_ausgehaendigt: "Kopie ausgehändigt",
  folgetermin: "Folgetermin",
  an_andere_stelle: "An andere Stelle verwiesen",
};

/** elements: those of the card by id; send(type, body). own(): the name of this desk's office. */
export function appointmentCard(elements, send, own) {
  let service = null;
  let busy = false;

  function update(desk, caseState) {
    service = caseState?.service ?? null;
    const before = elements.office.value;
    part(elements.office, [own(), desk?.offices?.map(({ id, name }) => [id, name])], () => [
      el("option", { value: "", text: "– bei wem? –" }),
      ...(desk?.offices ?? []).map(({ id, name }) => el("option", { value: id, text: name })),
    ]);
    elements.office.value = before;
    part(elements.outcome, 1, () => [
      el("option", { value: "", text: "– ergibt sich von selbst –" }),
      ...Object.entries(OUTCOMES).map(([value, text]) => el("option", { value, text })),
    ]);
    ready();
  }

  function ready() {
    elements.book.disabled = busy || !elements.office.value || !elements.start.value;
  }

  function book() {
    busy = true;
    ready();
    send("appointment.book", {
      office: elements.office.value,
      start: elements.start.value,
      service,
      with_me: elements.mine.checked,
    });
  }

  /** The exchange has answered: the appointment stands, or why it cannot be. */
  function answered(booked) {
    busy = false;
    if (booked) {
      part(elements.made, booked, () => `Vereinbart: ${when(booked.start)}, ${booked.site_name}`);
      elements.start.value = "";
    }
    ready();
  }

  function clear() {
    busy = false;
    elements.start.value = "";
    elements.office.value = "";
    elements.mine.checked = false;
    elements.outcome.value = "";
    part(elements.made, null, () => []);
    ready();
  }

  for (const field of [elements.office, elements.start]) field.addEventListener("input", ready);
  elements.outcome.addEventListener("change", () => elements.outcome.value && send("case.outcome", { outcome: elements.outcome.value }));
  return { update, book, answered, clear };
}
