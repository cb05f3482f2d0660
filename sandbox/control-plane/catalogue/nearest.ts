/** The candidates that are spelled most like `word`, best first; at most 40 % of its characters may differ. */
export function nearest(word: string, candidates: Iterable<string>, limit: number): readonly string[] {
  const wanted = word.toLowerCase();
  const allowed = Math.max(2, Math.floor(wanted.length * 0.4));
  const ranked = [...candidates].map((candidate) => ({
    candidate,
    distance: distanceOf(wanted, candidate.toLowerCase()),
  }));
  const close = ranked.filter(({ distance }) => distance <= allowed);
  close.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1));
  return close.slice(0, limit).map(({ candidate }) => candidate);
}

/** The tokens that are spelled like the given one: as a whole, or in the type's own name in another module. */
export function nearestTokens(token: string, tokens: readonly string[], limit: number): readonly string[] {
  const name = lastPart(token);
  const elsewhere = tokens.filter((it) => distanceOf(name, lastPart(it)) <= 1);
  const byToken = nearest(token, tokens, limit);
  const close = byToken.filter((it) => distanceOf(name, lastPart(it)) <= Math.max(1, name.length * 0.4));
  const best = nearest(token, elsewhere, limit);
  return [...new Set([...best, ...elsewhere, ...close])].slice(0, limit);
}

function lastPart(token: string): string {
  return token.slice(token.lastIndexOf(":") + 1).toLowerCase();
}

/** The Levenshtein distance. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
