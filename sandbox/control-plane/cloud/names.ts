import { isRecord } from "../../../contracts/json.ts";
import { type Draft, GLOBAL, type Naming, type Place } from "../behaviours/behaviour.ts";
import { imagesOf, isObject, objectNames, objectUses } from "../behaviours/kubernetes.ts";
import type { Values } from "../wire.ts";
import type { Created } from "./created.ts";

/** A reference of a resource to another: the input, its value, and the name under which the other must exist. */
export interface Reference {
  readonly property: string;
  readonly value: string;
  readonly name: string;
}

const RAW_ID = /^(?:eipalloc|igw|nat|rtb|sg|subnet|vpc|vpce)-[0-9a-f]{17}$/;
const IMAGE = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/([^@:]+)/;

/** The name that only this resource can have: its place, type and id. */
export function ownNameOf(draft: Draft, id: string): string {
  return named(draft, draft.type, id);
}

/** Every name by which others may refer to a resource, or that no other may have; its own name comes first. */
export function namesOf(draft: Draft, { id, outputs }: Created, naming: Naming): readonly string[] {
  const { type, inputs } = draft;
  const names = [ownNameOf(draft, id), ...(RAW_ID.test(id) ? [rawId(draft, id)] : [])];
  if (isObject(type)) return [...names, ...objectNames(inputs).map((it) => inCluster(draft, it))];
  const endpoint =
    type === "aws:eks/cluster:Cluster" && typeof outputs["endpoint"] === "string" ? [outputs["endpoint"]] : [];
  return [
    ...new Set([
      ...names,
      ...endpoint,
      ...uniqueNamesOf(draft, naming),
      ...arnOf(draft, outputs, naming),
      ...secretsOf(outputs),
      ...rawIdsOf(draft, outputs),
    ]),
  ];
}

/** The names that no other resource of the type may have in the same account and region. */
export function uniqueNamesOf(draft: Draft, { unique }: Naming): readonly string[] {
  const valueOf = (keys: string): string =>
    keys
      .split("+")
      .map((key) => String(draft.inputs[key]))
      .join(" ");
  return (unique ?? []).map((keys) => named(draft, draft.type, valueOf(keys)));
}

/** Every reference in the inputs to something that must exist in the sandbox. */
export function referencesOf(draft: Draft, naming: Naming): readonly Reference[] {
  const { inputs, type } = draft;
  if (isObject(type)) return kubernetesReferences(draft);
  const declared = Object.entries(naming.references ?? {}).flatMap(([property, other]) => {
    const value = inputs[property];
    if (typeof value !== "string" || value.startsWith("arn:")) return [];
    return [{ property, value, name: named(draft, other, value) }];
  });
  const seen = new Set(declared.map((it) => it.property));
  return [...declared, ...scan(draft, inputs, "").filter((it) => !seen.has(it.property))];
}

/** The account and region of a resource: the region is `GLOBAL` for a global type, else the input `region`, else the provider's. */
export function placeOf(place: Place, naming: Naming, inputs: Values): Place {
  if (naming.global === true) return { account: place.account, region: GLOBAL };
  return { account: place.account, region: typeof inputs["region"] === "string" ? inputs["region"] : place.region };
}

function kubernetesReferences(draft: Draft): readonly Reference[] {
  const images = imagesOf(draft.inputs).flatMap(({ property, image }) => {
    const [, account, region, repository] = IMAGE.exec(image) ?? [];
    if (account === undefined || region === undefined || repository === undefined) return [];
    return [{ property, value: image, name: named({ account, region }, "aws:ecr/repository:Repository", repository) }];
  });
  return [
    ...objectUses(draft.inputs).map(({ property, name }) => ({ property, value: name, name: inCluster(draft, name) })),
    ...images,
  ];
}

function scan(draft: Draft, value: unknown, path: string): readonly Reference[] {
  if (typeof value === "string") {
    const name = referred(draft, value);
    return name === undefined ? [] : [{ property: path, value, name }];
  }
  if (Array.isArray(value)) return value.flatMap((it, i) => scan(draft, it, `${path}[${i}]`));
  if (!isRecord(value)) return [];
  // A hosted zone is in no region; each of its VPCs names one.
  const { vpcRegion } = value;
  const at = typeof vpcRegion === "string" ? { ...draft, region: vpcRegion } : draft;
  return Object.entries(value).flatMap(([key, it]) => scan(at, it, path === "" ? key : `${path}.${key}`));
}

/** The name to which a string refers, if all of it is an id, an ARN of this account or an image; patterns and documents are no references. */
function referred(draft: Draft, value: string): string | undefined {
  if (RAW_ID.test(value)) return rawId(draft, value);
  if (isOwnArn(draft, value)) return value;
  const [, imageAccount, region, repository] = IMAGE.exec(value) ?? [];
  if (imageAccount === undefined || region === undefined || repository === undefined) return undefined;
  return named({ account: imageAccount, region }, "aws:ecr/repository:Repository", repository);
}

/** Whether it is the ARN of something that must exist in the account; AWS's own inference profiles bear the account of whoever calls them. */
function isOwnArn(draft: Draft, value: string): boolean {
  const [, , service, , account, resource] = value.split(":");
  if (!value.startsWith("arn:aws:") || account !== draft.account || value.includes("*")) return false;
  return service !== "sts" && !(service === "bedrock" && resource?.startsWith("inference-profile/") === true);
}

/** A resource's own ARN: one that the cloud computed, not one that was given as an input. */
function arnOf({ inputs }: Draft, outputs: Values, { arnOutput = "arn", sharesArn }: Naming): readonly string[] {
  if (sharesArn === true) return [];
  const value = outputs[arnOutput];
  return typeof value === "string" && inputs[arnOutput] === undefined ? [value] : [];
}

/** ARNs of the secrets that the cloud creates for the administrator of a database. */
function secretsOf({ masterUserSecrets }: Values): readonly string[] {
  const secrets: readonly unknown[] = Array.isArray(masterUserSecrets) ? masterUserSecrets : [];
  return secrets.flatMap((it) => (isRecord(it) && typeof it["secretArn"] === "string" ? [it["secretArn"]] : []));
}

/** Ids of what the cloud creates with a resource: a VPC's default security group, a cluster's security group. */
function rawIdsOf(draft: Draft, outputs: Values): readonly string[] {
  const nested = isRecord(outputs["vpcConfig"]) ? outputs["vpcConfig"]["clusterSecurityGroupId"] : undefined;
  const values =
    draft.type === "aws:ec2/vpc:Vpc" ? [outputs["mainRouteTableId"], outputs["defaultSecurityGroupId"]] : [nested];
  return values.flatMap((it) => (typeof it === "string" && RAW_ID.test(it) ? [rawId(draft, it)] : []));
}

function named({ account, region }: Place, type: string, value: string): string {
  const at = /^aws:(iam|route53)\//.test(type) ? GLOBAL : region;
  return `${account}/${at}/${type}#${value}`;
}

function rawId({ account, region }: Place, id: string): string {
  return `${account}/${region}/${id}`;
}

function inCluster({ account, region }: Place, name: string): string {
  return `${account}/${region}#${name}`;
}
