import { isRecord, parsedJson } from "../../../contracts/json.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { outputsOf } from "../../facts/reference.ts";
import { TYPE } from "../../facts/resource-types.ts";
import type { Fit } from "./fit.ts";

const PROVIDER = "pulumi:providers:kubernetes";

/** Objects are made in the cluster of their own region: its provider says in which, and every resource has a provider that is declared. */
export function clusterFits(platform: Platform): readonly Fit[] {
  const providers = platform
    .ofType(PROVIDER)
    .filter(({ stack }) => stack.isOurs)
    .map((at): Fit => ({
      at,
      isFit: () => clustersFor(platform, at).includes(serverIn(at.resource.text("kubeconfig"))),
      mend: `"${at.resource.name}" must name in its kubeconfig the cluster of its own stack, or of one above it.`,
    }));
  const provided = platform
    .ofType("kubernetes:*", "aws:*")
    .filter(({ resource, stack }) => stack.isOurs && resource.resource.custom)
    .map((at): Fit => ({
      at,
      isFit: () => isProvided(at),
      mend: `"${at.resource.name}" must be made by a provider that its stack declares.`,
    }));
  return [...providers, ...provided];
}

function isProvided({ resource: { resource }, stack }: Placed): boolean {
  return resource.provider === undefined || stack.find(resource.provider) !== undefined;
}

/** The addresses of the clusters of a stack, and of those that it stands on. */
function clustersFor(platform: Platform, { stack }: Placed): readonly (string | undefined)[] {
  return platform
    .ofType(TYPE.cluster)
    .filter((it) => stack === it.stack || stack.name.startsWith(`${it.stack.name}.`))
    .map(({ resource }) => outputsOf(resource).text("endpoint") ?? "none");
}

/** The address of the one cluster that a kubeconfig names. */
function serverIn(kubeconfig: string | undefined): string | undefined {
  const [cluster, ...others] = listIn(parsedJson(kubeconfig ?? ""), "clusters");
  const named = isRecord(cluster) ? cluster["cluster"] : undefined;
  const server = isRecord(named) ? named["server"] : undefined;
  return others.length === 0 && typeof server === "string" ? server : undefined;
}

function listIn(value: unknown, key: string): readonly unknown[] {
  const list = isRecord(value) ? value[key] : undefined;
  return Array.isArray(list) ? list : [];
}
