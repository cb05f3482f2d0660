import type { Caller } from "./cloud/cloud.ts";
import { policyDocument } from "./policy-document.ts";
import { publicKey } from "./public-key.ts";
import type { Values } from "./wire.ts";

type Invocation = (args: Values, caller: Caller) => Values;

/** The data sources that the sandbox answers. */
const INVOCATIONS: Readonly<Record<string, Invocation>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": (_, { account }) => ({
    id: account,
    accountId: account,
    arn: `arn:aws:iam::${account}:role/deployer`,
    userId: "AROAEXAMPLE:deployer",
  }),
  "aws:index/getPartition:getPartition": () => ({
    id: "aws",
    partition: "aws",
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  }),
  "aws:index/getRegion:getRegion": (args, { region }) => {
    const id = typeof args["region"] === "string" ? args["region"] : region;
    return { id, region: id, name: id, description: id, endpoint: `ec2.${id}.amazonaws.com` };
  },
  "aws:iam/getPolicyDocument:getPolicyDocument": policyDocument,
  "aws:kms/getPublicKey:getPublicKey": publicKey,
};

/** Answers a data source; `undefined` for one that the sandbox has not been taught. */
export function invoke(token: string, args: Values, caller: Caller): Values | undefined {
  return Object.hasOwn(INVOCATIONS, token) ? INVOCATIONS[token]?.(args, caller) : undefined;
}
