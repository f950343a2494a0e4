// The agent's desk: shows what the exchange and the booth say, sends what the agent asks for. State only from the server.

import { openLink } from "/gemeinsam/link.js";
import { deafen, el, icon, part, say, when, wsUrl } from "/gemeinsam/parts.js";
import { appointmentCard } from "/seiten/appointment_card.js";
import { audible, quiet, ring, unlock } from "/seiten/bell.js";
import { diaryCard } from "/seiten/diary_card.js";
import { formCard } from "/seiten/form_card.js";
import { Leg, heardWays, inability, tryDevices } from "/seiten/media.js";
import { papersCard } from "/seiten/papers_card.js";
import { isPapersOnly, papersOnlyCard } from "/seiten/papers_only_card.js";
import { portalCard } from "/seiten/portal_card.js";
import { questionCard } from "/seiten/question_card.js";
import { serviceCard } from "/seiten/service_card.js";
import { CARDS, clock, dative, duration, FORWARDED, HANDED_ON, IDLE, LINK, LINK_CUT, MODES, OVER, STAYS_DOWN, waitingText, WITHDRAWN } from "/seiten/words.js";

const BAD_NEWS = new Set(["media.failed", "media.lost", "door.open", "link.lost", "application.failed", "papers.failed"]);
const HANDED_IN = ["application.received", "application.printed", "papers.received", "papers.printed"];
const GOOD_NEWS = new Set(["door.closed", "citizen.back", "camera.on", "media.back", ...HANDED_IN]);
const GOOD_NEWS_MS = 8000;
// Whether the table is hidden from now on; this is here before the picture that covers the table.
const PAPERS_HIDDEN = { "door.open": true, "door.closed": false, "citizen.away": true, "citizen.back": false };
const MAX_NOTICES = 5;
const SECTIONS = { frei: "idle", klingelt: "ring", gespraech: "call" };
const UNABLE = inability();

const at = (id) => document.getElementById(id);
const agent = decodeURIComponent(location.pathname.split("/").pop());
const fresh = () => ({ call: "", offer: null, about: null, taken: null, caseState: null, form: null, camera: null, card: "keine", leaflet: null, media: ["", ""], papersHidden: false });
const OWED = `lisa-platz-${agent}-post`;
const owedBefore = () => JSON.parse(sessionStorage.getItem(OWED) ?? "[]");
const now = { link: ["verbindet", ""], welcome: null, unstaffed: [], desk: null, over: "", notices: [], owed: owedBefore(), forwarded: new Map(), ...fresh() };

let link = null;
let leg = null;
const send = (type, body = {}, call = now.call) => link?.send(type, body, call);

const form = formCard(at("form-column"), send, confirm);
const papers = papersCard(
  { title: at("paper-title"), titles: at("paper-titles"), source: at("paper-source"), wanted: at("wanted"), list: at("papers") },
  send,
  zoom,
  confirm,
  (paper) => papersOnly.copy(paper),
);
const papersOnly = papersOnlyCard(
  {
    service: at("papers-only-service"),
    reference: at("papers-only-reference"),
    goes: at("papers-only-goes"),
    show: at("papers-only-show"),
    state: at("papers-only-state"),
  },
  send,
  (text) => (notice("papers.unanswered", text), draw()),
);
const service = serviceCard(
  {
    service: at("service"),
    office: at("forward-office"),
    forms: at("forms"),
    forward: at("forward"),
    consult: at("consult"),
    slip: at("slip"),
    known: at("slip-known"),
  },
  send,
  () => now.welcome?.office,
  () => now.unstaffed,
);

const inTalk = () => Boolean(now.taken) && !now.taken.consult;
const portal = portalCard(
  {
    card: at("portal-card"),
    title: at("portal-title"),
    open: at("portal-open"),
    state: at("portal-state"),
    offered: at("leaflet-offered"),
    preview: at("leaflet-preview"),
    show: at("leaflet-show"),
    drop: at("leaflet-drop"),
    shown: at("leaflet-shown"),
    what: at("leaflet-what"),
    away: at("leaflet-away"),
  },
  send,
  inTalk,
  agent,
);

const question = questionCard(
  { card: at("question-card"), text: at("question-text"), video: at("colleague"), hand: at("hand-over"), back: at("take-back") },
  send,
  (text) => notice("question", text),
);
const appointment = appointmentCard(
  {
    start: at("appointment-start"),
    office: at("appointment-office"),
    mine: at("appointment-mine"),
    book: at("book"),
    made: at("appointment-made"),
    outcome: at("outcome"),
  },
  send,
  () => now.welcome?.office,
);

