import { hash, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";

/** Somebody who can sign in at one tenant's issuer. */
export interface Person {
  readonly tenantId: string;
  /** Opaque id, in the form of Keycloak and Amazon Cognito. */
  readonly id: string;
  readonly username: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly password: string;
  /** The name of the group that she is in, where the issuer has groups. */
  readonly group?: string;
}

const NAMES = [
  ["alice", "Alice", "Almeida", "developers"],
  ["bruno", "Bruno", "Barros", "devops"],
  ["carla", "Carla", "Castro", "qa-engineers"],
] as const;

/** People to try things out with, the same names for every tenant; passwords are made for this run unless there is one for all. */
export function demoPeople(tenantIds: readonly string[], password?: string): readonly Person[] {
  return tenantIds.flatMap((tenantId) =>
    NAMES.map(([username, givenName, familyName, group]) => ({
      tenantId,
      id: randomUUID(),
      username,
      givenName,
      familyName,
      group,
      password: password ?? `Aa1!${randomBytes(12).toString("base64url")}`,
    })),
  );
}

/** Who signs in with a name and a password; names without regard to case. */
export function personOf(people: readonly Person[], username: string, password: string): Person | undefined {
  const person = people.find((it) => it.username === username.toLowerCase());
  const matches = isSame(password, person?.password ?? randomUUID());
  return matches ? person : undefined;
}

/** Compares secrets in a time that tells nothing about them. */
export function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(hash("sha256", given, "buffer"), hash("sha256", expected, "buffer"));
}
