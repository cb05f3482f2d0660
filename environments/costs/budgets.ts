/** What an environment may cost in a month, in US dollars: the amount of its budget at AWS, and what its estimate is compared with. */
const MONTHLY_USD: Readonly<Record<string, number>> = { production: 20_000, staging: 3_000, development: 2_500 };

/** What a tenant may cost in a month, in US dollars, by environment and tenant; one without follows its last three months. */
const TENANT_MONTHLY_USD: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  production: { "acme-corp": 7_000, "xyz-gmbh": 6_000 },
};

/** The monthly budget of a tenant in US dollars; `undefined` for one whose budget follows its last three months. */
export function tenantBudgetOf(environment: string, tenant: string): number | undefined {
  const tenants = Object.hasOwn(TENANT_MONTHLY_USD, environment) ? TENANT_MONTHLY_USD[environment] : undefined;
  return tenants !== undefined && Object.hasOwn(tenants, tenant) ? tenants[tenant] : undefined;
}

/** The monthly budget of an environment in US dollars; `undefined` for one without, whose budget follows its last three months. */
export function budgetOf(environment: string): number | undefined {
  return Object.hasOwn(MONTHLY_USD, environment) ? MONTHLY_USD[environment] : undefined;
}
