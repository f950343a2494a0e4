// A group leader's phone: all her places of a group on one screen; one tap changes a place, one says that all is right.

import { el, say } from "/gemeinsam/parts.js";
import { dayInput, dayOf, tellMistake, wholeOf } from "/s/fields.js";
import { housesCard } from "/s/houses.js";
import { follow } from "/s/live.js";
import { AGAIN_SOON, act, read } from "/s/server.js";
import { afterLast, button, counted, field, lastOf, stateChip, titled, told } from "/s/words.js";

/** What a tap says of a place, the word on it, and which state is then already so. */
const TAPS = [
  ["free", "Frei", "frei"],
  ["occupy", "Belegt", "belegt"],
  ["close", "Zu", "geschlossen"],
];
const MANY = [
  ["free", "Frei melden"],
  ["close", "Zu"],
  ["open", "Wieder öffnen"],
];
/** What an act is about that was given in before. */
const REFERS = { open: "closure", free: "reported", occupy: "reported" };
/** A closed place is opened, an occupied one is freed. */
const nameOf = (wanted, state) => (wanted === "free" && state === "geschlossen" ? "open" : wanted);
const BUSY = "Ein Moment noch: das Letzte wird gerade gesendet.";

export async function page(main, me) {
  const body = el("div", { class: "groups" });
  const said = el("div", { class: "said" });
  main.replaceChildren(titled("Plätze"), body, said);
  let sending = 0;

  async function load() {
    const { groups } = await read("/api/groups");
    if (sending) return;
    const focused = body.contains(document.activeElement) && document.activeElement.getAttribute("aria-label");
    body.replaceChildren(
      ...(groups.length
        ? [...groups.map(card), housesCard(groups, reached)]
        : [el("p", { class: "muted", text: "Noch keine Gruppe. Plätze kommen unter „Einlesen“ hinein." })]),
    );
    if (focused) [...body.querySelectorAll("button")].find((one) => one.getAttribute("aria-label") === focused)?.focus();
  }

  function reached(sentence) {
    said.replaceChildren(told(sentence));
    return load();
  }

  function card(group) {
    const confirmed = el("p", { class: "muted small", role: "status", text: group.confirmed });
    const all = button(
      "Alles stimmt so",
      () =>
        send(all, `/api/groups/${encodeURIComponent(group.group)}/confirm`, {}, (sentence) => {
          confirmed.textContent = sentence;
          all.dataset.done = "ja";
        }),
      "primary",
      { "aria-label": `Alles stimmt so: ${group.name}` },
    );
    all.classList.add("all");
    const free = group.places.filter((one) => one.state === "frei").length;
    return el(
      "section",
      { class: "card group", "aria-label": group.name },
      el(
        "div",
        { class: "hit-head" },
        el("div", { class: "grow" }, el("h2", { text: group.name }), el("p", { class: "muted small", text: group.facility_name })),
        // of all else there is one stock, which says how much of it is free
        (group.unit ?? "bed") === "bed" && el("p", { class: "muted small", text: `${free} von ${counted(group.places.length, "Platz", "Plätzen")} frei` }),
      ),
      el("ul", { class: "place-rows" }, ...group.places.map(row)),
      all,
      confirmed,
    );
  }

  function row(place) {
    const node = el("li", { class: "place-row", dataset: { place: place.place, state: place.state } });
    const can = new Set(place.can ?? ["free", "open", "occupy", "close"]);
    const isOne = (place.capacity ?? 1) === 1;
    const more = moreOf(place, node, isOne);
    const unfold = (word) => button(word, () => (more.hidden = !more.hidden), "plain", { "aria-label": `${place.name}: ${word}` });
    const taps = isOne ? tapsOfOne(place, node, can) : tapsOfMany(place, node, can, unfold);
    if (isOne && can.has("occupy") && place.state === "belegt") taps.push(unfold("bis …"));
    node.append(
      el(
        "div",
        { class: "place-name" },
        el("strong", { text: place.name }),
        !TAPS.some(([, , state]) => state === place.state) && stateChip(place.state),
        el("p", { class: "small muted", role: "status", text: place.sentence }),
        place.state === "reserviert" && el("a", { class: "btn btn--plain", href: "/vorgaenge", text: "Zur Reservierung", "aria-label": `${place.name}: Zur Reservierung` }),
        place.stay && !can.has("free") && el("a", { class: "small", href: "/vorgaenge", text: "über SoJuS belegt" }),
      ),
      el("div", { class: "taps", role: "group", "aria-label": place.name }, ...taps),
      more,
    );
    return node;
  }

  /** A bed is free, occupied or closed: what it is now is pressed. */
  const tapsOfOne = (place, node, can) =>
    TAPS.filter(([name, , state]) => state === place.state || can.has(nameOf(name, place.state))).map(([name, word, state]) =>
      button(
        word,
        () => state === place.state || change(place, nameOf(name, place.state), node),
        state === place.state ? "primary" : "plain",
        {
          "aria-pressed": String(state === place.state),
          "aria-label": `${place.name}: ${word}`,
        },
      ),
    );

  /** Of seats or hours somebody says how many more, or that the first who was given in is gone. */
  const tapsOfMany = (place, node, can, unfold) => [
    ...(can.has("occupy") ? [unfold("Belegt melden …")] : []),
    ...MANY.filter(([name]) => can.has(name)).map(([name, word]) =>
      button(word, () => change(place, name, node), "plain", { "aria-label": `${place.name}: ${word}` }),
    ),
  ];

  /** Until when, and of seats or hours how many: whoever knows says so, nobody has to. */
  function moreOf(place, node, isOne) {
    const last = dayInput(isOne ? lastOf(place.until) : "", { min: me.today });
    const wrong = el("div", { class: "said" });
    const amount = el("input", { class: "input", inputmode: "numeric", value: 1, required: true, autocomplete: "off" });
    const save = () => {
      wrong.replaceChildren();
      try {
        const more = isOne ? {} : { amount: wholeOf(amount, "Wie viel", 1, 10000) };
        return change(place, "occupy", node, { ...more, until: afterLast(dayOf(last, "Letzter Tag")) });
      } catch (mistake) {
        return tellMistake(mistake, wrong);
      }
    };
    return el(
      "div",
      { class: "until pair", hidden: true },
      !isOne && field(`amount-${place.place}`, "Wie viel", amount),
      field(`until-${place.place}`, "Letzter Tag (leer: offen)", last),
      button("Speichern", save, "primary", { "aria-label": `${place.name}: Speichern` }),
      wrong,
    );
  }

  async function change(place, name, node, more = {}) {
    const meant = name in REFERS && !(name === "occupy" && place.capacity > 1) ? place[REFERS[name]] : null;
    const body = { from: me.today, ...more, ...(meant ? { ref: meant } : {}) };
    await send(node, `/api/places/${encodeURIComponent(place.place)}/${name}`, body, (sentence) => {
      say(`${place.name}: ${sentence}`);
      return load;
    });
  }

  /** Sends it once; the part that was tapped takes no finger meanwhile. `done(sentence)` may return what follows. */
  async function send(node, path, wish, done) {
    if (node.dataset.sending) return say(BUSY);
    node.dataset.sending = "ja";
    sending += 1;
    said.replaceChildren();
    let follows = null;
    try {
      const { sentence } = await act(path, wish, () => said.replaceChildren(told(AGAIN_SOON, "warn")));
      said.replaceChildren();
      follows = done(sentence || "Gespeichert.");
    } catch (refused) {
      said.replaceChildren(told(refused.message, "bad"));
    } finally {
      sending -= 1;
      delete node.dataset.sending;
    }
    if (follows && !sending) await follows();
  }

  await load();
  const isTyping = () => body.querySelector(".until:not([hidden])");
  for (const name of ["mine", "again", "back"]) follow.on(name, () => isTyping() || load());
}
