import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import grpc from "@grpc/grpc-js";
import type plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import statusProto from "@pulumi/pulumi/proto/status_pb.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../../plan/model.ts";
import { injectFaults } from "../../../../sandbox/control-plane/faults.ts";
import { DiskStore } from "../../../../sandbox/control-plane/store/disk-store.ts";
import { decode, encode, fromStruct } from "../../../../sandbox/control-plane/wire.ts";
import { type Named, ProviderProcess, urnOf } from "./provider-process.ts";
import { matching } from "../matching.ts";

const CONFIG = {
  region: "eu-west-1",
  allowedAccountIds: '["111122223333"]',
  defaultTags: '{"tags":{"owner":"platform"}}',
};
const [VPC, SUBNET, LOGS, RUNTIME] = [
  "aws:ec2/vpc:Vpc",
  "aws:ec2/subnet:Subnet",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
];
const CIDR = { cidrBlock: "10.0.0.0/16" };
const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const UNKNOWN_ON_WIRE = encode({ it: UNKNOWN })["it"];
const home = mkdtempSync(join(tmpdir(), "alicerce-provider-"));
let aws: ProviderProcess;
let knowing: ProviderProcess;
let names = 0;

/** A resource of a type under a name that no other test uses. */
const fresh = (type: string): Named => [type, `it-${(names += 1)}`];

beforeAll(async () => {
  aws = await ProviderProcess.start("aws", { ALICERCE_SANDBOX: home });
  knowing = await ProviderProcess.start("aws", { ALICERCE_SANDBOX: home, ALICERCE_PREVIEW: "known" });
  await Promise.all([aws.configure(CONFIG), knowing.configure(CONFIG)]);
});
afterAll(async () => {
  await Promise.all([aws.end(), knowing.end()]);
  rmSync(home, { recursive: true, force: true });
});

