// Who was asked without a name: each provider with its houses, and what it has said so far.

import { el } from "/gemeinsam/parts.js";
import { counted } from "/s/words.js";

/** More of them are shown to whoever wants to see them. */
const FEW = 4;

const one = ({ provider_name: name, facility_names: houses, answer }) =>
  el("li", {}, houses.length ? `${name} (${houses.join(", ")})` : name, answer && ": ", answer && el("strong", { text: answer }));

/** `to`: those of a request; a house is shown none. */
export const askedOnes = ({ to }) =>
  to?.length > 0 &&
  el(
    "details",
    { open: to.length <= FEW },
    el("summary", { text: `Gefragt: ${counted(to.length, "Träger", "Träger")}` }),
    el("ul", { class: "asked" }, ...to.map(one)),
  );
