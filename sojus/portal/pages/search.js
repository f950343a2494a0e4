// The search: the form, what it finds, why others are not there, and what changes meanwhile without a row moving.

import { el, say } from "/gemeinsam/parts.js";
import { asHash, to, whyNone, wishHere } from "/s/address.js";
import { changeRow, hitRow } from "/s/hits.js";
import { follow } from "/s/live.js";
import { hitMap } from "/s/map.js";
import { requestDialog } from "/s/request.js";
import { reserveDialog } from "/s/reserve.js";
import { saveDialog, savedSearches } from "/s/saved.js";
import { ask, read } from "/s/server.js";
import { button, counted, day, fill, titled, told } from "/s/words.js";
import { waitable } from "/s/waitable.js";
import { wishForm } from "/s/wish.js";

const MOST_COMPARED = 3;
const isNarrow = matchMedia("(max-width: 60rem)");

/** Where so much of it is sought, how it is counted. */
const COUNTED = { weekly_hours: ["Wochenstunde", "Wochenstunden"], contacts: ["Kontakt in der Woche", "Kontakte in der Woche"] };

/** A wish in one line. */
function inShort(known, wish) {
  const kind = known.kinds.find((one) => one.id === wish.kind);
  const amount = COUNTED[kind?.unit] && counted(wish.amount ?? 1, ...COUNTED[kind.unit]);
  const people = wish.people
    .map((one) =>
      [(one.age ?? null) === null ? "" : `${one.age} Jahre`, known.genders.find(({ id }) => id === one.gender)?.name].filter(Boolean).join(", "),
    )
    .filter(Boolean);
  return [kind?.name, amount, ...people, wish.start ? `ab ${day(wish.start)}` : "sofort"].filter(Boolean).join(" · ");
}

/** Which of two hits comes first. */
function ordered(wish) {
  const goals = [wish.preferences?.length > 0 && "was gut wäre", "der Preis", wish.near && "die Entfernung"];
  return `Zuerst steht, was der Träger in der Frist bestätigt hat; dann zählt ${goals.filter(Boolean).join(", dann ")}.`;
}

