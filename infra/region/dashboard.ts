import { clusterAlarms } from "../../components/observability/cluster-alarms.ts";
import { dashboard } from "../../components/observability/dashboard.ts";
import {
  businessFigures,
  containerFigures,
  databaseFigures,
  edgeFigures,
  gatewayFigures,
  identityFigures,
  nodeFigures,
  signInFigures,
  workloadFigures,
} from "../../components/observability/figures.ts";
import { mostNodesOf } from "../../environments/capacity/node-pools.ts";
import type { RegionCluster } from "./cluster.ts";
import type { RegionContext } from "./context.ts";
import type { RegionObservability } from "./observability.ts";

/** Declares what shows how a whole region does, and who hears that its cluster has grown as far as it may. */
export function regionDashboard(
  { address, provider }: RegionContext,
  { cluster, observability }: { readonly cluster: RegionCluster; readonly observability: RegionObservability },
): void {
  const { environment, region, settings } = address;
  const figures = [
    ...gatewayFigures(),
    ...workloadFigures(),
    ...businessFigures(),
    ...databaseFigures(),
    ...signInFigures(),
    ...identityFigures(),
    ...edgeFigures(),
    ...containerFigures(),
    ...nodeFigures(),
  ];
  dashboard("dashboard", { dashboardName: `${environment.name}-${region}`, region, figures }, { provider });
  const watched = { clusterName: cluster.name, mostNodes: mostNodesOf(settings), topicArn: observability.alerts.arn };
  clusterAlarms("cluster", watched, { provider });
}
