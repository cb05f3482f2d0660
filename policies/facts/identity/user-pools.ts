import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { outputOf } from "../../engine/output.ts";
import { namersOf } from "../reference.ts";
import { TYPE } from "../resource-types.ts";
import { settingsOf } from "../workloads.ts";
import { clientsOf } from "./named-clients.ts";
import { USER_POOL_DOMAIN } from "./token-endpoint.ts";

/** The user pool of the stack whose tokens a workload is told to believe, by its `ISSUER`. */
export function poolOf(workload: ResourceView, stack: StackIndex): ResourceView | undefined {
  const issuer = settingOf(workload, "ISSUER");
  if (issuer === undefined) return undefined;
  return stack.ofType(TYPE.userPool).find((it) => issuer === `https://${outputOf(it, "endpoint")}`);
}

/** The host at which a user pool says of itself and of its keys (Amazon Cognito developer guide, "Verifying JSON web tokens"). */
export function poolHost({ region }: ResourceView): string {
  return `cognito-idp.${region ?? ""}.amazonaws.com`;
}

/** The host of a user pool's domain, at which codes are exchanged; `undefined` for a pool without a domain. */
export function domainHost(pool: ResourceView, stack: StackIndex): string | undefined {
  const [domain] = namersOf(pool, { types: [USER_POOL_DOMAIN], input: "userPoolId" }, ["id"], stack);
  return domain && `${domain.text("domain") ?? ""}.auth.${domain.region ?? ""}.amazoncognito.com`;
}

/** Whether a workload signs people in: its `CLIENT_ID` is that of a client of the stack that gets codes (RFC 6749, section 4.1). */
export function signsIn(workload: ResourceView, stack: StackIndex): boolean {
  const id = settingOf(workload, "CLIENT_ID");
  if (id === undefined) return false;
  return clientsOf(id, workload, stack).some((it) => it.texts("allowedOauthFlows").includes("code"));
}

function settingOf(workload: ResourceView, name: string): string | undefined {
  return settingsOf(workload)
    .find((it) => it.name === name)
    ?.read();
}
