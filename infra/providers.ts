import * as aws from "@pulumi/aws";
import * as keycloak from "@pulumi/keycloak";
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { kubeconfigFor } from "./execution.ts";

/** Where a provider of AWS acts, and what everything that it makes is tagged with. */
export interface AwsProviderArgs {
  readonly account: string;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
  /** The role as which it acts; without one, with the credentials that there are. */
  readonly roleArn: string | undefined;
}

/** A provider of AWS that refuses every account but its own. */
export function awsProvider({ account, region, tags, roleArn }: AwsProviderArgs): aws.Provider {
  return new aws.Provider("aws", {
    region: region as aws.Region,
    allowedAccountIds: [account],
    defaultTags: { tags },
    ...(roleArn !== undefined && { assumeRoles: [{ roleArn }] }),
  });
}

/** A provider of the cluster that `kubeconfig` leads to, as a role if there is one. */
export function kubernetesProvider(
  kubeconfig: pulumi.Output<string>,
  roleArn: string | undefined,
): kubernetes.Provider {
  return new kubernetes.Provider("kubernetes", { kubeconfig: kubeconfig.apply((it) => kubeconfigFor(it, roleArn)) });
}

/** A provider of Keycloak at `url`, reached only when it is used; the deployer's own environment holds the credentials. */
export function keycloakProvider(url: string): keycloak.Provider {
  return new keycloak.Provider("keycloak", { url, clientId: "alicerce-deployer", initialLogin: false });
}

/** Options for the resources of a stack: exactly these providers, and no default one. */
export function onlyProviders(...providers: readonly pulumi.ProviderResource[]): pulumi.ComponentResourceOptions {
  return { providers: [...providers] };
}