describe("the provider process of aws", () => {
  it("says which version it stands in for, and that secrets may come wrapped", async () => {
    const { version } = createRequire(import.meta.url)("@pulumi/aws/package.json") as { version: string };
    expect((await aws.ask<plugin.PluginInfo>("getPluginInfo")).getVersion()).toBe(version.replace(/^v/, ""));
    const greeting = new provider.ProviderHandshakeRequest();
    const hands = await aws.call<provider.ProviderHandshakeResponse>("handshake", greeting);
    expect(hands.getAcceptSecrets()).toBe(true);
    expect(hands.getSupportsAutonamingConfiguration()).toBe(false);
    const response = await aws.configure(CONFIG);
    expect([response.getAcceptsecrets(), response.getSupportspreview()]).toEqual([true, true]);
  });

  it.each([
    ["an unknown key", { ...CONFIG, regio: "eu-west-1" }, "regio", /^unknown property; similar: region/],
    ["no region", { allowedAccountIds: CONFIG.allowedAccountIds }, "region", /^missing required property$/],
    ["no account", { ...CONFIG, allowedAccountIds: "[]" }, "allowedAccountIds", /./],
    ["what is no account", { ...CONFIG, allowedAccountIds: '["12"]' }, "allowedAccountIds", /12 digits/],
  ])("refuses a configuration with %s", async (_, config, property, reason) => {
    const { failures } = await aws.check(["pulumi:providers:aws", "p"], config, { method: "checkConfig" });
    expect(failures).toEqual([{ property, reason: matching(reason) }]);
  });

  it("accepts a sound configuration, and one that is not known yet", async () => {
    const check = (config: object) =>
      aws.check(["pulumi:providers:aws", "p"], { ...config }, { method: "checkConfig" });
    expect(await check(CONFIG)).toEqual({ inputs: CONFIG, failures: [] });
    expect((await check({ ...CONFIG, region: UNKNOWN_ON_WIRE })).failures).toEqual([]);
  });

  it("says property and reason of all that is wrong with inputs", async () => {
    const { failures } = await aws.check(fresh(VPC), { cidrBlock: 10, cidr: "10.0.0.0/16" });
    expect(failures).toHaveLength(2);
    expect(failures).toContainEqual({ property: "cidrBlock", reason: "must be a string, not a number" });
    expect(failures).toContainEqual({ property: "cidr", reason: matching(/^unknown property/) });
  });

  it("fills in defaults and a name, and keeps the name and every secret", async () => {
    const logs = fresh(LOGS);
    const { inputs } = await aws.check(logs, { kmsKeyId: { ...SECRET, value: "k" } });
    expect(inputs).toEqual({
      kmsKeyId: { ...SECRET, value: "k" },
      skipDestroy: false,
      name: matching(new RegExp(`^${logs[1]}-[0-9a-f]{7}$`)),
    });
    expect((await aws.check(logs, {}, { olds: inputs })).inputs["name"]).toBe(inputs["name"]);
    expect((await aws.check(logs, { name: "mine" }, { olds: inputs })).inputs["name"]).toBe("mine");
  });

  it("previews a creation as a cloud would: what is computed is unknown, and nothing is made", async () => {
    const vpc = fresh(VPC);
    const { id, properties } = await aws.create(vpc, { ...CIDR, tags: { ...SECRET, value: { a: "b" } } }, true);
    expect(id).toBe("");
    expect(properties).toMatchObject({ ...CIDR, arn: UNKNOWN_ON_WIRE, tags: { ...SECRET, value: { a: "b" } } });
    expect(new DiskStore(home).all().filter((it) => it.urn === urnOf(vpc))).toEqual([]);
  });

  it("previews with all it will answer when asked to, except for what depends on something unknown", async () => {
    const vpc = fresh(VPC);
    const predicted = await knowing.create(vpc, CIDR, true);
    expect(predicted.properties["arn"]).toBe(`arn:aws:ec2:eu-west-1:111122223333:vpc/${predicted.id}`);
    expect(await aws.create(vpc, CIDR)).toEqual(predicted);
    const subnet = await knowing.create(fresh(SUBNET), { vpcId: UNKNOWN_ON_WIRE }, true);
    expect([subnet.id, subnet.properties["arn"]]).toEqual(["", UNKNOWN_ON_WIRE]);
  });

  it("answers for a type without a behaviour of its own as it predicts, and replaces it when its name changes", async () => {
    const stream = fresh("aws:kinesis/stream:Stream");
    const { inputs, failures } = await aws.check(stream, { shardCount: 1 });
    expect([failures, inputs]).toEqual([[], { shardCount: 1, name: matching(/^it-\d+-[0-9a-f]{7}$/) }]);
    const predicted = await knowing.create(stream, inputs, true);
    expect(predicted.properties["arn"]).toBe(`arn:aws:kinesis:eu-west-1:111122223333:stream/${String(inputs["name"])}`);
    expect(await aws.create(stream, inputs)).toEqual(predicted);
    const { replaces } = await aws.diff(stream, inputs, { ...inputs, name: "other" });
    expect(replaces).toEqual(["name"]);
  });

  it("creates, reads, updates and deletes", async () => {
    const vpc = fresh(VPC);
    const { id, properties } = await aws.create(vpc, { ...CIDR, tags: { ...SECRET, value: { a: "b" } } });
    expect(properties).toMatchObject({ ownerId: "111122223333", tagsAll: { owner: "platform", a: "b" } });
    const news = { ...CIDR, tags: { ...SECRET, value: { a: "c" } } };
    expect(await aws.update(vpc, id, { olds: properties, news })).toMatchObject({
      tags: { ...SECRET, value: { a: "c" } },
      tagsAll: { a: "c" },
    });
    const found = await aws.read(vpc, id, { properties });
    expect(found.inputs).toEqual({ ...CIDR, tags: { ...SECRET, value: { a: "c" } } });
    expect(found.properties).toMatchObject({ arn: properties["arn"], tags: { ...SECRET, value: { a: "c" } } });
    await aws.delete(vpc, id);
    expect(await aws.read(vpc, id)).toEqual({ id: "", properties: {}, inputs: {} });
    await aws.delete(vpc, id);
    await expect(aws.update(vpc, id, { olds: properties, news })).rejects.toThrow(`ResourceNotFound: ${VPC} ${id}`);
  });

  it("previews an update without making it: what will be computed anew is unknown, unless asked for", async () => {
    const runtime = fresh(RUNTIME);
    const before = { agentRuntimeName: "files", description: "old" };
    const { id, properties: olds } = await aws.create(runtime, before);
    const change = { olds, news: { agentRuntimeName: "files" }, preview: true };
    const realistic = await aws.update(runtime, id, change);
    expect(realistic).toMatchObject({ agentRuntimeArn: olds["agentRuntimeArn"], agentRuntimeVersion: UNKNOWN_ON_WIRE });
    expect(realistic).not.toHaveProperty("description");
    expect((await knowing.update(runtime, id, change))["agentRuntimeVersion"]).toBe("2");
    expect((await aws.read(runtime, id)).inputs).toEqual(before);
    expect((await aws.update(runtime, id, { ...change, preview: false }))["agentRuntimeVersion"]).toBe("2");
  });

  it("refuses to delete what is in use", async () => {
    const [vpc, subnet] = [fresh(VPC), fresh(SUBNET)];
    const { id } = await aws.create(vpc, CIDR);
    await aws.create(subnet, { vpcId: id, cidrBlock: "10.0.0.0/24" });
    await expect(aws.delete(vpc, id)).rejects.toThrow(
      new RegExp(`DependencyViolation: ${id} is still used by .*${SUBNET}::${subnet[1]}$`),
    );
    expect((await aws.read(vpc, id)).id).toBe(id);
  });
});

