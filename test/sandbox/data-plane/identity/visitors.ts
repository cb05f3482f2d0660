import { randomUUID } from "node:crypto";
import type { Person } from "../../../../sandbox/data-plane/identity/people.ts";

/** The groups in which visitors are. */
type Group = "developers" | "qa-engineers" | "nobody";

const PASSWORD = "Aa1!of-each-visitor";

/**
 * People each of whom signs in once in a test. Keycloak's brute-force guard takes a sign-in for an attack while an earlier one of the same
 * person is still being counted, which is after its answer was sent: on a busy machine a second sign-in by the same person may be refused.
 */
export class Visitors {
  readonly people: readonly Person[];
  private readonly waiting: Person[];

  constructor(tenants: readonly string[], count: number) {
    this.people = tenants.flatMap((tenantId) =>
      Array.from({ length: count }, (_, index) => ({
        ...groupOf(index),
        tenantId,
        id: randomUUID(),
        username: `visitor-${index}`,
        givenName: "Vera",
        familyName: `Visitor ${index}`,
        password: PASSWORD,
      })),
    );
    this.waiting = [...this.people];
  }

  /** Somebody of a tenant who has not signed in yet, of a group or of none; throws when all have. */
  next(tenantId: string, group: Group = "developers"): Person {
    const index = this.waiting.findIndex(
      (it) => it.tenantId === tenantId && it.group === (group === "nobody" ? undefined : group),
    );
    const [visitor] = index === -1 ? [] : this.waiting.splice(index, 1);
    if (visitor === undefined) throw new Error(`everybody of ${tenantId} has signed in`);
    return visitor;
  }
}

/** Every tenth is of quality, and every tenth of no group. */
function groupOf(index: number): { readonly group?: string } {
  if (index % 10 === 8) return { group: "qa-engineers" };
  return index % 10 === 9 ? {} : { group: "developers" };
}
