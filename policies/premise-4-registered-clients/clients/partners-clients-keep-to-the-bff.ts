import { PARTNER_SCOPES } from "../../../contracts/bff/partner-access.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { unlessUnknown } from "../../engine/three-values.ts";
import { AUTHORIZER } from "../../facts/identity/issuers.ts";
import { outputsOf } from "../../facts/reference.ts";
import { TYPE } from "../../facts/resource-types.ts";

/** By it the name of a partner's client begins. */
const PARTNER = "partner-";

export const partnersClientsKeepToTheBff = rule({
  premise: 4,
  id: "partners-clients-keep-to-the-bff",
  severity: "critical",
  description:
    "The client of a partner has the scopes that the tenant's data gives the partner at the BFF, no other client has one of them, and no gateway admits it: tools would take it for a system of the company.",
  remediation:
    "Name the partner in `partners` of the tenant's data, and let `tenantPartners` in infra/tenant/identity declare the client.",
  frameworks: [CONTROL.soc2Registration, CONTROL.isoAccessRights, CONTROL.pciLeastPrivilege],
  subjects: { types: [TYPE.userPoolClient, TYPE.gateway], where: (_, stack) => stack.tenant !== undefined },
  judge: [
    (it, stack) => {
      if (it.type !== TYPE.userPoolClient) return undefined;
      const [held, allowed] = [it.texts("allowedOauthScopes"), scopesOf(it.text("name") ?? "", stack)];
      const isTheirs = (scope: string): boolean => scope.startsWith(`${prefixIn(stack)}/`);
      const isKept = isOfPartner(it) ? held.every((scope) => allowed.includes(scope)) : !held.some(isTheirs);
      return isKept ? undefined : `"${it.name}" must have the scopes of its own kind alone.`;
    },
    (it, stack) =>
      it.type === TYPE.gateway &&
      stack.ofType(TYPE.userPoolClient).some((client) => isOfPartner(client) && admits(it, client, stack))
        ? `"${it.name}" must admit no client of a partner.`
        : undefined,
  ],
});

function isOfPartner(it: ResourceView): boolean {
  return it.text("name")?.startsWith(PARTNER) === true;
}

function prefixIn({ name }: StackIndex): string {
  return `${name}.partners`;
}

/** The scopes that the tenant's data gives a partner, as the pool calls them. */
function scopesOf(client: string, stack: StackIndex): readonly string[] {
  const { address } = stack;
  const data = address.layer === "tenant" ? address.tenant.partners?.[client.slice(PARTNER.length)] : undefined;
  return PARTNER_SCOPES.filter((it) => data?.scopes.includes(it)).map(
    (it) => `${prefixIn(stack)}/${it.replace(":", ".")}`,
  );
}

/** Whether a gateway takes the tokens of a client: by its id, and while that is not known yet, by what the list was made from. */
function admits(gateway: ResourceView, client: ResourceView, stack: StackIndex): boolean {
  const id = unlessUnknown(
    () => outputsOf(client).text("id"),
    () => undefined,
  );
  if (id !== undefined && gateway.texts(`${AUTHORIZER}.allowedClients`).includes(id)) return true;
  return stack.linked(gateway, "authorizerConfiguration").includes(client);
}
