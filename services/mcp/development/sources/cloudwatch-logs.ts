import { FilterLogEventsCommand, type CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { Problem } from "../../../libraries/service-kit/problem.ts";
import { asked, isMissing } from "./aws-problem.ts";
import { isSearchable, type FoundLines, type LogLine, type LogQuery, type LogSource } from "./log-source.ts";
import { requireOwner } from "../services.ts";

/** Pages may be empty while CloudWatch Logs goes through old lines. */
const MOST_PAGES = 10;

/** Whose logs they are, and in which groups. */
export interface CloudwatchLogsOptions {
  readonly client: CloudWatchLogsClient;
  readonly tenantId: string;
  /** Log groups by the names of what writes there. */
  readonly groups: ReadonlyMap<string, string>;
}

/**
 * The tenant's own log groups in CloudWatch Logs. By FilterLogEvents, which IAM grants group by group; the results of
 * an Insights query could be had by whoever knows its id.
 */
export class CloudwatchLogs implements LogSource {
  private readonly options: CloudwatchLogsOptions;

  constructor(options: CloudwatchLogsOptions) {
    this.options = options;
  }

  sources(tenantId: string): Promise<readonly string[]> {
    requireOwner(this.options.tenantId, tenantId);
    return Promise.resolve([...this.options.groups.keys()]);
  }

  async search(query: LogQuery, signal: AbortSignal): Promise<FoundLines> {
    requireOwner(this.options.tenantId, query.tenantId);
    const logGroupName = this.options.groups.get(query.source);
    if (logGroupName === undefined) throw new TypeError(`"${query.source}" is no source of logs`);
    const filterPattern = patternOf(query.texts);
    const lines: LogLine[] = [];
    let nextToken: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const command = new FilterLogEventsCommand({
        logGroupName,
        startTime: query.from.getTime(),
        endTime: query.to.getTime(),
        limit: query.limit - lines.length,
        startFromHead: false,
        ...(filterPattern !== "" && { filterPattern }),
        ...(nextToken !== undefined && { nextToken }),
      });
      const answer = await this.pageOf(command, signal);
      lines.push(...(answer.events ?? []).map((it) => lineOf(query.source, it)));
      nextToken = answer.nextToken;
      if (nextToken === undefined || lines.length >= query.limit) break;
    }
    return { lines, isComplete: nextToken === undefined };
  }

  /** A group in which nobody wrote yet may not exist. */
  private async pageOf(command: FilterLogEventsCommand, abortSignal: AbortSignal) {
    try {
      return await asked("the log", () => this.options.client.send(command, { abortSignal }));
    } catch (error) {
      if (isMissing(error)) return { events: [], nextToken: undefined };
      throw error;
    }
  }
}

/** Exact phrases, all of which must be there: nothing between quotes has a meaning to CloudWatch Logs. */
function patternOf(texts: readonly string[]): string {
  const unsearchable = texts.find((it) => !isSearchable(it));
  if (unsearchable !== undefined)
    throw new Problem("ERR_TEXT_UNSEARCHABLE", "quote in a search text", "this text cannot be searched for");
  return texts.map((it) => `"${it}"`).join(" ");
}

function lineOf(
  source: string,
  { timestamp = 0, message = "" }: { readonly timestamp?: number | undefined; readonly message?: string | undefined },
): LogLine {
  return { at: new Date(timestamp), source, message: message.trimEnd() };
}
