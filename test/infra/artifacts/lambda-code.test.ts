import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { bundle } from "../../../tools/build/bundle.ts";
import { servicesOf } from "../../../tools/build/services.ts";
import { PROJECT } from "../../../tools/engine/folders.ts";
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
});
