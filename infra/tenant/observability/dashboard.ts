import { dashboard } from "../../../components/observability/dashboard.ts";
import { containerFigures, gatewayFigures, workloadFigures } from "../../../components/observability/figures.ts";
import type { TenantContext } from "../context.ts";

/** Declares what shows how a tenant's gateways, servers and pods do in one region. */
export function tenantDashboard({ address, provider }: TenantContext): void {
  const { environment, region, tenant } = address;
  const dashboardName = `${environment.name}-${region}-${tenant.id}`;
  const figures = [...gatewayFigures(tenant.id), ...workloadFigures(tenant.id), ...containerFigures(tenant.id)];
  dashboard("dashboard", { dashboardName, region, figures }, { provider });
}
