// How a house is reached: its telephone and address, and the form in which its own people say so.

import { el } from "/gemeinsam/parts.js";
import { dialog, send } from "/s/dialog.js";
import { button, field, fill, told } from "/s/words.js";

const TITLE = "Telefon und Anschrift";
const NO_PHONE = "Kein Telefon eingetragen: Ein Amt kann hier niemanden anrufen.";
const ALL_READ = "Das lesen alle Stellen, die Plätze suchen.";

/** A card of the houses in which these groups are, each once. `done(sentence)` is called after one was changed. */
export const housesCard = (groups, done) =>
  el(
    "section",
    { class: "card group", "aria-labelledby": "houses-title" },
    el("h2", { id: "houses-title", text: TITLE }),
    el("ul", { class: "place-rows" }, ...new Map(groups.map((one) => [one.facility, row(one, done)])).values()),
  );

const row = (house, done) =>
  el(
    "li",
    { class: "place-row" },
    el(
      "div",
      { class: "place-name" },
      el("strong", { text: house.facility_name }),
      el("p", { class: "small muted", text: [house.phone || NO_PHONE, house.address].filter(Boolean).join(" · ") }),
    ),
    button("Ändern", () => change(house, done), "plain", { "aria-label": `${house.facility_name}: ${TITLE} ändern` }),
  );

function change(house, done) {
  const phone = el("input", { class: "input", type: "tel", maxlength: 40, autocomplete: "off", value: house.phone ?? "" });
  const address = el("input", { class: "input", maxlength: 200, autocomplete: "off", value: house.address ?? "" });
  const said = el("div", { class: "said" });
  const box = dialog(
    `${TITLE}: ${house.facility_name}`,
    el("p", { class: "muted", text: ALL_READ }),
    field("house-phone", "Telefon", phone, "Mit Vorwahl. Wo jemand von der Einrichtung abhebt, nicht die Nummer eines Menschen."),
    field("house-address", "Anschrift", address, "In einer Zeile; leer, wo sie geschützt ist."),
    said,
    el(
      "div",
      { class: "buttons" },
      button("Speichern", save, "primary"),
      button("Abbrechen", () => box.close(), "plain", { dataset: { close: "" } }),
    ),
  );

  async function save() {
    const wished = () => [`/api/facilities/${encodeURIComponent(house.facility)}/reach`, { phone: phone.value.trim(), address: address.value.trim() }];
    const answer = await send(box, said, wished, (refused) => {
      const why = (refused.said.mistakes ?? []).map((one) => told(one.why, "bad"));
      fill(said, why.length ? why : told(refused.message, "bad"));
    });
    if (!answer) return;
    box.close();
    done(answer.sentence);
  }
}
