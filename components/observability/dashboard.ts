import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A figure of a dashboard: metrics by CloudWatch's search expressions, or one by one as [namespace, name, dimension, value, …]. */
export interface Figure {
  readonly title: string;
  /** Each with the statistics that are shown of it, such as "p99". */
  readonly searches: readonly { readonly search: string; readonly stats: readonly string[] }[];
}

/** What is shown, of which region. */
export interface DashboardArgs {
  /** Unique in the account, whichever region it shows. */
  readonly dashboardName: string;
  readonly region: string;
  readonly figures: readonly Figure[];
}

const [WIDTH, HEIGHT] = [12, 6];

/** Figures side by side, two in a row. A search shows what exists by then, so that a new server or decision is in it without a change. */
export function dashboard(
  name: string,
  args: DashboardArgs,
  opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.Dashboard {
  const { dashboardName, region, figures } = args;
  const widgets = figures.map(({ title, searches }, index) => ({
    type: "metric",
    x: (index % 2) * WIDTH,
    y: Math.floor(index / 2) * HEIGHT,
    width: WIDTH,
    height: HEIGHT,
    properties: {
      title,
      region,
      view: "timeSeries",
      metrics: searches.flatMap(({ search, stats }) =>
        stats.map((stat) => [{ expression: `SEARCH('${search}', '${stat}', 60)`, label: `${stat} \${LABEL}` }]),
      ),
    },
  }));
  const dashboardBody = pulumi.jsonStringify({ start: "-PT3H", widgets });
  return new aws.cloudwatch.Dashboard(name, { dashboardName, dashboardBody }, opts);
}