const diary = diaryCard(
  {
    dialog: at("diary"),
    site: at("diary-site"),
    office: at("diary-office"),
    start: at("diary-start"),
    mine: at("diary-mine"),
    book: at("diary-book"),
    list: at("diary-list"),
    said: at("diary-said"),
  },
  send,
);

// --- what comes in ---------------------------------------------------------------------------------------------------

const HEARD = {
  welcome: (body) => Object.assign(now, { welcome: body, unstaffed: [] }),
  "desk.state": (body) => {
    now.desk = body;
    if (body.state !== "klingelt" && body.state !== "im_gespraech") endCall();
  },
  "desk.unstaffed": ({ offices }) => (now.unstaffed = offices),
  "call.offer": (body, call) => {
    Object.assign(now, { offer: body, about: body, call, over: "", notices: [] });
    say(`Anruf: ${body.site_name}`, true);
  },
  "call.cut_off": ({ agent_name: lost }) => {
    for (const known of [now.offer, now.about]) if (known) known.cut_off = lost;
  },
  "call.unstaffed": ({ office_name: where }) => {
    for (const known of [now.offer, now.about]) if (known) known.unstaffed = where;
  },
  "call.withdrawn": (body) => endCall(WITHDRAWN[body.reason] ?? "Der Anruf ist zurückgezogen."),
  "call.taken": (body, call) => {
    if (now.taken?.leg !== body.leg) closeLeg();
    Object.assign(now, { offer: null, leaflet: null, taken: { ...body, since: performance.now() }, call, over: "" });
  },
  "call.talked": ({ seconds }) => now.taken && (now.taken.since -= 1000 * seconds),
  "call.ended": (body) => endCall(OVER[body.reason] ?? "Das Gespräch ist zu Ende."),
  "call.forward.state": (body, call) => forwarded(body, call),
  "call.consult.state": (body) => {
    question.heard(body);
    hearing();
  },
  "call.ways": (body) => heardWays(body),
  "media.offer": (body) => answer(body),
  "media.answer": (body) => question.answered(body),
  "case.state": (body) => {
    Object.assign(now, { caseState: body.case, form: body.form });
    if (!isDraft() && at("ask").open) at("ask").close("no"); // what it asks about is no draft any more
  },
  "case.preview": (body) => papers.preview(body),
  "case.card": (body) => (now.card = body.kind),
  "case.leaflet.shown": ({ leaflet }) => (now.leaflet = leaflet),
  "case.camera": (body) => (now.camera = body),
  "case.notice": ({ code, text }) => {
    now.papersHidden = PAPERS_HIDDEN[code] ?? now.papersHidden;
    notice(code, text);
  },
  "appointment.booked": (body) => {
    appointment.answered(body);
    diary.answered(`Vereinbart: ${when(body.start)}, ${body.site_name}. Kennwort: ${body.token}`, true);
  },
  "appointment.cancelled": () => diary.answered("Der Termin ist abgesagt."),
  "appointment.diary": (body) => diary.heard(body),
  "appointment.known": (body) => service.slip(body),
  // It stays until it is read, whatever call comes or goes meanwhile.
  "submission.owed": (body) => owe([...now.owed.filter(({ code }) => code !== body.number), owed(body)]),
  refused: (body, call) => {
    if (body.code === "late") now.forwarded.delete(call); // it is nobody's to fetch back any more
    if (body.code === "appointment") appointment.answered(null);
    if (diary.isOpen()) diary.answered(body.text);
    else notice(body.code, body.text);
  },
};

function heard({ type, body, call }) {
  HEARD[type]?.(body, call);
  draw();
}

function notice(code, text) {
  const [area, , part] = code.split(".");
  const topic = part ? `${area}.${part}` : area; // each device has its own
  const told = { topic, code, text };
  now.notices = [...now.notices.filter((other) => other.topic !== topic), told].slice(-MAX_NOTICES);
  if (isGood(code)) setTimeout(() => (drop(told), draw()), GOOD_NEWS_MS); // nothing that anybody has to click away
}

const isGood = (code) => GOOD_NEWS.has(code) || code.startsWith("device.back.");
const drop = (told) => (now.notices = now.notices.filter((other) => other !== told));

