import * as aws from "@pulumi/aws";
import * as keycloak from "@pulumi/keycloak";
import * as kubernetes from "@pulumi/kubernetes";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import { addressesOf } from "../../../environments/address.ts";
import { staging } from "../../../environments/staging.ts";
import type { Plan, PlannedResource } from "../../../plan/model.ts";
import { program } from "../../../infra/program.ts";
import { OfflinePlanner } from "../../../tools/offline-planner/plan.ts";
import { type Edit, edited } from "../proofs/edits.ts";

/** The stacks of staging, which sensible changes are made to. */
export const STACK = {
  environment: "staging",
  region: "staging.eu-west-1",
  tenant: "staging.eu-west-1.xyz-gmbh",
} as const;

/** The account of staging. */
export const ACCOUNT = staging.account;
/** The tenant of staging. */
export const TENANT = "xyz-gmbh";
/** The other region of the residency, and the key of the tenant there. */
export const STANDBY = "eu-central-1";
export const REPLICA = ["aws:kms/replicaKey:ReplicaKey", "key-standby", "arn"] as const;

/** A change that an operator makes for a good reason, and that must stay possible. */
export interface SensibleChange {
  readonly stack: keyof typeof STACK;
  /** What is changed or taken out. */
  readonly edits?: readonly Edit[];
  /** Types that no stack has yet: who adds them also writes down in `contracts/execution/needs.json` what deploys them. */
  readonly newTypes?: readonly string[];
  /** What is declared besides. */
  readonly adds?: (it: Existing) => unknown;
}

/** What a change adds to: providers like the stack's own, and what its environment has. */
export interface Existing {
  readonly aws: CustomResourceOptions;
  readonly kubernetes: CustomResourceOptions;
  readonly keycloak: CustomResourceOptions;
  /** An output of a resource, or else an input; throws where there is no such text. */
  readonly value: (type: string, name: string, key: string) => string;
}

const planner = await OfflinePlanner.open();
const plans: Plan[] = [];
for (const address of addressesOf(staging)) plans.push((await planner.plan(address, () => program(), "known")).plan);

/** The plans of staging after the change. What is added is planned after them, so that its cloud would take it beside what they have. */
export async function changedPlans({ stack, edits = [], adds }: SensibleChange): Promise<readonly Plan[]> {
  const address = STACK[stack];
  const added = adds === undefined ? [] : await addedBy(address, () => adds(existing(stack)));
  const changed = edits.reduce<readonly Plan[]>(edited, plans);
  return changed.map((plan) => {
    if (plan.stack !== address) return plan;
    const known = new Set(plan.resources.map(({ urn }) => urn));
    return { ...plan, resources: [...plan.resources, ...added.filter(({ urn }) => !known.has(urn))] };
  });
}

/** The stack that the change is made to. */
export function changedStack(change: SensibleChange, all: readonly Plan[]): Plan {
  return all.find((it) => it.stack === STACK[change.stack])!;
}

async function addedBy(address: string, adds: () => unknown): Promise<readonly PlannedResource[]> {
  // What a program returns would become outputs of the stack.
  const run = async (): Promise<void> => {
    await adds();
  };
  return (await planner.plan(address, run, "known")).plan.resources;
}

/** Providers of the same names and settings as those of the stack, which they stand for. */
function existing(stack: keyof typeof STACK): Existing {
  const tags = { "alicerce:environment": "staging", ...(stack === "tenant" && { "alicerce:tenant": TENANT }) };
  const url = (): string => value(STACK.tenant, "pulumi:providers:keycloak", "keycloak", "url");
  const kubeconfig = (): string => value(STACK.tenant, "pulumi:providers:kubernetes", "kubernetes", "kubeconfig");
  return {
    aws: once(
      () => new aws.Provider("aws", { region: "eu-west-1", allowedAccountIds: [ACCOUNT], defaultTags: { tags } }),
    ),
    kubernetes: once(() => new kubernetes.Provider("kubernetes", { kubeconfig: kubeconfig() })),
    keycloak: once(() => new keycloak.Provider("keycloak", { url: url(), clientId: "deployer", initialLogin: false })),
    value: (...of) => value(STACK[stack], ...of),
  };
}

/** Options with a provider that is declared when it is first needed. */
function once(create: () => NonNullable<CustomResourceOptions["provider"]>): CustomResourceOptions {
  let provider: CustomResourceOptions["provider"];
  return {
    get provider() {
      return (provider ??= create());
    },
  };
}

/** In the stack itself, or else in another one of the environment. */
function value(stack: string, type: string, name: string, key: string): string {
  const own = plans.toSorted((a, b) => Number(b.stack === stack) - Number(a.stack === stack));
  const found = own.flatMap(({ resources }) => resources).find((it) => it.type === type && it.name === name);
  const text = found?.outputs?.[key] ?? found?.inputs[key];
  if (typeof text !== "string") throw new TypeError(`${type} ${name} has no ${key}`);
  return text;
}
