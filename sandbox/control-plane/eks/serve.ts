import { createRequire } from "node:module";
import providerServer from "@pulumi/pulumi/provider/server.js";
import type pulumi from "@pulumi/pulumi";
import { EksCluster } from "./cluster.ts";
import { readGivenRoles } from "./given-roles.ts";

const { version } = createRequire(import.meta.url)("@pulumi/eks/package.json") as { readonly version: string };

/** Serves the component `eks:index:Cluster` to the engine until the engine ends the process. */
export async function serveEks(): Promise<void> {
  readGivenRoles();
  await providerServer.main(
    {
      version: version.replace(/^v/, ""),
      schema: JSON.stringify({ name: "eks", version: version.replace(/^v/, "") }),
      // eslint-disable-next-line @typescript-eslint/require-await -- the SDK wants a promise
      construct: async (
        name: string,
        type: string,
        inputs: pulumi.Inputs,
        options: pulumi.ComponentResourceOptions,
      ) => {
        const cluster = constructEks(name, type, inputs, options);
        return { urn: cluster.urn, state: cluster.state };
      },
    },
    process.argv.slice(2),
  );
}

/** Constructs a component of the eks package; throws `TypeError` for any other than `eks:index:Cluster`. */
export function constructEks(
  name: string,
  type: string,
  inputs: pulumi.Inputs,
  options: pulumi.ComponentResourceOptions,
): EksCluster {
  if (type !== "eks:index:Cluster") throw new TypeError(`the sandbox does not know the component "${type}"`);
  return new EksCluster(name, inputs, options);
}
