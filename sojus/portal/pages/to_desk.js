// The desk beside which this window was opened: it is handed a leaflet about a place, and its agent shows that to the citizen.

import { el } from "/gemeinsam/parts.js";
import { button, told } from "/s/words.js";

const HELLO = { type: "lisa.hello" };
const ANSWERS_MS = 3000;
const SILENT = "Der Arbeitsplatz (LISA) antwortet nicht. Ist sein Fenster noch offen?";

let met = null;

/** Resolves to the origin of that desk; only one that the portal knows counts. Without one it never does. */
function desk(me) {
  met ??= new Promise((found) => {
    if (!window.opener || !me.desks?.length) return;
    addEventListener("message", ({ origin, source, data }) => {
      if (source === window.opener && me.desks.includes(origin) && data?.type === "lisa.desk") found(origin);
    });
    for (const known of me.desks) window.opener.postMessage(HELLO, known); // a window of anybody else hears nothing
  });
  return met;
}

function hand(origin, { title, lines }) {
  return new Promise((came) => {
    const heard = ({ origin: from, source, data }) => {
      if (from !== origin || source !== window.opener || data?.type !== "lisa.told") return;
      done(told(String(data.text), data.done === true ? "calm" : "bad"));
    };
    const late = setTimeout(() => done(told(SILENT, "bad")), ANSWERS_MS);
    const done = (said) => {
      clearTimeout(late);
      removeEventListener("message", heard);
      came(said);
    };
    addEventListener("message", heard);
    if (window.opener.closed) done(told(SILENT, "bad"));
    else window.opener.postMessage({ type: "lisa.leaflet", title, lines }, origin);
  });
}

/** A button that hands over what `leaflet` says, with what came of it below; invisible where there is no desk. */
export function toTheDesk(me, leaflet) {
  const said = el("div", { role: "status" });
  const show = button("Der Bürgerin zeigen", async () => said.replaceChildren(await hand(await desk(me), leaflet)));
  const both = el("div", { class: "to-desk", hidden: true }, show, said);
  desk(me).then(() => (both.hidden = false));
  return both;
}
