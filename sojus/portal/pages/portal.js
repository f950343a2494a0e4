// Every page of the portal: who is here, where she can go, whether the portal answers, and the page that the address names.

import { el, say } from "/gemeinsam/parts.js";
import { logOut } from "/zugang/zugang.js";
import { follow } from "/s/live.js";
import { ask, readIfKnown, Refused, watch } from "/s/server.js";
import { button, told, titled } from "/s/words.js";

const PAGES = {
  suche: ["Suche", "/s/search.js"],
  vormerkungen: ["Vorgänge", "/s/mine.js"],
  plaetze: ["Plätze", "/s/groups.js"],
  einlesen: ["Einlesen", "/s/sheets.js"],
  zahlen: ["Zahlen", "/s/numbers.js"],
  einsicht: ["Einsicht", "/s/audit.js"],
  platz: ["Platz", "/s/place.js"],
  vergleich: ["Vergleich", "/s/compare.js"],
};
/** What each role finds in its bar; the first is where it begins. */
const BARS = {
  jugendamt: ["suche", "vormerkungen", "zahlen"],
  traeger: ["plaetze", "vormerkungen", "einlesen"],
  landesjugendamt: ["zahlen", "suche", "einsicht"],
  ministerium: ["zahlen"],
  entscheider: ["zahlen"],
};
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

watch(away);
addEventListener("offline", () => away(true));
addEventListener("online", () => follow.again());

function bar(me, here) {
  at("office").textContent = me.office_name || me.tenant_name;
  at("account").hidden = at("log-out").hidden = !me.name;
  at("other").replaceChildren(others(me));
  at("log-out").addEventListener("click", () => logOut(false));
  at("nav").replaceChildren(
    ...(BARS[me.role] ?? []).map((name) =>
      el("li", {}, el("a", { href: `/${name}`, "aria-current": name === here ? "page" : null, text: PAGES[name][0] })),
    ),
  );
}

/** Whoever acts for several offices says for which; in a demonstration anybody may be somebody else. */
function others(me) {
  const all = me.memberships ?? [];
  if (all.length < 2) return "";
  const choose = async () => {
    await ask("/api/me", { membership: Number(select.value) });
    location.assign("/");
  };
  const select = el("select", { class: "input", id: "membership", "aria-label": "Für welche Stelle", on: { change: choose } });
  select.append(...all.map((one) => el("option", { value: one.n, text: one.office_name || one.tenant_name, selected: one.office_name === me.office_name && one.role === me.role })));
  return select;
}

/** In a demonstration somebody says who she wants to be. */
async function door() {
  const demo = await readIfKnown("/api/demo");
  if (!demo) return location.assign("/anmelden");
  const be = async (id) => {
    await ask("/api/demo", { as: id });
    location.reload();
  };
  const people = demo.people ?? demo;
  main.replaceChildren(
    titled("Vorführung", el("p", { class: "muted", text: "Alle Daten sind erfunden. Als wer möchten Sie hinein?" })),
    el("ul", { class: "plain narrow" }, ...people.map((one) => el("li", { class: "card saved" }, el("span", { class: "grow" }, el("strong", { text: one.name }), el("br"), [one.office_name, one.tenant_name].filter(Boolean).join(", ")), button("Hinein", () => be(one.id), "primary", { "aria-label": `Hinein als ${one.name}` })))),
  );
}

/** Something of one's own has changed, whichever page is open. */
function mine({ sentence }) {
  const news = at("news");
  news.hidden = false;
  news.replaceChildren(
    el("span", { class: "grow", text: sentence }),
    el("a", { href: "/vormerkungen", text: "Ansehen" }),
    button("Schließen", () => (news.hidden = true), "plain"),
  );
}

async function begin() {
  const me = await readIfKnown("/api/me");
  if (!me) return door();
  const path = location.pathname.split("/").filter(Boolean);
  const here = path[0] ?? BARS[me.role]?.[0];
  bar(me, here);
  if (!Object.hasOwn(PAGES, here)) {
    main.replaceChildren(titled("Diese Seite gibt es nicht"), el("p", {}, el("a", { href: "/", text: "Zum Anfang" })));
    return;
  }
  follow.on("mine", mine);
  follow.on("lost", () => away(true));
  follow.on("away", ({ sentence }) => away(true, sentence));
  for (const name of ["found", "back"]) follow.on(name, () => away(false));
  follow.on("over", () => location.assign("/anmelden"));
  const { page } = await import(PAGES[here][1]);
  await page(main, me, decodeURIComponent(path[1] ?? ""));
  follow.start();
}

async function open(tries = 0) {
  try {
    await begin();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    main.replaceChildren(titled("SoJuS"), told(error.message, "bad"), button("Noch einmal", () => open(), "primary"));
    if (error.reason === "away") setTimeout(() => open(tries + 1), Math.min(8000, 1000 * 2 ** tries));
  }
}

open();
