// The address holds what is looked for: behind "#", which no server ever hears of. No name of anybody is in it.

const CUT_OFF = "Die Suche in der Adresse ist unvollständig oder von Hand geändert. Bitte hier noch einmal eintragen, was gesucht wird.";
const NO_AREA = "Das Arbeitsfeld in der Adresse gibt es hier nicht. Bitte hier noch einmal eintragen, was gesucht wird.";

const isText = (one) => typeof one === "string";
const isNone = (one) => one === undefined || one === null;
const isObject = (one) => typeof one === "object" && one !== null && !Array.isArray(one);
const listOf = (is) => (all) => Array.isArray(all) && all.every(is);
const orNone = (is) => (one) => isNone(one) || is(one);
const isWhole = orNone(Number.isInteger);
const isPerson = (one) => isObject(one) && isWhole(one.age) && orNone(isText)(one.gender);
const isOfTrait = (one) => isObject(one) && isText(one.trait) && (typeof one.wanted === "boolean" || Array.isArray(one.wanted));
const isPoint = (one) => listOf(Number.isFinite)(one) && one.length === 2;

/** What has to be of which form, so that all pages can read it; whether it can be looked for, the portal says. */
const FORM = {
  area: isText,
  kind: isText,
  people: (all) => listOf(isPerson)(all) && all.length > 0,
  start: orNone((one) => isText(one) && /^\d{4}-\d\d-\d\d$/.test(one)),
  days: isWhole,
  amount: isWhole,
  most_cents: isWhole,
  near: orNone((one) => isObject(one) && isPoint(one.point) && orNone(Number.isFinite)(one.km)),
  traits: orNone(listOf(isOfTrait)),
  preferences: orNone(listOf(isOfTrait)),
  tenants: orNone(listOf(isText)),
};

function read() {
  try {
    return JSON.parse(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null;
  }
}

const isWish = (wish) => isObject(wish) && Object.entries(FORM).every(([name, is]) => is(wish[name]));
const isKnown = (wish, areas) => !areas || areas.some(({ id }) => id === wish.area);

/** The wish in the address; null where there is none that can be read, or none of these fields of work. */
export function wishHere(areas) {
  const wish = read();
  return isWish(wish) && isKnown(wish, areas) ? wish : null;
}

/** Why there is none, though the address holds something: a sentence; "" where nothing is wrong. */
export function whyNone(areas) {
  if (location.hash.length < 2 || wishHere(areas)) return "";
  return isWish(read()) ? NO_AREA : CUT_OFF;
}

export const asHash = (wish) => (wish ? `#${encodeURIComponent(JSON.stringify(wish))}` : "");

/** The address of a page about this wish. */
export const to = (path, wish = wishHere()) => `${path}${asHash(wish)}`;
