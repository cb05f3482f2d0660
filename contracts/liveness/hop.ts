/** Where a hop is let through or cut. */
export type PathLayer =
  | "cluster"
  | "data"
  | "DNS firewall"
  | "endpoint policy"
  | "identity policy"
  | "key policy"
  | "network policy"
  | "network policy or security group"
  | "permissions boundary"
  | "private endpoint"
  | "resource"
  | "resource policy"
  | "security group"
  | "Service"
  | "trust policy";

/** One step of a path: the layer that must let it through, and what must be true there. */
export interface Hop {
  readonly layer: PathLayer;
  readonly sentence: string;
}

/** A hop, as a line of a path. */
export function hop(layer: PathLayer, sentence: string): Hop {
  return { layer, sentence };
}
