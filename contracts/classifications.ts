/** How much harm data does in the wrong hands, least first. A tool, prompt or resource names the most sensitive data that it returns. */
export const CLASSIFICATIONS = ["public", "internal", "confidential", "restricted"] as const;

/** One of `CLASSIFICATIONS`. */
export type Classification = (typeof CLASSIFICATIONS)[number];
