/** The share of traces that is recorded, decided where one begins: `sampling_rate: 0.1` of the specification. */
export const TRACES_SAMPLED = 0.1;
