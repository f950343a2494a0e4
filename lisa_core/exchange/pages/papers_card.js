// The citizen's papers: scan, take a still, look, accept, discard. Previews are asked for by digest, once.

import { el, part } from "/gemeinsam/parts.js";

const COMPLETE = new Set(["erfasst", "uebernommen"]);
const GONE = new Set(["verworfen", "eingereicht", "kopiert", "wird_kopiert"]);
const STATES = {
  wird_erfasst: ["wird erfasst …", "chip--accent"],
  erfasst: ["erfasst", "chip--warn"],
  uebernommen: ["übernommen", "chip--good"],
  eingereicht: ["eingereicht", "chip--good"],
  verworfen: ["verworfen", ""],
  wird_kopiert: ["wird kopiert …", "chip--accent"],
  kopiert: ["kopiert", ""],
};

/** Whether this paper would be handed in as it is. */
export const isComplete = (paper) => COMPLETE.has(paper.state) && paper.pages.length > 0;

/** Which of these titles no paper has that is complete or handed in; as the booth counts them (domain.case.canonical). */
export function missingPapers(titles, papers) {
  const there = new Set(papers.filter((paper) => isComplete(paper) || paper.state === "eingereicht").map(({ title }) => title.toLowerCase()));
  return titles.filter((title) => !there.has(title.toLowerCase()));
}

/** elements: those of the card by id; send(type, body) asks the booth; zoom(picture, title) shows one large; confirm asks;
    copy(paper) prints one for the citizen alone. */
export function papersCard(elements, send, zoom, confirm, copy) {
  const previews = new Map();
  const asked = new Set();
  let papers = [];
  let wanted = [];

  function update(state, spec) {
    papers = state?.papers ?? [];
    wanted = spec?.attachments ?? [];
    const shown = new Set(papers.flatMap((paper) => paper.pages.map((page) => page.digest)));
    for (const digest of [...previews.keys(), ...asked].filter((digest) => !shown.has(digest))) {
      previews.delete(digest); // destroyed, or no longer for this office to see
      asked.delete(digest);
    }
    for (const digest of shown) ask(digest);
    draw();
  }

  function preview({ digest, jpeg }) {
    previews.set(digest, `data:image/jpeg;base64,${jpeg}`);
    draw();
  }

  /** Nothing of one citizen is left for the next. */
  function clear() {
    previews.clear();
    asked.clear();
    update(null, null);
    elements.title.value = "";
  }

  function ask(digest) {
    if (previews.has(digest) || asked.has(digest)) return;
    asked.add(digest);
    send("case.preview.ask", { digest });
  }

  function draw() {
    const missing = missingPapers(wanted, papers);
    part(elements.titles, wanted, () => wanted.map((title) => el("option", { value: title })));
    elements.wanted.textContent = missing.length ? `Gehört noch dazu: ${missing.join(", ")}` : "";
    const known = papers.map((paper) => paper.pages.map((page) => previews.has(page.digest)));
    part(elements.list, [papers, known], () => papers.map(item));
  }

  function item(paper) {
    const [words, colour] = paper.fault ? ["angehalten", "chip--bad"] : (STATES[paper.state] ?? [paper.state, ""]);
    const open = paper.state === "erfasst" || Boolean(paper.fault);
    const gone = GONE.has(paper.state);
    return el(
      "li",
      { class: "paper", dataset: { paper: paper.id, state: paper.state } },
      el("div", { class: "paper-head" }, el("strong", { text: paper.title }), el("span", { class: `chip ${colour}`, text: words })),
      el("div", { class: "thumbs" }, paper.pages.map((page, index) => thumb(paper, page, index))),
      !gone &&
        el(
          "div",
          { class: "buttons apart" },
          paper.fault && act(paper, "Weiter erfassen", "on", () => goOn(paper)),
          open && paper.pages.length > 0 && act(paper, "Übernehmen", "accept", () => send("case.paper.accept", { paper: paper.id })),
          paper.state !== "wird_erfasst" && act(paper, "Nur kopieren", "copy", () => copyOnly(paper)),
          act(paper, "Verwerfen", "discard", () => discard(paper)),
        ),
    );
  }

  async function discard({ id, title, pages }) {
    const text = pages.length ? "Was davon erfasst ist, wird vernichtet." : "Das Erfassen wird abgebrochen.";
    if (await confirm(`„${title}“ verwerfen?`, text, "Verwerfen")) send("case.paper.discard", { paper: id });
  }

  async function copyOnly({ id, title }) {
    const text = "Die Bürgerin bekommt alle Seiten gedruckt, danach wird der Scan gelöscht. Keine Stelle bekommt ihn.";
    if (await confirm(`„${title}“ nur kopieren?`, text, "Kopieren")) copy(id);
  }

  const act = (paper, text, name, click) =>
    el("button", { type: "button", id: `${name}-${paper.id}`, class: "btn btn--plain", text, "aria-label": `${text}: ${paper.title}`, on: { click } });

  function thumb(paper, page, index) {
    const picture = previews.get(page.digest);
    const title = `${paper.title}, Seite ${index + 1}`;
    if (!picture) return el("span", { class: "thumb", text: String(index + 1) });
    return el(
      "button",
      { type: "button", id: `thumb-${page.digest}`, class: "thumb", "aria-label": `${title} groß zeigen`, on: { click: () => zoom(picture, title) } },
      el("img", { src: picture, alt: title }),
    );
  }

  const scanBody = (title) => ({ title, settings: { source: elements.source.value } });

  // Going on with a paper that was stopped is asking for the same one again.
  const goOn = (paper) => (paper.source === "scan" ? send("case.scan", scanBody(paper.title)) : send("case.still", { title: paper.title }));

  function named(then) {
    const title = elements.title.value.trim();
    elements.title.setAttribute("aria-invalid", String(!title));
    if (!title) {
      elements.title.focus();
      return;
    }
    then(title);
    elements.title.value = "";
  }

  return {
    update,
    preview,
    clear,
    scan: () => named((title) => send("case.scan", scanBody(title))),
    still: () => named((title) => send("case.still", { title })),
  };
}
