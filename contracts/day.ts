/** A day in UTC as yyyy-mm-dd; days compare as texts. */
export type Day = `${number}-${number}-${number}`;

/** The day of a moment, in UTC. */
export function dayOf(moment: Date): Day {
  return moment.toISOString().slice(0, 10) as Day;
}

/** Whether a text is a day of the calendar, as yyyy-mm-dd. */
export function isDay(text: string | undefined): text is Day {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && dayOf(date) === text;
}

/** How many days there are from one day to another; negative where the other comes first. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
