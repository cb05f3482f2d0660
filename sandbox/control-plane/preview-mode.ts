/** The two ways to preview: claiming to know what a real cloud's preview would, or all that the sandbox will answer. */
export const PREVIEW_MODES = ["realistic", "known"] as const;

/** How much a preview claims to know. */
export type PreviewMode = (typeof PREVIEW_MODES)[number];
