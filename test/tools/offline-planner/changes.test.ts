import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Plan } from "../../../plan/model.ts";
import { type Folders, foldersOf } from "../../../tools/engine/folders.ts";
import { changesOf } from "../../../tools/offline-planner/changes.ts";
import { planProgram } from "../../../tools/offline-planner/plan.ts";
import { ensureCatalogue } from "../../../sandbox/control-plane/catalogue/catalogue.ts";
import { served, STACK } from "./programs.ts";

const root = mkdtempSync(join(tmpdir(), "alicerce-changes-"));
const folders: Folders = foldersOf(root, {});
let before: Plan;

beforeAll(async () => {
  writeFileSync(join(root, "code.mjs"), "export const handler = () => 1;");
  before = await plan({ kept: "Kept", changed: "Before", renamed: "before", gone: true });
  deployed();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("a plan against what is deployed", () => {
  test("is the same when nothing was changed, whatever the engine has written beside", async () => {
    expect(await changes(before)).toMatchObject({ create: [], update: [], replace: [], delete: [], deployed: true });
    expect((await changes(before)).same).toBe(before.resources.length);
  });

  test("tells what is created, updated, replaced and deleted, and what of it is protected", async () => {
    const it = await changes(await plan({ kept: "Kept", changed: "After", renamed: "after", added: true }));
    expect(names(it.create)).toEqual(["added"]);
    expect(names(it.update)).toEqual(["changed"]);
    expect(names(it.replace)).toEqual(["renamed"]);
    expect(names(it.delete)).toEqual(["gone"]);
    expect(names(it.protected)).toEqual(["gone"]);
  });

  test("sees a file of the same name whose content has changed", async () => {
    deployed({ hash: "0".repeat(64) });
    expect(names((await changes(before)).update)).toEqual(["function"]);
    deployed();
  });

  test("counts what an interrupted replacement has left", async () => {
    deployed({ leftOver: "kept" });
    expect(names((await changes(before)).replace)).toEqual(["kept"]);
    deployed();
  });

  test("is all new where nothing is deployed", async () => {
    const elsewhere = foldersOf(join(root, "elsewhere"), {});
    const it = await changesOf(before, elsewhere, await ensureCatalogue());
    expect(it).toMatchObject({ deployed: false, update: [], replace: [], delete: [], same: 0 });
    expect(it.create).toHaveLength(before.resources.length);
  });
});

interface Wanted {
  readonly kept: string;
  readonly changed: string;
  readonly renamed: string;
  readonly gone?: boolean;
  readonly added?: boolean;
}

async function plan({ kept, changed, renamed, gone = false, added = false }: Wanted): Promise<Plan> {
  const program = (): void => {
    const opts = served();
    new aws.sns.Topic("kept", { displayName: kept }, opts);
    new aws.sns.Topic("changed", { displayName: changed }, opts);
    new aws.sns.Topic("renamed", { name: renamed }, opts);
    if (gone) new aws.sns.Topic("gone", {}, opts);
    if (added) new aws.sns.Topic("added", {}, opts);
    const code = new pulumi.asset.AssetArchive({ "code.mjs": new pulumi.asset.FileAsset(join(root, "code.mjs")) });
    const trust = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
    const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
    const role = new aws.iam.Role("role", { assumeRolePolicy }, opts);
    new aws.lambda.Function("function", { role: role.arn, handler: "code.handler", runtime: "nodejs24.x", code }, opts);
  };
  return (await planProgram(program, { stack: STACK })).plan;
}

/** Writes the state that the engine would have after deploying `before`. */
function deployed({ hash = HASH, leftOver = "" }: { hash?: string; leftOver?: string } = {}): void {
  const resources = before.resources.map((it) => ({
    ...it,
    inputs: JSON.parse(
      JSON.stringify(it.inputs).replaceAll(`"path":"${join(root, "code.mjs")}"`, `"hash":"${hash}",$&`),
    ) as unknown,
    protect: it.name === "gone",
  }));
  const doubles = resources.filter((it) => it.name === leftOver).map((it) => ({ ...it, delete: true }));
  const folder = join(folders.state, ".pulumi/stacks/alicerce");
  mkdirSync(folder, { recursive: true });
  const latest = { manifest: { time: "2026-01-01T00:00:00Z" }, resources: [...resources, ...doubles] };
  writeFileSync(join(folder, `${STACK}.json`), JSON.stringify({ checkpoint: { latest } }));
}

/** The SHA-256 of the file above. */
const HASH = "761595b859705ded9a10135e5ccfc5e27f9acd3f690a8cebbb143bce929d040b";

async function changes(plan: Plan) {
  return changesOf(plan, folders, await ensureCatalogue());
}

function names(urns: readonly string[]): readonly string[] {
  return urns.map((it) => it.split("::").at(-1) ?? "");
}
