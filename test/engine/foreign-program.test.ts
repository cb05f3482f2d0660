import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DiskStore } from "../../sandbox/control-plane/store/disk-store.ts";
import { PROJECT } from "../../tools/engine/folders.ts";

/** How the program of somebody else begins: it names nothing of this platform. */
const BEGINNING = `
  import * as aws from "@pulumi/aws";
  const opts = { provider: new aws.Provider("aws", { region: "us-west-2", allowedAccountIds: ["222233334444"] }) };
  const document = (Statement) => JSON.stringify({ Version: "2012-10-17", Statement: [Statement] });
`;

const OPEN_ROLE = `
  const assumeRolePolicy = document({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "*" } });
  new aws.iam.Role("open", { assumeRolePolicy }, opts);
`;

const PRIVATE_BUCKET = `
  const { bucket, arn } = new aws.s3.Bucket("assets", {}, opts);
  const blocks = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
  new aws.s3.BucketPublicAccessBlock("assets", { bucket, ...blocks }, opts);
  const policy = arn.apply((it) =>
    document({
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [it, it + "/*"],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    }),
  );
  new aws.s3.BucketPolicy("assets", { bucket, policy }, opts);
`;

const folder = mkdtempSync(join(tmpdir(), "alicerce-foreign-"));
const home = join(folder, "home");
let environment: string;

beforeAll(async () => {
  writeFileSync(join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\nmain: index.mjs\n");
  symlinkSync(join(PROJECT, "node_modules"), join(folder, "node_modules"));
  ({ stdout: environment } = await execa("node", ["tools/cli/main.ts", "env", "development"], {
    cwd: PROJECT,
    env: { ALICERCE_HOME: home },
  }));
  const { exitCode, all } = await pulumi("stack init dev");
  expect(exitCode, all).toBe(0);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("`pulumi up` with the policy pack, of a program that is none of this platform", () => {
  it("creates no role that everybody may assume", async () => {
    const { exitCode, all } = await up(OPEN_ROLE);
    expect(exitCode, all).not.toBe(0);
    expect(all).toContain("p8-trust-names-exact-principals");
    expect(created()).not.toContain("aws:iam/role:Role");
  });

  it("creates a private bucket, whose parts come after it", async () => {
    const { exitCode, all } = await up(PRIVATE_BUCKET);
    expect(exitCode, all).toBe(0);
    expect(created()).toEqual([
      "aws:s3/bucket:Bucket",
      "aws:s3/bucketPolicy:BucketPolicy",
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    ]);
  });
});

function up(program: string) {
  writeFileSync(join(folder, "index.mjs"), `${BEGINNING}${program}`);
  return pulumi(`up --skip-preview --yes -s dev --policy-pack '${join(PROJECT, "policies")}'`);
}

function pulumi(command: string) {
  const line = `${environment}\npulumi ${command} --non-interactive`;
  return execa("sh", ["-c", line], { cwd: folder, reject: false, all: true });
}

/** The types of what is in the sandbox cloud. */
function created(): readonly string[] {
  return new DiskStore(join(home, "sandbox"))
    .all()
    .map((it) => it.type)
    .toSorted();
}
