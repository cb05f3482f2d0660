import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureCatalogue } from "../../../sandbox/control-plane/catalogue/catalogue.ts";
import { Cloud } from "../../../sandbox/control-plane/cloud/cloud.ts";
import { type FaultPlan, NO_FAULTS, faultsOnDisk, injectFaults } from "../../../sandbox/control-plane/faults.ts";
import { DiskStore } from "../../../sandbox/control-plane/store/disk-store.ts";
import { MemoryStore } from "../../../sandbox/control-plane/store/memory-store.ts";
import type { Store } from "../../../sandbox/control-plane/store/store.ts";

const IRELAND = { account: "111122223333", region: "eu-west-1", defaultTags: { owner: "platform" } };
const OREGON = { account: "111122223333", region: "us-west-2", defaultTags: {} };
const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const LOGS = "aws:cloudwatch/logGroup:LogGroup";

let catalogue: Awaited<ReturnType<typeof ensureCatalogue>>;
const root = mkdtempSync(join(tmpdir(), "alicerce-cloud-"));

beforeAll(async () => {
  catalogue = await ensureCatalogue();
});
afterAll(() => rmSync(root, { recursive: true }));

const subject = (type: string, name: string) => ({ urn: `urn:pulumi:dev::alicerce::${type}::${name}`, type });
const cloudOver = (store: Store, faults: FaultPlan = NO_FAULTS) => new Cloud({ catalogue, store, faults });

