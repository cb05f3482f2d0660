import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ensureCatalogue } from "../../../../sandbox/control-plane/catalogue/catalogue.ts";
import { Cloud } from "../../../../sandbox/control-plane/cloud/cloud.ts";
import { NO_FAULTS } from "../../../../sandbox/control-plane/faults.ts";
import { MemoryStore } from "../../../../sandbox/control-plane/store/memory-store.ts";
import type { Values } from "../../../../sandbox/control-plane/wire.ts";
import { matching } from "../matching.ts";

const IRELAND = { account: "111122223333", region: "eu-west-1", defaultTags: {} };
const OTHER = { account: "999988887777", region: "us-east-1", defaultTags: {} };
const CLUSTER = "aws:rds/cluster:Cluster";
const INSTANCE = "aws:rds/clusterInstance:ClusterInstance";
const BUCKET = "aws:s3/bucket:Bucket";
const CALL = "aws:lambda/invocation:Invocation";
const FUNCTION = "aws:lambda/function:Function";
const POSTGRES = { clusterIdentifier: "data", engine: "aurora-postgresql", engineVersion: "17.5" };

let catalogue: Awaited<ReturnType<typeof ensureCatalogue>>;
let cloud: Cloud;
beforeAll(async () => {
  catalogue = await ensureCatalogue();
});
beforeEach(() => {
  cloud = new Cloud({ catalogue, store: new MemoryStore(), faults: NO_FAULTS });
});

const subject = (type: string, name = "it") => ({ urn: `urn:pulumi:dev::alicerce::${type}::${name}`, type });
const create = (type: string, inputs: Values, name?: string) => cloud.create(IRELAND, subject(type, name), inputs);
const replaces = (type: string, before: Values, change: Values) =>
  cloud.diff(IRELAND, subject(type), before, { ...before, ...change }).replaces;

describe("a database of the sandbox", () => {
  it("answers by its endpoints and its resource id", () => {
    expect(create(CLUSTER, POSTGRES)).toMatchObject({
      id: "data",
      outputs: {
        arn: "arn:aws:rds:eu-west-1:111122223333:cluster:data",
        clusterResourceId: matching(/^cluster-[A-Z0-9]{26}$/),
        endpoint: matching(/^data\.cluster-[a-z0-9]{12}\.eu-west-1\.rds\.amazonaws\.com$/),
        port: 5432,
      },
    });
    expect(create(CLUSTER, POSTGRES).outputs).not.toHaveProperty("masterUserSecrets");
  });

  it("has a secret that others may refer to, where it manages the administrator's password", () => {
    const { outputs } = create(CLUSTER, { ...POSTGRES, manageMasterUserPassword: true });
    const [{ secretArn } = { secretArn: "" }] = outputs["masterUserSecrets"] as readonly { secretArn: string }[];
    expect(secretArn).toMatch(/^arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!cluster-[0-9a-f-]{36}-\w{6}$/);
    const environment = { variables: { SECRET: secretArn } };
    const role = "arn:aws:iam::aws:role/any";
    expect(create(FUNCTION, { name: "reads", role, environment }).id).toBe("reads");
    const unknown = { variables: { SECRET: secretArn.replace("!cluster", "!other") } };
    expect(() => create(FUNCTION, { name: "guesses", role, environment: unknown }, "other")).toThrow(
      "ResourceNotFound: environment.variables.SECRET",
    );
  });

  it("has instances only once it exists, and goes only without them", () => {
    const inputs = {
      identifier: "a",
      clusterIdentifier: "data",
      engine: POSTGRES.engine,
      instanceClass: "db.serverless",
    };
    expect(() => create(INSTANCE, inputs)).toThrow("clusterIdentifier refers to data, which does not exist");
    create(CLUSTER, POSTGRES);
    create(INSTANCE, inputs);
    expect(() => cloud.delete(IRELAND, subject(CLUSTER), "data", POSTGRES)).toThrow("data is still used by");
  });

  it.each<[string, Values, readonly string[]]>([
    ["another key", { kmsKeyId: "other" }, ["kmsKeyId"]],
    ["another name", { clusterIdentifier: "other" }, ["clusterIdentifier"]],
    ["a newer version", { engineVersion: "17.6" }, []],
    ["more backups", { backupRetentionPeriod: 35 }, []],
  ])("is replaced by %s only if AWS would", (_, change, expected) => {
    expect(replaces(CLUSTER, POSTGRES, change)).toEqual(expected);
  });
});

describe("a bucket of the sandbox", () => {
  it("bears a name that nobody else in the world has", () => {
    expect(create(BUCKET, { bucket: "files" }).outputs).toMatchObject({
      arn: "arn:aws:s3:::files",
      bucketRegionalDomainName: "files.s3.eu-west-1.amazonaws.com",
    });
    expect(() => cloud.create(OTHER, subject(BUCKET, "theirs"), { bucket: "files" })).toThrow("AlreadyExists");
  });

  it("has one policy, and none before it exists", () => {
    const type = "aws:s3/bucketPolicy:BucketPolicy";
    const inputs = { bucket: "files", policy: "{}" };
    expect(() => create(type, inputs)).toThrow("bucket refers to files, which does not exist");
    create(BUCKET, { bucket: "files" });
    create(type, inputs);
    expect(() => create(type, { ...inputs, policy: "[]" }, "second")).toThrow("AlreadyExists");
  });
});

describe("a call of a function in the sandbox", () => {
  it("needs the function, and is made again when its triggers change", () => {
    const inputs = { functionName: "setup", input: "{}", triggers: { code: "one" } };
    expect(() => create(CALL, inputs)).toThrow("functionName refers to setup, which does not exist");
    create(FUNCTION, { name: "setup", role: "arn:aws:iam::aws:role/any" });
    expect(create(CALL, inputs).outputs).toMatchObject({ result: "null" });
    expect(replaces(CALL, inputs, { triggers: { code: "two" } })).toEqual(["triggers"]);
  });
});
