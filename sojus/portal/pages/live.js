// What changes elsewhere, as it happens: one stream of server-sent events for each page, that comes back by itself. A page at
// which nobody looks has none: a browser opens six connections to one portal, and the seventh tab would wait for ever.

import { backoff } from "/gemeinsam/parts.js";

const NAMES = ["change", "place", "mine", "beat", "away", "back", "over", "again"];
const SILENCE_MS = 40000;

class Follow {
  #source = null;
  #heard = new Map(NAMES.map((name) => [name, []]));
  #query = "";
  #places = [];
  #at = 0;
  #tries = 0;
  #heardAt = 0;
  #isWanted = false;
  #hasMissed = false;

  constructor() {
    setInterval(() => this.#source && performance.now() - this.#heardAt > SILENCE_MS && this.again(), 5000);
    document.addEventListener("visibilitychange", () => this.#isWanted && this.again());
  }

  /** Calls `told(value)` for each event of this name; "found" and "lost" are said of the stream itself, "done" of an act of this page. */
  on(name, told) {
    this.#heard.set(name, [...(this.#heard.get(name) ?? []), told]);
  }

  /** From now on follow this search from this entry of the log on; without one only what is one's own. */
  start(search = "", after = 0) {
    if (search || !this.#isWanted) {
      this.#query = search;
      this.#at = after;
      this.again();
    }
  }

  /** From now on hear of these places, whatever search finds them, from this entry of the log on. */
  startPlaces(places, after) {
    this.#places = places;
    this.#at = after;
    this.again();
  }

  again() {
    this.#hasMissed ||= this.#isWanted;
    this.#isWanted = true;
    this.#source?.close();
    this.#source = null;
    if (document.hidden) return;
    this.#heardAt = performance.now();
    const query = new URLSearchParams({ ...(this.#query && { search: this.#query }), ...(this.#at && { after: this.#at }) });
    for (const place of this.#places) query.append("place", place);
    const source = new EventSource(`/api/changes?${query}`);
    this.#source = source;
    source.onopen = () => {
      this.#heardAt = performance.now();
      this.#tries = 0;
      this.tell("found");
      if (this.#hasMissed && !this.#query && !this.#places.length) this.tell("again"); // else the stream tells what was missed
      this.#hasMissed = false;
    };
    source.onerror = () => {
      if (source !== this.#source) return;
      const refused = source.readyState === EventSource.CLOSED; // the search is forgotten, or nobody is logged in
      source.close();
      if (!refused) this.tell("lost");
      if (refused && this.#query) this.tell("again");
      setTimeout(() => source === this.#source && this.again(), backoff(this.#tries++));
    };
    for (const name of NAMES) source.addEventListener(name, (event) => this.#came(name, event));
  }

  #came(name, event) {
    this.#heardAt = performance.now();
    if (event.lastEventId) this.#at = Number(event.lastEventId) || this.#at;
    this.tell(name, event.data ? JSON.parse(event.data) : {});
  }

  /** Says it to all who listen, as if it had come. */
  tell(name, value) {
    for (const told of this.#heard.get(name) ?? []) told(value);
  }
}

export const follow = new Follow();
