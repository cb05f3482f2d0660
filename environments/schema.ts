import { CALLER_NAME, callerNamed } from "./callers/caller-name.ts";
import { orderRules, rulesFit } from "./callers/order-rules.ts";
import * as z from "zod";
import { TENANT_STATUSES } from "../contracts/directory-entry.ts";
import { LEAST_LEVELS } from "../contracts/records/log-line.ts";
import { SCENARIOS } from "../contracts/scenarios.ts";
import { ownApis } from "./apis/own-api.ts";
import { API_BACKENDS } from "./api-backends.ts";
import { encryptsInTransit } from "./capacity/instance-types.ts";
import { directory } from "./callers/directory.ts";
import { machineUses } from "./callers/machines.ts";
import { partners } from "./callers/partners.ts";
import { signInFits, signInProviders } from "./callers/sign-in-providers.ts";
import { type ModelOf, modelsOf } from "./models.ts";
import { internalApis } from "./networks/internal-apis.ts";
import { publicHost } from "./networks/public-host.ts";
import { tierNames } from "./quotas.ts";
import { transitGateway } from "./networks/transit-gateway.ts";
import { type Region, type RegionOf, type Residency, residencies, ZONE_IDS } from "./residency.ts";
import { mustBe, noneOf, oneOf, record, some, someOf, text, wholeNumber } from "./wording.ts";

type Some<T> = readonly [T, ...T[]];

/** A list of scenarios: at least one, and none twice. */
export const scenarios = some(oneOf(SCENARIOS));

const LABEL = "(?!-)[a-z0-9-]{1,63}(?<!-)";
const DOMAIN = new RegExp(`^(?=.{4,253}$)${LABEL}(\\.${LABEL})*\\.(?=[a-z])${LABEL}$`);
const SUBSCRIBER =
  /^(?:[\w.+-]+@|https:\/\/)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,63}(?:(?<=^https:.*)(?::\d{1,5})?(?:\/[\w.~/-]*)?)?$/;
const regions = Object.keys(ZONE_IDS) as [Region, ...Region[]];

const INSTANCE_TYPE = /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/;

/** An instance type that encrypts what it sends; what is near is of the same category, with the same kind of processor. */
const instanceType = text(INSTANCE_TYPE, 'an EC2 instance type, such as "m6i.large"').check(({ value, issues }) => {
  if (!INSTANCE_TYPE.test(value) || encryptsInTransit(value)) return;
  const near = value
    .replace(/^([cmr])\d+g[^.]*/, (_, category: string) => `${category}7g`)
    .replace(/^([cmr])\d+(?!g)[^.]*/, (_, category: string) => `${category}6i`);
  const what = "of a family C, M or R whose instances encrypt what they send each other";
  const message = mustBe(value, what, encryptsInTransit(near) ? near : undefined);
  issues.push({ code: "custom", input: value, message });
});

/** What one region of an environment is made of. */
const regionSettings = record({
  /** Addresses of the region's VPC: a /16 that no other region of any environment uses. */
  cidr: text<`10.${number}.0.0/16`>(
    /^10\.(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])\.0\.0\/16$/,
    "10.<n>.0.0/16, with n from 0 to 255",
    (it) => it.replace(/^10\.(\d+)\..*$/, "10.$1.0.0/16"),
  ),
  /** EC2 instance types of the general node pool and of Keycloak, which encrypt what they send each other. */
  instanceTypes: some(instanceType),
  /** The most nodes of each pool; absent for those of the specification. */
  mostNodes: record({ general: wholeNumber(2, 1_000), compute: wholeNumber(1, 1_000) }).optional(),
  /**
   * Countries (ISO 3166-1) whose people are led to this region, as far as their resolvers say where they are: the standby of a residency, in
   * which each of its tenants with a BFF must be, too. People of all others, and everybody without it, are led to the home of the residency.
   */
  near: some(text(/^[A-Z]{2}$/, 'a country, such as "DE"', (it) => it.toUpperCase())).optional(),
  /** What the region's network is attached to, for what is in networks of the company; without it, it stands alone. */
  transitGateway: transitGateway.optional(),
  /** Bounds of agents that have none of their own: replicas, and the CPU utilisation in percent above which one is added. */
  agents: record({
    min: wholeNumber(1, 1_000),
    max: wholeNumber(1, 1_000),
    targetCpuPercent: wholeNumber(1, 100),
  }).check(({ value: { min, max }, issues }) => {
    if (min <= max) return;
    issues.push({ code: "custom", input: min, path: ["min"], message: `${min} is more than max, which is ${max}` });
  }),
});

