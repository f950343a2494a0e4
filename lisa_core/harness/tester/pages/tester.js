// The tester's page: shows what is asked, sends back what she answers. It remembers nothing.

import { deafen, el, keepOpen, part, wsUrl } from "/gemeinsam/parts.js";

const KINDS = { handlung: "Bitte jetzt tun", frage: "Bitte nachsehen", zahl: "Bitte messen; Zahl und Name des Fotos unten eintragen", ablesung: "Bitte ablesen und unten eintragen" };
const LABELS = { erledigt: "Erledigt", gemessen: "Gemessen", abgelesen: "Abgelesen", ja: "Ja", nein: "Nein", "geht nicht": "Geht nicht" };
const FIELDS = { zahl: "Zahl und Name des Fotos: 91,5 tuer.jpg", ablesung: "Was dort steht" };
const REASON = "Wenn etwas nicht geht: der Grund, ohne Namen und Inhalte (freiwillig)";
const GOOD = new Set(["erledigt", "gemessen", "abgelesen", "ja"]);

const at = (id) => document.getElementById(id);
let ends = 0;

// In an English run the page carries the twin of each of these sentences.
const WORDS = JSON.parse(document.body.dataset.words || "{}");
const say = (german) => WORDS[german] ?? german;

const send = keepOpen(wsUrl("/ws"), {
  open: () => linked(true),
  lost: () => linked(false),
  text: ({ asked }) => show(asked),
});

at("form").addEventListener("submit", (event) => event.preventDefault());
setInterval(left, 500);

function linked(on) {
  at("link").textContent = say(on ? "verbunden" : "Der Lauf ist beendet oder unterbrochen");
  at("link").className = `chip ${on ? "chip--good" : "chip--bad"}`;
  if (!on) show(null);
}

function show(asked) {
  ends = asked ? performance.now() + asked.left_s * 1000 : 0;
  at("kind").textContent = say(asked ? KINDS[asked.kind] : "Einen Moment");
  at("text").textContent = asked ? asked.text : say("Gerade ist nichts zu tun.");
  at("form").hidden = !asked;
  if (asked) at("reason").value = "";
  at("field").textContent = say(FIELDS[asked?.kind] ?? REASON);
  part(at("pictures"), asked && [asked.number, asked.pictures], () => asked?.pictures.map(picture));
  const others = part(at("replies"), asked && [asked.number, asked.replies], () => asked?.replies.map((reply) => button(asked.number, reply)));
  if (others) deafen(at("replies")); // a second tap on "Erledigt" says no "Ja"
  left();
}

// To be judged it can be looked at as large as it came.
function picture(address, index) {
  const name = `${say("Bild")} ${index + 1}`;
  return el("a", { href: address, target: "_blank", "aria-label": `${name} ${say("groß zeigen")}` }, el("img", { src: address, alt: name }));
}

function button(number, reply) {
  const answer = () => send({ number, reply, reason: at("reason").value });
  return el("button", { type: "button", class: GOOD.has(reply) ? "btn btn--primary" : "btn btn--plain", text: say(LABELS[reply]), on: { click: answer } });
}

function left() {
  const seconds = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
  at("left").textContent = ends ? say("noch # s").replace("#", seconds) : "";
}
