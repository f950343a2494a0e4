// Who saw what of young people, the newest first. No name of any of them stands here.

import { el, when } from "/gemeinsam/parts.js";
import { read } from "/s/server.js";
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
  main.replaceChildren(
    titled("Einsicht", el("p", { class: "muted", text: "Wer wann angesehen hat, wen ein Fall betrifft, und wozu." })),
    entries.length
      ? el(
          "div",
          { class: "scrolled card", tabindex: "0", role: "region", "aria-label": "Einsichten" },
          el(
            "table",
            { class: "table" },
            el("thead", {}, el("tr", {}, ...["Wann", "Wer", "Was"].map((text) => el("th", { scope: "col", text })))),
            el(
              "tbody",
              {},
              ...entries.map((one) =>
                el("tr", {}, el("td", { text: when(one.at) }), el("td", { text: whoOf(one) }), el("td", { text: whatOf(one) })),
              ),
            ),
          ),
        )
      : el("p", { class: "muted", text: "Noch hat niemand etwas angesehen." }),
  );
}
