/**
 * What an MCP server asks of the stack that runs it. Each server exports it as `needs` from `services/mcp/<name>/needs.ts`; `infra`
 * finds it there by the server's name, and turns the names of grants into permissions.
 */

/** Text that a deployment knows: at once, or (as the type `V`, which is Pulumi's own in `infra`) only when a resource exists. */
export type Text<V> = V | string;

/** A value for a variable that holds JSON. */
export type Json<V> = Text<V> | readonly string[] | { readonly [name: string]: Json<V> | undefined };

/** Something that a server's role may do. Where a grant says so, it permits those AWS calls that the server's contract declares, and no others. */
export type NamedGrant =
  /** Log in to the tenant's database as this user; the server is put into the security group that reaches the database. */
  | { readonly name: "database-connect"; readonly user: string }
  /** Read the secret with the keys of the database, which the server does once, when it starts. */
  | { readonly name: "database-keys" }
  /** Read the tenant's credentials of the APIs that it calls. */
  | { readonly name: "api-credentials" }
  /** Read the tenant's own APIs in the tenant's bucket, which the server does once, when it starts. */
  | { readonly name: "api-documents" }
  /** The declared calls of Amazon S3, and of KMS through S3, on the objects below a prefix of the tenant's bucket. */
  | { readonly name: "bucket-objects"; readonly prefix: `${string}/` }
  /** The declared calls that read the tenant's logs and traces, and the state of its gateways and of the servers deployed before this one. */
  | { readonly name: "operations" };

/** What one server is given, and what it may do. */
export interface NeedsOf<V, Variables> {
  /** The variables of its process, beside those that every server has: one that its configuration wants and that is missing does not compile. */
  readonly variables: { readonly [Name in keyof Variables]: Variable<V, Variables[Name]> };
  readonly grants: readonly NamedGrant[];
  /** Whether it calls servers outside of the network, by HTTPS. */
  readonly reachesInternet?: boolean;
  /** Ranges of private addresses outside of the region's network in which it calls servers, by HTTPS. */
  readonly reachesNetworks?: readonly string[];
}

/** A variable that takes any text takes what a resource tells; one that takes some words only takes those. */
type Variable<V, T> = string extends T ? Text<V> : T extends string ? T : never;

/** Where the backend of an API is. */
export interface ApiPlace {
  readonly baseUrl: string;
  /** Name of the secret with the tenant's credential, where it wants one. */
  readonly secretName?: string;
  /** The ranges in which it is, where it is in a network of the tenant's own. */
  readonly onlyNetworks?: readonly string[];
}

/** What a server's needs are told from. */
export interface NeedsContext<V> {
  readonly account: string;
  readonly region: string;
  /** ARN of the tenant's key. */
  readonly keyArn: Text<V>;
  readonly database: {
    readonly host: Text<V>;
    readonly port: number;
    readonly name: string;
    /** ARN of the secret with the keys. */
    readonly keysArn: Text<V>;
  };
  readonly bucket: { readonly name: Text<V> };
  /** By the name of the API: where it is, and how it is proved to be the tenant who calls. */
  readonly apis: { readonly [api: string]: ApiPlace };
  /** The object in the tenant's bucket with the tenant's own APIs: its key, and the SHA-256 of its text. */
  readonly apisObject: { readonly key: Text<V>; readonly digest: string };
  /** Names of log groups, by who writes there. */
  readonly logGroups: { readonly [writer: string]: Text<V> };
  /** Ids of the tenant's gateways, by scenario. */
  readonly gateways: { readonly [scenario: string]: Text<V> };
  /** Ids of the runtimes of the servers that are deployed before this one, by server and major: `database-v3`. */
  readonly runtimes: { readonly [server: string]: Text<V> };
  /** The JSON text of a value, once all that is in it is known. */
  readonly json: (value: Json<V>) => Text<V>;
}

/** Says what a server needs; `Variables` are those of its own configuration that not every server has (`OwnVariables`). */
export type ServerNeeds<Variables> = <V>(context: NeedsContext<V>) => NeedsOf<V, Variables>;
