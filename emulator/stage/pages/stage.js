// The Simulierte Kabine: mirrors the world in a drawing; buttons become acts. The world is the server's.

import { el, keepOpen, part, say, wsUrl } from "/gemeinsam/parts.js";
import { inkPad } from "/seiten/ink.js";

const SVG = "http://www.w3.org/2000/svg";
const FLOOR_Y = 412;
const SEAT_X = 538;
const OUTSIDE_X = 120;
const SPEAKS_S = 3;
const ERROR_MS = 8000;
const LAMPS = { aus: "Lampe aus", gruen: "Lampe grün: frei", gelb: "Lampe gelb: belegt", rot: "Lampe rot" };
const LAMP_CHIPS = { gruen: "chip--good", gelb: "chip--warn", rot: "chip--bad" };

const at = (id) => document.getElementById(id);
let documents = [];
let errorTimer = 0;
let voiceTimer = 0;
let busy = 0;
let writing = false;

takes(false); // until there is somebody who hears it
const send = keepOpen(wsUrl("/ws"), {
  open: () => linked(true),
  lost: () => linked(false),
  text: (message) => {
    if (message.documents) begin(message);
    if (message.world) mirror(message.world, message.devices ?? []);
    if (message.done || message.error) finished(message);
  },
});
const ink = inkPad(at("ink"));

function linked(on) {
  at("link").textContent = on ? "verbunden" : "Verbindung unterbrochen";
  at("link").className = `chip ${on ? "chip--good" : "chip--bad"}`;
  busy = 0;
  takes(on);
}

function takes(on) {
  for (const button of document.querySelectorAll("button")) button.disabled = !on;
}

function begin(message) {
  documents = message.documents;
  part(at("document"), documents, () => documents.map(({ name, title, pages }) => el("option", { value: name, text: pages > 1 ? `${title} (${pages} Seiten)` : title })));
  part(at("recording"), message.recordings, () => message.recordings.map(({ name, title }) => el("option", { value: name, text: title || name })));
  if (at("screen").src !== new URL(message.screen, location.href).href) at("screen").src = message.screen;
}

function finished({ done, error }) {
  busy = Math.max(0, busy - 1);
  if (done === "speak") voice();
  at("error").hidden = !error;
  if (!error) return;
  at("error").textContent = error;
  clearTimeout(errorTimer);
  errorTimer = setTimeout(() => (at("error").hidden = true), ERROR_MS);
}

// --- the drawing -----------------------------------------------------------------------------------------------------

function mirror(world, devices) {
  const [person] = world.people;
  place(person);
  next(!person ? "enter" : person.seated ? "" : "sit");
  if (writing && !world.pen) say("Die Unterschrift ist geschrieben.");
  writing = Boolean(world.pen);
  at("door").classList.toggle("open", world.door_open);
  at("booth").dataset.lamp = world.lamp;
  at("booth").classList.toggle("opaque", world.glass_opaque);
  at("pad").classList.toggle("writing", Boolean(world.pen));
  at("button").classList.toggle("pressed", world.button_pressed);
  shown("table-sheet", world.table);
  shown("glass-sheet", world.glass);
  shown("jam", world.jammed);
  part(at("feeder-sheets"), world.feeder.length, (count) => sheets(count, 632, 272, -5));
  part(at("tray"), world.tray.length, (count) => sheets(count, 712, 372, 4, 12));
  const list = [...facts(world), ...devices];
  part(at("facts"), list, () => list.map(([text, colour]) => el("li", {}, el("span", { class: `chip ${colour ?? ""}`, text }))));
  at("booth").setAttribute("aria-label", `Die Kabine: ${list.map(([text]) => text).join(", ")}`);
}

/** What she usually does next stands out; whoever is inside does not come in again. */
function next(name) {
  for (const button of document.querySelectorAll("[data-act]")) button.classList.toggle("btn--primary", button.dataset.act === name);
}

const shown = (id, value) => at(id).setAttribute("visibility", value ? "visible" : "hidden");

