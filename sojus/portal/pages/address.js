// The address holds what is looked for: behind "#", which no server ever hears of. No name of anybody is in it.

/** The wish in the address; null where there is none that can be read. */
export function wishHere() {
  try {
    const wish = JSON.parse(decodeURIComponent(location.hash.slice(1)));
    return wish && typeof wish.kind === "string" ? wish : null;
  } catch {
    return null;
  }
}

export const asHash = (wish) => (wish ? `#${encodeURIComponent(JSON.stringify(wish))}` : "");

/** The address of a page about this wish. */
export const to = (path, wish = wishHere()) => `${path}${asHash(wish)}`;
