// Who saw what of young people, the newest first, page by page; all of it, or of one case. No name of any of them stands here.

import { el, when } from "/gemeinsam/parts.js";
import { labelOf } from "/s/cases.js";
import { read } from "/s/server.js";
import { table } from "/s/table.js";
import { button, titled, told } from "/s/words.js";

const WHAT = {
  "fall.angelegt": "Fall angelegt",
  "fall.gesehen": "Namen angesehen",
  "fall.berichtigt": "Namen berichtigt",
  "fall.verweigert": "Namen nicht gezeigt: kein Recht",
  "fall.geloescht": "Namen gelöscht",
  "fall.abgelaufen": "Namen nach Ablauf der Frist gelöscht",
  "mitglied.aufgenommen": "Zugang gegeben",
  "mitglied.beendet": "Zugang beendet",
};
const SHORT = 6;
const HEADS = ["Wann", "Wer", "Was"];
const OTHERS = { traeger: "jemand beim Träger" };
const whoOf = (one) => one.account ?? (one.party ? (OTHERS[one.party[0]] ?? "jemand einer anderen Stelle") : "von selbst");

/** `id`: only of this case; "" for all. */
export async function page(main, me, id) {
  const purposeNames = new Map();
  const caseNames = new Map();
  const entries = [];
  const shown = el("section", { class: "card" });
  const said = el("div", { class: "said" });
  const older = button("Ältere zeigen", more);

  /** Another office's, or one without a name by now, is only told from others. */
  const calledOf = (name) => caseNames.get(name) ?? `Fall mit der Kennung ${name.slice(0, SHORT)}…`;
  const whatOf = (one) => {
    const before = Object.hasOwn(WHAT, one.what) ? WHAT[one.what] : one.what;
    const link = one.case && el("a", { href: `/einsicht/${encodeURIComponent(one.case)}`, text: calledOf(one.case) });
    const after = [purposeNames.get(one.purpose) ?? one.purpose, one.subject].filter(Boolean);
    return [before, ...(link ? [" · ", link] : []), ...after.flatMap((text) => [" · ", text])];
  };
  const rowOf = (one) => [when(one.at), whoOf(one), whatOf(one)];

  async function load() {
    const last = entries.at(-1)?.number;
    const found = await read(`/api/audit?${new URLSearchParams({ ...(last && { before: last }), ...(id && { case: id }) })}`);
    for (const one of found.cases ?? []) caseNames.set(one.case, labelOf(one));
    for (const one of found.purposes ?? []) purposeNames.set(one.id, one.name);
    entries.push(...found.entries);
    shown.replaceChildren(table("Einsichten", HEADS, entries.map(rowOf), { caption: "" }));
    older.hidden = !found.more;
  }

  async function more() {
    const at = entries.length;
    older.disabled = true;
    try {
      await load();
      said.replaceChildren();
      shown.querySelectorAll("tbody tr")[at]?.scrollIntoView({ block: "nearest" });
    } catch (refused) {
      said.replaceChildren(told(refused.message, "bad"));
    } finally {
      older.disabled = false;
    }
  }

  await load();
  const heading = id ? `Einsicht: ${calledOf(id)}` : "Einsicht";
  main.replaceChildren(
    titled(
      heading,
      el("p", { class: "muted", text: "Wer wann angesehen hat, wen ein Fall betrifft, und wozu." }),
      id && el("p", {}, el("a", { href: "/einsicht", text: "Alle Fälle anzeigen" })),
    ),
    entries.length ? shown : el("p", { class: "muted", text: "Noch hat niemand etwas angesehen." }),
    said,
    el("div", { class: "buttons" }, older),
  );
}
