// Every page of the portal: who is here, where she can go, whether the portal answers, and the page that the address names.

import { el, say } from "/gemeinsam/parts.js";
import { logOut } from "/zugang/zugang.js";
import { countAt } from "/s/awaited.js";
import { caseOf } from "/s/cases.js";
import { follow } from "/s/live.js";
import { actAs, ask, read, Refused, watch } from "/s/server.js";
import { button, told, titled } from "/s/words.js";

const PAGES = {
  suche: ["Suche", "/s/search.js"],
  vorgaenge: ["Vorgänge", "/s/mine.js"],
  plaetze: ["Plätze", "/s/groups.js"],
  einlesen: ["Einlesen", "/s/sheets.js"],
  zahlen: ["Zahlen", "/s/numbers.js"],
  einsicht: ["Einsicht", "/s/audit.js"],
  platz: ["Platz", "/s/place.js"],
  vergleich: ["Vergleich", "/s/compare.js"],
};
/** Which page whoever has this right finds in the bar, in this order; the first is where she begins. */
const BAR = [
  ["search", "suche"],
  ["keep", "plaetze"],
  ["place", "vorgaenge"],
  ["take_in", "vorgaenge"],
  ["keep", "einlesen"],
  ["numbers", "zahlen"],
  ["audit", "einsicht"],
];
const barOf = (me) => BAR.filter(([right]) => me.places.includes(right)).map(([, name]) => name);
/** Where news is to be seen that is about no reservation, request or stay. */
const ABOUT = { came_free: "/suche", saved: "/suche", dropped: "/suche", stale: "/" };
const LOST = "Keine Verbindung. Was hier steht, kann veraltet sein. Sobald die Verbindung da ist, geht es von selbst weiter.";

const at = (id) => document.getElementById(id);
const main = at("main");

function away(isAway, sentence = LOST) {
  if (at("away").hidden === !isAway) return;
  at("away").hidden = !isAway;
  at("away").textContent = isAway ? sentence : "";
  document.body.dataset.away = isAway ? "ja" : "";
  if (!isAway) say("Die Verbindung ist wieder da.");
}

watch((isAway) => {
  away(isAway);
  if (isAway) follow.again(); // it tries until somebody answers
});
addEventListener("offline", () => away(true));
addEventListener("online", () => follow.again());
follow.on("lost", () => away(true));
follow.on("away", ({ sentence }) => away(true, sentence));
for (const name of ["found", "back"]) follow.on(name, () => away(false));
follow.on("over", () => location.assign("/"));
follow.on("mine", mine);
follow.on("done", done);
at("log-out").addEventListener("click", () => logOut(false));

function bar(me, here) {
  at("office").textContent = me.office_name || me.tenant_name;
  at("account").hidden = at("log-out").hidden = me.demo;
  others(me).then(
    (select) => at("other").replaceChildren(select),
    () => at("other").replaceChildren(),
  );
  at("nav").replaceChildren(
    ...barOf(me).map((name) =>
      el("li", {}, el("a", { href: `/${name}`, "aria-current": name === here ? "page" : null, text: PAGES[name][0] })),
    ),
  );
  countAt(at("nav").querySelector('[href="/vorgaenge"]'));
}

/** Whoever acts for several offices says for which; in a demonstration anybody may be somebody else. */
async function others(me) {
  const all = me.demo ? await read("/api/demo") : me.memberships;
  if (all.length < 2) return "";
  const choose = async () => {
    await ask(me.demo ? "/api/demo" : "/api/me", { as: select.value });
    location.assign("/");
  };
  const select = el("select", {
    class: "input",
    "aria-label": me.demo ? "Vorführung: wer Sie sind" : "Für welche Stelle",
    on: { change: choose },
  });
  select.append(...all.map((one) => el("option", { value: one.id ?? one.as, text: one.office_name || one.tenant_name, selected: one.as === me.as })));
  return select;
}

/** What was refused and nobody has told is told here. */
addEventListener("unhandledrejection", (event) => {
  if (!(event.reason instanceof Refused)) return;
  event.preventDefault();
  tell(event.reason.message);
});

/** The node in which it is said. */
function tell(sentence, ...ways) {
  const news = at("news");
  const said = el("span", { class: "grow", text: sentence });
  news.hidden = false;
  news.replaceChildren(
    said,
    ...ways,
    button("Schließen", () => (news.hidden = true), "plain"),
  );
  return said;
}

const lineOf = ({ at, sentence }) => at && `${at} ${sentence}`;
const ours = new Set(); // what came of what was done here: the page says it where that was done
let newest = ""; // which stands in the news

/** The stream may have told it before the answer came. */
function done(answer) {
  const line = lineOf(answer);
  if (!line) return; // it is none of the log
  ours.add(line);
  if (line === newest) at("news").hidden = true;
}

/** Something of one's own has changed, whichever page is open; an office reads in which of its cases. */
function mine({ sentence, what, ref, at: number }) {
  const line = lineOf({ at: number, sentence });
  if (line && ours.has(line)) return;
  newest = line;
  const said = tell(sentence, el("a", { class: "btn", href: Object.hasOwn(ABOUT, what) ? ABOUT[what] : "/vorgaenge", text: "Ansehen" }));
  if (!ref || !hasCases) return;
  caseOf(ref).then(
    (label) => label && said.prepend(`${label}: `),
    () => {}, // the news stands without it
  );
}

let shown = "";
let hasCases = false;

/** In another window somebody else may have been chosen, and the browser says one name for all of them. */
async function look() {
  const now = await read("/api/me").catch(() => null);
  if (shown && now && now.as !== shown) location.reload();
}
addEventListener("focus", look);

async function begin() {
  const me = await read("/api/me");
  shown = me.as;
  hasCases = me.places.includes("place");
  actAs(me.as);
  const path = location.pathname.split("/").filter(Boolean);
  const here = path[0] ?? barOf(me)[0];
  bar(me, here);
  if (!Object.hasOwn(PAGES, here)) {
    main.replaceChildren(titled("Diese Seite gibt es nicht"), el("p", {}, el("a", { href: "/", text: "Zum Anfang" })));
    return;
  }
  const { page } = await import(PAGES[here][1]);
  await page(main, me, decodeURIComponent(path[1] ?? ""));
  follow.start("", me.at);
}

async function open(tries = 0) {
  try {
    await begin();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    main.replaceChildren(
      titled("SoJuS"),
      told(error.message, "bad"),
      el(
        "div",
        { class: "buttons" },
        button("Noch einmal", () => open(), "primary"),
        el("a", { class: "btn btn--plain", href: "/", text: "Zum Anfang" }),
      ),
    );
    if (error.reason === "away") setTimeout(() => open(tries + 1), Math.min(8000, 1000 * 2 ** tries));
  }
}

open();