const owed = ({ number, site_name }) => ({
  topic: number,
  code: number,
  // The number itself says whether it is that of an application, or of papers (Unterlagen) without one.
  text: /-U\d+$/.test(number)
    ? `${site_name}: Die Eingangsbestätigung der Unterlagen ${number} konnte nicht ausgehändigt werden. Bitte mit der Post senden.`
    : `${site_name}: Nummer und Kopie des Antrags ${number} konnten nicht ausgehändigt werden. Bitte mit der Post senden.`,
});

/** Loading the page anew is not reading; of an application its number only. */
function owe(entries) {
  now.owed = entries;
  sessionStorage.setItem(OWED, JSON.stringify(entries));
}

/** A call that was forwarded from here is on its way, and may be fetched back until it has arrived. */
function forwarded(body, call) {
  const over = HANDED_ON[body.state];
  if (over && now.forwarded.delete(call)) now.over = over(body.office_name, body.agent_name);
  if (!over) now.forwarded.set(call, body);
}

function endCall(text = "") {
  closeLeg();
  const talked = now.taken;
  Object.assign(now, fresh());
  now.over = text || now.over;
  if (talked) now.notices = [];
  form.update(null, null);
  papers.clear();
  papersOnly.clear();
  service.clear();
  appointment.clear();
  question.clear();
  at("zoom-picture").removeAttribute("src");
  if (at("zoom").open) at("zoom").close();
  if (at("ask").open) at("ask").close("no");
}

/** Whoever goes on elsewhere has the talk and the papers there. */
function leaveTalk() {
  endCall();
  Object.assign(now, { desk: null, over: "", notices: [] });
  now.forwarded.clear();
}

async function answer({ leg: id, sdp }) {
  closeLeg();
  if (UNABLE) return notice("media.failed", UNABLE);
  const views = { citizen: at("citizen"), document: at("document"), self: at("self") };
  const told = (text, colour) => {
    now.media = [text, colour];
    draw();
  };
  const mine = new Leg(views, told, (trouble) => leg === mine && send("call.ways.missing", { trouble }));
  leg = mine;
  try {
    const own = await mine.answer(sdp);
    if (leg === mine) send("media.answer", { leg: id, sdp: own });
    hearing();
  } catch (error) {
    if (leg === mine) notice("media.failed", `Bild und Ton kommen nicht zustande (${error.message}).`);
    draw();
  }
}

function closeLeg() {
  leg?.close();
  leg = null;
  for (const [id, kind] of [["mute", "audio"], ["blind", "video"]]) toggle(at(id), kind, false);
}

// --- what is shown ---------------------------------------------------------------------------------------------------

function draw() {
  const [linkState, linkText] = now.link;
  const mode = now.desk?.state ?? "";
  const inCall = Boolean(now.taken) || mode === "im_gespraech";
  const rings = Boolean(now.offer) && !inCall;
  const view = inCall ? "gespraech" : rings ? "klingelt" : "frei";
  const changed = document.body.dataset.view !== view;
  document.body.dataset.view = view;
  document.title = rings ? `☎ Anruf: ${now.offer.site_name}` : `${now.welcome?.name ?? "LISA"} – Arbeitsplatz`;
  at("name").textContent = now.welcome?.name ?? "";
  at("office").textContent = now.welcome?.office ?? "";
  chip(at("link"), LINK[linkState]);
  chip(at("mode"), linkState === "verbunden" ? (MODES[mode] ?? ["", ""]) : ["", ""]);
  tick();
  const online = linkState === "verbunden";
  at("ready").hidden = !online || UNABLE || !["pause", "abwesend", "nacharbeit"].includes(mode);
  at("pause").hidden = !online || !["bereit", "nacharbeit", "abwesend"].includes(mode);
  at("diary-open").hidden = !online || inCall || rings;
  if (inCall || rings) diary.close();
  diary.update(now.desk);
  at("account")?.toggleAttribute("hidden", linkState === "abgemeldet"); // there is nobody to be logged out any more
  drawNotices();
  drawIdle(!inCall && !rings, linkState, linkText, mode);
  portal.update(now.leaflet);
  drawForwarded(!inCall && !rings && linkState === "verbunden");
  drawRing(rings);
  drawCall(inCall);
  if (changed) deafen(at(SECTIONS[view]));
}

