import type { Placed, Platform } from "../../engine/platform.ts";
import type { Recorder } from "../../engine/proof.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { parseArn } from "../../facts/arn.ts";
import { overlap } from "../../facts/grants/language/patterns.ts";
import type { Statement } from "../../facts/policy-document.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { arnIndex } from "./arn-index.ts";
import { allowed, allowedBy, mayApply, resourcesIn } from "./documents.ts";
import type { Principal } from "./principals.ts";
import { named } from "./references.ts";
import { type Thing, thingsByUrn } from "./things.ts";

/** What the document of a resource, a KMS grant or a permission of Lambda allows on things. */
export interface ResourceGrant {
  readonly holder: Placed;
  readonly statement: Statement;
  readonly targets: readonly Thing[];
}

const PERMISSION = "aws:lambda/permission:Permission";
const KMS_GRANT = "aws:kms/grant:Grant";

/** Types whose documents grant nothing on a resource, or are no documents of IAM. */
const OTHERS: readonly string[] = [
  TYPE.rolePolicy,
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/groupPolicy:GroupPolicy",
  "aws:iam/policy:Policy",
  "aws:ec2/vpcEndpoint:VpcEndpoint",
  "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
  "aws:ecr/lifecyclePolicy:LifecyclePolicy",
];

/** Every grant by a resource's own document; what cannot be read is recorded. */
export function resourceGrants(platform: Platform, record: Recorder): readonly ResourceGrant[] {
  return platform.ofType("aws:*").flatMap((holder) => {
    const grants: ResourceGrant[] = [];
    if (!holder.resource.resource.custom || OTHERS.includes(holder.resource.type)) return grants;
    record.guarded(holder, () => {
      for (const statement of statementsOn(holder)) {
        const targets = targetsOf(holder, statement, platform);
        if (targets.length > 0) grants.push({ holder, statement, targets });
      }
    });
    return grants;
  });
}

/** Whether the statement names the principal, or everybody; naming its account leaves it to the principal's own policies. */
export function isNamed({ statement }: ResourceGrant, principal: Principal): boolean {
  const { principals, notPrincipals } = statement;
  const isMeant = (ids: Statement["principals"]): boolean => ids.some((it) => means(it, principal));
  if (notPrincipals === undefined ? !isMeant(principals) : isMeant(notPrincipals)) return false;
  return mayApply(statement, contextOf(principal));
}

/** Whether the statement leaves it to the policies of the principal's account. */
export function isDelegated({ statement }: ResourceGrant, principal: Principal): boolean {
  const account = parseArn(principal.arn)?.account;
  const ofAccount = statement.principals.some(
    ({ id }) => id === account || id === `arn:aws:iam::${account ?? ""}:root`,
  );
  return ofAccount && mayApply(statement, contextOf(principal));
}

/** What is known of every request of a principal itself: it comes through no service on behalf of another resource. */
export function contextOf({ arn }: Principal): Readonly<Record<string, string | null>> {
  const account = parseArn(arn)?.account;
  return {
    "aws:SourceArn": null,
    "aws:SourceAccount": null,
    ...(account !== undefined && { "aws:PrincipalArn": arn, "aws:PrincipalAccount": account }),
  };
}

function means({ kind, id }: Statement["principals"][number], principal: Principal): boolean {
  if (id === "*") return true;
  if (kind !== "AWS" || principal.arn === "") return false;
  const session = /^arn:aws:sts::\d+:assumed-role\/([^/]+)\//.exec(id)?.[1];
  return session === undefined ? overlap(id, principal.arn) : session === principal.name;
}

function statementsOn(holder: Placed): readonly Statement[] {
  const { resource } = holder;
  if (resource.type === TYPE.role) return allowedBy(resource.at("assumeRolePolicy"), "assumeRolePolicy");
  if (resource.type === PERMISSION) return [asStatement(resource, "principal", "lambda:InvokeFunction")];
  if (resource.type === KMS_GRANT) return [asStatement(resource, "granteePrincipal", "kms:*")];
  return allowed(holder);
}

function asStatement(it: ResourceView, input: string, action: string): Statement {
  const id = it.text(input) ?? "*";
  const source = it.text("sourceArn");
  const [statement] = allowedBy(
    {
      Statement: {
        Effect: "Allow",
        Action: action,
        Principal: { [/^[a-z0-9.-]+\.amazonaws\.com$/.test(id) ? "Service" : "AWS"]: id },
        ...(source !== undefined && { Condition: { ArnLike: { "aws:SourceArn": source } } }),
      },
    },
    input,
  );
  if (statement === undefined) throw new TypeError("a statement that allows is a statement");
  return statement;
}

/** What the document is on: the resource itself, or the one that it names; where there is none, what its statements name. */
function targetsOf(holder: Placed, statement: Statement, platform: Platform): readonly Thing[] {
  const own = thingsByUrn(platform).get(holder.resource.urn);
  if (own !== undefined) return [own];
  const beside = named(holder, platform).filter((it) => it.isDirect);
  if (beside.length > 0) return beside.map((it) => it.thing);
  return resourcesIn(statement).flatMap((it) => arnIndex(platform).find(it));
}
