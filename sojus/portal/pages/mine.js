// What is under way for my office or in my houses: reservations, who waits, requests, stays, each with what can be done.

import { el } from "/gemeinsam/parts.js";
import { actButtons, offers, wayTo, whom } from "/s/acts.js";
import { callWays, silentHouses } from "/s/calling.js";
import { labelOf } from "/s/cases.js";
import { nameOf } from "/s/hits.js";
import { follow } from "/s/live.js";
import { namesDialog } from "/s/names.js";
import { read } from "/s/server.js";
import { button, counted, day, lastOf, titled, told } from "/s/words.js";

const SECTIONS = [
  ["reservations", "Reservierungen", "Nichts reserviert."],
  ["waiting", "Warteliste", "Niemand wartet."],
  ["requests", "Anfragen", "Keine Anfrage offen."],
  ["stays", "Aufenthalte", "Kein Aufenthalt eingetragen."],
];

/** Somebody is there: that is to be seen, also where nothing is to be done. */
const RUNNING = new Set(["besteht", "überfällig"]);

const isNow = (entry) => entry.can?.length > 0 || RUNNING.has(entry.state);

/** In which house it is, and for whoever may look at all places with which provider. */
function where(entry, me) {
  const houses = entry.facility_name ? [entry.facility_name] : (entry.parts ?? []).map((one) => one.facility_name);
  return [...new Set([...houses, me.places.includes("search") && entry.provider_name])].filter(Boolean).join(" · ");
}

/** Where an entry is, or would be: each with the telephone of its house. */
const housesOf = (entry) => [entry, ...(entry.parts ?? []), ...(entry.proposals ?? []).flatMap((one) => one.parts)];

/** What is said of whatever has this id: one entry, or none any more. */
const saidOf = (mine, id) =>
  SECTIONS.flatMap(([kind]) => mine[kind] ?? [])
    .filter((entry) => entry.id === id)
    .map((entry) => entry.sentence)
    .join(" ");

export async function page(main, me) {
  const sections = SECTIONS.filter(([kind]) => kind !== "waiting" || me.places.includes("place")); // a house is shown nobody who only waits
  const said = el("div", { class: "said" });
  const changed = el("div", { class: "plain" });
  const body = el("div", { class: "sections" });
  main.replaceChildren(titled("Vorgänge"), changed, body, said);

  let known = new Map(); // cases as her office calls them
  let named = new Set(); // those of which a name is kept
  let at = 0; // what is decided on is what stands here
  let outcome = null; // whose is told above, and what was said of it then

  function card(kind, entry) {
    const span = entry.from && (entry.until ? `${day(entry.from)} bis ${day(lastOf(entry.until))}` : `ab ${day(entry.from)}`);
    return el(
      "li",
      { class: "card entry", dataset: { id: entry.id } },
      el(
        "div",
        { class: "hit-head" },
        el("h3", {
          class: "grow",
          text: nameOf(entry) || (me.places.includes("place") ? "Anfrage ohne Namen" : `Anfrage von ${entry.office_name}`),
        }),
        entry.awaited && el("span", { class: "chip chip--warn", text: "wartet auf Sie" }),
        entry.state && el("span", { class: "chip chip--accent", text: entry.state }),
      ),
      where(entry, me) && el("p", { class: "muted", text: where(entry, me) }),
      el("p", { text: entry.sentence }),
      entry.wanted && el("p", { text: entry.wanted }),
      whom(entry),
      el("p", { class: "muted small", text: [known.has(entry.case) && labelOf(known.get(entry.case)), span].filter(Boolean).join(" · ") }),
      offers(entry, me),
      silentHouses(entry.silent),
      el(
        "div",
        { class: "buttons" },
        ...actButtons(kind, { ...entry, at }, me, (sentence) => done(sentence, entry.id)),
        entry.place && me.places.includes("search") && wayTo(entry),
        ...(me.places.includes("search") && isNow(entry) ? callWays(housesOf(entry)) : []),
        named.has(entry.case) && button("Namen ansehen", () => names(entry), "plain"),
      ),
    );
  }

  /** A name that somebody here was told is another one now, or deleted. */
  const changedName = (one) =>
    el(
      "div",
      { class: "said changed" },
      told(one.sentence, "warn"),
      one.case && el("div", { class: "buttons" }, button("Namen ansehen", () => names(one))),
    );

  const names = (entry) => namesDialog(entry, known.get(entry.case), me, { looked: loadUnlessAsked, done });

  async function load() {
    const mine = await read("/api/mine");
    if (outcome && saidOf(mine, outcome.id) !== outcome.said) said.replaceChildren(); // it is no longer so
    at = mine.at ?? 0;
    known = new Map((mine.cases ?? []).map((one) => [one.case, one]));
    named = new Set(mine.named ?? []);
    changed.replaceChildren(...(mine.names ?? []).map(changedName));
    const open = (kind) => body.querySelector(`#${kind} details[open]`) !== null;
    body.replaceChildren(
      ...sections.map(([kind, title, none]) => {
        const all = (mine[kind] ?? []).filter(isNow);
        const now = [...all.filter((entry) => entry.awaited), ...all.filter((entry) => !entry.awaited)];
        const past = (mine[kind] ?? []).filter((entry) => !isNow(entry));
        return el(
          "section",
          { id: kind, "aria-labelledby": `${kind}-title` },
          el("h2", { id: `${kind}-title`, text: title }),
          now.length > 0 && el("ul", { class: "plain" }, ...now.map((entry) => card(kind, entry))),
          !now.length && !past.length && el("p", { class: "muted", text: none }),
          past.length > 0 &&
            el(
              "details",
              { open: open(kind) },
              el("summary", { text: counted(past.length, "Vorgang, bei dem nichts zu tun ist", "Vorgänge, bei denen nichts zu tun ist") }),
              el("ul", { class: "plain" }, ...past.map((entry) => card(kind, entry))),
            ),
        );
      }),
    );
    return mine;
  }

  /** `id`: of the entry that it came of; without one it stays. */
  async function done(sentence, id) {
    outcome = null;
    said.replaceChildren(told(sentence));
    const mine = await load();
    outcome = id ? { id, said: saidOf(mine, id) } : null;
  }

  await load();
  let isBehind = false;
  const loadUnlessAsked = () => (document.querySelector("dialog[open]") ? (isBehind = true) : load());
  for (const name of ["mine", "again", "back"]) follow.on(name, loadUnlessAsked);
  // What changed under an open window is seen when that is closed.
  document.addEventListener("close", () => isBehind && ((isBehind = false), load()), true);
}