function place(person) {
  const figure = at("person");
  const x = !person ? OUTSIDE_X : person.seated ? SEAT_X : 410;
  figure.setAttribute("transform", `translate(${x} ${FLOOR_Y})`);
  figure.style.transform = `translate(${x}px, ${FLOOR_Y}px)`;
  figure.classList.toggle("outside", !person);
  figure.querySelector(".standing").setAttribute("visibility", person?.seated ? "hidden" : "visible");
  figure.querySelector(".sitting").setAttribute("visibility", person?.seated ? "visible" : "hidden");
  if (person) return;
  quiet();
  ink.wipe(); // the next one does not sign with her strokes
}

function voice() {
  at("person").querySelector(".voice").setAttribute("visibility", "visible");
  clearTimeout(voiceTimer);
  voiceTimer = setTimeout(quiet, SPEAKS_S * 1000);
}

const quiet = () => at("person").querySelector(".voice").setAttribute("visibility", "hidden");

function sheets(count, x, y, step, width = 52) {
  return Array.from({ length: Math.min(count, 8) }, (_, index) => {
    const sheet = document.createElementNS(SVG, "rect");
    const box = step < 0 ? { x, y: y + step * index, width, height: 3 } : { x: x + index * step, y, width: 44, height: 34 };
    for (const [name, value] of Object.entries({ ...box, class: "sheet" })) sheet.setAttribute(name, String(value));
    return sheet;
  });
}

function facts(world) {
  const [person] = world.people;
  return [
    [!person ? "Niemand in der Kabine" : person.seated ? "Bürgerin sitzt" : "Bürgerin steht in der Kabine", person ? "chip--accent" : ""],
    [world.door_open ? "Tür offen" : "Tür zu", world.door_open ? "chip--warn" : ""],
    [LAMPS[world.lamp] ?? `Lampe ${world.lamp}`, LAMP_CHIPS[world.lamp] ?? ""],
    [world.glass_opaque ? "Scheiben blickdicht" : "Scheiben klar"],
    world.table && [`Unter der Kamera: ${titleOf(world.table)}`, "chip--accent"],
    world.glass && [`Auf dem Glas: ${titleOf(world.glass.split(":")[0])}`, "chip--accent"],
    world.feeder.length > 0 && [`Im Einzug: ${world.feeder.length === 1 ? "1 Blatt" : `${world.feeder.length} Blätter`}`, "chip--accent"],
    world.cards.length > 0 && [`Auf dem Kartenleser: ${world.cards.length === 1 ? "1 Karte" : `${world.cards.length} Karten`}`, "chip--accent"],
    world.jammed && ["Papierstau", "chip--bad"],
    world.jam_after > 0 && !world.jammed && [`Stau kommt auf Seite ${world.jam_after}`, "chip--warn"],
    world.tray.length > 0 && [`Ausgegeben: ${world.tray.map((sheet) => sheet.split(" ").slice(0, -1).join(" ") || sheet).join(", ")}`, "chip--good"],
  ].filter(Boolean);
}

const titleOf = (name) => documents.find((entry) => entry.name === name)?.title ?? name;

// --- acts ------------------------------------------------------------------------------------------------------------

const ARGS = {
  speak: () => ({ seconds: SPEAKS_S }),
  show: () => ({ document: at("document").value }),
  feed: () => ({ document: at("document").value }),
  lay_on_glass: () => ({ document: at("document").value, page: 1 }),
  lay_card: () => ({ card: at("card").value }),
  set_jam: () => ({ page: Number(at("jam-page").value) }),
};

function act(name, args = {}) {
  if (send({ act: name, args })) busy += 1;
}

for (const button of document.querySelectorAll("[data-act]")) {
  button.addEventListener("click", () => act(button.dataset.act, ARGS[button.dataset.act]?.()));
}
at("play").addEventListener("click", () => act("sign", { recording: at("recording").value }));
at("wipe").addEventListener("click", () => ink.wipe());
at("sign").addEventListener("click", () => {
  const points = ink.points();
  if (points.length) act("sign", { points });
  else finished({ error: "Bitte zuerst mit der Maus auf dem Feld unterschreiben." });
  if (points.length) say("Die Unterschrift wird geschrieben.");
});
quiet();
