// What can be done with a reservation, a request, somebody who waits or a stay: for each act its words and what it asks.

import { el } from "/gemeinsam/parts.js";
import { dialog } from "/s/dialog.js";
import { act } from "/s/server.js";
import { button, field, told } from "/s/words.js";

const NO_NAMES = "Bitte ohne Namen: der Text bleibt gespeichert.";

/** Fields that an act may ask for: how each is made, and how it is read. */
const ASKED = {
  day: (me) => ["Tag", el("input", { class: "input", type: "date", value: me.today, required: true })],
  until: () => ["Voraussichtlich bis (leer: offen)", el("input", { class: "input", type: "date" })],
  reason: () => ["Grund", el("input", { class: "input", maxlength: 300, autocomplete: "off" }), NO_NAMES],
  count: () => ["Wie viele", el("input", { class: "input", inputmode: "numeric", value: 1, required: true, dataset: { number: "" } })],
  amount: () => ["Wie viel", el("input", { class: "input", inputmode: "numeric", value: 1, required: true, dataset: { number: "" } })],
  place: (me, entry) => ["Platz", choices(entry.free ?? entry.places ?? [], "place", "name")],
  provider: (me, entry) => ["Träger", choices(entry.proposals ?? [], "provider", "provider_name")],
};

const choices = (all, value, name) => el("select", { class: "input", required: true }, ...all.map((one) => el("option", { value: one[value], text: one[name] ?? one[value] })));

/** Kind of entry -> act -> [words of its button, words that say what follows, what it asks]. */
export const ACTS = {
  reservations: {
    admit: ["Aufnahme eintragen", "An diesem Tag ist die Person gekommen.", ["day", "until"]],
    confirm: ["Aufnehmen zusagen", "Damit ist der Platz verbindlich zugesagt.", []],
    decline: ["Nicht aufnehmen", "Der Platz wird wieder frei, das Jugendamt erfährt es sofort.", ["reason"]],
    extend: ["Verlängern", "Der Platz wird länger freigehalten.", []],
    cancel: ["Absagen", "Der Platz wird sofort wieder frei.", ["reason"]],
  },
  waiting: {
    leave: ["Von der Warteliste nehmen", "Der Platz in der Reihe ist dann weg.", []],
    cancel: ["Von der Warteliste nehmen", "Der Platz in der Reihe ist dann weg.", []],
  },
  requests: {
    propose: ["Platz anbieten", "Freigehalten wird er erst, wenn das Jugendamt annimmt.", ["place"]],
    pass: ["Nichts Passendes", "Das Jugendamt erfährt, dass Sie nichts haben.", []],
    accept: ["Angebot annehmen", "Der Platz ist damit zugesagt, alle anderen Anfragen enden.", ["provider"]],
    withdraw: ["Zurückziehen", "Alle gefragten Träger erfahren, dass es sich erledigt hat.", []],
  },
  stays: {
    discharge: ["Entlassung eintragen", "Dieser Tag ist der letzte des Aufenthalts.", ["day", "reason"]],
    move: ["Umzug eintragen", "Der neue Platz ist von diesem Tag an belegt.", ["place", "day"]],
    change: ["Ende ändern", "So lange ist der Platz voraussichtlich belegt.", ["until"]],
    approve: ["Kontakte bewilligen", "So viele Kontakte sind insgesamt bewilligt.", ["amount"]],
    contacts: ["Kontakte eintragen", "Diese Kontakte haben an diesem Tag stattgefunden.", ["day", "count"]],
  },
};
const BACK = new Set(["decline", "cancel", "withdraw", "pass", "leave"]);

/** A button for each act that is possible now. `done(sentence)` is called after one. */
export const actButtons = (kind, entry, me, done) =>
  (entry.can ?? [])
    .filter((name) => Object.hasOwn(ACTS[kind], name))
    .map((name, at) => button(ACTS[kind][name][0], () => ask(kind, entry, name, me, done), BACK.has(name) ? "plain" : at === 0 ? "primary" : "", { "aria-label": `${ACTS[kind][name][0]}: ${entry.place_name ?? entry.sentence ?? ""}` }));

function ask(kind, entry, name, me, done) {
  const [title, follows, wanted] = ACTS[kind][name];
  const made = wanted.map((key) => [key, ...ASKED[key](me, entry)]);
  const said = el("div", {});
  const yes = button(title, send, BACK.has(name) ? "bad" : "primary");
  const box = dialog(title, el("p", { text: entry.sentence }), el("p", { class: "muted", text: follows }), ...made.map(([key, label, input, hint]) => field(`act-${key}`, label, input, hint)), said, el("div", { class: "buttons" }, yes, button("Abbrechen", () => box.close(), "plain", { dataset: { close: "" } })));

  async function send() {
    const missing = made.find(([, , input]) => input.required && !input.value.trim());
    if (missing) {
      said.replaceChildren(told(`${missing[1]}: bitte angeben.`, "bad"));
      missing[2].focus();
      return;
    }
    const body = Object.fromEntries(made.map(([key, , input]) => [key, "number" in input.dataset ? Number(input.value) : input.value.trim() || null]));
    box.busy(true);
    try {
      const answer = await act(`/api/${kind}/${encodeURIComponent(entry.id)}/${name}`, body, () => said.replaceChildren(told("Keine Verbindung. Es wird gesendet, sobald es geht.", "warn")));
      box.close();
      done(answer.sentence ?? "Gespeichert.");
    } catch (refused) {
      said.replaceChildren(told(refused.message, "bad"));
      box.busy(false);
    }
  }
}
