import type { Place } from "../components/place.ts";
import { bucketPrefixOf, executionRoleArn, rolePathOf } from "../contracts/execution/roles.ts";

/**
 * ARN of the role as which the stack at an address is deployed; `undefined` where it is deployed with whatever credentials there are, as
 * an administrator does the first time. `ALICERCE_EXECUTION` says `roles` where the credentials are those of the deploy role.
 */
export function executionRoleFor(account: string, address: string): string | undefined {
  return process.env["ALICERCE_EXECUTION"] === "roles" ? executionRoleArn(account, address) : undefined;
}

/** The configuration of a cluster's clients with tokens of that role; as it is, without one. Throws a SyntaxError for text that is no JSON. */
export function kubeconfigFor(kubeconfig: string, roleArn: string | undefined): string {
  if (roleArn === undefined) return kubeconfig;
  const config = JSON.parse(kubeconfig) as {
    readonly users?: readonly { readonly user?: { readonly exec?: { args?: string[] } } }[];
  };
  for (const { user } of config.users ?? []) user?.exec?.args?.push("--role-arn", roleArn);
  return JSON.stringify(config);
}

/** Where the resources of the stack at an address are, and what their names begin with, by which its role knows them. */
export function placeOf(address: string, place: Pick<Place, "account" | "region" | "boundaryArn">): Place {
  return { ...place, rolePath: rolePathOf(address), bucketPrefix: bucketPrefixOf(place.account, address) };
}
