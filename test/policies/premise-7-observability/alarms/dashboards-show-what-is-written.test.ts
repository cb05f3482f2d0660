import type { Plan } from "../../../../plan/model.ts";
import { dashboardsShowWhatIsWritten } from "../../../../policies/premise-7-observability/alarms/dashboards-show-what-is-written.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { planOf } from "../../programs.ts";

const dashboard = (dashboardBody: string): Plan =>
  planOf({
    type: "aws:cloudwatch/dashboard:Dashboard",
    name: "shown",
    inputs: { dashboardName: "shown", dashboardBody },
  });

const showing = (...metrics: readonly unknown[]): Plan =>
  dashboard(JSON.stringify({ widgets: [{ type: "metric", properties: { region: "eu-west-1", metrics } }] }));

const search = (text: string): Plan => showing([{ expression: `SEARCH('${text}', 'Sum', 60)`, label: "Sum" }]);

const CALLS = '{Alicerce/Gateway,tenant,scenario} tenant="xyz-gmbh" MetricName="Calls"';
const NOTHING = '"shown" must show metrics, by searches alone.';
const none = (text: string): string => `"shown" must show a metric that is written, not SEARCH('${text}', 'Sum', 60)`;

const rejected = (text: string): [Plan, string] => [search(text), none(text)];

testRule(dashboardsShowWhatIsWritten, {
  accepts: {
    "calls of gateways, which interceptors count": search(CALLS),
    "sign-ins, which Amazon Cognito counts": search(
      '{AWS/Cognito,UserPool,UserPoolClient} MetricName="SignInSuccesses"',
    ),
    "dimensions in another order": search('{Alicerce/Gateway,scenario,tenant} MetricName="Calls"'),
  },
  rejects: {
    "a gateway that nobody sees": [
      planOf({ type: "aws:bedrock/agentcoreGateway:AgentcoreGateway", name: "mcp" }),
      '"mcp" must be in a stack that has a dashboard.',
    ],
    "a metric that nobody writes": rejected('{Alicerce/Gateway,tenant,scenario} MetricName="Latency"'),
    "dimensions that the metric does not have": rejected('{Alicerce/Gateway,tenant} MetricName="Calls"'),
    "a namespace that nobody has": rejected('{Alicerce/Other,tenant,scenario} MetricName="Calls"'),
    "a name of what every object has": rejected('{Alicerce/Gateway,tenant,scenario} MetricName="constructor"'),
    "a search without a metric": rejected("{Alicerce/Gateway,tenant,scenario}"),
    "a figure that is no search": [showing(["Alicerce/Gateway", "Calls", "tenant", "xyz-gmbh"]), NOTHING],
    "a widget without metrics": [dashboard(JSON.stringify({ widgets: [{ type: "text", properties: {} }] })), NOTHING],
    "no widget at all": [dashboard(JSON.stringify({ widgets: [] })), NOTHING],
    "a text that is no JSON": [dashboard("{"), NOTHING],
  },
});
