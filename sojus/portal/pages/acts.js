// What can be done with a reservation, a request, somebody who waits or a stay: for each act its words and what it asks.

import { el } from "/gemeinsam/parts.js";
import { APPROVED, contingentInput, contingentOf, takesContingent } from "/s/contingent.js";
import { dialog, send } from "/s/dialog.js";
import { dayInput, dayOf, wholeOf } from "/s/fields.js";
import { nameOf } from "/s/hits.js";
import { read } from "/s/server.js";
import { NO_NAMES, afterLast, button, field, lastOf, told } from "/s/words.js";

const ENDED = "entlassen";

const MOST = 10000;
/** What there may be more or less of; a bed or a seat is one. */
const AMOUNTS = { weekly_hours: "Wochenstunden", contacts: "Kontakte in der Woche" };
const NONE_FREE = "Von Ihren Plätzen dieser Hilfe ist kein anderer frei.";
const dated = (value, required = false) => dayInput(value, { required });
/** `least`: what may stand there at least. */
const number = (value, least = 0) =>
  el("input", { class: "input", inputmode: "numeric", value, required: true, dataset: { least } });
const text = (required) => el("input", { class: "input", maxlength: 300, autocomplete: "off", required });
/** What it is first: a phone cuts off how a long choice ends. */
const placed = (part) => [nameOf(part), part.facility_name].filter(Boolean).join(", ");
/** So many of these, the first of them to begin with. */
const choices = (all, count = 1) =>
  el(
    "select",
    { class: "input", required: true, multiple: count > 1 },
    ...all.map(([value, words], at) => el("option", { value, text: words, selected: at < count })),
  );

/** The same with nothing chosen beforehand: what is counted as it is entered somebody has to have chosen. */
const chosen = (all) => choices(all.length ? [["", "Bitte wählen"], ...all] : []);

/** Her places of the same kind of help where somebody could move to. */
async function otherPlaces(entry) {
  const { groups } = await read("/api/groups");
  const same = groups.filter((group) => group.area === entry.area && group.kind === entry.kind);
  const free = same.flatMap((group) =>
    group.places
      .filter((one) => one.left >= (entry.amount ?? 1) && one.place !== entry.place)
      .map((one) => [one.place, `${one.name}, ${group.name}, ${group.facility_name}`]),
  );
  return choices(free);
}

/** Why a stay may end: the words of its kind of help. */
async function discharges(entry) {
  const { kinds } = await read(`/api/fields/${encodeURIComponent(entry.area)}`);
  return kinds.find((one) => one.id === entry.kind).discharges.map((one) => [one.id, one.name]);
}

const enteredOn = (entry) => (entry.state === ENDED ? (entry.discharged_on ?? lastOf(entry.until)) : entry.admitted_on);

/** What an act may ask for: key in its body -> [label, its field, what to mind] of somebody and an entry. */
const ASKED = {
  day: (me) => ["Tag", dated(me.today, true)],
  from: (me, entry) => ["Ab", dated(entry.from, true)],
  yes: () => [
    "Antwort",
    choices([
      ["ja", "Einverstanden"],
      ["nein", "Nicht einverstanden"],
    ]),
  ],
  until: (me, entry) => ["Letzter Tag, voraussichtlich (leer: offen)", dated(lastOf(entry.until) ?? "")],
  reason: () => ["Grund", text(true), NO_NAMES],
  discharge: async (me, entry) => ["Grund", chosen(await discharges(entry))],
  what: (me, entry) => [
    "Was zurückgenommen wird",
    choices([entry.state === ENDED ? ["discharge", "Die Entlassung"] : ["admission", "Die Aufnahme"]]),
  ],
  entered: (me, entry) => ["Eingetragen war der", dated(enteredOn(entry), true)],
  amount: (me, entry) => [AMOUNTS[entry.unit] ?? "Wie viel", number(entry.amount ?? 1, 1)],
  contacts: () => ["Wie viele Kontakte an diesem Tag", number(1)],
  contingent: (me, entry) => ["Wie viele insgesamt", number(entry.contingent ?? 10)],
  approved: (me, entry) => [APPROVED, contingentInput(entry.contingent)],
  place: async (me, entry) => ["Neuer Platz", await otherPlaces(entry)],
  places: (me, entry) => [
    entry.count > 1 ? `Plätze, ${entry.count} davon` : "Platz",
    choices(
      (entry.free ?? []).map((one) => [one.place, placed(one)]),
      entry.count,
    ),
  ],
  provider: (me, entry) => ["Angebot", choices((entry.proposals ?? []).map((one) => [one.provider, [...one.parts.map(placed), one.provider_name].join("; ")]))],
};

