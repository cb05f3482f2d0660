/** Which waiting pods get a place first, by the classes of every cluster. */
export const PRIORITIES = {
  interactive: { name: "interactive", value: 1_000, description: "Somebody waits for the answer." },
  batch: { name: "batch", value: 100, description: "What it works on is delivered again." },
} as const;
