// Up to three places side by side: the same question in each row, and what differs stands out.

import { el } from "/gemeinsam/parts.js";
import { to, wishHere } from "/s/address.js";
import { nameOf } from "/s/hits.js";
import { facts, showPlaces } from "/s/place.js";
import { reserveDialog } from "/s/reserve.js";
import { ask, read } from "/s/server.js";
import { button, renew, titled } from "/s/words.js";

const NONE = "Es ist kein Platz gewählt. In der Suche lassen sich bis zu drei ankreuzen.";

function row(name, places) {
  const values = places.map((one) => one.get(name) ?? "keine Angabe");
  const differs = new Set(values).size > 1;
  return el(
    "tr",
    { class: differs ? "differs" : "" },
    el("th", { scope: "row" }, name, differs && el("span", { class: "vh", text: " (verschieden)" })),
    ...values.map((text) => el("td", { text })),
  );
}

/** The places side by side; `last(place)`: what stands below each. */
function table(places, last) {
  const said = places.map((place) => new Map(facts(place)));
  const names = [...new Set(said.flatMap((one) => [...one.keys()]))];
  return el(
    "table",
    { class: "table compared" },
    el("thead", {}, el("tr", {}, el("td", {}), ...places.map((place) => el("th", { scope: "col", text: nameOf(place) })))),
    el(
      "tbody",
      {},
      ...names.map((name) => row(name, said)),
      el("tr", {}, el("th", { scope: "row", text: "Weiter" }), ...places.map(last)),
    ),
  );
}

export async function page(main, me) {
  const ids = new URLSearchParams(location.search).getAll("p");
  const wish = wishHere(me.areas);
  const back = el("a", { class: "btn btn--plain", href: to("/suche", wish), text: "Zurück zur Suche" });
  if (!ids.length) {
    main.replaceChildren(titled("Vergleich"), el("p", { text: NONE }), back);
    return;
  }

  async function found() {
    const { places } = await ask("/api/compare", { places: ids, ...(wish ? { search: wish } : {}) });
    const areas = [...new Set(places.map((one) => one.area))]; // what a reservation has to ask stands in their vocabularies
    const fields = await Promise.all(areas.map(async (id) => [id, await read(`/api/fields/${encodeURIComponent(id)}`)]));
    return { places, fields: Object.fromEntries(fields) };
  }

  function show({ places, fields }, news) {
    const keep = (place) => reserveDialog({ me, wish, known: fields[place.area], result: { at: place.at ?? 0, hits: places } }, place);
    const last = (place) =>
      el(
        "td",
        {},
        me.places.includes("place") &&
          button("Reservieren", () => keep(place), "primary", {
            "aria-label": `Reservieren: ${nameOf(place)}`,
          }),
        el("a", {
          class: "btn btn--plain",
          href: to(`/platz/${encodeURIComponent(place.place)}`, wish),
          text: "Kalender",
          "aria-label": `Kalender: ${nameOf(place)}`,
        }),
      );
    renew(
      main,
      titled("Vergleich", el("p", { class: "muted small sideways", text: `${places.length} Plätze nebeneinander: seitwärts wischen.` })),
      news,
      el("div", { class: "scrolled", tabindex: "0", role: "region", "aria-label": "Vergleich der Plätze" }, table(places, last)),
      el("p", { class: "muted small", text: "Hervorgehoben ist, worin sich die Plätze unterscheiden." }),
      el("div", { class: "buttons" }, back),
    );
  }

  await showPlaces(ids, found, show);
}