const models = someOf(residencies as Some<Residency>, z.string()).check(({ value, issues }) => {
  for (const residency of residencies) {
    const model = value[residency];
    if (model === undefined || modelsOf(residency).includes(model)) continue;
    issues.push({ code: "custom", input: model, path: [residency], message: noneOf(model, modelsOf(residency)) });
  }
});

const tenant = record({
  residency: oneOf(residencies as Some<Residency>),
  regions: some(oneOf(regions)),
  scenarios,
  /** The organisation to which the tenant belongs, such as a division of a company (specification, 5.1); without it, none. */
  organization: text(
    /^org-[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/,
    'an id such as "org-finance-division": "org-", then small letters, digits and hyphens',
  ).optional(),
  /** Whether gateways answer the tenant's callers: one that is suspended keeps its data, and everybody is refused. Without it, active. */
  status: oneOf(TENANT_STATUSES).optional(),
  /** Whom the tenant's costs are charged to, as a tag of all that is its own; without it, nobody is named. */
  costCenter: text(
    /^[A-Za-z0-9][A-Za-z0-9_.:/=+@-]{0,63}$/,
    'a cost centre such as "CC-4711": at most 64 letters, digits and "_.:/=+@-"',
  ).optional(),
  /** Systems of the company that call a gateway as themselves, by name; without it, none. */
  machines: z
    .record(z.string(), record({ use: oneOf(machineUses), scenario: oneOf(SCENARIOS) }))
    .readonly()
    .optional(),
  /** The company's directory by which developers sign in; without it, in the tenant's realm alone. */
  directory: directory.optional(),
  /** By whom else than the pool consumers may have themselves signed in; without it, at the pool alone. */
  signInProviders: signInProviders.optional(),
  /** Partners whose systems have a client at the tenant's pool; without it, none has. */
  partners: partners.optional(),
  /** What the tenant takes of its partners' orders; without it, all that have the form of an order. */
  orderRules: orderRules.optional(),
  /** How much the callers of a scenario may call, by the name of a tier; without it, as much as the scenario's own tier says. */
  tiers: someOf(SCENARIOS, oneOf(tierNames)).optional(),
  /** The hosts on the internet to which partners of the tenant may have webhooks sent; without it, none. */
  webhookHosts: some(publicHost()).optional(),
  /** APIs of the API integration server that are in a network of the tenant's own; without it, all are on the internet. */
  internalApis: internalApis.optional(),
  /** APIs that the tenant brings itself: its API integration server offers them beside those that every tenant has. Without it, none. */
  apis: ownApis.optional(),
})
  .check(({ value: { apis = {}, internalApis: internal = {} }, issues }) => {
    const known = [...Object.keys(API_BACKENDS), ...Object.keys(apis)];
    const keys = Object.keys(internal).filter((it) => !known.includes(it));
    if (keys.length === 0) return;
    issues.push({
      code: "unrecognized_keys",
      keys,
      input: internal,
      path: ["internalApis"],
      message: known.join(", "),
    });
  })
  .check(signInFits, rulesFit, ({ value: { machines = {}, tiers = {}, scenarios: own }, issues }) => {
    for (const scenario of SCENARIOS) {
      if (tiers[scenario] !== undefined && !own.includes(scenario))
        issues.push({ code: "custom", input: scenario, path: ["tiers", scenario], message: noneOf(scenario, own) });
    }
    for (const [name, { scenario }] of Object.entries(machines)) {
      if (!CALLER_NAME.test(name))
        issues.push({
          code: "custom",
          input: name,
          path: ["machines", name],
          message: `${name} must be ${callerNamed("warehouse-batch")}`,
        });
      const open = own.filter((it) => it !== "internal");
      if (!open.some((it) => it === scenario))
        issues.push({
          code: "custom",
          input: scenario,
          path: ["machines", name, "scenario"],
          message: noneOf(scenario, open),
        });
    }
  });

/** The id of a tenant, which is its key. */
export const tenantId = text(
  // What a cluster has already is no name of a tenant's namespace.
  /^(?!(?:default|amazon-cloudwatch|keycloak|kube-.*)$)[a-z][a-z0-9-]{0,18}[a-z0-9]$/,
  '2 to 20 of a-z, 0-9 and "-", begin with a letter, not end with "-", and not be default, amazon-cloudwatch, keycloak or kube-…',
  (it) => it.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"),
);

/** What an environment must be, each value for itself: `faultsOf` says what is wrong with how they fit together, too. */
export const environmentSchema = record({
  name: text(/^[a-z][a-z0-9-]{0,19}$/, '1 to 20 of a-z, 0-9 and "-", and begin with a letter'),
  /** The AWS account that holds it; providers refuse every other one. */
  account: text<`${number}`>(/^\d{12}$/, "an AWS account id of 12 digits"),
  /** The DNS name below which everything of the environment is reachable. */
  domain: text(DOMAIN, 'a DNS name, such as "agents.example.com"'),
  /** The GitHub repository, `owner/name`, whose main branch may deploy it. */
  repository: text<`${string}/${string}`>(/^[\w.-]+\/[\w.-]+$/, 'a GitHub repository, "owner/name"'),
  /** Where agents run: Amazon EKS for production loads, AgentCore Runtime for proofs of concept. */
  agentHosting: oneOf(["eks", "runtime"]),
  /** The Bedrock model of the agents of each residency, without the geography prefix: one of `MODELS`. */
  models,
  /** Who is told when an alarm rings, in every region: e-mail addresses, whose owners must confirm, and HTTPS endpoints. No secret may be in them. */
  alerts: some(text(SUBSCRIBER, 'an e-mail address or an HTTPS endpoint without a query, such as "duty@example.com"')),
  /** How severe a line of a log must be for interceptors, servers, agents and BFFs to write it; without it, all are. Audits are always written. */
  logLevel: oneOf(LEAST_LEVELS).optional(),
  /** The channel of Slack in which alarms are told, too, where Amazon Q Developer is in the residency: ids of a workspace that was authorised once. */
  slack: record({
    workspace: text(/^T[A-Z0-9]{2,20}$/, 'the id of a workspace of Slack, such as "T07EA123LEP"', (it) =>
      it.toUpperCase(),
    ),
    channel: text(/^[CG][A-Z0-9]{2,20}$/, 'the id of a channel of Slack, such as "C07EZ1ABC23"', (it) =>
      it.toUpperCase(),
    ),
  }).optional(),
  regions: someOf(regions, regionSettings),
  tenants: z.record(z.string(), tenant, { error: ({ input }) => mustBe(input, "an object") }).readonly(),
});

/** What one region of an environment is made of. */
export type RegionSettings = z.infer<typeof regionSettings>;

/** A tenant lives only in regions of its own residency that the environment really deploys; the first is its home. */
export type Tenant<Deployed extends Region = Region> = {
  [R in Residency]: Omit<z.infer<typeof tenant>, "residency" | "regions"> & {
    readonly residency: R;
    readonly regions: Some<Extract<RegionOf<R>, Deployed>>;
  };
}[Residency];

/** One environment: everything that exists in it, and where. */
export interface Environment extends Omit<z.infer<typeof environmentSchema>, "tenants" | "models"> {
  readonly models: { readonly [R in Residency]?: ModelOf<R> };
  readonly tenants: { readonly [id: string]: Tenant };
}

/** An environment that deploys exactly the regions `Deployed`, so that its tenants can be in no other. */
export interface EnvironmentIn<Deployed extends Region> extends Environment {
  readonly regions: { readonly [R in Deployed]: RegionSettings };
  readonly tenants: { readonly [id: string]: Tenant<NoInfer<Deployed>> };
}

/** Checks an environment while it is being typed: a GDPR tenant in a US region does not compile. */
export const environment = <const Deployed extends Region>(it: EnvironmentIn<Deployed>): Environment => it;
