/** The two kinds of preview: `realistic` leaves what the cloud computes unknown; `known` fills in what the sandbox will answer. */
export const PREVIEW_MODES = ["realistic", "known"] as const;

/** One of the two kinds of preview. */
export type PreviewMode = (typeof PREVIEW_MODES)[number];
