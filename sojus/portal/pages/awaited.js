// How many of what is under way wait for whoever is here, beside the way there. News is gone with the page on which it stood; this is not.

import { el } from "/gemeinsam/parts.js";
import { follow } from "/s/live.js";
import { read } from "/s/server.js";

let way = null;
let asked = 0; // of several answers the one that was asked for last

/** What is said of so many: in the bar only the number is seen. */
const said = (count) =>
  el("span", { class: "chip chip--warn" }, String(count), el("span", { class: "vh", text: count === 1 ? " wartet auf Sie" : " warten auf Sie" }));

async function look() {
  if (!way) return;
  const number = ++asked;
  const answer = await read("/api/awaited").catch(() => null); // the bar stands without it
  if (!answer || number !== asked) return;
  way.querySelector(".chip")?.remove();
  if (answer.count) way.append(" ", said(answer.count));
}

for (const name of ["mine", "done", "again", "back"]) follow.on(name, look);
addEventListener("focus", look); // of what a colleague did nobody tells the own house

/** From now on it stands at this link. */
export function countAt(link) {
  way = link;
  look();
}
