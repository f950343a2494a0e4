// The portal of this office, in a window of its own beside the call, and the leaflet that comes from there: looked at here, shown by the agent.

import { el, part } from "/gemeinsam/parts.js";

// As in lisa_core.domain.model.screen.Leaflet: what is longer the booth shows nobody.
const [MOST_TITLE, MOST_LINES, MOST_LINE] = [80, 8, 120];
const ASK_AGAIN_MS = 10_000;
const NO_CALL = "An diesem Arbeitsplatz ist gerade kein Gespräch. Gezeigt wird nur im Gespräch.";
const NOT_READABLE = "Das lässt sich so nicht zeigen: Es ist zu lang oder leer.";
const LIES_THERE = "Es liegt an Ihrem Arbeitsplatz (LISA). Dort sehen Sie es und zeigen es der Bürgerin.";

/**
 * elements: {card, title, open, state, offered, preview, show, drop, shown, what, away}; send(type, body); inTalk(): whether a citizen is in a
 * talk here; agent: whose desk it is. What another window says counts only if the portal's own page says it.
 */
export function portalCard(elements, send, inTalk, agent) {
  const meta = document.querySelector('meta[name="portal"]');
  const address = meta?.content ?? "";
  const name = meta?.dataset.name || "Portal";
  const origin = address && new URL(address).origin;
  let offered = null;
  let beside = null; // its window
  let asking = 0;

  elements.title.textContent = name;
  elements.open.textContent = `${name} öffnen`;
  elements.open.addEventListener("click", open);
  elements.show.addEventListener("click", () => {
    send("case.leaflet", { leaflet: offered });
    offered = null;
    draw();
  });
  elements.drop.addEventListener("click", () => {
    offered = null;
    draw();
  });
  elements.away.addEventListener("click", () => send("case.leaflet", { leaflet: null }));

  /** What she has on her page there stays, unless it may be the browser's own page about somebody who did not answer. */
  function open() {
    if (beside && !beside.closed && !elements.state.textContent) beside.focus();
    else beside = window.open(address, "lisa-portal");
  }

  /** While a talk is on: whether the portal is there and knows this desk, in a sentence of the exchange. */
  async function look() {
    asking = setTimeout(look, ASK_AGAIN_MS);
    try {
      const answer = await fetch(`/portal/${encodeURIComponent(agent)}`);
      const { text } = await answer.json();
      if (elements.state.textContent !== text) elements.state.textContent = text;
      elements.state.hidden = !text;
    } catch {
      // the exchange itself does not answer, and the page says so
    }
  }

  function follow(isShown) {
    if (isShown === Boolean(asking)) return;
    clearTimeout(asking);
    asking = 0;
    if (isShown) look();
  }

  if (address) addEventListener("message", heard);

  function heard({ origin: from, source, data }) {
    if (from !== origin || !source) return;
    const answer = (said) => source.postMessage(said, origin);
    if (data?.type === "lisa.hello") answer({ type: "lisa.desk" });
    if (data?.type !== "lisa.leaflet") return;
    const leaflet = readable(data);
    if (!inTalk()) return answer({ type: "lisa.told", done: false, text: NO_CALL });
    if (!leaflet) return answer({ type: "lisa.told", done: false, text: NOT_READABLE });
    offered = leaflet;
    draw();
    elements.offered.scrollIntoView({ block: "nearest" });
    answer({ type: "lisa.told", done: true, text: LIES_THERE });
  }

  function draw(shown) {
    elements.card.hidden = !address || !inTalk();
    follow(!elements.card.hidden);
    if (!inTalk()) offered = null;
    elements.offered.hidden = !offered;
    part(elements.preview, offered, (one) => (one ? lines(one) : []));
    if (shown === undefined) return;
    elements.shown.hidden = !shown;
    elements.what.textContent = shown ? `Die Bürgerin sieht: ${shown.title}` : "";
  }

  return { update: (shown) => draw(shown ?? null) };
}

const lines = ({ title, lines: all }) => [el("strong", { text: title }), el("ul", {}, all.map((text) => el("li", { text })))];

const plain = (text, most) => typeof text === "string" && text.trim().length > 0 && [...text].length <= most && !/[\p{C}\p{Zl}\p{Zp}]/u.test(text);

/** Plain text within its limits and nothing else, or null. */
function readable({ title, lines: all }) {
  if (!plain(title, MOST_TITLE) || !Array.isArray(all) || all.length > MOST_LINES) return null;
  return all.every((line) => plain(line, MOST_LINE)) ? { title, lines: [...all] } : null;
}
