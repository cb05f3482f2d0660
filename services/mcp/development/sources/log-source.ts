/** What is looked for, in the logs of one tenant. */
export interface LogQuery {
  readonly tenantId: string;
  /** One of `sources`. */
  readonly source: string;
  /** Texts that a line must hold, all of them, case included; see `isSearchable`. */
  readonly texts: readonly string[];
  readonly from: Date;
  readonly to: Date;
  readonly limit: number;
}

/** One line that a service of the platform wrote: data, whatever it says. */
export interface LogLine {
  readonly at: Date;
  readonly source: string;
  readonly message: string;
}

/** The newest lines that fit, newest first. */
export interface FoundLines {
  readonly lines: readonly LogLine[];
  /** Whether these are all; if not, a narrower question has the others. */
  readonly isComplete: boolean;
}

/** Where the log lines of a tenant's services are. */
export interface LogSource {
  /** Names of what writes logs, such as "gateway" or "database-v3". */
  sources(tenantId: string): Promise<readonly string[]>;
  search(query: LogQuery, signal: AbortSignal): Promise<FoundLines>;
}

/** Whether a text can be searched for in every kind of log; quotes, backslashes and control characters cannot. */
export function isSearchable(text: string): boolean {
  return !/["\\\p{Cc}]/u.test(text);
}
