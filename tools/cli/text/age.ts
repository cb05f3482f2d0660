const UNITS = [
  ["day", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
] as const;

/** How long ago a moment was, in its largest unit; the moment itself, to the second, where it lies in the future. */
export function ageOf(moment: string, now: Date = new Date()): string {
  const ms = now.getTime() - Date.parse(moment);
  if (Number.isNaN(ms) || ms < 0) return moment.replace(/\.\d+/, "");
  if (ms < 1_000) return "just now";
  const [unit, size] = UNITS.find(([, it]) => ms >= it) ?? UNITS[3];
  const count = Math.floor(ms / size);
  return `${count} ${unit}${unit === "day" && count > 1 ? "s" : ""} ago`;
}
