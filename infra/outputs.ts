import * as pulumi from "@pulumi/pulumi";
import { unknown } from "@pulumi/pulumi/output.js";
import { parentAddressOf } from "../environments/address.ts";

/** What an environment's stack gives to its regions. */
export interface EnvironmentOutputs {
  readonly boundaryArn: string;
  readonly clusterBoundaryArn: string;
  readonly deployRoleArn: string;
  /** What the parent of the domain must say of the zone's key. */
  readonly dsRecord: string;
  readonly nameServers: readonly string[];
  /** Texts for whoever manages the organisation of the account. */
  readonly resourceControlPolicy: string;
  readonly serviceControlPolicy: string;
  readonly zoneId: string;
}

/** What a region's stack gives to its tenants. */
export interface RegionOutputs {
  readonly alertTopicArn: string;
  readonly boundaryArn: string;
  readonly clusterArn: string;
  readonly clusterName: string;
  /** Where pods find DynamoDB inside the network. */
  readonly dynamodbUrl: string;
  /** Of the HTTPS listener of the load balancer that faces the internet. */
  readonly edgeListenerArn: string;
  /** Of the web ACL before gateways. */
  readonly gatewayWebAclArn: string;
  /** Of the web ACL before whoever issues tokens. */
  readonly identityWebAclArn: string;
  /** Secret. */
  readonly kubeconfig: string;
  readonly privateSubnetIds: readonly string[];
  readonly s3PrefixListId: string;
  /** Where pods find Amazon S3 inside the network. */
  readonly s3Url: string;
  readonly vpcId: string;
}

/** What a tenant's stack gives to clients and operators: the URLs of its gateways, BFFs and issuers, its key and its namespace. */
export interface TenantOutputs {
  /** URL of the BFF of each scenario. */
  readonly bffs: Readonly<Record<string, string>>;
  /** URL of the gateway of each scenario. */
  readonly gateways: Readonly<Record<string, string>>;
  /** Discovery URL of each issuer of the tenant's tokens. */
  readonly issuers: Readonly<Record<string, string>>;
  readonly keyArn: string;
  readonly namespace: string;
}

/** The outputs of a stack, as the program that makes them has them. */
export type Outputs<T> = { readonly [K in keyof T]: pulumi.Input<T[K]> };

/** Reads one output of another stack, which must have it. */
export type OutputReader<T> = <K extends keyof T & string>(name: K) => pulumi.Output<T[K]>;

/**
 * Reads the outputs of the stack one level above `address`. A preview may come before that stack is deployed: what it will say is
 * unknown then. Anything but a preview rejects before it begins.
 */
export async function parentOutputs<T>(address: string): Promise<OutputReader<T>> {
  const parent = parentAddressOf(address);
  if (parent === undefined) throw new TypeError(`address "${address}" has no parent`);
  const stack = new pulumi.StackReference(`${pulumi.getOrganization()}/${pulumi.getProject()}/${parent}`);
  if (await isDeployed(stack)) {
    return <K extends keyof T & string>(name: K) => stack.requireOutput(name) as pulumi.Output<T[K]>;
  }
  if (pulumi.runtime.isDryRun())
    return <K extends keyof T & string>() => pulumi.output(unknown as T[K]) as pulumi.Output<T[K]>;
  throw new pulumi.RunError(
    `stack "${parent}" is not deployed, and "${address}" reads from it: run \`pulumi up -s ${parent}\` first`,
  );
}

/** Every stack that others read from has this output, once it is deployed. */
async function isDeployed(stack: pulumi.StackReference): Promise<boolean> {
  const details = await stack.getOutputDetails("boundaryArn" satisfies keyof EnvironmentOutputs & keyof RegionOutputs);
  return details.value !== undefined;
}
