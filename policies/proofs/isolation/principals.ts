import { oncePer } from "../../engine/once-per.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import type { Recorder } from "../../engine/proof.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import type { Statement } from "../../facts/policy-document.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { ownerOf } from "./tenants.ts";
import { allowed, allowedBy } from "./documents.ts";

/** Who can be granted something: a role, a user or a group. */
export interface Principal extends Placed {
  /** The tenant in whose stack it is declared. */
  readonly tenant: string | undefined;
  readonly name: string;
  readonly arn: string;
  readonly grants: Grant[];
}

/** A statement of an identity policy, and the resource that holds it. */
export interface Grant {
  readonly holder: Placed;
  readonly statement: Statement;
}

const USER = "aws:iam/user:User";
const GROUP = "aws:iam/group:Group";
const MANAGED = "aws:iam/policy:Policy";

/** What attaches a document of its own, and what attaches a policy that is a resource; each with the inputs that name principals. */
const OWN_DOCUMENT: Readonly<Record<string, string>> = {
  [TYPE.rolePolicy]: "role",
  "aws:iam/userPolicy:UserPolicy": "user",
  "aws:iam/groupPolicy:GroupPolicy": "group",
};
const ATTACHMENT: Readonly<Record<string, readonly string[]>> = {
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["role"],
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": ["user"],
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": ["group"],
  "aws:iam/policyAttachment:PolicyAttachment": ["roles", "users", "groups"],
};

/** The principals of a platform, by their names and ARNs. */
export class Principals {
  readonly all: readonly Principal[];
  readonly #byName: ReadonlyMap<string, Principal>;

  constructor(platform: Platform) {
    this.all = platform.ofType(TYPE.role, USER, GROUP).map((it) => {
      const [name, arn] = [textOf(it.resource, "name") ?? it.resource.name, textOf(it.resource, "arn") ?? ""];
      return { ...it, tenant: ownerOf(it.stack), name, arn, grants: [] };
    });
    this.#byName = new Map(this.all.flatMap((it) => [it.name, it.arn].map((key) => [key, it] as const)));
  }

  /** The principal of a name or an ARN. */
  find(nameOrArn: string | undefined): Principal | undefined {
    return nameOrArn === undefined || nameOrArn === "" ? undefined : this.#byName.get(nameOrArn);
  }
}

/** The principals of a platform with everything that identity policies grant them; what cannot be read is recorded. */
export function principalsOf(platform: Platform, record: Recorder): Principals {
  const principals = new Principals(platform);
  for (const it of principals.all) record.guarded(it, () => addInline(it, platform));
  for (const [type, input] of Object.entries(OWN_DOCUMENT))
    for (const holder of platform.ofType(type))
      record.guarded(holder, () => {
        const principal = principals.find(holder.resource.text(input)) ?? strangers(principals, holder);
        for (const statement of allowed(holder)) principal.grants.push({ holder, statement });
      });
  for (const [type, inputs] of Object.entries(ATTACHMENT))
    for (const holder of platform.ofType(type))
      record.guarded(holder, () => {
        for (const name of inputs.flatMap((it) => holder.resource.texts(it)))
          attach(principals.find(name), holder, platform);
      });
  return principals;
}

/** Documents inside the role, and policies that it names. */
function addInline(principal: Principal, platform: Platform): void {
  for (const inline of principal.resource.list("inlinePolicies"))
    for (const statement of allowedBy(inline.at("policy"), "inlinePolicies.policy"))
      principal.grants.push({ holder: principal, statement });
  for (const arn of principal.resource.texts("managedPolicyArns"))
    addManaged(principal, principal, managed(platform).get(arn));
}

function attach(principal: Principal | undefined, holder: Placed, platform: Platform): void {
  if (principal !== undefined)
    addManaged(principal, holder, managed(platform).get(holder.resource.text("policyArn") ?? ""));
}

/** A policy that is no resource of the platform may grant anything: nobody here can read it. */
function addManaged(principal: Principal, holder: Placed, policy: Placed | undefined): void {
  const statements = policy === undefined ? ANYTHING : allowed(policy);
  for (const statement of statements) principal.grants.push({ holder: policy ?? holder, statement });
}

const ANYTHING = allowedBy({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }, "policyArn");

const managed = oncePer(
  (platform: Platform): ReadonlyMap<string, Placed> =>
    new Map(platform.ofType(MANAGED).map((it) => [textOf(it.resource, "arn") ?? "", it])),
);

/** A policy of a role that is not in the platform counts as one of whoever declares it. */
function strangers(principals: Principals, holder: Placed): Principal {
  const it = { ...holder, tenant: ownerOf(holder.stack), name: holder.resource.name, arn: "", grants: [] };
  (principals.all as Principal[]).push(it);
  return it;
}

function textOf({ resource }: ResourceView, key: string): string | undefined {
  const value = resource.outputs?.[key] ?? resource.inputs[key];
  return typeof value === "string" ? value : undefined;
}
