import type { PoolClient } from "./pool-client.ts";
import type { SecretVersions } from "./secret-versions.ts";

/** The steps in which Secrets Manager has a secret changed ("Rotation function steps"); each may come again. */
export const STEPS = ["createSecret", "setSecret", "testSecret", "finishSecret"] as const;

/** One of them. */
export type Step = (typeof STEPS)[number];

/** One client's secret, at both ends. */
export interface Rotation {
  readonly client: PoolClient;
  readonly versions: SecretVersions;
  /** Gets a token with a secret of the client; rejects when the pool does not accept it. */
  readonly tryOut: (clientSecret: string) => Promise<unknown>;
}

/**
 * Does one step of a rotation to the version with this id. The secret before it stays valid until the next rotation, for whoever has
 * read it and not yet used it. Rejects for a version that no rotation has announced.
 */
export async function rotate(rotation: Rotation, step: Step, versionId: string): Promise<void> {
  const stages = await rotation.versions.stages();
  const own = stages[versionId] ?? [];
  if (own.includes("AWSCURRENT")) return; // Repeated after the last step.
  if (!own.includes("AWSPENDING")) throw new Error("no rotation of the secret has announced this version");
  const current = Object.keys(stages).find((it) => stages[it]?.includes("AWSCURRENT"));
  await ACTIONS[step](rotation, versionId, current);
}

type Action = (rotation: Rotation, versionId: string, current: string | undefined) => Promise<unknown>;

const ACTIONS: Readonly<Record<Step, Action>> = {
  // The pool makes the new secret and says it only once, so that it is valid before it is kept.
  createSecret: async ({ client, versions }, versionId) => {
    if ((await versions.read(versionId)) !== undefined) return;
    const current = await versions.read();
    await versions.write(await client.add(current?.clientSecretId), versionId, "AWSPENDING");
  },
  setSecret: async ({ client, versions }, versionId) => {
    const pending = await versions.read(versionId);
    const ids = await client.secretIds();
    if (pending === undefined || !ids.includes(pending.clientSecretId))
      throw new Error("the client has no secret of this version");
  },
  testSecret: async ({ versions, tryOut }, versionId) => {
    const pending = await versions.read(versionId);
    if (pending === undefined) throw new Error("this version of the secret has no value");
    await tryOut(pending.clientSecret);
  },
  finishSecret: ({ versions }, versionId, current) => versions.promote(versionId, current),
};
