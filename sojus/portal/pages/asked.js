// Who was asked without a name: each provider with its houses, where they are called, and what it has said.

import { el } from "/gemeinsam/parts.js";
import { callWays } from "/s/calling.js";
import { counted } from "/s/words.js";

/** More of them are shown to whoever wants to see them. */
const FEW = 4;

const one = ({ provider_name: name, facilities: houses, answer }) =>
  el(
    "li",
    {},
    el("p", {}, name, answer && ": ", answer && el("strong", { text: answer })),
    el("ul", { class: "plain" }, ...houses.map((house) => el("li", { class: "buttons" }, el("span", { text: house.facility_name }), ...callWays([house])))),
  );

/** `to`: those of a request; a house is shown none. */
export const askedOnes = ({ to }) =>
  to?.length > 0 &&
  el(
    "details",
    { open: to.length <= FEW },
    el("summary", { text: `Gefragt: ${counted(to.length, "Träger", "Träger")}` }),
    el("ul", { class: "asked" }, ...to.map(one)),
  );
