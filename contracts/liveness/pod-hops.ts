import { hop } from "./hop.ts";

/** A call of an AWS service from inside the VPC. */
export const CALL = {
  send: hop("network policy or security group", "it may send to the private endpoint on TCP 443"),
  endpoint: hop("private endpoint", "a private endpoint with private DNS admits it"),
  "endpoint-policy": hop("endpoint policy", "the private endpoint's policy allows the call"),
  identity: hop("identity policy", "its role is granted the call"),
  boundary: hop("permissions boundary", "its role's boundary allows the call"),
} as const;

/** How pods come to hosts on the internet. */
export const BY_NAME = {
  names: hop("network policy", "its pods may ask the cluster's DNS for the hosts"),
  send: hop("network policy", "a network policy by name lets its pods out to each host on TCP 443"),
  known: hop("cluster", "the cluster is in Auto Mode, whose nodes alone know network policies by name"),
  group: hop("security group", "the security groups of its nodes let HTTPS out to the internet"),
  route: hop("resource", "each subnet of its nodes has a route to a NAT gateway, and that one to the internet"),
} as const;

/** How the pods of agents and BFFs come to the user pool of their tenant, whose hosts are on the internet. */
export const TO_ISSUER = {
  pool: hop("resource", "the issuer that it believes is a user pool of its stack"),
  domain: hop("resource", "where it signs people in, the pool has a domain at which codes are exchanged"),
  public: hop(
    "private endpoint",
    "no private endpoint takes the name of the pool's host, since it refuses pools with a domain",
  ),
  ...BY_NAME,
} as const;

/** How agents and BFFs come to the AWS services whose queues, buses, keys and buckets they are told of. */
export const TO_SERVICES = {
  understood: hop("data", "each address that it is told of is one whose way is known"),
  declared: hop("resource", "each queue, bus, key and bucket that it is told of is declared"),
  address: hop("private endpoint", "the address of Amazon S3 that it is told is that of an endpoint of its VPC"),
  messages: hop("resource policy", "the policy of each queue and of the bus denies its role nothing"),
  ...CALL,
} as const;