/** How long they talk: told once by the exchange, and counted on from there. */
function tick() {
  const since = now.taken?.since;
  at("talk-clock").hidden = since === undefined;
  if (since !== undefined) at("talk-clock").textContent = clock(Math.max(0, Math.floor((performance.now() - since) / 1000)));
}
setInterval(tick, 1000);

function chip(node, [text, colour]) {
  if (node.textContent !== text) node.textContent = text;
  node.className = `chip ${colour}`;
  node.hidden = !text;
}

function drawNotices() {
  const standing = now.caseState?.notice ? [{ topic: "", code: "case", text: now.caseState.notice }] : [];
  const cut = now.taken && now.link[0] !== "verbunden" ? [{ topic: "", code: "link.lost", text: LINK_CUT }] : [];
  const all = [...cut, ...now.owed, ...standing, ...now.notices.filter(({ text }) => text !== now.caseState?.notice)];
  part(at("notices"), all, () =>
    all.map(({ topic, code, text }) =>
      el(
        "div",
        { class: `banner ${BAD_NEWS.has(code) ? "banner--bad" : isGood(code) ? "banner--calm" : ""}`, dataset: { code } },
        icon(isGood(code) ? "check" : "warn"),
        el("span", { class: "grow", text }),
        topic && !isGood(code) && el("button", { type: "button", class: "btn btn--plain", text: "Gelesen", on: { click: () => dismiss(topic) } }),
      ),
    ),
  );
}

function dismiss(topic) {
  now.notices = now.notices.filter((other) => other.topic !== topic);
  for (const { code } of now.owed.filter((other) => other.topic === topic)) send("submission.noted", { number: code }, "");
  owe(now.owed.filter((other) => other.topic !== topic));
  draw();
}

function drawIdle(shown, linkState, linkText, mode) {
  at("idle").hidden = !shown;
  const away = {
    verbindet: ["clock", "Der Platz wird verbunden", "Einen Moment bitte."],
    getrennt: ["warn", "Verbindung unterbrochen", "Der Platz verbindet sich von selbst wieder. Anrufe klingeln so lange woanders."],
    abgewiesen: ["warn", "Dieser Platz ist nicht zu haben", linkText],
    besetzt: ["people", "Hier sitzt schon jemand", `${linkText} Wer hier weiterarbeitet, meldet den Platz dort ab.`],
    uebernommen: ["people", "Dieser Platz ist jetzt woanders offen", linkText],
    abgemeldet: ["door", "Sie sind abgemeldet", linkText],
    verbunden: UNABLE && ["warn", "In diesem Browser sind keine Gespräche möglich", UNABLE],
  }[linkState];
  const [sign, title, text] = away || IDLE[mode] || ["clock", "Einen Moment bitte", ""];
  const waiting = now.desk?.waiting ?? 0;
  const mute = !away && !audible(); // whatever is touched switches the bell on: this button says so
  part(at("idle"), [sign, title, text, waiting, now.over, linkState, mute], () => [
    el("div", { class: "idle-sign" }, icon(sign)),
    el("h1", { text: title }),
    el("p", { class: "muted", text }),
    (linkState === "besetzt" || linkState === "uebernommen") &&
      el("button", { type: "button", class: "btn btn--primary big", text: "Hier weiterarbeiten", on: { click: () => link.take() } }),
    linkState === "abgemeldet" && el("a", { class: "btn btn--primary big", href: "/anmelden", text: "Neu anmelden" }),
    !away && el("p", {}, el("span", { class: `chip ${waiting ? "chip--warn" : ""}`, text: waitingText(waiting) })),
    now.over && el("p", { class: "over", text: now.over }),
    mute && el("button", { type: "button", class: "btn btn--plain", text: "Klingelton einschalten" }),
  ]);
}

function drawForwarded(shown) {
  at("forwarded").hidden = !shown || now.forwarded.size === 0;
  part(at("forwarded-list"), [...now.forwarded], (calls) =>
    calls.map(([call, { state, office_name: where }]) =>
      el(
        "li",
        { class: "form-line" },
        el("span", { text: FORWARDED[state]?.(where) ?? where }),
        el("button", { type: "button", class: "btn", text: "Zurückholen", on: { click: () => send("call.take_back", {}, call) } }),
      ),
    ),
  );
}

function drawRing(shown) {
  const before = at("ring").hidden;
  at("ring").hidden = !shown;
  if (!shown) {
    quiet();
    return;
  }
  ring();
  const { site_name: site, from_agent: from, consult } = now.offer;
  at("ring-title").textContent = consult ? `Rückfrage von ${dative(from)} (${site})` : `Anruf: ${site}`;
  part(at("ring-sign"), "phone", () => icon("phone"));
  part(at("ring-facts"), now.offer, facts);
  if (before) at("accept").focus(); // and deaf at first: whoever was typing takes no call by that
}

