// A group leader's phone: all her places of a group on one screen; one tap changes a place, one says that all is right.

import { el, say } from "/gemeinsam/parts.js";
import { follow } from "/s/live.js";
import { act, read } from "/s/server.js";
import { button, counted, field, stateChip, titled, told } from "/s/words.js";

/** What a tap says of a place, the word on it, and which state is then already so. */
const TAPS = [
  ["free", "Frei", "frei"],
  ["occupy", "Belegt", "belegt"],
  ["close", "Zu", "geschlossen"],
];
/** A closed place is opened, an occupied one is freed. */
const nameOf = (wanted, state) => (wanted === "free" && state === "geschlossen" ? "open" : wanted);
const WAITS = "Keine Verbindung. Es wird gesendet, sobald es geht.";
const BUSY = "Ein Moment noch: das Letzte wird gerade gesendet.";

export async function page(main, me) {
  const body = el("div", { class: "groups" });
  const said = el("div", { class: "said" });
  main.replaceChildren(titled("Plätze"), said, body);
  let sending = 0;

  async function load() {
    const { groups } = await read("/api/groups");
    if (sending) return;
    const focused = body.contains(document.activeElement) && document.activeElement.getAttribute("aria-label");
    body.replaceChildren(
      ...(groups.length
        ? groups.map(card)
        : [el("p", { class: "muted", text: "Noch keine Gruppe. Plätze kommen unter „Einlesen“ hinein." })]),
    );
    if (focused) [...body.querySelectorAll("button")].find((one) => one.getAttribute("aria-label") === focused)?.focus();
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
        el("p", { class: "muted small", text: `${free} von ${counted(group.places.length, "Platz", "Plätzen")} frei` }),
      ),
      el("ul", { class: "place-rows" }, ...group.places.map(row)),
      all,
      confirmed,
    );
  }

  function row(place) {
    const node = el("li", { class: "place-row", dataset: { place: place.place, state: place.state } });
    const sentence = el("p", { class: "small muted", role: "status", text: place.sentence });
    const can = new Set(place.can ?? ["free", "open", "occupy", "close"]);
    const taps = TAPS.filter(([name, , state]) => state === place.state || can.has(nameOf(name, place.state))).map(([name, word, state]) =>
      button(
        word,
        () => state === place.state || change(place, nameOf(name, place.state), node),
        state === place.state ? "primary" : "plain",
        { "aria-pressed": String(state === place.state), "aria-label": `${place.name}: ${word}` },
      ),
    );
    const until = untilField(place, node);
    if (can.has("occupy") && place.state === "belegt")
      taps.push(button("bis …", () => (until.hidden = !until.hidden), "plain", { "aria-label": `${place.name}: belegt bis …` }));
    node.append(
      el(
        "div",
        { class: "place-name" },
        el("strong", { text: place.name }),
        !TAPS.some(([, , state]) => state === place.state) && stateChip(place.state),
        sentence,
        place.stay && !can.has("free") && el("a", { class: "small", href: "/vormerkungen", text: "über SoJuS belegt" }),
      ),
      el("div", { class: "taps", role: "group", "aria-label": place.name }, ...taps),
      until,
    );
    return node;
  }

  /** Whoever knows until when says so; nobody has to. */
  function untilField(place, node) {
    const input = el("input", { class: "input", type: "date", min: me.today, value: place.until ?? "" });
    input.addEventListener("change", () => input.value && change(place, "occupy", node, { until: input.value }));
    return el("div", { class: "until", hidden: true }, field(`until-${place.place}`, "Belegt bis", input));
  }

  async function change(place, name, node, more = {}) {
    const meant = name === "open" ? place.closure : name === "close" ? null : place.reported;
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
      const { sentence = "Gespeichert." } = await act(path, wish, () => said.replaceChildren(told(WAITS, "warn")));
      said.replaceChildren();
      follows = done(sentence);
    } catch (refused) {
      said.replaceChildren(told(refused.message, "bad"));
    } finally {
      sending -= 1;
      delete node.dataset.sending;
    }
    if (follows && !sending) await follows();
  }

  await load();
  for (const name of ["mine", "again", "back"]) follow.on(name, load);
}
