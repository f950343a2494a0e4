// How a house is called: a link that a phone dials, with the number for whoever has another one in hand.

import { el } from "/gemeinsam/parts.js";

/** `phone`: as the house has typed it; what is dialled is its "+" and digits. */
export const callWay = ({ facility_name: house, phone }) =>
  el("a", {
    class: "btn btn--plain",
    href: `tel:${phone.replace(/[^+\d]/g, "")}`,
    text: `Anrufen: ${phone}`,
    "aria-label": `${house} anrufen: ${phone}`,
  });

/** Whom somebody can call who has asked them and has no answer yet: in several houses of several providers. */
export const silentHouses = (houses) =>
  houses?.length > 0 &&
  el(
    "details",
    {},
    el("summary", { text: "Wer noch nicht geantwortet hat" }),
    el(
      "ul",
      { class: "plain" },
      ...houses.map((one) =>
        el(
          "li",
          { class: "buttons" },
          el("span", { text: [one.facility_name, one.provider_name].filter(Boolean).join(" · ") }),
          one.phone ? callWay(one) : el("span", { class: "muted", text: "kein Telefon eingetragen" }),
        ),
      ),
    ),
  );

/** Of several places each house once; those that have said no number are left out. */
export const callWays = (places) => [...new Map(places.filter(({ phone }) => phone).map((one) => [`${one.facility_name} ${one.phone}`, one])).values()].map(callWay);
