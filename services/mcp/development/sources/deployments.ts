import * as z from "zod";

const moment = z.iso.datetime();

const target = z.object({ name: z.string(), status: z.string(), updatedAt: moment.optional() });

const endpoint = z.object({
  name: z.string(),
  status: z.string(),
  liveVersion: z.string().optional(),
  targetVersion: z.string().optional().describe("The version that it is being moved to"),
});

/** What runs for one tenant, and in which state; a thing that is not there has the status `MISSING`. */
export const DeploymentStatus = z.object({
  gateways: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      reasons: z.array(z.string()),
      updatedAt: moment.optional(),
      targets: z.array(target),
    }),
  ),
  servers: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      reason: z.string().optional(),
      runtimeVersion: z.string().optional(),
      imageDigest: z.string().optional(),
      updatedAt: moment.optional(),
      endpoints: z.array(endpoint),
    }),
  ),
});

/** What `DeploymentStatus` describes. */
export type DeploymentStatus = z.output<typeof DeploymentStatus>;

/** The status of what should be there and is not. */
export const MISSING = "MISSING";

/** Where it is known what runs for a tenant. */
export interface Deployments {
  status(tenantId: string, signal: AbortSignal): Promise<DeploymentStatus>;
}
