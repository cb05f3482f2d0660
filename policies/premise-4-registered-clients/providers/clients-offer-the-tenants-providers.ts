import { signInProvidersOf } from "../../../environments/callers/sign-in-providers.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { absent, some } from "../../engine/three-values.ts";
import { bundleOf } from "../../facts/bundle.ts";
import { TYPE } from "../../facts/resource-types.ts";

/** The pool itself, among the providers by which people sign in. */
const POOL = "COGNITO";

export const clientsOfferTheTenantsProviders = rule({
  premise: 4,
  id: "clients-offer-the-tenants-providers",
  severity: "critical",
  description:
    "People sign in at the pool, or by a provider that the tenant's data names and that a function writes to the pool before: any other one says who somebody is, and nobody has agreed to believe it.",
  remediation:
    "Name the provider in `signInProviders` of the tenant, and have `SignInProviders` in components/identity write it before the client.",
  frameworks: [CONTROL.soc2Registration, CONTROL.isoIdentity, CONTROL.isoAuthentication],
  subjects: { types: [TYPE.userPoolClient], where: (it) => it.list("supportedIdentityProviders").length > 0 },
  judge: [
    (it, stack) =>
      othersOf(it)
        .filter((name) => !namedIn(stack).includes(name))
        .map((name) => `"${it.name}" must not let people sign in by ${name}, which the tenant's data does not name.`),
    (it) =>
      it.flag("generateSecret") === false || othersOf(it).length === 0
        ? undefined
        : `"${it.name}" is no application of people, and must name no provider.`,
    (it, stack) =>
      othersOf(it).length === 0 ||
      some(writersOf(stack), (writer) => isCalled(writer, stack) && isOfPool(writer, it, stack))
        ? undefined
        : absent(`"${it.name}" must offer providers that a function of the stack writes to its pool.`),
  ],
});

function othersOf(it: ResourceView): readonly string[] {
  return it.texts("supportedIdentityProviders").filter((name) => name !== POOL);
}

function namedIn({ address }: StackIndex): readonly string[] {
  return address.layer === "tenant" ? Object.keys(signInProvidersOf(address.tenant.signInProviders)) : [];
}

function writersOf(stack: StackIndex): readonly ResourceView[] {
  return stack.ofType(TYPE.function).filter((it) => bundleOf(it) === "sign-in-providers");
}

function isCalled(writer: ResourceView, stack: StackIndex): boolean {
  return stack.referrers(writer, TYPE.lambdaInvocation, "functionName").length > 0;
}

function isOfPool(writer: ResourceView, client: ResourceView, stack: StackIndex): boolean {
  const pools = stack.linked(client, "userPoolId").filter(({ type }) => type === TYPE.userPool);
  return stack.linked(writer, "environment").some((it) => pools.includes(it));
}
