// Correcting and deleting of whom a case is: each its own question, that says what goes and what stays.

import { el } from "/gemeinsam/parts.js";
import { purposeOptions, referenceField } from "/s/cases.js";
import { send } from "/s/dialog.js";
import { dayInput, dayOf } from "/s/fields.js";
import { button, field, told } from "/s/words.js";

const MOST = 20;
const WHO_HEARS = "Wer beim Träger den Namen angesehen hat, erfährt es.";

/** Other people for a case, in the window that shows them. */
export function correctNames(box, id, known, people, done) {
  const rows = el("div", { class: "plain" });
  const reference = referenceField(known?.reference);
  const more = button("Noch jemand", () => add({ name: "", born: null }).focus(), "plain");

  function add({ name, born }) {
    const number = rows.children.length + 1;
    const typed = el("input", { class: "input", maxlength: 200, autocomplete: "off", value: name });
    const label = people.length > 1 || number > 1 ? `Name (${number}.; leer: gehört nicht dazu)` : "Name";
    rows.append(
      el(
        "div",
        { class: "pair" },
        field(`name-${number}`, label, typed),
        field(`born-${number}`, `Geboren am${number > 1 ? ` (${number}.)` : ""} (freiwillig)`, dayInput(born)),
      ),
    );
    more.hidden = number >= MOST;
    return typed;
  }

  /** All that are typed. Throws [input, sentence]. */
  function typed() {
    const all = [...rows.children].map((row) => row.querySelectorAll("input"));
    const named = all.filter(([name]) => name.value.trim());
    if (!named.length) throw [all[0][0], "Name: bitte angeben. Wer niemanden mehr nennen will, löscht den Namen."];
    return named.map(([name, born]) => ({ name: name.value.trim(), born: dayOf(born, "Geboren am") }));
  }

  for (const one of people) add(one);
  question(
    box,
    known ? `Namen berichtigen: ${known.label}` : "Namen berichtigen",
    [
      el("p", { text: `Was hier steht, tritt an die Stelle des alten Namens; der ist danach gelöscht. Der Fall und was von ihm reserviert oder eingetragen ist, bleiben. ${WHO_HEARS}` }),
      rows,
      more,
      reference.node,
    ],
    button("Berichtigen", () => {}, "primary"),
    () => [`/api/cases/${encodeURIComponent(id)}/correct`, { people: typed(), reference: reference.input.value.trim() }],
    done,
  );
}

/** Nobody finds out any more of whom it was. */
export function deleteNames(box, id, known, done) {
  question(
    box,
    known ? `Namen löschen: ${known.label}` : "Namen löschen",
    [
      el("p", { text: "Gelöscht werden Name, Geburtstag und Aktenzeichen, auch aus den Dateien. Das lässt sich nicht zurücknehmen." }),
      el("p", {
        text: `Es bleiben: der Fall ohne Namen mit dem, was für ihn reserviert, angefragt und eingetragen war, und bis zum Ende des nächsten Jahres, wer ihn angesehen hat. ${WHO_HEARS}`,
      }),
      el("p", { text: "Was in die Akte gehört, muss dort stehen: SoJuS ist nicht die Akte. Solange von dem Fall etwas offen ist, geht es nicht." }),
    ],
    button("Endgültig löschen", () => {}, "bad"),
    () => [`/api/cases/${encodeURIComponent(id)}/forget`, {}],
    done,
  );
}

/** `wished()`: the address and what is said there, but for the purpose. */
function question(box, title, nodes, yes, wished, done) {
  const purpose = el("select", { class: "input", required: true }, el("option", { value: "", text: "Bitte wählen" }));
  const said = el("div", { class: "said" });
  yes.addEventListener("click", change);
  box.fill(
    title,
    ...nodes,
    field("change-purpose", "Wozu", purpose, "Das wird festgehalten."),
    said,
    el(
      "div",
      { class: "buttons" },
      yes,
      button("Abbrechen", () => box.close(), "plain", { dataset: { close: "" } }),
    ),
  );
  purposeOptions().then(
    (options) => purpose.append(...options),
    (refused) => said.replaceChildren(told(refused.message, "bad")),
  );

  async function change() {
    const answer = await send(box, said, () => {
      const [path, body] = wished();
      if (!purpose.value) throw [purpose, "Wozu: bitte wählen."];
      return [path, { ...body, purpose: purpose.value }];
    });
    if (!answer) return;
    box.close();
    done(answer.sentence);
  }
}
