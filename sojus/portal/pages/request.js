// One profile without a name, asked of several providers at once: the first that is accepted withdraws the others.

import { el } from "/gemeinsam/parts.js";
import { caseField } from "/s/cases.js";
import { contingentField, contingentInput, contingentOf } from "/s/contingent.js";
import { dialog, send } from "/s/dialog.js";
import { follow } from "/s/live.js";
import { NO_NAMES, button, field, later, told } from "/s/words.js";

/** Asks the providers of the hits. `state`: {me, wish, result} of a search. */
export function requestDialog({ me, wish, known, result }) {
  const providers = new Map(result.hits.map((hit) => [hit.provider, hit.provider_name]));
  const housesOf = (id) => [...new Set(result.hits.filter((hit) => hit.provider === id).map((hit) => hit.facility_name))];
  const boxes = [...providers].map(([id, name]) =>
    el(
      "label",
      { class: "tick" },
      el("input", { type: "checkbox", value: id, checked: true }),
      el("span", {}, name, el("span", { class: "muted small below", text: housesOf(id).join(", ") })),
    ),
  );
  const remark = el("textarea", { class: "input", rows: 3, maxlength: 500 });
  const { unit } = known.kinds.find((one) => one.id === wish.kind) ?? {};
  const contacts = contingentInput();
  const cases = caseField();
  const said = el("div", {});
  async function wished() {
    const contingent = contingentOf(contacts);
    const to = boxes
      .map((one) => one.querySelector("input"))
      .filter((box) => box.checked)
      .map((box) => box.value);
    if (!to.length) throw new Error("Bitte mindestens einen Träger wählen.");
    const from = wish.start && wish.start > me.today ? wish.start : me.today;
    const body = {
      case: await cases.value(),
      area: wish.area,
      kind: wish.kind,
      people: wish.people,
      traits: wish.traits,
      remark: remark.value.trim(),
      from,
      until: wish.days ? later(from, wish.days) : null,
      amount: wish.amount,
      contingent,
      to,
    };
    return ["/api/requests", body];
  }

  async function request() {
    const answer = await send(box, said, wished);
    if (!answer) return;
    if (!box.isOpen()) return follow.tell("mine", { sentence: answer.sentence, what: "" });
    box.fill(
      "Gesendet",
      told(answer.sentence ?? "Die Anfrage ist unterwegs."),
      el(
        "div",
        { class: "buttons" },
        el("a", { class: "btn btn--primary", href: "/vorgaenge", text: "Zu den Vorgängen" }),
        button("Schließen", () => box.close(), "plain"),
      ),
    );
  }

  const box = dialog(
    "Mehrere Träger ohne Namen fragen",
    el("p", { text: "Die Träger lesen, welches Amt fragt, welche Hilfe es ab wann sucht, Alter, Geschlecht, was sein muss und Ihre Anmerkung. Freigehalten wird erst, was Sie annehmen." }),
    cases.node,
    el("fieldset", { class: "plain-set" }, el("legend", { class: "label", text: "An wen" }), el("div", { class: "ticks" }, ...boxes)),
    contingentField("request-contingent", unit, contacts),
    field("remark", "Anmerkung", remark, NO_NAMES),
    said,
    el(
      "div",
      { class: "buttons" },
      button("Anfrage senden", request, "primary"),
      button("Abbrechen", () => box.close(), "plain", { dataset: { close: "" } }),
    ),
  );
}