/** Kind of entry -> act -> [words of its button, what follows from it, what it asks]. */
const ACTS = {
  reservations: {
    confirm: ["Aufnehmen zusagen", "Damit ist der Platz verbindlich zugesagt. Ist die Person da, tragen Sie die Aufnahme ein.", []],
    admit: ["Aufnahme eintragen", "An diesem Tag ist die Person gekommen.", ["day", "until"]],
    decline: ["Nicht aufnehmen", "Der Platz wird wieder frei, das Amt erfährt es sofort.", ["reason"]],
    extend: ["Verlängern", "Der Platz wird länger freigehalten.", []],
    rebook: ["Andere Tage", "Der Träger wird noch einmal gefragt.", ["from", "until"]],
    cancel: ["Absagen", "Der Platz wird sofort wieder frei.", []],
  },
  waiting: {
    cancel: ["Von der Warteliste nehmen", "Die Stelle in der Reihe ist dann weg.", []],
  },
  requests: {
    accept: ["Angebot annehmen", "Der Platz ist damit zugesagt, die anderen Angebote zu dieser Anfrage enden.", ["provider", "approved"]],
    withdraw: ["Zurückziehen", "Alle gefragten Träger erfahren, dass es sich erledigt hat.", []],
    propose: ["Platz anbieten", "Freigehalten wird er erst, wenn das Amt annimmt.", ["places"]],
    pass: ["Nichts Passendes", "Das Amt erfährt, dass Sie nichts haben.", []],
  },
  stays: {
    agree: ["Änderung beantworten", "Der Träger möchte länger oder mehr, als bewilligt ist.", ["yes"]],
    contacts: ["Kontakte eintragen", "Diese Kontakte haben an diesem Tag stattgefunden.", ["day", "contacts"]],
    discharge: ["Entlassung eintragen", "Dieser Tag ist der letzte des Aufenthalts.", ["day", "discharge"]],
    move: ["Umzug eintragen", "Der neue Platz ist von diesem Tag an belegt.", ["place", "day"]],
    change: ["Ende oder Umfang ändern", "Was über das Bewilligte hinausgeht, gilt erst, wenn das Amt zustimmt.", ["until", "amount"]],
    correct: ["Kontakte berichtigen", "So viele waren es an diesem Tag wirklich.", ["day", "contacts"]],
    takeback: ["Eintrag zurücknehmen", "Als wäre es nicht eingetragen worden; festgehalten wird beides.", ["what", "entered"]],
    approve: ["Kontakte bewilligen", "So viele Kontakte sind insgesamt bewilligt.", ["contingent"]],
  },
};
const BACK = new Set(["decline", "cancel", "withdraw", "pass"]);
/** Whoever waits has a reservation that waits. */
const ROOM = { waiting: "reservations" };

/** A button for each act that is possible now. `done(sentence)` is called after one. */
export const actButtons = (kind, entry, me, done) =>
  Object.keys(ACTS[kind])
    .filter((name) => entry.can?.includes(name))
    .map((name, at) =>
      button(ACTS[kind][name][0], () => ask(kind, entry, name, me, done), BACK.has(name) ? "plain" : at === 0 ? "primary" : "", {
        "aria-label": `${ACTS[kind][name][0]}: ${entry.place_name ?? entry.sentence}`,
      }),
    );

/** How a field is called in what is sent, where it has another name here. */
const SENT = { discharge: "reason", entered: "day", approved: "contingent" };

/** What is typed or chosen; throws [input, sentence]. */
const valueOf = (key, label, input, entry) => {
  if (input.type === "date") return key === "until" ? afterLast(dayOf(input, label)) : dayOf(input, label);
  if (key === "approved") return contingentOf(input);
  if ("least" in input.dataset) return wholeOf(input, label, Number(input.dataset.least), MOST);
  if (input.required && !input.value.trim()) throw [input, `${label}: bitte angeben.`];
  if (key === "yes") return input.value === "ja";
  if (key === "places") return [...input.selectedOptions].map((one) => ({ place: one.value, amount: entry.amount ?? 1 }));
  return input.value.trim() || null;
};

/** For whom it is, as whoever answers has to know when the button is pressed. */
export const whom = ({ profile, remark }) => profile && el("p", { text: [profile, remark].filter(Boolean).join(" · ") });

export const wayTo = (part) => el("a", { class: "btn btn--plain", href: `/platz/${encodeURIComponent(part.place)}`, text: `${part.place_name} ansehen` });
/** What is offered, and for whoever may look at all places the way to each. */
export const offers = ({ proposals }, me) =>
  proposals?.length > 0 &&
  el(
    "ul",
    { class: "reasons" },
    ...proposals.map((one) =>
      el(
        "li",
        {},
        el("p", { text: one.sentence }),
        me.places.includes("search") && el("div", { class: "buttons" }, ...one.parts.map(wayTo)),
      ),
    ),
  );

async function ask(kind, entry, name, me, done) {
  const [title, follows, wanted] = ACTS[kind][name];
  const asked = await Promise.all(wanted.map(async (key) => [key, ...(await ASKED[key](me, entry))]));
  const isAsked = {
    discharge: (input) => input.options.length > 0,
    approved: () => takesContingent(entry.unit),
    amount: () => Object.hasOwn(AMOUNTS, entry.unit),
  };
  const made = asked.filter(([key, , input]) => isAsked[key]?.(input) ?? true);
  const isStuck = made.some(([key, , input]) => key === "place" && !input.options.length);
  const said = el("div", {}, isStuck && told(NONE_FREE, "warn"));
  const yes = button(title, act, BACK.has(name) ? "bad" : "primary");
  const box = dialog(
    title,
    el("p", { text: entry.sentence }),
    whom(entry),
    wanted.includes("provider") && offers(entry, me),
    el("p", { class: "muted", text: me.means?.[name] ?? follows }),
    ...(isStuck ? [] : made).map(([key, label, input, hint]) => field(`act-${key}`, label, input, hint)),
    said,
    el(
      "div",
      { class: "buttons" },
      !isStuck && yes,
      button("Abbrechen", () => box.close(), "plain", { dataset: { close: "" } }),
    ),
  );

  async function act() {
    const answer = await send(box, said, () => {
      const wished = made.map(([key, label, input]) => [SENT[key] ?? key, valueOf(key, label, input, entry)]);
      const body = { ...Object.fromEntries(wished), ...(entry.at ? { at: entry.at } : {}) };
      return [`/api/${ROOM[kind] ?? kind}/${encodeURIComponent(entry.id)}/${name}`, body];
    });
    if (!answer) return;
    box.close();
    done(answer.sentence || "Gespeichert.");
  }
}
