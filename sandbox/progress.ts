/** One sign of life of a step that takes a while. */
export interface Sign {
  /** What is being done, in the present participle. */
  readonly step: string;
  /** How far it is, where that can be told. */
  readonly detail?: string;
  readonly elapsedMs: number;
}

/** Told about what takes a while, as often as there is something to tell. */
export type Progress = (sign: Sign) => void;

/** Runs `work` and gives a sign of life every second. */
export async function withSigns<T>(step: string, onProgress: Progress, work: () => Promise<T>): Promise<T> {
  const startedAt = Date.now();
  const tell = (): void => onProgress({ step, elapsedMs: Date.now() - startedAt });
  tell();
  const timer = setInterval(tell, 1_000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
