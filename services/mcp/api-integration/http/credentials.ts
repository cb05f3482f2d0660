import { readFile } from "node:fs/promises";
import path from "node:path";
import { ApiProblem } from "../api-problem.ts";

/** Where the secrets are that a deployment names. */
export interface Credentials {
  /** Throws an `ApiProblem` that does not tell the name to the caller. */
  read(name: string): Promise<string>;
  /** Says that a backend did not take the secret, so that the next read fetches it anew. */
  forget(name: string): void;
}

/** Reads each secret from the file of its name, as a laptop and mounted secrets have it. */
export function folderCredentials(folder: string): Credentials {
  return {
    async read(name) {
      try {
        return await readFile(path.join(folder, path.basename(name)), "utf8");
      } catch (cause) {
        throw unavailable(name, cause);
      }
    },
    forget: () => undefined,
  };
}

/** Why a call has no credential: the log gets the name, the caller does not. */
export function unavailable(name: string, cause?: unknown): ApiProblem {
  return new ApiProblem("ERR_CREDENTIAL_UNAVAILABLE", "the credential for the backend cannot be read", {
    reason: `secret "${name}" cannot be read`,
    cause,
  });
}
