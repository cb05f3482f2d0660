/** What an environment may cost in a month, in US dollars: the amount of its budget at AWS, and what its estimate is compared with. */
const MONTHLY_USD: Readonly<Record<string, number>> = { production: 20_000, staging: 3_000, development: 2_500 };

/** The monthly budget of an environment in US dollars; `undefined` for one without, whose budget follows its last three months. */
export function budgetOf(environment: string): number | undefined {
  return Object.hasOwn(MONTHLY_USD, environment) ? MONTHLY_USD[environment] : undefined;
}
