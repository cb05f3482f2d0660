import * as aws from "@pulumi/aws";
import * as keycloak from "@pulumi/keycloak";
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { DataKey } from "../../components/encryption/data-key.ts";
import type { Place } from "../../components/place.ts";
import type { PlannedResource } from "../../plan/model.ts";
import { planProgram } from "../../tools/offline-planner/plan.ts";

/** The stack in which components are tested. */
export const STACK = "production.eu-west-1.xyz-gmbh";

/** Where components are tested. */
export const PLACE: Place = {
  account: "111122223333",
  region: "eu-west-1",
  boundaryArn: "arn:aws:iam::111122223333:policy/alicerce/boundary",
};

/** What a program asked for. */
export interface Planned {
  readonly resources: readonly PlannedResource[];
  /** The one resource of this type and name; throws when there is none, or several. */
  one(type: string, name: string): PlannedResource;
  /** The inputs of the one resource of this type and name. */
  inputs(type: string, name: string): Readonly<Record<string, unknown>>;
  /** The names of the resources of this type, sorted. */
  names(type: string): readonly string[];
}

/** Runs a program with a provider of AWS, of Keycloak and of a cluster, and says what it asks for. */
export async function planned(
  program: (opts: pulumi.ComponentResourceOptions) => unknown,
  preview: "known" | "realistic" = "known",
): Promise<Planned> {
  const { plan } = await planProgram(() => program({ providers: providers() }), { stack: STACK, preview });
  const ofType = (type: string): readonly PlannedResource[] => plan.resources.filter((it) => it.type === type);
  const one = (type: string, name: string): PlannedResource => {
    const [found, ...others] = ofType(type).filter((it) => it.name === name);
    if (found === undefined || others.length > 0) throw new Error(`${others.length + 1} or no ${type} "${name}"`);
    return found;
  };
  return {
    resources: plan.resources,
    one,
    inputs: (type, name) => one(type, name).inputs,
    names: (type) =>
      ofType(type)
        .map((it) => it.name)
        .sort(),
  };
}

/** The statements of the policy document that an input holds. */
export function statements(document: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (typeof document !== "string") throw new TypeError("a policy document must be known text");
  return (JSON.parse(document) as { Statement: Readonly<Record<string, unknown>>[] }).Statement;
}

/** A key for components that need one. */
export function testKey(opts: pulumi.ComponentResourceOptions): DataKey {
  return new DataKey("key", { place: PLACE, description: "Tests", alias: "test" }, opts);
}

/** Permissions boundary that roles of components refer to. */
export function testBoundary(opts: pulumi.ComponentResourceOptions): Place {
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
  const boundary = new aws.iam.Policy("boundary", { policy }, { provider: awsOf(opts) });
  return { ...PLACE, boundaryArn: boundary.arn };
}

/** The provider of AWS among the options of a component. */
export function awsOf({ providers: all }: pulumi.ComponentResourceOptions): pulumi.ProviderResource {
  const found = Object.values(all ?? {}).find((it) => it instanceof aws.Provider);
  if (found === undefined) throw new TypeError("a provider of AWS is needed");
  return found;
}

function providers(): pulumi.ProviderResource[] {
  const kubeconfig = JSON.stringify({ clusters: [{ cluster: { server: "https://cluster.example.com" } }] });
  return [
    new aws.Provider("aws", { region: "eu-west-1", allowedAccountIds: [PLACE.account] }),
    new keycloak.Provider("keycloak", { url: "https://identity.example.com", clientId: "tests", initialLogin: false }),
    new kubernetes.Provider("kubernetes", { kubeconfig }),
  ];
}
