// Keeping a place: for which case, from when; what came of it; and what is next best when somebody was faster.

import { el } from "/gemeinsam/parts.js";
import { caseField } from "/s/cases.js";
import { dialog, send } from "/s/dialog.js";
import { contingentField, contingentInput, contingentOf, contingentSaid, takesContingent } from "/s/contingent.js";
import { dayInput, dayOf } from "/s/fields.js";
import { countOf, priceWords, titleOf } from "/s/hits.js";
import { follow } from "/s/live.js";
import { whomField } from "/s/whom.js";
import { afterLast, button, day, field, fill, lastOf, later, told } from "/s/words.js";

export const JOIN = "Auf die Warteliste der Gruppe";
const MOST_ALIKE = 20;
const FULL = "Für alle zusammen ist hier nicht mehr genug frei.";

/** The places for all who are looked for: this one, and of the same group or house as many as are needed. */
function placesFor(wish, hits, hit) {
  const needed = wish?.people?.length || 1;
  if (needed === 1) return [hit.place];
  if (hit.with?.length) return hit.with;
  const near = wish.together === "facility" ? "facility" : "group";
  const others = hits.filter((one) => one.place !== hit.place && one[near] === hit[near]).map((one) => one.place);
  return [hit.place, ...others.slice(0, needed - 1)];
}

/** What is as good where one of these places is taken meanwhile; no place that stands apart from them is. */
function alikeTo(hit, wanted) {
  const row = [hit, ...(hit.alike ?? [])].map((one) => one.place);
  return wanted.every((place) => row.includes(place)) ? row.filter((place) => !wanted.includes(place)).slice(0, MOST_ALIKE) : [];
}

/** Several alike: which of them it is, is said afterwards. */
const choice = (hit) =>
  hit.alike?.length > 0 &&
  `${countOf(hit)}, alle gleich: ${[hit, ...hit.alike].map((one) => one.place_name).join(", ")}. Sie bekommen einen, der noch frei ist; welcher es ist, steht in der Antwort.`;

const momentOf = (iso) => `${new Date(iso).toLocaleString("de-DE", { dateStyle: "medium", timeStyle: "short", timeZone: "Europe/Berlin" })} Uhr`;

const until = (from, wish) => (wish?.days ? later(from, wish.days) : null);

/**
 * Asks for case and day, and reserves; with `waits`, what that means, it joins the waiting list of the group instead.
 * `state`: {me, wish, known, result: {at, hits}} as a search knows them.
 */
