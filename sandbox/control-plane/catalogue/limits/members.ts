import type { Model } from "./models.ts";

/** The member that stands for a property, as a path in the operation's input, where the names differ; "" where none does. */
const MEMBERS: Readonly<Record<string, string>> = {
  "aws:cognito/userPool:UserPool.passwordPolicy": "Policies.PasswordPolicy",
  "aws:dynamodb/tableItem:TableItem.hashKey": "",
  "aws:rds/cluster:Cluster.clusterIdentifier": "DBClusterIdentifier",
  "aws:rds/cluster:Cluster.masterPassword": "MasterUserPassword",
  "aws:rds/clusterInstance:ClusterInstance.identifier": "DBInstanceIdentifier",
  "aws:rds/clusterInstance:ClusterInstance.instanceClass": "DBInstanceClass",
  "aws:rds/instance:Instance.identifier": "DBInstanceIdentifier",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration.rules":
    "ServerSideEncryptionConfiguration.Rules",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration.rules": "LifecycleConfiguration.Rules",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls.rule": "OwnershipControls.Rules",
};

/** A property of an object of the SDK; `kind` is the resource type's own name, "" for a nested type. */
export interface Place {
  readonly owner: string;
  readonly property: string;
  readonly kind: string;
}

/** The name of the shape of the member that stands for a property; `undefined` where there is none. */
export function memberOf(model: Model, structure: string, place: Place): string | undefined {
  const listed = MEMBERS[`${place.owner}.${place.property}`];
  if (listed !== undefined) return listed === "" ? undefined : sure(model, structure, listed);
  const members = Object.entries(model.shapes[structure]?.members ?? {}).map(
    ([name, { shape }]) => [name.toLowerCase(), shape] as const,
  );
  for (const names of namesOf(place)) {
    const found = members.find(([name]) => names.includes(name));
    if (found !== undefined) return found[1];
  }
  const name = place.property.toLowerCase();
  return members.find(([it]) => otherNumbers(it).includes(name))?.[1];
}

/** What the member may be called, the likeliest first. */
function namesOf({ property, kind }: Place): readonly (readonly string[])[] {
  const name = property.toLowerCase();
  if (name === "name" && kind !== "") return [[name], lastWordsOf(kind).map((it) => `${it}name`)];
  if (name === "policy" && kind !== "") return [[name], ["policydocument", "policytext", "resourcepolicy"]];
  return [[name], otherNumbers(name), [`${name}name`]];
}

function sure(model: Model, structure: string, path: string): string {
  let at = structure;
  for (const name of path.split(".")) {
    const next = model.shapes[at]?.members?.[name]?.shape;
    if (next === undefined) throw new Error(`${model.service} ${structure} has no ${path} any more`);
    at = next;
  }
  return at;
}

/** A type's own name without its first words: `rolepolicy` and `policy` for `RolePolicy`, of which a name may be called after either. */
function lastWordsOf(kind: string): readonly string[] {
  const words = kind.split(/(?=[A-Z][a-z])/);
  return words.map((_, i) => words.slice(i).join("").toLowerCase());
}

/** The plural of a word: the SDK names a list in the plural and a list of one in the singular, whatever the API does. */
function otherNumbers(name: string): readonly string[] {
  return [`${name}s`, `${name}es`, name.replace(/y$/, "ies")].filter((it) => it !== name);
}
