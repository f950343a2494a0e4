// Places from a file: what it would change is seen first; with one mistake in it nothing is taken.

import { el } from "/gemeinsam/parts.js";
import { act, bring } from "/s/server.js";
import { button, counted, field, titled, told } from "/s/words.js";

const MOST = 5_000_000;
const SHOWN = 200;

const mistakes = (all) =>
  el(
    "div",
    { class: "scrolled", tabindex: "0", role: "region", "aria-label": "Was nicht stimmt" },
    el(
      "table",
      { class: "table" },
      el("caption", { text: all.length > SHOWN ? `Die ersten ${SHOWN} Fehler` : "Fehler in der Datei" }),
      el("thead", {}, el("tr", {}, ...["Zeile", "Spalte", "Was ist", "Was zu tun ist"].map((text) => el("th", { scope: "col", text })))),
      el(
        "tbody",
        {},
        ...all
          .slice(0, SHOWN)
          .map((one) =>
            el(
              "tr",
              {},
              el("td", { text: one.row ?? "" }),
              el("td", { text: one.column ?? "" }),
              el("td", { text: one.why }),
              el("td", { text: one.do }),
            ),
          ),
      ),
    ),
  );

const count = (value) => (Array.isArray(value) ? value.length : value);

export async function page(main) {
  const input = el("input", {
    class: "input file",
    type: "file",
    accept: ".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  });
  const shown = el("section", { class: "plain", "aria-live": "polite" });
  input.addEventListener("change", () => input.files[0] && look(input.files[0]));

  async function look(file) {
    if (file.size > MOST) return shown.replaceChildren(told("Die Datei ist größer als 5 MB. Bitte in mehrere teilen.", "bad"));
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
    const wrong = seen.mistakes.length;
    const numbers = [
      ["Zeilen", seen.rows],
      ["neu", count(seen.new)],
      ["geändert", count(seen.changed)],
      ["unverändert", count(seen.same)],
    ];
    const nothing = !wrong && !count(seen.new) && !count(seen.changed);
    shown.replaceChildren(
      el("h2", { text: name }),
      el(
        "dl",
        { class: "numbers" },
        ...numbers.map(([word, value]) => el("div", {}, el("dt", { text: word }), el("dd", { text: String(value) }))),
      ),
      ...(wrong
        ? [
            told(
              `${counted(wrong, "Fehler", "Fehler")}: nichts wird übernommen. Bitte in der Datei verbessern und sie noch einmal wählen.`,
              "bad",
            ),
            mistakes(seen.mistakes),
          ]
        : nothing
          ? [told("In der Datei steht nichts Neues. Es gibt nichts zu übernehmen.")]
          : [
              el("p", { text: "Übernommen wird alles zusammen oder nichts." }),
              el(
                "div",
                { class: "buttons" },
                button("Übernehmen", (event) => take(seen.preview, event.target), "primary"),
                button("Verwerfen", () => shown.replaceChildren(), "plain"),
              ),
            ]),
    );
  }

  async function take(id, pressed) {
    pressed.disabled = true;
    try {
      const { sentence = "Übernommen. Die Plätze sind jetzt zu finden." } = await act(`/api/sheets/${encodeURIComponent(id)}/take`, {});
      shown.replaceChildren(told(sentence), el("p", {}, el("a", { href: "/plaetze", text: "Plätze ansehen" })));
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
  );
}