export async function page(main, me) {
  const found = el("section", { class: "found", "aria-labelledby": "found-title" });
  const asked = el("summary", { text: "Was gesucht wird" });
  const beside = el("details", { class: "card beside", open: true }, asked);
  const state = { me, known: null, result: null, wish: null, compared: new Set(), come: new Map(), asMap: false };
  const on = { reserve: me.places.includes("place") && ((hit) => reserveDialog(state, hit)), compare };
  const bar = el("div", { class: "compare-bar", role: "status", hidden: true });
  let searches = 0;

  async function form(area, wish) {
    const known = await read(`/api/fields/${encodeURIComponent(area)}`);
    if ((wishHere()?.area ?? area) === area) state.known = known; // else what is found is still in the words of another
    beside.replaceChildren(asked, wishForm(me, known, wish, { search, change: (other) => form(other, null) }));
  }

  function search(wish) {
    if (location.hash === asHash(wish)) run();
    else location.hash = asHash(wish);
  }

  /** Searches for what the address holds. */
  async function run(focus = true) {
    const wish = wishHere(me.areas);
    if (!wish) return begin();
    const mine = ++searches;
    found.setAttribute("aria-busy", "true");
    if (!found.childElementCount) found.replaceChildren(el("h2", { id: "found-title", text: "Gesucht wird …" }));
    try {
      const result = await ask("/api/search", wish);
      if (mine !== searches) return;
      Object.assign(state, { result, wish, come: new Map() });
      show(focus);
      follow.start(result.id, result.at);
    } catch (refused) {
      if (mine === searches) failed(refused);
    } finally {
      found.removeAttribute("aria-busy");
    }
  }

  /** It cannot be so, and the sentence says why; or nobody answered. */
  function failed(refused) {
    const isWrong = refused.reason === "wrong";
    const title = el("h2", { id: "found-title", text: isWrong ? "So lässt sich nicht suchen" : "Keine Antwort" });
    fill(
      found,
      title,
      told(refused.message, "bad"),
      !isWrong &&
        el(
          "div",
          { class: "buttons" },
          button("Noch einmal suchen", () => run(), "primary"),
        ),
    );
  }

  async function begin() {
    const title = me.places.includes("place") ? "Gespeicherte Suchen" : "Treffer";
    const wrong = whyNone(me.areas);
    fill(found, wrong && told(wrong, "bad"), el("h2", { id: "found-title", text: title }), await savedSearches(me));
  }

  function show(focus) {
    const { result, known, wish } = state;
    const count = result.hits.length + result.more;
    const title = el("h2", { id: "found-title", tabindex: "-1", text: count ? counted(count, "Treffer", "Treffer") : "Kein Treffer" });
    const news = el("div", { class: "news" });
    const list = el("ol", { class: "hits" }, ...result.hits.map((hit) => hitRow(hit, on, state.compared.has(hit.place))));
    const map = el("div", { class: "map", hidden: !state.asMap });
    list.hidden = state.asMap;
    fill(
      found,
      el(
        "div",
        { class: "found-head" },
        title,
        el("p", { class: "muted", text: `von ${counted(result.total, "Platz", "Plätzen")}` }),
        count > 0 && swap(list, map),
        count > 1 && el("p", { class: "muted small order", text: ordered(wish) }),
      ),
      news,
      map,
      list,
      result.more > 0 && further(list),
      misses(result, count),
      ways(count),
    );
    if (state.asMap) draw(map);
    asked.textContent = inShort(known, wish);
    beside.open = !isNarrow.matches;
    if (focus) title.focus({ preventScroll: !isNarrow.matches });
    say(`${title.textContent} für ${known.kinds.find((one) => one.id === wish.kind)?.name ?? "die Suche"}`);
  }

  /** More of the same search, below what stands there. */
  function further(list) {
    const pressed = button(
      counted(state.result.more, "weiteren Treffer zeigen", "weitere Treffer zeigen"),
      async () => {
        pressed.disabled = true;
        const { wish, result } = state;
        try {
          const next = await ask("/api/search", { ...wish, first: result.hits.length });
          if (state.result !== result) return;
          const known = new Set(result.hits.map((hit) => hit.place));
          const hits = next.hits.filter((hit) => !known.has(hit.place));
          list.append(...hits.map((hit) => hitRow(hit, on, state.compared.has(hit.place))));
          Object.assign(result, { hits: [...result.hits, ...hits], more: next.more });
          if (next.more) pressed.replaceWith(further(list));
          else pressed.remove();
        } catch (refused) {
          pressed.disabled = false;
          say(refused.message, true);
        }
      },
      "plain",
    );
    return pressed;
  }

  function swap(list, map) {
    const set = (asMap) => {
      state.asMap = asMap;
      list.hidden = asMap;
      map.hidden = !asMap;
      if (asMap) draw(map);
      asList.setAttribute("aria-pressed", String(!asMap));
      onMap.setAttribute("aria-pressed", String(asMap));
    };
    const asList = button("Liste", () => set(false), "plain", { "aria-pressed": String(!state.asMap) });
    const onMap = button("Karte", () => set(true), "plain", { "aria-pressed": String(state.asMap) });
    return el("div", { class: "swap", role: "group", "aria-label": "Darstellung" }, asList, onMap);
  }

  const draw = (map) =>
    map.replaceChildren(hitMap(state.result.hits, state.wish.near?.point, (hit) => hitRow(hit, on, state.compared.has(hit.place))));

  /** Why others are not there. */
  const misses = (result, count) =>
    result.misses.length > 0 &&
    el(
      "details",
      { class: "misses", open: count === 0 },
      el("summary", { text: "Warum andere Plätze nicht dabei sind" }),
      el("ul", { class: "reasons" }, ...result.misses.map((one) => el("li", { text: one.sentence }))),
      me.places.includes("place") && waitable(state.wish),
    );

  const ways = (count) =>
    me.places.includes("place") &&
    el(
      "div",
      { class: "buttons" },
      button("Suche merken", () => saveDialog(state.wish), "plain"),
      count > 0 && button("Mehrere Träger ohne Namen fragen", () => requestDialog(state), "plain"),
    );

  function compare(hit, box) {
    if (box.checked && state.compared.size >= MOST_COMPARED) {
      box.checked = false;
      say("Drei Plätze lassen sich vergleichen, nicht mehr.", true);
      bar.querySelector("span").textContent = "Drei Plätze lassen sich vergleichen, nicht mehr.";
      return;
    }
    if (box.checked) state.compared.add(hit.place);
    else state.compared.delete(hit.place);
    const query = [...state.compared].map((place) => `p=${encodeURIComponent(place)}`).join("&");
    bar.hidden = state.compared.size === 0;
    bar.replaceChildren(
      el("span", { class: "grow", text: `${counted(state.compared.size, "Platz", "Plätze")} gewählt` }),
      el("a", { class: "btn btn--primary", href: to(`/vergleich?${query}`), text: "Vergleichen" }),
    );
  }

  // --- what changes meanwhile ---

  const rows = (place) => [...found.querySelectorAll("[data-place]")].filter((node) => node.dataset.place === place);

  function changed({ at, place, what, hit, sentence }) {
    if (!state.result) return;
    state.result.at = Math.max(state.result.at, at ?? 0); // what is reserved from now on is reserved knowing this
    for (const row of rows(place)) changeRow(row, what, what === "gone" ? null : hit, sentence, on);
    const known = state.result.hits.findIndex((one) => one.place === place);
    if (known >= 0 && hit && what !== "gone") state.result.hits.splice(known, 1, hit);
    if (what === "gone") state.come.delete(place);
    else if (known < 0 && hit) state.come.set(place, hit);
    const news = found.querySelector(".news");
    const count = state.come.size;
    news.replaceChildren(...(count ? [button(counted(count, "neuen anzeigen", "neue anzeigen"), () => run(), "primary")] : []));
    if (known >= 0 && sentence) say(sentence);
  }

  isNarrow.addEventListener("change", () => (beside.open = true));
  follow.on("change", changed);
  follow.on("again", () => run(false));
  const ours = () => wishHere(me.areas);
  addEventListener("hashchange", () => {
    form(ours()?.area ?? me.areas[0].id, ours());
    run();
  });

  main.replaceChildren(titled("Suche"), el("div", { class: "search" }, beside, found), bar);
  await form(ours()?.area ?? me.areas[0].id, ours());
  await run(false);
}
