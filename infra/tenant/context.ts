import type * as pulumi from "@pulumi/pulumi";
import type { Address } from "../../environments/address.ts";
import type { Place, PrivateNetwork } from "../../components/place.ts";
import type { LambdaCode } from "../artifacts/lambda-code.ts";

/** An address of the tenant layer. */
export type TenantAddress = Extract<Address, { readonly layer: "tenant" }>;

/** Where a tenant's stack is built, and out of what the region's stack gives. */
export interface TenantSite {
  /** The address, as the stack is named. */
  readonly name: string;
  readonly address: TenantAddress;
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly cluster: { readonly name: pulumi.Output<string>; readonly arn: pulumi.Output<string> };
  readonly alertTopicArn: pulumi.Output<string>;
  /** What the tenant's functions run. */
  readonly code: {
    readonly databaseSetup: LambdaCode;
    readonly interceptor: LambdaCode;
    readonly tokenClaims: LambdaCode;
  };
  /** Base URL of the region's Keycloak. */
  readonly keycloakUrl: string;
  /** The providers of the stack. */
  readonly opts: pulumi.ComponentResourceOptions;
}
