import type { RetainedRelease } from "../../releases/releases.ts";
import { ReleaseProblem } from "./release-problem.ts";

/** A day as yyyy-mm-dd; days compare as texts. */
export type Day = RetainedRelease["removeOn"];

/** The day of a moment, in UTC. */
export function dayOf(moment: Date): Day {
  return moment.toISOString().slice(0, 10) as Day;
}

/** Reads a day that exists. */
export function parseDay(text: string): Day {
  const date = new Date(`${text}T00:00:00Z`);
  if (!Number.isNaN(date.getTime()) && dayOf(date) === text) return dayOf(date);
  throw new ReleaseProblem(`day "${text}" must be one of the calendar, as yyyy-mm-dd`);
}

/** The same day a year later. */
export function yearAfter(day: Day): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() + 1);
  return dayOf(date);
}
