import { hop } from "./hop.ts";

/** How a request from the internet comes to a tool of a tenant: by name, load balancer, BFF, agent and gateway. */
export const TO_A_TOOL = {
  name: hop("resource", "a name with a wildcard leads the BFF's host to the load balancer of the region"),
  certificate: hop("resource", "the load balancer's certificate proves the host"),
  rule: hop("resource", "a rule of the load balancer sends what is asked of the host to a target group"),
  bound: hop("resource", "the target group is bound to a Service of the BFF's namespace"),
  service: hop("Service", "the Service selects the BFF's pods, on their port, by a number"),
  leaves: hop("security group", "the load balancer may send to the cluster's pods on TCP 8080"),
  enters: hop("security group", "the cluster's pods admit the load balancer on TCP 8080"),
  ingress: hop("network policy", "the BFF's pods admit the load balancer's subnets on TCP 8080"),
  agents: hop("resource", "every agent that the BFF is told of is declared"),
  send: hop("network policy", "the BFF may send to its agents"),
  admitted: hop("network policy", "its agents admit the BFF"),
  scope: hop("resource", "the BFF's client is given the scope that its agents on Amazon EKS ask for"),
  believed: hop("data", "its agents believe the context tokens that the BFF signs"),
  signs: hop("identity policy", "the BFF's role is granted to sign by the key, within its boundary"),
  gateway: hop("resource", "its agents are told the URL of the scenario's gateway"),
  tool: hop("resource", "the gateway has a target with tools"),
} as const;

/** How a BFF or an agent comes to what it keeps. */
export const TO_STORES = {
  tables: hop("resource", "every table that it is told of is declared"),
  address: hop("private endpoint", "the address that it is told is that of an endpoint of its VPC"),
  send: hop("network policy", "it may send to the endpoint on TCP 443"),
  endpoint: hop("security group", "the endpoint admits it"),
  "endpoint-policy": hop("endpoint policy", "the endpoint's policy allows the calls"),
  identity: hop("identity policy", "its role is granted the calls of the tables and of their key"),
  boundary: hop("permissions boundary", "its role's boundary allows them"),
} as const;
