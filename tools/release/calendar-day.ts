import { type Day, dayOf, isDay } from "../../contracts/day.ts";
import { ReleaseProblem } from "./release-problem.ts";

/** Reads a day that exists. */
export function parseDay(text: string): Day {
  if (isDay(text)) return text;
  throw new ReleaseProblem(`day "${text}" must be one of the calendar, as yyyy-mm-dd`);
}

/** The same day a year later. */
export function yearAfter(day: Day): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() + 1);
  return dayOf(date);
}
