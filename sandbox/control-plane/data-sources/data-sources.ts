import type { Caller } from "../cloud/caller.ts";
import { policyDocument } from "./policy-document.ts";
import { publicKey } from "./public-key.ts";
import type { Values } from "../wire.ts";

type DataSource = (args: Values, caller: Caller) => Values;

/** The data sources that the sandbox answers. */
const DATA_SOURCES: Readonly<Record<string, DataSource>> = {
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

/** Answers a data source by its token; `undefined` for one that the sandbox does not implement. */
export function invoke(token: string, args: Values, caller: Caller): Values | undefined {
  return Object.hasOwn(DATA_SOURCES, token) ? DATA_SOURCES[token]?.(args, caller) : undefined;
}
