import { isRecord, parsedJson } from "../../../contracts/json.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import { rule } from "../../engine/rule.ts";
import { absent } from "../../engine/three-values.ts";
import { isWritten } from "../../facts/metrics.ts";
import { TYPE } from "../../facts/resource-types.ts";

const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";

/** A search of CloudWatch by namespace and dimensions, with the conditions that follow it. */
const SEARCH = /^SEARCH\('\{([^{}']+)\}([^']*)', '[^']+', \d+\)$/;
const METRIC = /(?:^|\s)MetricName="([^"]+)"/;

export const dashboardsShowWhatIsWritten = rule({
  premise: 7,
  id: "dashboards-show-what-is-written",
  severity: "medium",
  description:
    "What goes through a gateway is shown on a dashboard of its stack, and every figure of a dashboard is of a metric that somebody writes, with its dimensions: one of a name that nobody writes stays empty, and looks like rest.",
  remediation:
    "Search by {namespace,dimensions} and MetricName for a metric of `contracts/records/metrics.ts` or `contracts/records/aws-metrics.ts`.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring],
  subjects: { types: [DASHBOARD, TYPE.gateway] },
  judge: (it, stack) => {
    if (it.type === TYPE.gateway)
      return stack.ofType(DASHBOARD).length > 0
        ? undefined
        : absent(`"${it.name}" must be in a stack that has a dashboard.`);
    const shown = expressionsIn(it.text("dashboardBody") ?? "");
    if (shown === undefined || shown.length === 0) return `"${it.name}" must show metrics, by searches alone.`;
    return shown.flatMap((one) => (finds(one) ? [] : [`"${it.name}" must show a metric that is written, not ${one}`]));
  },
});

/** The expressions of all widgets; nothing where one is anything else. */
function expressionsIn(body: string): readonly string[] | undefined {
  const widgets = membersOf(parsedJson(body), "widgets");
  const shown = widgets?.map((it) => (isRecord(it) ? membersOf(it["properties"], "metrics") : undefined));
  if (shown === undefined || shown.some((it) => it === undefined)) return undefined;
  const expressions = shown.flatMap((it) => it ?? []).map(expressionOf);
  return expressions.some((it) => it === undefined) ? undefined : expressions.filter((it) => it !== undefined);
}

function membersOf(value: unknown, name: string): readonly unknown[] | undefined {
  const found = isRecord(value) ? value[name] : undefined;
  return Array.isArray(found) ? found : undefined;
}

function expressionOf(metric: unknown): string | undefined {
  const [only, ...others] = Array.isArray(metric) ? (metric as readonly unknown[]) : [];
  const expression = isRecord(only) && others.length === 0 ? only["expression"] : undefined;
  return typeof expression === "string" ? expression : undefined;
}

function finds(expression: string): boolean {
  const [, schema = "", conditions = ""] = SEARCH.exec(expression) ?? [];
  const [namespace = "", ...dimensions] = schema.split(",");
  return isWritten(namespace, METRIC.exec(conditions)?.[1] ?? "", dimensions);
}
