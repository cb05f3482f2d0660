import type { Plan } from "../../../plan/model.ts";
import { endpointsServeOnlyTheAccount } from "../../../policies/premise-3-private-network/endpoints-serve-only-the-account.ts";
import { testRule } from "../../support/rule-tester.ts";
import { ACCOUNT, type Described, planOf, policyOfText, REGION, urnOf } from "../programs.ts";

type Fields = Readonly<Record<string, unknown>>;

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const POLICY = "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy";
const SERVICE = `com.amazonaws.${REGION}.s3`;

const through = (change: Fields = {}): Fields => ({
  Effect: "Allow",
  Principal: "*",
  Action: "*",
  Resource: "*",
  ...change,
});
const ofAccount = (account: string): Fields => ({ Condition: { StringEquals: { "aws:PrincipalAccount": account } } });

const endpoint = (inputs: Fields = {}): Described => ({
  type: ENDPOINT,
  name: "s3",
  inputs: { serviceName: SERVICE, vpcEndpointType: "Interface", ...inputs },
  outputs: { id: "vpce-1" },
});

const policed = (...statements: readonly Fields[]): Plan => planOf(endpoint({ policy: policyOfText(...statements) }));

const OPEN = '"s3" must let through only what is of its own account.';
const BARE = '"s3" must have a policy: without one it lets everybody do everything.';

testRule(endpointsServeOnlyTheAccount, {
  accepts: {
    "principals of the account": policed(through(ofAccount(ACCOUNT))),
    "resources of the account": policed(
      through({
        Action: "bedrock-agentcore:InvokeGateway",
        Resource: `arn:aws:bedrock-agentcore:${REGION}:${ACCOUNT}:gateway/*`,
      }),
    ),
    "resources of the account by condition": policed(
      through({ Condition: { StringEquals: { "aws:ResourceAccount": ACCOUNT } } }),
    ),
    "layers of images besides": policed(
      through(ofAccount(ACCOUNT)),
      through({ Action: "s3:GetObject", Resource: `arn:aws:s3:::prod-${REGION}-starport-layer-bucket/*` }),
    ),
    "an endpoint whose policy is declared by itself": planOf(endpoint(), {
      type: POLICY,
      name: "policy",
      inputs: { vpcEndpointId: "vpce-1", policy: policyOfText(through(ofAccount(ACCOUNT))) },
    }),
  },
  rejects: {
    "an endpoint without a policy": [planOf(endpoint()), BARE],
    "an endpoint while another one has a policy": [
      planOf(endpoint(), {
        type: POLICY,
        name: "policy",
        inputs: { vpcEndpointId: "vpce-2", policy: policyOfText(through(ofAccount(ACCOUNT))) },
      }),
      BARE,
    ],
    "everybody and everything": [policed(through()), OPEN],
    "everybody and everything after the account": [policed(through(ofAccount(ACCOUNT)), through()), OPEN],
    "principals of another account": [policed(through(ofAccount("999988887777"))), OPEN],
    "everything but some actions": [policed(through({ Action: undefined, NotAction: "s3:PutObject" })), OPEN],
    "every bucket": [policed(through({ Resource: "arn:aws:s3:::*" })), OPEN],
    "layers of images, to write": [
      policed(through({ Action: "s3:*", Resource: `arn:aws:s3:::prod-${REGION}-starport-layer-bucket/*` })),
      OPEN,
    ],
    "a policy by itself that lets everybody through": [
      planOf(endpoint(), {
        type: POLICY,
        name: "s3",
        inputs: { vpcEndpointId: "vpce-1", policy: policyOfText(through()) },
        propertyDependencies: { vpcEndpointId: [urnOf(ENDPOINT, "s3")] },
      }),
      OPEN,
    ],
  },
  ignores: {
    "an endpoint of somebody else's service": planOf(
      endpoint({ serviceName: `com.amazonaws.vpce.${REGION}.vpce-svc-1` }),
    ),
    "an endpoint of a load balancer": planOf(endpoint({ vpcEndpointType: "GatewayLoadBalancer" })),
  },
});
