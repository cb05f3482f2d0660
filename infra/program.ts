import * as pulumi from "@pulumi/pulumi";
import { parseAddress } from "../environments/address.ts";
import { environments } from "../environments/index.ts";
import { buildEnvironment } from "./environment/environment.ts";
import { buildRegion } from "./region/region.ts";
import { buildTenant } from "./tenant/tenant.ts";

/**
 * Declares the resources of the current stack, whose name is its address in one of the environments; answers with the stack's outputs.
 * Throws `AddressError` or `EnvironmentError` as `parseAddress` does.
 */
export async function program(known: typeof environments = environments): Promise<Record<string, unknown>> {
  const name = pulumi.getStack();
  const address = parseAddress(name, known);
  switch (address.layer) {
    case "environment":
      return { ...buildEnvironment(address) };
    case "region":
      return { ...(await buildRegion(name, address)) };
    case "tenant":
      return { ...(await buildTenant(name, address)) };
  }
}
