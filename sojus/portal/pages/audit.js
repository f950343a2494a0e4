// Who saw what of young people, the newest first. No name of any of them stands here.

import { el, when } from "/gemeinsam/parts.js";
import { read } from "/s/server.js";
import { table } from "/s/table.js";
import { titled } from "/s/words.js";

const WHAT = {
  "fall.angelegt": "Fall angelegt",
  "fall.gesehen": "Namen angesehen",
  "fall.berichtigt": "Namen berichtigt",
  "fall.verweigert": "Namen nicht gezeigt: kein Recht",
  "fall.geloescht": "Fall gelöscht",
  "fall.abgelaufen": "Fall nach Ablauf der Frist gelöscht",
  "mitglied.aufgenommen": "Zugang gegeben",
  "mitglied.beendet": "Zugang beendet",
};
const whoOf = (one) => one.account ?? (one.party ? "jemand einer anderen Stelle" : "von selbst");

export async function page(main) {
  const [{ entries }, { purposes }, { cases }] = await Promise.all(["/api/audit", "/api/purposes", "/api/cases"].map(read));
  const names = new Map([...purposes.map((one) => [one.id, one.name]), ...cases.map((one) => [one.case, one.label])]);
  const named = (id) => names.get(id) ?? id;
  const whatOf = (one) =>
    [Object.hasOwn(WHAT, one.what) ? WHAT[one.what] : one.what, named(one.case), named(one.purpose), one.subject]
      .filter(Boolean)
      .join(" · ");
  const rowOf = (one) => [when(one.at), whoOf(one), whatOf(one)];
  main.replaceChildren(
    titled("Einsicht", el("p", { class: "muted", text: "Wer wann die Namen junger Menschen angesehen hat, und wozu." })),
    entries.length
      ? el("section", { class: "card" }, table("Einsichten", ["Wann", "Wer", "Was"], entries.map(rowOf), { caption: "" }))
      : el("p", { class: "muted", text: "Noch hat niemand etwas angesehen." }),
  );
}
