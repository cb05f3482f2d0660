import * as pulumi from "@pulumi/pulumi";
import { parseAddress } from "../environments/address.ts";
import { buildEnvironment } from "./environment/environment.ts";
import { buildRegion } from "./region/region.ts";
import { buildTenant } from "./tenant/tenant.ts";

/** Declares the resources of the current stack, whose name is its address; answers with the stack's outputs. */
export async function program(): Promise<Record<string, unknown>> {
  const name = pulumi.getStack();
  const address = parseAddress(name);
  switch (address.layer) {
    case "environment":
      return { ...buildEnvironment(address) };
    case "region":
      return { ...(await buildRegion(name, address)) };
    case "tenant":
      return { ...(await buildTenant(name, address)) };
  }
}
