import { createRequire } from "node:module";
// A module and not the whole package, which would cost each process that serves clusters 20 MB more.
import roleModule from "@pulumi/aws/iam/role.js";
import pulumi from "@pulumi/pulumi";

const { version } = createRequire(import.meta.url)("@pulumi/aws/package.json") as { readonly version: string };

/**
 * Lets a process of its own read the roles that a program gives to a cluster: they arrive as references, which the SDK turns into
 * resources only for types that are registered, and otherwise into URNs, without an ARN.
 */
export function readGivenRoles(): void {
  pulumi.runtime.registerResourceModule("aws", "iam/role", {
    version: version.replace(/^v/, ""),
    construct: (name, _type, urn) => new roleModule.Role(name, undefined as never, { urn }),
  });
}
