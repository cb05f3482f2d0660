import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { AWS_CALLS } from "../../../releases/aws-calls.ts";
import { actionsIn, awsCallsOf, type BundledSources, CALLS_FILE, callsText } from "../../../tools/build/aws-calls.ts";
import { sourcesOf } from "../../../tools/build/build.ts";
import { upToDateBundle } from "../../../tools/build/bundle.ts";
import { servicesOf } from "../../../tools/build/services.ts";
import { PROJECT } from "../../../tools/engine/folders.ts";

const found = (text: string): readonly string[] => [...actionsIn("services/a.ts", text)];

describe("what a source calls", () => {
  it.each<[string, string, readonly string[]]>([
    ["a command", 'import { SignCommand, KMSClient } from "@aws-sdk/client-kms";', ["kms:Sign"]],
    ["a command under another name", 'import { SignCommand as S } from "@aws-sdk/client-kms";', ["kms:Sign"]],
    [
      "an operation whose permission has another name",
      'import { HeadObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";',
      ["s3:GetObject", "s3:ListBucket"],
    ],
    [
      "a paginator",
      'import { paginateListGatewayTargets } from "@aws-sdk/client-bedrock-agentcore-control";',
      ["bedrock-agentcore:ListGatewayTargets"],
    ],
    ["the signer of database tokens", 'import { Signer } from "@aws-sdk/rds-signer";', ["rds-db:connect"]],
    [
      "a model of Amazon Bedrock, by either entry of its package",
      'import { BedrockModel, Agent } from "@strands-agents/sdk"; import { BedrockModel as B } from "@strands-agents/sdk/models/bedrock";',
      ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
    ],
    ["types", 'import { type SignCommand } from "@aws-sdk/client-kms"; import type { A } from "@aws-sdk/b";', []],
    ["errors", 'import { ResourceNotFoundException } from "@aws-sdk/client-secrets-manager";', []],
    ["another package", 'import { SignCommand } from "signs";', []],
  ])("is read of %s", (_, text, actions) => {
    expect(found(text)).toEqual(actions);
  });

  it.each([
    ["a client with all operations as methods", 'import { S3 } from "@aws-sdk/client-s3";'],
    ["a whole package", 'import * as kms from "@aws-sdk/client-kms";'],
    ["a package's default", 'import kms from "@aws-sdk/client-kms";'],
    ["a whole package of models", 'import * as agents from "@strands-agents/sdk";'],
    ["a package for its effects", 'import "@aws-sdk/client-kms";'],
    ["an import at run time", 'const { SignCommand } = await import("@aws-sdk/client-kms");'],
    ["a require", 'const { SignCommand } = require("@aws-sdk/client-kms");'],
    ["what is exported on the way", 'export { SignCommand } from "@aws-sdk/client-kms";'],
    ["a client that is not listed", 'import { RunInstancesCommand } from "@aws-sdk/client-ec2";'],
    ["a waiter", 'import { waitUntilBucketExists } from "@aws-sdk/client-s3";'],
    ["an upload in parts", 'import { Upload } from "@aws-sdk/lib-storage";'],
  ])("is refused for %s, as nobody can say what it calls", (_, text) => {
    expect(() => found(text)).toThrow("import commands by their names");
  });
});

describe("what bundles call", () => {
  let bundles: readonly BundledSources[];
  beforeAll(async () => {
    bundles = (await Promise.all(servicesOf(PROJECT).map((it) => upToDateBundle(it, PROJECT)))).map(sourcesOf);
  });

  it("is written as their sources say now", async () => {
    expect(readFileSync(path.join(PROJECT, CALLS_FILE), "utf8")).toBe(await callsText(bundles, PROJECT));
  });

  it("is nothing of what another service's sources call", async () => {
    expect(await awsCallsOf({ name: "a", sources: ["services/agent-token/handler.ts"] }, PROJECT)).toEqual(
      AWS_CALLS["agent-token"],
    );
    expect(AWS_CALLS["database-setup"]).not.toHaveProperty("rds-db:connect");
    expect(Object.keys(AWS_CALLS)).toEqual(bundles.map(({ name }) => name));
  });
});
