import type * as pulumi from "@pulumi/pulumi";
import { keycloakHosts } from "../../contracts/identity/keycloak.ts";
import { TAG } from "../../contracts/tags.ts";
import type { Address } from "../../environments/address.ts";
import type { Place, PrivateNetwork } from "../../components/place.ts";
import { type LambdaCode, lambdaCode } from "../artifacts/lambda-code.ts";
import { executionRoleFor, placeOf } from "../execution.ts";
import { parentOutputs, type RegionOutputs } from "../outputs.ts";
import { awsProvider, keycloakProvider, kubernetesProvider, onlyProviders } from "../providers.ts";

/** An address of the tenant layer. */
export type TenantAddress = Extract<Address, { readonly layer: "tenant" }>;

/** What every feature of a tenant's stack is given: the address, what the region's stack gives, the code and the providers. */
export interface TenantContext {
  /** The address, as the stack is named. */
  readonly name: string;
  readonly address: TenantAddress;
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly cluster: { readonly name: pulumi.Output<string>; readonly arn: pulumi.Output<string> };
  readonly alertTopicArn: pulumi.Output<string>;
  /** Of the HTTPS listener of the region's load balancer. */
  readonly edgeListenerArn: pulumi.Output<string>;
  /** Where pods find the stores that they reach by the name of an endpoint. */
  readonly storeUrls: { readonly dynamodb: pulumi.Output<string>; readonly s3: pulumi.Output<string> };
  /** ARNs of the web ACLs of the region. */
  readonly webAcls: { readonly gateways: pulumi.Output<string>; readonly identity: pulumi.Output<string> };
  /** What the tenant's functions run. */
  readonly code: {
    readonly agentToken: LambdaCode;
    readonly databaseSetup: LambdaCode;
    readonly gatewayCanary: LambdaCode;
    readonly interceptor: LambdaCode;
    readonly secretRotation: LambdaCode;
    readonly signInProviders: LambdaCode;
    readonly tokenClaims: LambdaCode;
  };
  /** Base URL of the region's Keycloak. */
  readonly keycloakUrl: string;
  /** The provider of AWS, for resources that are no components. */
  readonly provider: pulumi.ProviderResource;
  /** The providers of the stack. */
  readonly opts: pulumi.ComponentResourceOptions;
}

/** The context of the tenant at an address; rejects with a `RunError` if the region is not deployed or a function was not built. */
export async function tenantContext(name: string, address: TenantAddress): Promise<TenantContext> {
  const { environment, region, settings, tenant } = address;
  const { account, domain } = environment;
  const of = await parentOutputs<RegionOutputs>(name);
  const keycloak = keycloakHosts(region, domain);
  const roleArn = executionRoleFor(account, name);
  const provider = awsProvider({ account, region, roleArn, tags: tagsOf(name, address) });
  return {
    name,
    address,
    place: placeOf(name, { account, region, boundaryArn: of("boundaryArn") }),
    network: {
      vpcId: of("vpcId"),
      cidr: settings.cidr,
      subnetIds: of("privateSubnetIds"),
      s3PrefixListId: of("s3PrefixListId"),
    },
    cluster: { name: of("clusterName"), arn: of("clusterArn") },
    alertTopicArn: of("alertTopicArn"),
    edgeListenerArn: of("edgeListenerArn"),
    storeUrls: { dynamodb: of("dynamodbUrl"), s3: of("s3Url") },
    webAcls: { gateways: of("gatewayWebAclArn"), identity: of("identityWebAclArn") },
    code: await tenantCode(),
    keycloakUrl: `https://${keycloak.issuer}`,
    provider,
    opts: onlyProviders(
      provider,
      kubernetesProvider(of("kubeconfig"), roleArn),
      ...(tenant.scenarios.some((it) => it === "internal")
        ? [keycloakProvider(`https://${keycloak.administration}`)]
        : []),
    ),
  };
}

async function tenantCode(): Promise<TenantContext["code"]> {
  return {
    agentToken: await lambdaCode("agent-token"),
    databaseSetup: await lambdaCode("database-setup"),
    gatewayCanary: await lambdaCode("gateway-canary"),
    interceptor: await lambdaCode("gateway-interceptor"),
    secretRotation: await lambdaCode("secret-rotation"),
    signInProviders: await lambdaCode("sign-in-providers"),
    tokenClaims: await lambdaCode("token-claims"),
  };
}

function tagsOf(name: string, { environment, tenant }: TenantAddress): Readonly<Record<string, string>> {
  return {
    [TAG.environment]: environment.name,
    [TAG.stack]: name,
    [TAG.tenant]: tenant.id,
    ...(tenant.costCenter !== undefined && { [TAG.costCenter]: tenant.costCenter }),
  };
}