/** What is known of a call or a question before anybody answers it. */
function facts({ waited_s: waited, service_name: name, form_titles: titles, from_agent: from, consult, appointment: due, ...back }) {
  const known = [
    ["Anliegen", name],
    ["Anträge", titles?.join(", ")],
    ["Termin", due && when(due)],
    [consult ? "Fragt" : "Weitergeleitet von", consult ? from : dative(from ?? "")],
    ["Wartet seit", waited >= 5 && duration(waited)],
    ["Hinweis", cameBack(back)],
  ];
  return known.filter(([, value]) => value).map(([term, value]) => el("div", {}, el("dt", { text: term }), el("dd", { text: value })));
}

function cameBack({ returned, cut_off: lost, unstaffed }) {
  if (lost) return `Das Gespräch mit ${dative(lost)} ist abgerissen; der Anruf kommt zurück.`;
  if (unstaffed) return `Dort war gerade niemand am Platz (${unstaffed}); der Anruf kommt zurück.`;
  return returned ? "Die Stelle hat nicht angenommen; der Anruf kommt zurück." : "";
}

function drawCall(shown) {
  at("call").hidden = !shown;
  if (!shown) return;
  const asked = Boolean(now.taken?.consult); // a colleague asks: the citizen and her papers are not here yet
  at("call").toggleAttribute("data-consult", asked);
  at("document-view").toggleAttribute("data-hidden", now.papersHidden);
  for (const id of ["document-view", "form-column", "work-column"]) at(id).hidden = asked;
  at("asked-card").hidden = !asked;
  at("asked-title").textContent = asked ? `Rückfrage von ${dative(now.about?.from_agent ?? "einer Kollegin")}` : "";
  at("asked-where").textContent = `Die Bürgerin ist noch bei ${dative(now.about?.from_agent ?? "Ihrer Kollegin")} und sieht und hört Sie nicht.`;
  at("call-title").textContent = asked ? at("asked-title").textContent : `Gespräch: ${now.taken?.site_name ?? "Kabine"}`;
  part(at("asked-facts"), asked ? now.about : null, (about) => (about ? facts(about) : []));
  at("site").textContent = asked ? "Rückfrage" : (now.taken?.site_name ?? "");
  at("citizen").setAttribute("aria-label", asked ? "Live-Bild der Kollegin" : "Live-Bild der Bürgerin");
  at("hangup").textContent = asked ? "Rückfrage beenden" : "Gespräch beenden";
  chip(at("media-state"), now.media[0] ? now.media : ["wird aufgebaut", ""]);
  drawAim();
  at("card-reader").textContent = CARDS[now.card] ?? "";
  service.update(now.desk, now.caseState);
  appointment.update(now.desk, now.caseState);
  if (question.asked()) at("consult").disabled = true;
  const only = isPapersOnly(now.form);
  form.update(only ? { ...now.caseState, form: null, only } : now.caseState, only ? null : now.form);
  papersOnly.update(now.desk, now.caseState, now.form);
  papers.update(now.caseState, now.form?.id ? now.form : null);
}

/** Only where the booth has said that its camera can be turned; what would change nothing cannot be pressed. */
function drawAim() {
  at("camera-aim").hidden = !now.camera;
  const { pan, tilt, zoom } = now.camera ?? { pan: 0, tilt: 0, zoom: 0 };
  const most = 1000;
  const still = { naeher: zoom >= most, links: pan <= -most, rechts: pan >= most, hoch: tilt >= most, runter: tilt <= -most };
  for (const button of at("camera-aim").children) button.disabled = still[button.dataset.aim] || (zoom === 0 && !["naeher", "alles"].includes(button.dataset.aim));
}

// --- what the agent does ---------------------------------------------------------------------------------------------

function confirm(title, text, yes) {
  at("ask-title").textContent = title;
  at("ask-text").textContent = text;
  at("ask-yes").textContent = yes;
  at("ask").returnValue = "";
  at("ask").showModal();
  return new Promise((resolve) => at("ask").addEventListener("close", () => resolve(at("ask").returnValue === "yes"), { once: true }));
}

