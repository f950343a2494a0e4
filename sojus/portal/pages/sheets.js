// Places from a file: what it would change is seen first; with one mistake in it nothing is taken.

import { el } from "/gemeinsam/parts.js";
import { act, bring } from "/s/server.js";
import { table } from "/s/table.js";
import { button, counted, field, fill, titled, told } from "/s/words.js";

const SHOWN = 200;

/** Of many rows the first. */
function rowsOf(title, heads, rows) {
  const caption = rows.length > SHOWN ? `${title}, die ersten ${SHOWN} von ${rows.length}` : title;
  return table(title, heads, rows.slice(0, SHOWN), { caption });
}

const mistakes = (seen) =>
  rowsOf(
    "Was nicht stimmt",
    ["Zeile", "Spalte", "Was ist", "Was zu tun ist"],
    seen.mistakes.map((one) => [one.row, one.column, one.why, one.do]),
  );

/** What would become of it, in words and row by row. */
const would = (seen) => [
  seen.new.length > 0 &&
    folded(
      "Was neu ist",
      ["Zeile", "Was", "Name"],
      seen.new.map((one) => [one.row, one.what, one.name]),
    ),
  seen.changed.length > 0 &&
    folded(
      "Was sich ändert",
      ["Zeile", "Name", "Spalte", "bisher", "künftig"],
      seen.changed.map((one) => [one.row, one.name, one.column, one.old, one.new]),
    ),
  seen.gone?.length > 0 &&
    folded(
      "Was nicht in der Datei steht und bleibt, wie es ist",
      ["Name"],
      seen.gone.map((name) => [name]),
    ),
];

const folded = (title, heads, rows) => el("details", {}, el("summary", { text: `${title} (${rows.length})` }), rowsOf(title, heads, rows));

/** Tables to begin with: empty ones, and with what the provider has already. */
const templates = (me) =>
  el(
    "ul",
    { class: "plain" },
    ...me.areas.map((area) =>
      el(
        "li",
        { class: "buttons" },
        el("strong", { text: area.name }),
        ...[
          ["leere Tabelle", ""],
          ["mit meinen Plätzen", "&own=1"],
        ].map(([words, own]) =>
          el("a", {
            class: "btn btn--plain",
            href: `/api/sheets/template/${encodeURIComponent(area.id)}?form=xlsx${own}`,
            download: "",
            text: words,
            "aria-label": `${area.name}: ${words}`,
          }),
        ),
      ),
    ),
  );

export async function page(main, me) {
  const input = el("input", {
    class: "input file",
    type: "file",
    accept: ".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  });
  const shown = el("section", { class: "plain", "aria-live": "polite" });
  input.addEventListener("change", () => input.files[0] && look(input.files[0]));

  async function look(file) {
    shown.replaceChildren(el("p", { class: "muted", text: "Die Datei wird geprüft …" }));
    try {
      preview(await bring("/api/sheets", file), file.name);
    } catch (refused) {
      shown.replaceChildren(
        told(refused.message, "bad"),
        button("Noch einmal prüfen", () => look(file)),
      );
    }
    input.value = ""; // the same file again is a change as well
  }

  function preview(seen, name) {
    const wrong = seen.mistakes.length + (seen.more ?? 0);
    const numbers = [
      ["Zeilen", seen.rows],
      ["neu", seen.new.length],
      ["geändert", seen.changed.length],
      ["unverändert", seen.same],
    ];
    fill(
      shown,
      el("h2", { text: name }),
      el(
        "dl",
        { class: "numbers" },
        ...numbers.map(([word, value]) => el("div", {}, el("dt", { text: word }), el("dd", { text: String(value) }))),
      ),
      ...(seen.hints ?? []).map((text) => told(text, "warn")),
      ...(wrong
        ? spoiled(seen, wrong)
        : seen.preview
          ? taking(seen)
          : [told("In der Datei steht nichts Neues. Es gibt nichts zu übernehmen.")]),
    );
  }

  const least = (seen) => (seen.cut ? "Mindestens " : ""); // it was read no further

  const spoiled = (seen, wrong) => [
    told(`${least(seen)}${counted(wrong, "Fehler", "Fehler")}: nichts wird übernommen. Bitte in der Datei verbessern und sie noch einmal wählen.`, "bad"),
    mistakes(seen),
    seen.more > 0 &&
      el("p", { class: "muted", text: `${least(seen)}${counted(seen.more, "weiterer Fehler steht", "weitere Fehler stehen")} hier nicht.` }),
  ];

  const taking = (seen) => [
    ...would(seen),
    el("p", { text: "Übernommen wird alles zusammen oder nichts." }),
    el(
      "div",
      { class: "buttons" },
      button("Übernehmen", (event) => take(seen.preview, event.target), "primary"),
      button("Verwerfen", () => shown.replaceChildren(), "plain"),
    ),
  ];

  async function take(id, pressed) {
    pressed.disabled = true;
    try {
      const { sentence } = await act(`/api/sheets/${encodeURIComponent(id)}/take`, {});
      shown.replaceChildren(
        told(sentence || "Übernommen. Die Plätze sind jetzt zu finden."),
        el("p", {}, el("a", { href: "/plaetze", text: "Plätze ansehen" })),
      );
    } catch (refused) {
      pressed.disabled = false;
      pressed.closest("section").append(told(refused.message, "bad"));
    }
  }

  main.replaceChildren(
    titled(
      "Einlesen",
      el("p", {
        class: "muted",
        text: "Plätze, Belegung und Entgelte aus einer Tabelle (CSV oder Excel). Zuerst ist zu sehen, was sich ändern würde.",
      }),
    ),
    el("div", { class: "card narrow" }, field("sheet", "Datei", input)),
    shown,
    el("details", {}, el("summary", { text: "Vorlagen zum Ausfüllen" }), templates(me)),
  );
}
