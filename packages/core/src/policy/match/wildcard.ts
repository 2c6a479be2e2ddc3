/** In a glob: any run of characters, the empty one included. */
export const ANY = -1;
/** In a glob: exactly one character. */
export const ONE = -2;

/** A compiled pattern: UTF-16 code units, `ANY` and `ONE`. */
export type Glob = readonly number[];

/** Compiles a pattern in which `*` and `?` are wildcards and everything else is itself. */
export function globOf(pattern: string): Glob {
  const glob = codesOf(pattern);
  for (const [place, code] of glob.entries()) {
    if (code === STAR) glob[place] = ANY;
    if (code === QUESTION) glob[place] = ONE;
  }
  return glob;
}

/** Compiles a text in which nothing is a wildcard. */
export function literalGlob(text: string): Glob {
  return codesOf(text);
}

/**
 * Whether the glob matches the whole text. Remembering only the last `*` is enough, because an
 * earlier one never needs to take more than it did: at most `glob × text` steps, no backtracking.
 */
export function matchesGlob(glob: Glob, text: string): boolean {
  let at = 0;
  let place = 0;
  let lastAny = -1;
  let resumeAt = 0;
  while (at < text.length) {
    const token = glob[place];
    if (token === ANY) {
      lastAny = place;
      resumeAt = at;
      place += 1;
    } else if (token === ONE || token === text.charCodeAt(at)) {
      place += 1;
      at += 1;
    } else if (lastAny >= 0) {
      place = lastAny + 1;
      resumeAt += 1;
      at = resumeAt;
    } else {
      return false;
    }
  }
  while (glob[place] === ANY) place += 1;
  return place === glob.length;
}

/** `matchesGlob` for a pattern as it is written. */
export function matchesWildcard(pattern: string, text: string): boolean {
  return matchesGlob(globOf(pattern), text);
}

const STAR = "*".charCodeAt(0);
const QUESTION = "?".charCodeAt(0);

function codesOf(text: string): number[] {
  const codes: number[] = [];
  for (let at = 0; at < text.length; at += 1) codes.push(text.charCodeAt(at));
  return codes;
}
