/** Whether `value` serialises, and to no more than about `limit` bytes; stops counting as soon as it does not. */
export function fits(value: unknown, limit: number): boolean {
  return remaining(value, limit) >= 0;
}

function remaining(value: unknown, budget: number): number {
  if (budget < 0) return budget;
  if (typeof value === "string") return budget - value.length - 2;
  // JSON cannot say a bigint: refused here, it is a tool's error and not the host's.
  if (typeof value === "bigint") return -1;
  if (typeof value !== "object" || value === null) return budget - 5;
  return Array.isArray(value) ? remainingOfMembers(value, budget) : remainingOfObject(value, budget);
}

function remainingOfMembers(values: readonly unknown[], budget: number): number {
  let left = budget - 2;
  for (let i = 0; i < values.length && left >= 0; i++) left = remaining(values[i], left - 1);
  return left;
}

function remainingOfObject(value: object, budget: number): number {
  let left = budget - 2;
  for (const [key, member] of Object.entries(value)) {
    left = remaining(member, left - key.length - 4);
    if (left < 0) return left;
  }
  return left;
}