export function reserveDialog(state, hit, waits = "") {
  const { me, wish, result } = state;
  const begin = wish?.start && wish.start > me.today ? wish.start : me.today;
  const from = dayInput(begin, { min: me.today, required: true });
  const end = dayInput(lastOf(until(begin, wish)), { min: me.today });
  const said = el("div", { class: "said" });
  const { unit } = state.known.kinds.find((one) => one.id === (hit.kind ?? wish?.kind)) ?? {};
  const contacts = contingentInput();
  const whom = whomField(state.known, wish, hit, () => ({ amount: wish?.amount ?? 1, contingent: contingentSaid(contacts) }));
  const cases = caseField();
  let seen = result?.at ?? null;
  const keep = waits ? button(JOIN, () => wait(hit.group), "primary") : button("Verbindlich reservieren", () => reserve(hit), "primary");
  const which = wish?.people?.length > 1 ? `${wish.people.length} Plätze zusammen, ${hit.group_name}` : titleOf(hit);
  const box = dialog(
    waits ? `Warteliste: ${hit.group_name}` : `Reservieren: ${which}`,
    el("p", { class: "muted", text: `${hit.facility_name}, ${hit.provider_name}. ${priceWords(hit.price)}.` }),
    !waits && choice(hit) && el("p", { text: choice(hit) }),
    el("p", { text: waits || me.means?.reserve }),
    cases.node,
    contingentField("reserve-contingent", unit, contacts),
    whom.node,
    el(
      "details",
      {},
      el("summary", { text: `Ab ${day(begin)}${end.value ? `, bis ${day(end.value)}` : ", Ende offen"}: ändern` }),
      el("div", { class: "pair" }, field("reserve-from", "Ab", from), field("reserve-until", "Letzter Tag (leer: offen)", end)),
    ),
    said,
    el(
      "div",
      { class: "buttons" },
      keep,
      button("Abbrechen", () => box.close(), "plain", { dataset: { close: "" } }),
    ),
  );

  for (const one of [from, end]) one.addEventListener("change", () => (keep.hidden = false));
  contacts.addEventListener("change", whom.show);

  /** What stands in the fields; throws [input, sentence]. */
  function typed() {
    const span = { from: dayOf(from, "Ab"), until: afterLast(dayOf(end, "Letzter Tag")), profile: whom.value() };
    return takesContingent(unit) ? { ...span, contingent: contingentOf(contacts) } : span;
  }

  async function reserve(wanted) {
    const places = placesFor(wish, result?.hits ?? [], wanted);
    const alike = alikeTo(wanted, places);
    const wished = async () => {
      const fields = typed();
      if (places.length < (wish?.people?.length || 1)) throw new Error(FULL);
      const body = {
        case: await cases.value(),
        places: places.map((place) => ({ place, amount: wish?.amount ?? 1 })),
        ...(alike.length ? { alike } : {}),
        ...fields,
        ...(seen === null ? {} : { at: seen }),
        ...(wish ? { search: wish } : {}),
      };
      return ["/api/reserve", body];
    };
    const answer = await send(box, said, wished, (refused) => {
      const instead = wanted.group && refused.said?.waits;
      keep.hidden = refused.reason === "stale"; // it is gone: once more would not bring it back
      if (keep.hidden) seen = null; // what is decided on from now on stands in this answer
      fill(
        said,
        told(refused.message, "bad"),
        nextBest(refused.hits ?? []),
        instead && el("p", { text: instead }),
        instead && button(JOIN, () => wait(wanted.group)),
      );
    });
    if (answer) done(answer, "Reserviert", "Freigehalten");
  }

  async function wait(group) {
    const answer = await send(box, said, async () => {
      const fields = typed();
      const body = {
        case: await cases.value(),
        group,
        ...fields,
        count: wish?.people?.length || 1,
        amount: wish?.amount ?? 1,
      };
      return ["/api/wait", body];
    });
    if (answer) done(answer, "Warteliste", "Das gilt");
  }

  /** Somebody was faster: one tap takes another for the same case. */
  const nextBest = (hits) =>
    hits.length > 0 &&
    el(
      "div",
      {},
      el("h3", { text: "Die nächsten passenden Plätze" }),
      el(
        "ul",
        { class: "plain" },
        ...hits.map((one) =>
          el(
            "li",
            { class: "next" },
            el(
              "span",
              { class: "grow" },
              el("strong", { text: titleOf(one) }),
              ` ${one.facility_name}, ${priceWords(one.price)}. ${one.alike?.length ? `${countOf(one)}. ` : ""}${one.free}`,
            ),
            button("Diesen reservieren", () => reserve(one), "primary", { "aria-label": `Reservieren: ${titleOf(one)}` }),
          ),
        ),
      ),
    );

  /** `held`: what it is until the answer ends. */
  function done(answer, title, held = title) {
    if (!box.isOpen()) return follow.tell("mine", { sentence: answer.sentence, what: "" });
    box.fill(
      title,
      told([answer.sentence, answer.ends_at && `${held} bis ${momentOf(answer.ends_at)}.`].filter(Boolean).join(" ")),
      el(
        "div",
        { class: "buttons" },
        el("a", { class: "btn btn--primary", href: "/vorgaenge", text: "Zu den Vorgängen" }),
        button("Weiter suchen", () => box.close(), "plain"),
      ),
    );
  }
}
