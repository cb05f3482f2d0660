import { CANARY_METRICS, METRICS } from "../../contracts/records/metrics.ts";
import { keptTokens, type MachineToken } from "../libraries/gateway-client/machine-token.ts";
import type { Logger } from "../libraries/service-kit/log.ts";
import { type Measurement, metricsLine } from "../libraries/service-kit/metrics.ts";
import { isSuspended, listedTools } from "./listed-tools.ts";

/** Which gateway is tried, as whom, and where the result goes. */
export interface CanaryOptions {
  readonly url: URL;
  /** Asks for a new token. */
  readonly askToken: () => Promise<MachineToken>;
  /** The names under which the result is measured. */
  readonly dimensions: { readonly tenant: string; readonly scenario: string; readonly environment: string };
  /** Takes one line of metrics. */
  readonly write: (line: string) => void;
  readonly log: Logger;
  readonly now: () => number;
}

const OF_CANARIES = METRICS[CANARY_METRICS];

/**
 * Makes what tries a gateway as an agent would: it gets a token, keeps it as an agent does, and lists the tools. A gateway that fails is
 * measured and never thrown, since Lambda would call the function twice again; one that refuses a suspended tenant does what it must.
 */
export function canary(options: CanaryOptions): () => Promise<void> {
  const { url, askToken, dimensions, write, log, now } = options;
  const measure = (metric: keyof typeof OF_CANARIES, value: Measurement["values"][string]): void =>
    write(
      metricsLine({
        namespace: CANARY_METRICS,
        at: now(),
        dimensions,
        sets: OF_CANARIES[metric],
        values: { [metric]: value },
      }),
    );
  const timed = async <Result>(
    metric: "ListLatency" | "TokenLatency",
    work: () => Promise<Result>,
  ): Promise<Result> => {
    const began = now();
    const result = await work();
    measure(metric, { value: Math.max(0, now() - began), unit: "Milliseconds" });
    return result;
  };
  const tokens = keptTokens(() => timed("TokenLatency", askToken), now);
  const token = async (): Promise<string> => (await tokens()).access_token;

  return async () => {
    let answered = false;
    try {
      await token();
      await timed("ListLatency", () => listedTools({ url, token }));
      answered = true;
    } catch (error) {
      answered = isSuspended(error);
      if (!answered) log.error({ error }, "gateway does not list its tools");
    }
    measure("Answered", { value: answered ? 1 : 0, unit: "Count" });
  };
}
