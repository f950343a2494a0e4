// The question to a colleague (Rückfrage): how it stands, and sound and picture between both desks. The asking desk offers.

import { el, part } from "/gemeinsam/parts.js";
import { Leg } from "/seiten/media.js";
import { dative } from "/seiten/words.js";

const SAID = {
  wartet: (where) => `${where}: gerade ist niemand frei, es klingelt, sobald sich das ändert.`,
  klingelt: (where) => `${where}: es klingelt.`,
  spricht: (where, who) => `Sie sprechen mit ${dative(who)} (${where}). Die Bürgerin hört Sie solange nicht.`,
};
const OVER = {
  unbeantwortet: "Die Rückfrage hat niemand angenommen.",
  unbesetzt: "Dort ist gerade niemand da.",
  zurueck: "Die Rückfrage wurde dort beendet.",
  zurueckgezogen: "Die Rückfrage ist zurückgezogen.",
};

/** elements: {card, text, video, hand, back}; send(type, body, call). notice(text): how it ended. */
export function questionCard(elements, send, notice) {
  let leg = null;
  let state = null;

  const speaking = () => state?.state === "spricht";

  function heard(said) {
    const running = said.state in SAID;
    if (!running) notice(OVER[said.state] ?? "");
    if (said.leg !== state?.leg) closeLeg(); // the other page was loaded anew
    state = running ? said : null;
    if (speaking() && !leg) offer(said);
    if (!speaking()) closeLeg();
    draw();
  }

  async function offer({ leg: id, question }) {
    const nowhere = () => document.createElement("video");
    const mine = new Leg({ citizen: elements.video, document: nowhere(), self: nowhere() }, () => {}, (trouble) => send("call.ways.missing", { trouble }));
    leg = mine;
    try {
      const sdp = await mine.offer();
      if (leg === mine) send("media.offer", { leg: id, sdp }, question);
    } catch (error) {
      if (leg === mine) notice(`Bild und Ton zur Kollegin kommen nicht zustande (${error.message}).`);
    }
  }

  function draw() {
    const begins = elements.card.hidden && state;
    elements.card.hidden = !state;
    // It stands above what is being looked at, and would come unseen.
    if (begins) elements.card.scrollIntoView({ block: "nearest" });
    const text = state ? SAID[state.state](state.office_name, state.agent_name) : "";
    part(elements.text, text, () => (text ? [el("span", { text })] : []));
    elements.video.hidden = !speaking();
    elements.hand.disabled = !speaking();
  }

  function closeLeg() {
    leg?.close();
    leg = null;
  }

  function clear() {
    state = null;
    closeLeg();
    draw();
  }

  return { heard, answered: ({ sdp }) => leg?.accept(sdp), speaking, asked: () => state !== null, clear };
}
