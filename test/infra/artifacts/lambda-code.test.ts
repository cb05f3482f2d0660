import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { bundle } from "../../../tools/build/bundle.ts";
import { servicesOf } from "../../../tools/build/services.ts";
import { PROJECT } from "../../../tools/engine/folders.ts";
import { bundleDigest, MANIFEST } from "../../../infra/artifacts/built-bundle.ts";
import { lambdaCode } from "../../../infra/artifacts/lambda-code.ts";

describe("the code of a function", () => {
  it("is the bundle that its sources build, with what lies beside it", async () => {
    const { archive, digest } = await lambdaCode("database-setup");
    const service = servicesOf(PROJECT).find((it) => it.name === "database-setup");
    expect(service).toBeDefined();
    expect(digest).toBe((await bundle(service!, PROJECT)).digest);
    const code = archive({ "more.json": "{}" });
    if (!(code instanceof pulumi.asset.AssetArchive)) throw new TypeError("the code must be an archive of assets");
    expect(Object.keys(await code.assets)).toEqual(
      expect.arrayContaining(["index.mjs", "migrations/001-tenancy.sql", "more.json"]),
    );
  });

  it("ends the program in Pulumi's words where it was not built", async () => {
    const failure: unknown = await lambdaCode("nothing").catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(pulumi.RunError);
    expect(String(failure)).toContain("run `npm run build`");
  });

  it("is found once it was built, though it was missing when the process first looked", async () => {
    const project = mkdtempSync(path.join(tmpdir(), "alicerce-lambda-code-"));
    try {
      await expect(lambdaCode("late", project)).rejects.toThrow("does not exist");
      const folder = path.join(project, "dist/late");
      mkdirSync(folder, { recursive: true });
      const files = { "index.mjs": createHash("sha256").update("").digest("hex") };
      writeFileSync(path.join(folder, "index.mjs"), "");
      writeFileSync(path.join(folder, MANIFEST), JSON.stringify({ sources: {}, files }));
      expect((await lambdaCode("late", project)).digest).toBe(bundleDigest(files));
    } finally {
      rmSync(project, { recursive: true });
    }
  });
});
