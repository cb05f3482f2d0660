import { PARTNER_SCOPES } from "../../../contracts/bff/partner-access.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { AUTHORIZER } from "../../facts/identity/issuers.ts";
import { byOutput, referred } from "../../facts/reference.ts";
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
      it.type === TYPE.gateway && admitted(it, stack).some(isOfPartner)
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

/** The clients of the stack whose tokens a gateway takes. */
function admitted(gateway: ResourceView, stack: StackIndex): readonly ResourceView[] {
  const input = "authorizerConfiguration";
  return gateway
    .texts(`${AUTHORIZER}.allowedClients`)
    .flatMap(
      (id) => referred({ of: gateway, input, read: () => id }, byOutput(TYPE.userPoolClient, "id"), stack) ?? [],
    );
}
