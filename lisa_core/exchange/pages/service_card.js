// The request: which service it is, its forms, and to whom the call goes on.

import { el, part, when } from "/gemeinsam/parts.js";

const SETTLES_MS = 250;

/** elements: those of the card by id; send(type, body). own(): the name of this desk's office; unstaffed(): where nobody is. */
export function serviceCard(elements, send, own, unstaffed) {
  let desk = { offices: [], services: [] };
  let state = null;
  let settle = 0;
  let wanted = null; // {service, since}: chosen here, not yet heard from the booth at a revision above `since`

  function update(deskState, caseState) {
    const chosenBefore = state?.service ?? "";
    desk = deskState ?? desk;
    state = caseState;
    const chosen = state?.service ?? "";
    part(elements.service, desk.services, serviceOptions);
    if (wanted && (chosen === wanted.service || (state?.revision ?? 0) > wanted.since)) wanted = null;
    elements.service.value = wanted?.service ?? chosen;
    const before = elements.office.value;
    part(elements.office, [desk.offices, unstaffed()], officeOptions);
    elements.office.value = chosen && chosen !== chosenBefore ? elsewhere(chosen) : before;
    part(elements.forms, [chosen, state?.form?.id, state?.form?.stage], formButtons);
    label();
  }

  const service = (id) => desk.services.find((entry) => entry.id === id);
  const officeName = (id) => desk.offices.find((entry) => entry.id === id)?.name ?? id;

  /** The office of this service, unless it is our own: nobody forwards to herself. */
  function elsewhere(chosen) {
    const office = service(chosen)?.office ?? "";
    return officeName(office) === own() ? "" : office;
  }

  function serviceOptions() {
    const groups = Map.groupBy(desk.services, (entry) => entry.office);
    return [
      el("option", { value: "", text: "– noch nicht gewählt –" }),
      ...[...groups].map(([office, entries]) =>
        el("optgroup", { label: officeName(office) }, entries.map(({ id, name }) => el("option", { value: id, text: name }))),
      ),
    ];
  }

  const officeOptions = () => [
    el("option", { value: "", text: "– wohin? –" }),
    ...desk.offices.map(({ id, name, ready }) => el("option", { value: id, text: `${name} (${who(id, ready)})` })),
  ];

  /** Who could answer there: from where nobody is, a call comes back at once. */
  const who = (id, ready) => (ready ? `${ready} frei` : unstaffed().includes(id) ? "niemand am Platz" : "niemand frei");

  function formButtons() {
    const chosen = service(state?.service);
    if (!chosen) return [];
    return chosen.forms.map((form, index) => {
      const title = chosen.form_titles[index];
      const open = state.form?.id === form;
      return el(
        "li",
        { class: "form-line" },
        el("span", { text: title }),
        el("button", {
          type: "button",
          id: `open-${form}`,
          class: "btn",
          text: open ? "geöffnet" : "Öffnen",
          disabled: Boolean(state.form),
          "aria-label": open ? `${title}: geöffnet` : `${title} öffnen`,
          on: { click: () => send("case.form.open", { form }) },
        }),
      );
    });
  }

  function label() {
    const chosen = desk.offices.find(({ id }) => id === elements.office.value);
    elements.forward.classList.toggle("btn--plain", chosen?.ready === 0); // nobody is free there: not what one does next
    elements.forward.textContent = elements.office.value ? `Weiterleiten an ${officeName(elements.office.value)}` : "Weiterleiten";
    for (const button of [elements.forward, elements.consult]) button.disabled = !elements.office.value;
  }

  // With the arrow keys one passes several services: only the one that stays is said.
  elements.service.addEventListener("change", () => {
    clearTimeout(settle);
    wanted = { service: elements.service.value, since: Infinity };
    settle = setTimeout(() => {
      const chosen = wanted?.service;
      if (chosen && chosen !== state?.service) {
        wanted.since = state?.revision ?? 0;
        send("case.service", { service: chosen });
      } else wanted = null;
    }, SETTLES_MS);
  });
  elements.office.addEventListener("change", label);

  /** What her slip is for: the way there is chosen already, and her contact is rung first. */
  function slip({ start, office, office_name: where, service: wantedService, agent_name: who }) {
    part(elements.known, [start, office, who], () => `Termin ${when(start)}: ${[where, who].filter(Boolean).join(", ")}`);
    if (wantedService && !state?.service) send("case.service", { service: wantedService });
    if (where !== own()) elements.office.value = office;
    label();
  }

  function clear() {
    clearTimeout(settle);
    wanted = null;
    elements.slip.value = "";
    part(elements.known, null, () => []);
    update(null, null);
    elements.office.value = "";
  }

  return {
    update,
    slip,
    clear,
    forward: () => send("call.forward", { office: elements.office.value, service: state?.service ?? null }),
    consult: () => send("call.consult", { office: elements.office.value, service: state?.service ?? null }),
    officeName: () => officeName(elements.office.value),
  };
}
