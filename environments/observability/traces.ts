/** The share of traces that is recorded, decided where one begins: `sampling_rate: 0.1` of the specification. */
export const TRACES_SAMPLED = 0.1;

/** Percent of the recorded traces of which X-Ray keeps an index, for its map of services and its lists; all spans can be searched. */
export const TRACES_INDEXED_PERCENT = 100 * TRACES_SAMPLED;
