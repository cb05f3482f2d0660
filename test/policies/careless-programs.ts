import * as aws from "@pulumi/aws";
import type { Case } from "../support/rule-tester.ts";
import {
  AGENTCORE_TRUST,
  foreign,
  foreignPlan,
  githubTrust,
  privateBucket,
  roleOf,
  runtime,
} from "./foreign-programs.ts";
import { policyOf } from "./programs.ts";

/** Programs of other people that generic rules refuse, each with the names of those rules. */
export const CARELESS: Readonly<Record<string, readonly [program: Case, ...rules: readonly string[]]>> = {
  "a gateway without an authorizer": [
    () => {
      const opts = foreign();
      const roleArn = roleOf("open", opts, AGENTCORE_TRUST).arn;
      new aws.bedrock.AgentcoreGateway(
        "open",
        { name: "open", roleArn, protocolType: "MCP", authorizerType: "NONE" },
        opts,
      );
    },
    "p1-gateways-authenticate-callers",
  ],
  "a gateway that takes the tokens of an issuer for whomever they are": [
    foreignPlan({
      type: "aws:bedrock/agentcoreGateway:AgentcoreGateway",
      name: "tools",
      inputs: {
        authorizerType: "CUSTOM_JWT",
        authorizerConfiguration: {
          customJwtAuthorizer: {
            discoveryUrl: "https://login.example.com/.well-known/openid-configuration",
            allowedScopes: ["openid"],
          },
        },
      },
    }),
    "p1-gateways-authenticate-callers",
  ],
  "a runtime on a public network": [() => runtime(foreign(), "PUBLIC"), "p3-runtimes-run-in-the-vpc"],
  "a bucket that can be made public": [
    () => {
      new aws.s3.Bucket("assets", {}, foreign());
    },
    "p3-data-stores-are-private",
    "p3-data-travels-encrypted",
  ],
  "a bucket that refuses those who do speak TLS": [() => privateBucket(foreign(), true), "p3-data-travels-encrypted"],
  "a database with a public address": [
    foreignPlan({ type: "aws:rds/instance:Instance", name: "orders", inputs: { publiclyAccessible: true } }),
    "p3-data-stores-are-private",
  ],
  "a role that everybody may assume": [
    () => {
      roleOf("open", foreign(), { Principal: { AWS: "*" } });
    },
    "p8-trust-names-exact-principals",
  ],
  "a role for the workflows of any branch and pull request": [
    () => {
      roleOf("release", foreign(), githubTrust("repo:acme/shop:*"));
    },
    "p8-trust-names-exact-principals",
  ],
  "a role for the workflows of any repository": [
    () => {
      roleOf("release", foreign(), githubTrust("repo:acme/*:ref:refs/tags/v1"));
    },
    "p8-trust-names-exact-principals",
  ],
  "a role that may do everything": [
    () => {
      const opts = foreign();
      const role = roleOf("admin", opts);
      const everything = policyOf({ Effect: "Allow", Action: "*", Resource: "*" });
      new aws.iam.RolePolicy("admin", { role: role.name, policy: everything }, opts);
    },
    "p8-grants-name-exact-actions",
    "p8-grants-name-exact-resources",
  ],
  "a key that never rotates": [
    () => {
      new aws.kms.Key("data", {}, foreign());
    },
    "p5-encryption-keys-rotate",
  ],
  "a cluster with a public endpoint and without logs": [
    foreignPlan({
      type: "aws:eks/cluster:Cluster",
      name: "cluster",
      inputs: { vpcConfig: { endpointPublicAccess: true, endpointPrivateAccess: true } },
    }),
    "p3-cluster-endpoint-is-private",
    "p7-clusters-keep-audit-logs",
  ],
};
