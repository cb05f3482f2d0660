import { KIND, LABEL } from "../../../contracts/tags.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import type { Subjects } from "../../engine/rule.ts";
import { some } from "../../engine/three-values.ts";
import { containersOf, POD_TYPES, podPathOf } from "../workloads.ts";

/** Workloads that are a Keycloak: by what they say they are, by their image, or by an option that no other program has. */
export const identityServers: Subjects = { types: POD_TYPES, where: isIdentityServer };

function isIdentityServer(it: ResourceView): boolean {
  if (it.label(LABEL.kind) === KIND.identityProvider) return true;
  return some(
    containersOf(it),
    (container) =>
      /(?:^|\/)keycloak(?:[@:]|$)/.test(container.text("image") ?? "") ||
      some(container.texts("args"), (arg) => arg.startsWith("--hostname=") || arg === "start-dev"),
  );
}

/** The value of an option on the command line of a workload's only container; `undefined` where it is not there, or is there twice. */
export function optionOf(it: ResourceView, name: string): string | undefined {
  const found = argumentsOf(it).filter((arg) => arg.startsWith(`--${name}=`));
  return found.length === 1 ? found[0]?.slice(name.length + 3) : undefined;
}

/** The arguments of a workload's first container. */
export function argumentsOf(it: ResourceView): readonly string[] {
  return containersOf(it)[0]?.texts("args") ?? [];
}

/** The labels of a workload's pods. */
export function podLabelsOf(it: ResourceView): Readonly<Record<string, string>> {
  const labels = it.entries(podPathOf(it).replace(/spec$/, "metadata.labels"));
  return Object.fromEntries(labels.map(([key, value]) => [key, value.text() ?? ""]));
}
