import { TO_A_TOOL, TO_STORES } from "./liveness/bff-hops.ts";
import { TO_EVENTS } from "./liveness/event-hops.ts";
import { type Hop, hop } from "./liveness/hop.ts";
import { TO_REALM } from "./liveness/realm-hops.ts";
import { OWN_TOKEN, TO_BE_TRIED } from "./liveness/token-hops.ts";
import { TO_RUN } from "./liveness/run-hops.ts";
import { BY_NAME, CALL, TO_ISSUER, TO_SERVICES } from "./liveness/pod-hops.ts";

/** Something that the platform is for: what happens on it, and its hops in the order in which they are gone. */
export interface Path {
  readonly sentence: string;
  readonly hops: Readonly<Record<string, Hop>>;
}

/** The paths that must work. */
export const PATHS = {
  "consumers-reach-a-tool": { sentence: "a consumer's request comes to a tool", hops: TO_A_TOOL },
  "partners-reach-a-tool": { sentence: "a partner's request comes to a tool", hops: TO_A_TOOL },
  "bffs-reach-their-stores": { sentence: "a BFF or an agent reads and writes what it keeps", hops: TO_STORES },
  "pods-reach-their-issuer": {
    sentence:
      "an agent or a BFF asks its tenant's user pool for the keys of tokens, and exchanges the codes of who signs in",
    hops: TO_ISSUER,
  },
  "webhooks-reach-their-hosts": {
    sentence: "a BFF sends webhooks to the hosts of its tenant's list",
    hops: BY_NAME,
  },
  "workloads-reach-what-they-are-told": {
    sentence: "an agent or a BFF uses the queues, the bus, the key and the bucket that it is told of",
    hops: TO_SERVICES,
  },
  "agents-resolve-names": {
    sentence: "an agent resolves names with the cluster's DNS",
    hops: {
      range: hop("cluster", "the cluster pins the addresses of its services, of which the tenth is its DNS"),
      udp: hop("network policy", "its pods may send UDP to port 53 of the cluster's DNS"),
      tcp: hop("network policy", "its pods may send TCP to port 53 of the cluster's DNS"),
    },
  },
  "agents-get-credentials": {
    sentence: "an agent gets the credentials of its role",
    hops: {
      agent: hop("network policy", "its pods may send to the EKS Pod Identity agent, 169.254.170.23, on TCP 80"),
      association: hop("resource", "a pod identity association gives its service account a role"),
      trust: hop("trust policy", "the role trusts EKS Pod Identity for this service account"),
      exchange: hop("private endpoint", "its node reaches the private endpoint of eks-auth"),
    },
  },
  "agents-reach-each-other": {
    sentence: "an agent calls another agent of its tenant over A2A",
    hops: {
      service: hop(
        "Service",
        "a Service on port 9000, with a number as its targetPort, selects the other's pods; a runtime is known by its ARN",
      ),
      egress: hop(
        "network policy",
        "its pods may send to the address of that Service on TCP 9000; as a runtime it may invoke the other as its role",
      ),
      ingress: hop(
        "network policy",
        "the other's pods admit its pods on TCP 9000; as a runtime the other admits its role",
      ),
    },
  },
  "agents-scale-with-load": {
    sentence: "an agent is scaled by its load",
    hops: {
      autoscaler: hop("resource", "an autoscaler names its Deployment"),
      metrics: hop("cluster", "the cluster has the add-on metrics-server, which autoscalers ask"),
    },
  },
  "agents-call-their-model": {
    sentence: "an agent calls its model",
    hops: { model: hop("data", "the model exists for the residency, and in the region"), ...CALL },
  },
  "agents-get-tokens": {
    sentence: "an agent gets a token for its gateways",
    hops: {
      function: hop("resource", "the function that hands out its tokens is declared"),
      ...CALL,
      ...OWN_TOKEN,
    },
  },
  "agents-call-their-gateways": {
    sentence: "an agent calls a gateway of its tenant",
    hops: {
      gateway: hop("resource", "the URL that it calls is that of a gateway"),
      send: CALL.send,
      endpoint: CALL.endpoint,
      "endpoint-policy": hop("endpoint policy", "the private endpoint's policy lets callers with a token through"),
      client: hop("resource", "the gateway admits the client whose tokens the agent gets"),
    },
  },
  "gateways-call-their-servers": {
    sentence: "a gateway calls an MCP server",
    hops: {
      runtime: hop("resource", "the target's URL is that of a runtime"),
      endpoint: hop("resource", "the runtime has the endpoint that the target's URL names"),
      identity: hop("identity policy", "the gateway's role is granted the call of the runtime and of its endpoint"),
      boundary: hop("permissions boundary", "the boundary of the gateway's role allows the call"),
      "runtime-policy": hop("resource policy", "the runtime's policy does not refuse the gateway"),
      "endpoint-policy": hop("resource policy", "the endpoint's policy does not refuse the gateway"),
    },
  },
  "servers-reach-their-database": {
    sentence: "an MCP server reads and writes its tenant's database",
    hops: {
      database: hop("resource", "its host is the endpoint of a database"),
      send: hop("security group", "it may send to the database's port"),
      receive: hop("security group", "the database admits it on its port"),
      identity: hop("identity policy", "its role may log in as its user of the database"),
      boundary: hop("permissions boundary", "its role's boundary allows to log in"),
      login: hop("resource", "the database accepts logins by IAM"),
    },
  },
  "servers-read-their-keys": {
    sentence: "an MCP server reads the secret with the keys of its database",
    hops: {
      secret: hop("resource", "the secret exists"),
      ...CALL,
      "key-identity": hop("identity policy", "its role is granted to decrypt with the secret's key"),
      "key-boundary": hop("permissions boundary", "its role's boundary allows to decrypt"),
      "key-policy": hop("key policy", "the key lets the account's roles decrypt"),
    },
  },
  "rotations-reach-their-secrets": {
    sentence: "the secret of a client is changed",
    hops: {
      function: hop("resource", "the rotation names a function that is declared"),
      invoke: hop("resource policy", "the function admits Secrets Manager for the secret"),
      first: hop("resource", "a deployment calls the function, which gives the secret its first value"),
      client: hop("resource", "the function knows the client of the secret, and the pool of the client"),
      outside: hop("resource", "the function is in no VPC, from which nothing leads to the pool's domain"),
      identity: hop("identity policy", "the function's role is granted the four steps, at the secret and at the pool"),
      boundary: hop("permissions boundary", "the function's role's boundary allows the four steps"),
      "key-policy": hop("key policy", "the key of the secret lets the account's roles decrypt and encrypt"),
    },
  },
  "workloads-pull-their-image": {
    sentence: "a workload starts from its image",
    hops: {
      repository: hop("resource", "the repository of its image is in its region, and made before its stack"),
      authorize: hop("private endpoint", "what pulls the image reaches the private endpoint of ecr.api"),
      registry: hop("private endpoint", "what pulls the image reaches the private endpoint of ecr.dkr"),
      layers: hop("private endpoint", "what pulls the image reaches the gateway endpoint of Amazon S3"),
      identity: hop("identity policy", "the role that pulls the image is granted it"),
      boundary: hop("permissions boundary", "the boundary of the role that pulls the image allows it"),
    },
  },
  "ides-reach-their-issuer": {
    sentence: "an IDE registers and signs in at its tenant's issuer",
    hops: TO_REALM,
  },
  "canaries-list-tools": {
    sentence: "a canary gets a token, lists the tools of its gateway, and somebody hears when it cannot",
    hops: TO_BE_TRIED,
  },
  "gateways-ask-their-interceptor": {
    sentence: "a gateway asks its interceptor and its policies about a call",
    hops: {
      runs: hop("resource", "the function may run at all"),
      trust: hop("trust policy", "the gateway's role trusts AgentCore for this gateway"),
      identity: hop("identity policy", "the gateway's role is granted to call the function"),
      boundary: hop("permissions boundary", "the boundary of the gateway's role allows to call it"),
      "engine-identity": hop("identity policy", "the gateway's role is granted to ask the policy engine"),
      "engine-boundary": hop("permissions boundary", "the boundary of the gateway's role allows to ask it"),
    },
  },
  "interceptors-know-their-tenant": {
    sentence: "an interceptor checks a caller and certifies who it is",
    hops: {
      table: hop("resource", "the table that it names is declared"),
      entry: hop("data", "the tenant is in the table's directory"),
      issuer: hop("resource", "it believes the issuer that its gateway believes"),
      callers: hop("resource", "it believes each client and audience that its gateway admits"),
      identity: hop("identity policy", "its role is granted to read the directory, to count and to sign"),
      boundary: hop("permissions boundary", "its role's boundary allows to read the directory, to count and to sign"),
    },
  },
  "pools-issue-what-gateways-demand": {
    sentence: "a machine gets a token that the gateway admits",
    hops: {
      client: hop("resource", "the client that the gateway admits is one of the user pool that it believes"),
      scopes: hop("resource", "a resource server of the pool offers the scopes that the gateway demands"),
      granted: hop("resource", "the client is given scopes that the gateway demands"),
      trigger: hop("resource", "the pool asks a function for the claims of machines' tokens"),
      invoke: hop("resource policy", "the function lets the pool call it"),
    },
  },
  "realms-issue-what-gateways-demand": {
    sentence: "a person's client gets a token that the gateway admits",
    hops: {
      scope: hop("resource", "the realm offers registered clients the scope that the gateway demands"),
      audience: hop("resource", "a mapper of the scope writes the gateway's audience"),
      claims: hop("resource", "a mapper of the scope writes each claim that the gateway demands"),
      people: hop("resource", "each role that may have the scope is of a group of people"),
    },
  },
  "servers-hear-who-calls": {
    sentence: "an MCP server is told who calls",
    hops: {
      passed: hop("resource", "the target passes the header with the context token"),
      heard: hop("resource", "the runtime passes the header with the context token"),
      believed: hop("data", "the server believes the issuer of the gateway's interceptor"),
    },
  },
  "servers-reach-their-files": {
    sentence: "an MCP server lists, reads and writes its tenant's files",
    hops: {
      bucket: hop("resource", "its bucket is declared"),
      key: hop("resource", "the bucket is under a key that encrypts"),
      send: hop("security group", "it may send to Amazon S3 on TCP 443"),
      endpoint: hop("private endpoint", "its VPC has a gateway endpoint of Amazon S3"),
      "endpoint-policy": hop("endpoint policy", "the endpoint's policy allows the calls"),
      identity: hop("identity policy", "its role is granted the calls of the bucket and of its key"),
      boundary: hop("permissions boundary", "its role's boundary allows them"),
    },
  },
  "subnets-lead-out": {
    sentence: "a node or a runtime reaches what has no private endpoint, and its image's layers",
    hops: {
      table: hop("resource", "its subnet is associated with a route table"),
      nat: hop("resource", "the table has a route to a NAT gateway"),
      internet: hop("resource", "the NAT gateway's own subnet has a route to an internet gateway"),
      storage: hop("private endpoint", "the gateway endpoint of Amazon S3 is in the table"),
      layers: hop("endpoint policy", "the policy of that endpoint lets the bucket of image layers through"),
    },
  },
  "hosts-ask-for-names": {
    sentence: "a pod, a runtime or a function asks for the names that it needs",
    hops: {
      resolver: hop("resource", "its VPC resolves names, those of private endpoints too"),
      allowed: hop("DNS firewall", "the DNS firewall of its VPC allows each name that it needs"),
    },
  },
  "servers-reach-internal-apis": {
    sentence: "a server calls an API in a network of its tenant",
    hops: {
      name: hop("resource", "a zone of its VPC leads the API's host to addresses"),
      allowed: hop("DNS firewall", "the DNS firewall of its VPC allows the host"),
      within: hop("data", "each address is in the networks to which the server connects for that host"),
      send: hop("security group", "it may send to each address on TCP 443"),
      route: hop("resource", "each of its subnets has a route to each address, to a Transit Gateway"),
      attachment: hop("resource", "its VPC is attached to that Transit Gateway, in the zone of each of its subnets"),
    },
  },
  "agents-fit-where-they-run": { sentence: "an agent's pods run", hops: TO_RUN },
  "agents-hear-events": { sentence: "an agent hears events, and is heard", hops: TO_EVENTS },
} as const satisfies Readonly<Record<string, Path>>;

/** The name of a path, which is also the id of the proof that it works. */
export type PathName = keyof typeof PATHS;

/** The names of a path's hops. */
export type HopName<P extends PathName> = keyof (typeof PATHS)[P]["hops"] & string;
