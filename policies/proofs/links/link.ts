/** What a property names: a resource of a type, by one of its outputs or what is inside one, such as `vpcConfig.clusterSecurityGroupId`. */
export type Target = readonly [type: string, output: string];

/** A property that names other resources; the path is without positions in lists. */
export interface Link {
  readonly type: string;
  readonly path: string;
  readonly targets: readonly Target[];
  /** Whether nothing else may name the same resource in a link of this kind: a role is of one workload. */
  readonly alone?: boolean;
  /** Whether the key that it names signs; all others encrypt. */
  readonly signs?: boolean;
  /** Whether both must be in one region: settings of a bucket are made by calls in its region. */
  readonly near?: boolean;
  /** Names of what AWS itself makes, which no plan declares. */
  readonly given?: readonly string[];
}
