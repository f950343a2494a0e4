// One place: what it is, when it is free, what it costs, and why it is a hit or none.

import { el, say } from "/gemeinsam/parts.js";
import { to, wishHere } from "/s/address.js";
import { calendar } from "/s/calendar.js";
import { callWays } from "/s/calling.js";
import { toTheDesk } from "/s/to_desk.js";
import { nameOf, priceWords } from "/s/hits.js";
import { follow } from "/s/live.js";
import { JOIN, reserveDialog } from "/s/reserve.js";
import { ask, read } from "/s/server.js";
import { button, day, euros, kilometres, lastOf, renew, titled, told } from "/s/words.js";

const CHANGED = "Hier hat sich gerade etwas geändert. Was da steht, ist wieder der neueste Stand.";

/** What is told of a place, as rows of name and value. */
export function facts(place) {
  return [
    ["Hilfe", place.kind_name],
    ["Für", place.takes],
    ["Einrichtung", place.facility_name],
    ["Anschrift", place.address],
    ["Telefon", place.phone],
    ["Träger", place.provider_name],
    ["Frei", place.free],
    ["Preis", priceWords(place.price)],
    ["Entfernung", typeof place.km === "number" ? `${kilometres(place.km)} Luftlinie` : ""],
    ["Bestätigt", place.confirmed],
    ...place.traits.map(({ name, value }) => [name, value.startsWith(`${name}: `) ? value.slice(name.length + 2) : value]),
  ].filter(([, value]) => value);
}

/** On some day or other: so there is something to reserve. */
const isEverFree = ({ calendar: rows = [] }) => rows.some(({ state }) => state === "frei");

const rate = ({ from, until, cents, unit, sentence }) =>
  el(
    "tr",
    {},
    el("th", { scope: "row", text: day(from) }),
    el("td", { text: until ? day(lastOf(until)) : "offen" }),
    el("td", { text: unit ? priceWords({ cents, unit }) : (sentence ?? euros(cents)) }),
  );

const rates = (place) =>
  place.rates?.length > 0 &&
  el(
    "table",
    { class: "table" },
    el("caption", { text: "Entgelte" }),
    el("thead", {}, el("tr", {}, ...["Ab", "Bis", "Betrag"].map((text) => el("th", { scope: "col", text })))),
    el("tbody", {}, ...place.rates.map(rate)),
  );

/**
 * Reads these places anew as soon as something of them changes: `read()` gives what a page shows, with its `places`, and
 * `show(found, sentence)` shows it. Resolves when it is shown for the first time.
 */
export async function showPlaces(ids, read, show) {
  let [shown, reads] = ["", 0];
  const look = async (sentence) => {
    const mine = ++reads;
    const found = await read();
    const now = JSON.stringify({ ...found, places: found.places.map((one) => ({ ...one, at: 0 })) });
    if (mine !== reads || now === shown) return; // read once more meanwhile; or it concerns nothing that stands here
    shown = now;
    show(found, sentence && el("p", { class: "banner banner--calm", text: sentence }));
    if (sentence) say(sentence);
    return Math.min(...found.places.map(({ at }) => at ?? 0));
  };
  const at = await look("");
  follow.on("place", () => look(CHANGED).catch((refused) => say(refused.message, true))); // what stands there stays
  follow.startPlaces(ids, at);
}

export async function page(main, me, id) {
  const wish = wishHere(me.areas);

  async function found() {
    const place = wish
      ? (await ask("/api/compare", { places: [id], search: wish })).places[0]
      : await read(`/api/places/${encodeURIComponent(id)}`);
    const known = await read(`/api/fields/${encodeURIComponent(place.area ?? wish.area)}`); // what a reservation has to ask
    const why = wish && (await ask("/api/why", { search: wish, place: id })).sentence;
    return { places: [place], known, why };
  }

  function show({ places: [place], known, why }, news) {
    const state = { me, wish, known, result: { at: place.at ?? 0, hits: [place] } };
    renew(
      main,
      titled(nameOf(place), el("p", { class: "muted", text: [place.facility_name, place.provider_name].filter(Boolean).join(" · ") })),
      el(
        "div",
        { class: "buttons" },
        me.places.includes("place") && place.waits && button(JOIN, () => reserveDialog(state, place, place.waits), "primary"),
        me.places.includes("place") && isEverFree(place) && button("Reservieren", () => reserveDialog(state, place), place.waits ? "" : "primary"),
        ...callWays([place]),
        toTheDesk(me, place.leaflet),
        wish && el("a", { class: "btn btn--plain", href: to("/suche", wish), text: "Zurück zur Suche" }),
      ),
      news,
      why && told(why),
      el(
        "div",
        { class: "two" },
        el(
          "section",
          { class: "card" },
          el("h2", { text: "Was der Platz ist" }),
          el(
            "dl",
            { class: "facts" },
            ...facts(place).map(([name, value]) => el("div", {}, el("dt", { text: name }), el("dd", { text: value }))),
          ),
          rates(place),
        ),
        el("section", { class: "card" }, el("h2", { text: "Wann er frei ist" }), calendar(place.calendar ?? [], me.today, place.capacity)),
      ),
    );
  }

  await showPlaces([id], found, show);
}
