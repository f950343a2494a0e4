// What the desk says: the words for each state of link, desk and call, and the case in which a name stands.

/** „Herr Seidel“ as it stands after von, bei, mit: „Herrn Seidel“. */
/** What lies on the card reader; nothing is said of none. */
export const CARDS = {
  chip: "Auf dem Kartenleser liegt eine Karte mit Chip.",
  speicher: "Auf dem Kartenleser liegt eine Speicherkarte ohne Chip-Programme, kein Ausweis.",
  unlesbar: "Auf dem Kartenleser liegt etwas, das er nicht lesen kann; liegen dort zwei Karten, bitte eine wegnehmen lassen.",
};

export const dative = (name) => name.replace(/^Herr (?=.)/, "Herrn ");

/** Seconds as they stand in a clock: 3:07, 1:02:07. */
export function clock(seconds) {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** How long somebody waits, as people say it. */
export function duration(seconds) {
  if (seconds < 90) return seconds === 1 ? "1 Sekunde" : `${seconds} Sekunden`;
  const minutes = Math.round(seconds / 60);
  return `${minutes} Minuten`;
}

export const waitingText = (count) => (count === 0 ? "Niemand wartet" : count === 1 ? "1 Bürgerin wartet" : `${count} Bürgerinnen warten`);

export const MODES = {
  bereit: ["bereit", "chip--good"],
  klingelt: ["es klingelt", "chip--accent"],
  im_gespraech: ["im Gespräch", "chip--accent"],
  nacharbeit: ["Nacharbeit", "chip--warn"],
  pause: ["Pause", "chip--warn"],
  abwesend: ["abwesend", "chip--bad"],
};
export const IDLE = {
  bereit: ["bell", "Sie sind bereit", "Der nächste Anruf klingelt hier."],
  nacharbeit: ["clock", "Nacharbeit", "Drücken Sie „Bereit“, sobald der nächste Anruf kommen darf."],
  pause: ["clock", "Pause", "Drücken Sie „Bereit“, um Anrufe zu bekommen."],
  abwesend: ["warn", "Sie stehen auf abwesend", "Ein Anruf wurde nicht angenommen. Drücken Sie „Bereit“, sobald Sie wieder da sind."],
};
export const OVER = {
  agent: "Das Gespräch ist beendet.",
  citizen: "Die Bürgerin hat das Gespräch beendet.",
  forwarded: "Das Gespräch ist weitergeleitet.",
  booth_lost: "Die Verbindung zur Kabine ist verloren gegangen. Das Gespräch ist zu Ende.",
  booth_barred: "Diese Kabine ist gesperrt, und das Gespräch ist deshalb zu Ende. Die Bürgerin hat nicht aufgelegt.",
  desk_lost: "Die Verbindung zu diesem Platz war zu lange unterbrochen. Das Gespräch ist zu Ende.",
};
export const WITHDRAWN = {
  unanswered: "Sie haben nicht angenommen. Der Anruf geht weiter.",
  citizen: "Die Bürgerin wartet nicht mehr auf diesen Anruf.",
  booth_lost: "Die Verbindung zur Kabine ist verloren gegangen, bevor jemand annahm.",
  booth_barred: "Die Kabine ist gesperrt. Den Anruf gibt es nicht mehr.",
  rejected: "Sie haben den Anruf abgelehnt.",
  busy: "Der Anruf geht weiter. Sie bekommen einen Augenblick lang keinen neuen.",
  taken_back: "Der Anruf wurde zurückgeholt, von wo er weitergeleitet war.",
};
export const FORWARDED = {
  wartet: (where) => `${where}: gerade ist niemand frei, die Bürgerin wartet.`,
  klingelt: (where) => `${where}: es klingelt.`,
};
export const HANDED_ON = {
  angenommen: (where, who) => `${who} (${where}) hat die Bürgerin übernommen.`,
  zurueck: (where) => `${where}: niemand hat angenommen. Die Bürgerin ist wieder bei der Anmeldung.`,
  gegangen: (where) => `${where}: die Bürgerin wartet dort nicht mehr.`,
};
export const LINK = {
  verbindet: ["verbindet …", ""],
  verbunden: ["verbunden", "chip--good"],
  getrennt: ["Verbindung unterbrochen", "chip--bad"],
  abgewiesen: ["abgewiesen", "chip--bad"],
  besetzt: ["besetzt", "chip--warn"],
  uebernommen: ["anderswo", "chip--warn"],
  abgemeldet: ["abgemeldet", "chip--warn"],
};
export const STAYS_DOWN = new Set(["abgewiesen", "besetzt", "uebernommen", "abgemeldet"]);
export const LINK_CUT = "Die Verbindung zum Landkreis ist unterbrochen und kommt von selbst wieder. Was Sie eingeben, wird nachgereicht.";
