// The search: the form, what it finds, why others are not there, and what changes meanwhile without a row moving.

import { el, say } from "/gemeinsam/parts.js";
import { asHash, whyNone, wishHere } from "/s/address.js";
import { asOne, each, rowsOf } from "/s/alike.js";
import { chosenOnes } from "/s/chosen.js";
import { changeRow, hitRow, holds, takesIn } from "/s/hits.js";
import { follow } from "/s/live.js";
import { hitMap } from "/s/map.js";
import { requestDialog } from "/s/request.js";
import { reserveDialog } from "/s/reserve.js";
import { saveDialog, savedSearches } from "/s/saved.js";
import { ask, read } from "/s/server.js";
import { button, counted, day, fill, titled, told } from "/s/words.js";
import { waitable } from "/s/waitable.js";
import { wishForm } from "/s/wish.js";

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
  const chosen = chosenOnes();
  const state = { me, known: null, result: null, wish: null, shown: 0, come: new Map(), asMap: false };
  const on = { reserve: me.places.includes("place") && ((hit) => reserveDialog(state, hit)), compare: chosen.choose };
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
      const result = await ask("/api/search", { ...wish, alike_once: true });
      if (mine !== searches) return;
      Object.assign(state, { result: { ...result, hits: each(result.hits) }, wish, shown: result.hits.length, come: new Map() });
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
    const title = el("h2", { id: "found-title", tabindex: "-1", text: howMany() });
    const news = el("div", { class: "news" });
    const list = el("ol", { class: "hits" }, ...rowsOf(result.hits).map(drawn));
    const map = el("div", { class: "map", hidden: !state.asMap });
    list.hidden = state.asMap;
    fill(
      found,
      el(
        "div",
        { class: "found-head" },
        title,
        el("p", { class: "muted", text: `${count.toLocaleString("de-DE")} von ${counted(result.total, "Platz", "Plätzen")}` }),
        count > 0 && swap(list, map),
        count > 1 && el("p", { class: "muted small order", text: ordered(wish) }),
      ),
      news,
      map,
      list,
      result.more > 0 && further(list, title),
      misses(result, count),
      ways(count),
    );
    if (state.asMap) draw(map);
    asked.textContent = inShort(known, wish);
    beside.open = !isNarrow.matches;
    if (focus) title.focus({ preventScroll: !isNarrow.matches });
    say(`${title.textContent} für ${known.kinds.find((one) => one.id === wish.kind)?.name ?? "die Suche"}`);
  }

  /** Places that are alike are one hit; how many those are that nobody has asked for yet, nobody has counted. */
  function howMany() {
    if (state.result.more) return `Die ersten ${state.shown} Treffer`;
    return state.shown ? counted(state.shown, "Treffer", "Treffer") : "Kein Treffer";
  }

  const drawn = (row) => hitRow(row, on, chosen.has(row));

  /** More of the same search, below what stands there. */
  function further(list, title) {
    const pressed = button(
      counted(state.result.more, "weiteren Platz zeigen", "weitere Plätze zeigen"),
      async () => {
        pressed.disabled = true;
        const { wish, result } = state;
        try {
          const next = await ask("/api/search", { ...wish, alike_once: true, first: state.shown });
          if (state.result !== result) return;
          const known = new Set(result.hits.map((hit) => hit.place));
          const hits = each(next.hits).filter((hit) => !known.has(hit.place));
          list.append(...rowsOf(hits).map(drawn));
          Object.assign(result, { hits: [...result.hits, ...hits], more: next.more });
          state.shown += next.hits.length;
          title.textContent = howMany();
          if (next.more) pressed.replaceWith(further(list, title));
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

  const draw = (map) => map.replaceChildren(hitMap(rowsOf(state.result.hits).map(asOne), state.wish.near?.point, (hit) => drawn(each([hit]))));

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

  // --- what changes meanwhile ---

  const rows = (is) => [...found.querySelectorAll(".hit")].filter(is);

  function changed({ at, place, what, hit, sentence }) {
    if (!state.result) return;
    const { hits } = state.result;
    const now = what === "gone" ? null : hit;
    state.result.at = Math.max(state.result.at, at ?? 0); // what is reserved from now on is reserved knowing this
    const own = rows((row) => holds(row, place));
    const into = own.length || !now ? own : rows((row) => takesIn(row, now));
    const left = into.map((row) => changeRow(row, place, now, sentence, on)).at(0) ?? [];
    const known = hits.findIndex((one) => one.place === place);
    if (known >= 0 && (now || left.length)) hits.splice(known, 1, ...(now ? [now] : []));
    else if (into.length && now) hits.push(now);
    if (!now) chosen.replace(place, left);
    if (into.length || !now) state.come.delete(place);
    else state.come.set(place, now);
    const news = found.querySelector(".news");
    const count = state.come.size;
    news.replaceChildren(...(count ? [button(counted(count, "neuen anzeigen", "neue anzeigen"), () => run(), "primary")] : []));
    if (into.length && sentence) say(sentence);
  }

  isNarrow.addEventListener("change", () => (beside.open = true));
  follow.on("change", changed);
  follow.on("again", () => run(false));
  const ours = () => wishHere(me.areas);
  addEventListener("hashchange", () => {
    form(ours()?.area ?? me.areas[0].id, ours());
    run();
  });

  main.replaceChildren(titled("Suche"), el("div", { class: "search" }, beside, found), chosen.bar);
  await form(ours()?.area ?? me.areas[0].id, ours());
  await run(false);
}
