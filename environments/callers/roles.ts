import type { Permission } from "../../contracts/identity/permissions.ts";
import { type Scope, SCOPES } from "../../contracts/scopes.ts";

/** What a role may do, and who has it. */
interface Role {
  readonly permissions: readonly Permission[];
}

/** A role of the company's own people, which they have by being in a group of the tenant's realm. */
interface StaffRole extends Role {
  readonly group: string;
  readonly department: string;
}

const READS = ["read:apis", "read:data", "read:files", "read:tools"] as const;
const WRITES = ["write:apis", "write:data", "write:files"] as const;
const OPERATES = ["read:deployments", "read:logs", "read:traces"] as const;

/** The people of scenario 1 (`target_users`): who is in none of these groups gets no token for a gateway. */
export const STAFF: Readonly<Record<string, StaffRole>> = {
  developer: { group: "developers", department: "engineering", permissions: [...READS, ...WRITES, ...OPERATES] },
  devops: { group: "devops", department: "operations", permissions: [...READS, ...OPERATES, "write:files"] },
  qa: { group: "qa-engineers", department: "quality", permissions: [...READS, "read:traces"] },
};

/** Everybody else who calls a gateway: machines, and the consumers and partners on whose behalf they may say that they call. */
const OTHERS: Readonly<Record<string, Role>> = {
  machine: { permissions: [...READS, ...WRITES] },
  consumer: { permissions: ["read:apis", "write:apis", "read:tools"] },
  partner: { permissions: ["read:apis", "write:apis", "read:data", "write:data", "read:tools"] },
};

/** The permissions of each role, as the tenant's entry in the directory says them to the interceptors. */
export const ROLE_PERMISSIONS: Readonly<Record<string, readonly Permission[]>> = Object.fromEntries(
  Object.entries({ ...STAFF, ...OTHERS }).map(([role, { permissions }]) => [role, permissions]),
);

/** A group of people in a realm: the role that its members have, and the scopes that they can be granted. */
export interface StaffGroup {
  readonly role: string;
  readonly name: string;
  readonly department: string;
  readonly scopes: readonly Scope[];
}

/** The groups of every realm; a scope without any permission behind it is not granted. */
export const STAFF_GROUPS: readonly StaffGroup[] = Object.entries(STAFF).map(
  ([role, { group, department, permissions }]) => ({
    role,
    name: group,
    department,
    scopes: SCOPES.filter((scope) => permissions.some((it) => it.startsWith(scope.replace("mcp:", "").concat(":")))),
  }),
);