function zoom(picture, title) {
  Object.assign(at("zoom-picture"), { src: picture, alt: title });
  at("zoom").showModal();
}

function toggle(button, kind, off) {
  button.setAttribute("aria-pressed", String(off));
  leg?.enable(kind, !off);
  if (kind === "audio") hearing();
}

/** The citizen hears what is said to her, and not what is asked of a colleague. */
function hearing() {
  leg?.enable("audio", !isOff(at("mute")) && !question.speaking());
}

/** What would be destroyed with the talk; what is on its way arrives all the same. */
function isDraft() {
  const stage = now.caseState?.form?.stage;
  return Boolean(stage) && !["wird_eingereicht", "eingereicht"].includes(stage);
}

async function hangUp() {
  const text = isPapersOnly(now.form)
    ? "Die Unterlagen sind noch nicht eingereicht. Mit dem Ende des Gesprächs werden die Scans vernichtet."
    : "Der Antrag ist noch nicht abgegeben. Mit dem Ende des Gesprächs wird der Entwurf vernichtet.";
  if (!isDraft() || (await confirm("Gespräch beenden?", text, "Beenden und vernichten"))) send("call.hangup");
}

const isOff = (button) => button.getAttribute("aria-pressed") === "true";
const DONE = {
  ready: async () => {
    const missing = await tryDevices();
    send("desk.ready", { headset: !missing.includes("Mikrofon") });
    if (missing.length) notice("devices", `${missing.join(" und ")} nicht gefunden oder nicht erlaubt.`);
  },
  pause: () => send("desk.pause"),
  accept: () => now.offer && send("call.accept"),
  reject: () => now.offer && send("call.reject"),
  busy: () => now.offer && send("call.reject", { busy: true }),
  forward: () => service.forward(),
  consult: () => service.consult(),
  "hand-over": () => send("call.hand_over"),
  "take-back": () => send("call.take_back"),
  book: () => appointment.book(),
  "diary-open": () => diary.open(),
  "diary-book": () => diary.book(),
  "slip-show": () => at("slip").value.trim() && send("appointment.show", { token: at("slip").value.trim() }),
  hangup: () => hangUp(),
  "papers-only-show": () => papersOnly.show(),
  scan: () => papers.scan(),
  still: () => papers.still(),
  mute: () => toggle(at("mute"), "audio", !isOff(at("mute"))),
  blind: () => toggle(at("blind"), "video", !isOff(at("blind"))),
  enlarge: () => {
    const large = !isOff(at("enlarge"));
    at("enlarge").setAttribute("aria-pressed", String(large));
    at("call").toggleAttribute("data-large", large);
  },
};
const KEYS = { F2: "accept", F4: "reject", F8: "scan", F9: "still" };

at("paper-title").addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  at("scan").click();
});
addEventListener("beforeunload", (event) => {
  if (now.taken) event.preventDefault(); // the browser asks: who leaves now leaves a citizen alone
});
const press = async (id) => (await DONE[id](), draw());
for (const id of Object.keys(DONE)) at(id).addEventListener("click", () => press(id));

at("camera-aim").addEventListener("click", ({ target: { dataset } }) => dataset.aim && send("case.camera.aim", { aim: dataset.aim }));

document.addEventListener("keydown", (event) => {
  const button = KEYS[event.key] && at(KEYS[event.key]);
  const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
  if (!button || !plain || event.repeat || button.offsetParent === null || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  if (!button.disabled) press(button.id); // nobody hits such a key by chance: it is never deaf
});
// Not when the finger comes down: what goes then would move the button away from under it, and there would be no click.
for (const gesture of ["click", "keydown"]) {
  addEventListener(gesture, () => !audible() && unlock().then(draw), { passive: true });
}

// One window per seat: two would take the seat from each other without end. The lock goes with the window.
let mine = false;
navigator.locks.request(`lisa-platz-${agent}`, () => {
  mine = true;
  link = openLink(wsUrl("/ws/desk"), { type: "desk.hello", body: { agent } }, `platz-${agent}`, {
    message: heard,
    state: (state, text = "") => {
      now.link = [state, text];
      if (STAYS_DOWN.has(state)) leaveTalk();
      draw();
    },
  });
  return new Promise(() => {});
});
setTimeout(() => {
  if (mine) return;
  now.link = ["abgewiesen", "Er ist schon in einem anderen Fenster dieses Browsers offen. Schließen Sie jenes, dann geht es hier weiter."];
  draw();
}, 500);
draw();
