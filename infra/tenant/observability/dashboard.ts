import { databaseIdentifier } from "../../../components/data/tenant-database.ts";
import { dashboard } from "../../../components/observability/dashboard.ts";
import {
  businessFigures,
  containerFigures,
  databaseFigures,
  gatewayFigures,
  workloadFigures,
} from "../../../components/observability/figures.ts";
import type { TenantContext } from "../context.ts";

/** Declares what shows how a tenant's gateways, servers, pods and database do in one region, and what its business counts. */
export function tenantDashboard({ address, provider }: TenantContext): void {
  const { environment, region, tenant } = address;
  const dashboardName = `${environment.name}-${region}-${tenant.id}`;
  const figures = [
    ...gatewayFigures(tenant.id),
    ...workloadFigures(tenant.id),
    ...businessFigures(tenant.id),
    ...databaseFigures(databaseIdentifier(tenant.id)),
    ...containerFigures(tenant.id),
  ];
  dashboard("dashboard", { dashboardName, region, figures }, { provider });
}