describe.each([
  ["in memory", () => new MemoryStore()],
  ["on disk", () => new DiskStore(mkdtempSync(join(root, "store-")))],
])("the sandbox cloud %s", (_, open) => {
  it("predicts the id and outputs that a creation then gives", () => {
    const cloud = cloudOver(open());
    const predicted = cloud.predictCreate(IRELAND, subject(VPC, "v"), { cidrBlock: "10.0.0.0/16" });
    expect(cloud.create(IRELAND, subject(VPC, "v"), { cidrBlock: "10.0.0.0/16" })).toEqual(predicted);
    expect(predicted.id).toMatch(/^vpc-[0-9a-f]{17}$/);
    expect(predicted.outputs).toMatchObject({
      arn: `arn:aws:ec2:eu-west-1:111122223333:vpc/${predicted.id}`,
      tagsAll: { owner: "platform" },
    });
  });

  it("answers what exists, and nothing for what does not", () => {
    const cloud = cloudOver(open());
    const { id } = cloud.create(IRELAND, subject(VPC, "v"), { cidrBlock: "10.0.0.0/16" });
    expect(cloud.read(IRELAND, subject(VPC, "v"), id, {})?.inputs).toEqual({ cidrBlock: "10.0.0.0/16" });
    expect(cloud.read(IRELAND, subject(VPC, "v"), "vpc-00000000000000000", {})).toBeUndefined();
    expect(cloud.read(OREGON, subject(VPC, "v"), id, {})).toBeUndefined();
  });

  it("refuses a name that another resource bears, in that region only", () => {
    const cloud = cloudOver(open());
    cloud.create(IRELAND, subject(LOGS, "a"), { name: "audit" });
    expect(() => cloud.create(IRELAND, subject(LOGS, "b"), { name: "audit" })).toThrow(
      /^AlreadyExists: "audit" already exists in account 111122223333, region eu-west-1/,
    );
    expect(cloud.create(OREGON, subject(LOGS, "c"), { name: "audit" }).id).toBe("audit");
  });

  it("refuses a reference to what does not exist in that account and region", () => {
    const cloud = cloudOver(open());
    const { id } = cloud.create(IRELAND, subject(VPC, "v"), { cidrBlock: "10.0.0.0/16" });
    const inputs = { vpcId: id, cidrBlock: "10.0.0.0/24" };
    expect(() => cloud.create(OREGON, subject(SUBNET, "s"), inputs)).toThrow(
      `ResourceNotFound: vpcId refers to ${id}, which does not exist in account 111122223333, region us-west-2`,
    );
    expect(() =>
      cloud.create(IRELAND, subject(LOGS, "l"), {
        name: "l",
        kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/nowhere",
      }),
    ).toThrow(/^ResourceNotFound: kmsKeyId refers to/);
    expect(cloud.create(IRELAND, subject(SUBNET, "s"), inputs).id).toMatch(/^subnet-/);
  });

  it("refuses to delete what others still use, and says who does", () => {
    const cloud = cloudOver(open());
    const vpc = cloud.create(IRELAND, subject(VPC, "v"), { cidrBlock: "10.0.0.0/16" });
    const subnet = cloud.create(IRELAND, subject(SUBNET, "s"), { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
    expect(() => cloud.delete(IRELAND, subject(VPC, "v"), vpc.id, {})).toThrow(
      /^DependencyViolation: .* is still used by aws:ec2\/subnet:Subnet::s$/,
    );
    cloud.delete(IRELAND, subject(SUBNET, "s"), subnet.id, {});
    cloud.delete(IRELAND, subject(VPC, "v"), vpc.id, {});
    expect(cloud.read(IRELAND, subject(VPC, "v"), vpc.id, {})).toBeUndefined();
  });

  it("gives a lost creation its own resource again, and a replacement a new one", () => {
    const store = open();
    const first = cloudOver(store).create(IRELAND, subject(VPC, "v"), { cidrBlock: "10.0.0.0/16" });
    expect(cloudOver(store).create(IRELAND, subject(VPC, "v"), { cidrBlock: "10.0.0.0/16" }).id).toBe(first.id);
    const replacing = cloudOver(store);
    expect(
      replacing.diff(IRELAND, subject(VPC, "v"), { cidrBlock: "10.0.0.0/16" }, { cidrBlock: "10.1.0.0/16" }).replaces,
    ).toEqual(["cidrBlock"]);
    expect(replacing.create(IRELAND, subject(VPC, "v"), { cidrBlock: "10.1.0.0/16" }).id).not.toBe(first.id);
  });

  it("names what has no name, keeps the name, and finds another for a replacement", () => {
    const store = open();
    const cloud = cloudOver(store);
    const { defaults } = cloud.check(IRELAND, subject(LOGS, "l"), undefined, {});
    expect(defaults["name"]).toMatch(/^l-[0-9a-f]{7}$/);
    cloud.create(IRELAND, subject(LOGS, "l"), defaults);
    expect(cloud.check(IRELAND, subject(LOGS, "l"), defaults, {}).defaults["name"]).toBe(defaults["name"]);
    expect(cloud.check(IRELAND, subject(LOGS, "l"), undefined, {}).defaults["name"]).not.toBe(defaults["name"]);
  });

  it("removes a resource with a chosen name before it makes its successor", () => {
    const cloud = cloudOver(open());
    expect(
      cloud.diff(
        IRELAND,
        subject(LOGS, "l"),
        { name: "a", logGroupClass: "STANDARD" },
        { name: "a", logGroupClass: "INFREQUENT_ACCESS" },
      ),
    ).toEqual({
      changed: { logGroupClass: "update" },
      replaces: ["logGroupClass"],
      deleteBeforeReplace: true,
    });
  });

  it("counts the versions of an AgentCore runtime", () => {
    const store = open();
    const cloud = cloudOver(store);
    const runtime = subject("aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime", "r");
    const made = cloud.create(IRELAND, runtime, { agentRuntimeName: "database" });
    expect(made.outputs["agentRuntimeVersion"]).toBe("1");
    expect(
      cloud.update(IRELAND, runtime, made.id, { agentRuntimeName: "database", description: "new" }).outputs[
        "agentRuntimeVersion"
      ],
    ).toBe("2");
  });
});

describe("the sandbox cloud's faults", () => {
  it("throttles as often as asked, then does what it is asked", () => {
    const folder = mkdtempSync(join(root, "faults-"));
    injectFaults(folder, [{ kind: "throttle", type: VPC, times: 2 }]);
    const cloud = cloudOver(new DiskStore(folder), faultsOnDisk(folder));
    const create = () => cloud.create(IRELAND, subject(VPC, "v"), { cidrBlock: "10.0.0.0/16" });
    expect(create).toThrow(/^ThrottlingException: Rate exceeded/);
    expect(create).toThrow(/^ThrottlingException: Rate exceeded/);
    expect(create().id).toMatch(/^vpc-/);
  });

  it("half-fails: the resource exists, and the failure carries its id", () => {
    const folder = mkdtempSync(join(root, "faults-"));
    injectFaults(folder, [{ kind: "half-fail" }]);
    const cloud = cloudOver(new DiskStore(folder), faultsOnDisk(folder));
    const { id } = cloud.predictCreate(IRELAND, subject(VPC, "v"), { cidrBlock: "10.0.0.0/16" });
    expect(() => cloud.create(IRELAND, subject(VPC, "v"), { cidrBlock: "10.0.0.0/16" })).toThrow(
      expect.objectContaining({ code: "ERR_PARTIAL", id }),
    );
    expect(cloud.read(IRELAND, subject(VPC, "v"), id, {})?.id).toBe(id);
  });

  it("exhausts a quota", () => {
    const folder = mkdtempSync(join(root, "faults-"));
    injectFaults(folder, [{ kind: "quota", type: VPC }]);
    const cloud = cloudOver(new DiskStore(folder), faultsOnDisk(folder));
    expect(() => cloud.create(IRELAND, subject(VPC, "v"), { cidrBlock: "10.0.0.0/16" })).toThrow(
      /^LimitExceeded: the quota of aws:ec2\/vpc:Vpc/,
    );
  });
});
