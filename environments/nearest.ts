/** The candidates that read most like `word`, at most `limit` of them: best first, then as they come; none when nothing is close. */
export function nearest(word: string, candidates: Iterable<string>, limit: number): readonly string[] {
  const wanted = word.toLowerCase();
  const allowed = Math.max(2, Math.floor(wanted.length * 0.4));
  const ranked = [...candidates].map((candidate) => ({
    candidate,
    distance: distanceOf(wanted, candidate.toLowerCase()),
  }));
  const close = ranked.filter(({ distance }) => distance <= allowed);
  close.sort((a, b) => a.distance - b.distance);
  return close.slice(0, limit).map(({ candidate }) => candidate);
}

/** Levenshtein's distance between two texts: how many characters must be added, removed or changed. */
export function distanceOf(a: string, b: string): number {
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
