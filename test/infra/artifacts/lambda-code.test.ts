import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { BUNDLES } from "../../../environments/bundles.ts";
import { lambdaCode } from "../../../infra/artifacts/lambda-code.ts";

describe("the code of a function", () => {
  it("is the bundle that was written down, with what lies beside it", async () => {
    const { archive, digest } = await lambdaCode("database-setup");
    expect(digest).toBe(BUNDLES["database-setup"]);
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