describe("the provider process answers data sources", () => {
  it("that the sandbox knows, in the name of its caller", async () => {
    expect(await aws.invoke("aws:index/getCallerIdentity:getCallerIdentity", {})).toMatchObject({
      accountId: "111122223333",
    });
  });

  it("and refuses those it does not know, and arguments that make no sense", async () => {
    await expect(aws.invoke("aws:ec2/getAmi:getAmi", {})).rejects.toThrow(
      'UnknownDataSource: the sandbox does not answer the data source "aws:ec2/getAmi:getAmi"',
    );
    await expect(aws.invoke("aws:ec2/getNothing:getNothing", {})).rejects.toThrow(
      /InvalidArgument: .*unknown function/,
    );
    await expect(aws.invoke("aws:index/getRegion:getRegion", { region: 7 })).rejects.toThrow(
      "region: must be a string, not a number",
    );
  });
});

describe("the provider process fails", () => {
  it("with a half-made resource that the engine can keep", async () => {
    injectFaults(home, [{ kind: "half-fail", type: VPC }]);
    const vpc = fresh(VPC);
    const error: grpc.ServiceError = await aws.create(vpc, CIDR).then(
      () => expect.fail("created"),
      (it: unknown) => it as grpc.ServiceError,
    );
    expect(error.details).toBe(`${VPC} was created but did not become ready`);
    const [packed] = error.metadata.get("grpc-status-details-bin");
    const status = statusProto.Status.deserializeBinary(packed as Buffer);
    const [detail] = status.getDetailsList();
    expect(detail?.getTypeName()).toBe("pulumirpc.ErrorResourceInitFailed");
    const failed = provider.ErrorResourceInitFailed.deserializeBinary(detail!.getValue_asU8());
    expect(failed.getReasonsList()).toEqual([error.details]);
    expect(fromStruct(failed.getProperties())).toMatchObject(CIDR);
    expect((await aws.read(vpc, failed.getId())).properties).toEqual(fromStruct(failed.getProperties()));
  });

  it("as exhausted when it is throttled, and not a second time", async () => {
    injectFaults(home, [{ kind: "throttle", type: VPC }]);
    const vpc = fresh(VPC);
    await expect(aws.create(vpc, CIDR)).rejects.toMatchObject({ code: grpc.status.RESOURCE_EXHAUSTED });
    expect((await aws.create(vpc, CIDR)).id).toMatch(/^vpc-/);
  });

  it("with the name of a record that is corrupt", async () => {
    const logs = fresh(LOGS);
    const { id } = await aws.create(logs, { name: "corrupt" });
    const folder = join(home, "111122223333", "eu-west-1", "cloudwatch");
    const file = readdirSync(folder)
      .map((it) => join(folder, it))
      .find((it) => readFileSync(it, "utf8").includes(urnOf(logs)))!;
    writeFileSync(file, "{");
    await expect(aws.read(logs, id)).rejects.toThrow(`the sandbox's record ${file} is corrupt`);
    expect(readFileSync(file, "utf8")).toBe("{");
    rmSync(file);
    expect((await aws.read(logs, id)).id).toBe("");
  });

  it("when it is asked before it is configured, or for what no provider of the sandbox does", async () => {
    const early = await ProviderProcess.start("aws", { ALICERCE_SANDBOX: home });
    try {
      await expect(early.create(fresh(VPC), CIDR)).rejects.toThrow("the provider is not configured");
      await expect(early.check(fresh(VPC), CIDR)).rejects.toThrow("the provider is not configured");
      await expect(early.invoke("aws:index/getRegion:getRegion", {})).rejects.toThrow("not configured");
      await expect(early.configure({})).rejects.toThrow("region: missing required property");
      const request = new provider.ParameterizeRequest();
      await expect(early.call("parameterize", request)).rejects.toMatchObject({ code: grpc.status.UNIMPLEMENTED });
    } finally {
      await early.end();
    }
  });

  it("for a type that it does not know, whatever is asked of it", async () => {
    const [thing, reason] = [["aws:ec2/thing:Thing", "t"] as const, 'unknown resource type "aws:ec2/thing:Thing"'];
    expect((await aws.check(thing, {})).failures).toEqual([{ property: "", reason: matching(reason) }]);
    await expect(aws.create(thing, {})).rejects.toThrow(`UnknownType: ${reason}`);
    await expect(aws.read(thing, "x")).rejects.toThrow(reason);
    await expect(aws.delete(thing, "x")).rejects.toThrow(reason);
  });

  it("never with an unknown mistaken for a value", async () => {
    const { properties } = await aws.create(fresh(SUBNET), { vpcId: UNKNOWN_ON_WIRE }, true);
    expect(decode(properties)["vpcId"]).toBe(UNKNOWN);
  });
});
