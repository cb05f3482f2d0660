import { describe, expect, it } from "vitest";
import type { TenantContext } from "../../../infra/tenant/context.ts";
import { protectedContext, type Protection } from "../../../infra/tenant/protection.ts";

const EMPTY = { resources: [] };

describe("a protection", () => {
  it("is what the compiler demands all of, each kind with its resources", () => {
    // @ts-expect-error: eight kinds are missing.
    const incomplete: Protection = {};
    // @ts-expect-error: an issuer without resources is no feature.
    const unordered: Pick<Protection, "signing"> = { signing: { issuer: "urn:x" } };
    expect([incomplete, unordered]).toHaveLength(2);
  });

  it("is depended on as a whole, also by what it has no name for yet", () => {
    const resource = { urn: "urn:later" };
    const later = { ...EMPTY, resources: [resource] };
    const kinds = { key: EMPTY, logs: EMPTY, gateways: EMPTY, later } as unknown as Protection;
    const { runOpts } = protectedContext({ opts: { providers: [] } } as unknown as TenantContext, kinds);
    expect(runOpts).toEqual({ providers: [], dependsOn: [resource] });
  });
});
