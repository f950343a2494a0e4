// Places of one group that nobody could tell apart but by their names are one hit. Which these are the server says of what
// it finds, and the page of what changes while it is open.

/** All places of these hits, each as a hit of its own. */
export const each = (hits) =>
  hits.flatMap((hit) => [hit, ...(hit.alike ?? [])].map(({ place, place_name }) => ({ ...hit, place, place_name, alike: [] })));

/** What is read of a hit besides its name; of when it was confirmed the day. */
const read = (hit) => JSON.stringify({ ...hit, place: "", place_name: "", confirmed: "", with: [], alike: [] });

export const isAlike = (one, other) => read(one) === read(other);

/** Hits that read alike together, in the order in which the first of each stands. */
export function rowsOf(hits) {
  const rows = new Map();
  for (const hit of hits) {
    const name = read(hit);
    rows.set(name, [...(rows.get(name) ?? []), hit]);
  }
  return [...rows.values()];
}

/** The first of a row, with what the others are called. */
export const asOne = ([first, ...others]) => ({ ...first, alike: others.map(({ place, place_name }) => ({ place, place_name })) });
