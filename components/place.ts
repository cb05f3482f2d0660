import type * as pulumi from "@pulumi/pulumi";

/** Where resources are: the account and region that their ARNs name, and the ceiling of every role made there. */
export interface Place {
  readonly account: string;
  readonly region: string;
  /** ARN of the permissions boundary that every role carries. */
  readonly boundaryArn: pulumi.Input<string>;
  /** Path of the roles made there; `/alicerce/` without one. */
  readonly rolePath?: string;
  /** What the names of the buckets made there begin with. */
  readonly bucketPrefix?: string;
}

/** The network in which workloads run: private subnets that reach AWS through endpoints. */
export interface PrivateNetwork {
  readonly vpcId: pulumi.Input<string>;
  readonly cidr: string;
  readonly subnetIds: pulumi.Input<readonly string[]>;
  /** Prefix list of the region's Amazon S3, from which image layers are pulled. */
  readonly s3PrefixListId: pulumi.Input<string>;
}
