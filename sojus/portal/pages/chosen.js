// Which hits are chosen to be compared, and the bar that leads to the comparison.

import { el, say } from "/gemeinsam/parts.js";
import { to } from "/s/address.js";
import { counted } from "/s/words.js";

const MOST = 3;
const ENOUGH = "Drei Plätze lassen sich vergleichen, nicht mehr.";

/** Of a row of places alike the first is compared. */
export function chosenOnes() {
  const chosen = new Set();
  const bar = el("div", { class: "compare-bar", role: "status", hidden: true });

  function show() {
    const query = [...chosen].map((place) => `p=${encodeURIComponent(place)}`).join("&");
    bar.hidden = chosen.size === 0;
    bar.replaceChildren(
      el("span", { class: "grow", text: `${counted(chosen.size, "Platz", "Plätze")} gewählt` }),
      el("a", { class: "btn btn--primary", href: to(`/vergleich?${query}`), text: "Vergleichen" }),
    );
  }

  function choose(row, box) {
    if (box.checked && chosen.size >= MOST) {
      box.checked = false;
      say(ENOUGH, true);
      bar.querySelector("span").textContent = ENOUGH;
      return;
    }
    if (box.checked) chosen.add(row[0].place);
    else for (const one of row) chosen.delete(one.place);
    show();
  }

  /** This place is gone; one of those that were alike is compared in its place. */
  function replace(place, left) {
    if (!left.length || !chosen.delete(place)) return;
    chosen.add(left[0].place);
    show();
  }

  return { bar, choose, replace, has: (row) => row.some((one) => chosen.has(one.place)) };
}
