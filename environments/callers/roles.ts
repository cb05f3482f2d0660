import type { DirectoryEntry } from "../../contracts/directory-entry.ts";
import type { Permission } from "../../contracts/identity/permissions.ts";
import { type Scope, SCOPES } from "../../contracts/scopes.ts";

/** A role of the company's own people, which they have by being in a group of the tenant's realm. */
interface StaffRole {
  readonly permissions: readonly Permission[];
  readonly group: string;
  readonly department: string;
}

const READS = ["read:apis", "read:data", "read:files", "read:tools"] as const;
const WRITES = ["write:apis", "write:data", "write:files"] as const;
const PERSONAL = ["read:personal-data"] as const;
const OPERATES = ["read:deployments", "read:logs", "read:traces"] as const;

/** The people of scenario 1 (`target_users`): who is in none of these groups gets no token for a gateway. */
export const STAFF: Readonly<Record<string, StaffRole>> = {
  developer: {
    group: "developers",
    department: "engineering",
    permissions: [...READS, ...WRITES, ...OPERATES, ...PERSONAL],
  },
  devops: { group: "devops", department: "operations", permissions: [...READS, ...OPERATES, "write:files"] },
  qa: { group: "qa-engineers", department: "quality", permissions: [...READS, "read:traces"] },
};

/** What everybody may do, as the tenant's entry in the directory says it to the interceptors. */
export const CALLER_PERMISSIONS = {
  roles: Object.fromEntries(Object.entries(STAFF).map(([role, { permissions }]) => [role, permissions])),
  /** Machines, and the consumers and partners on whose behalf they call. */
  kinds: {
    machine: [...READS, ...WRITES, ...PERSONAL],
    consumer: ["read:apis", "read:tools", "write:apis"],
    partner: ["read:apis", "read:data", ...PERSONAL, "read:tools", "write:apis", "write:data"],
  },
  /** An agent that calls on nobody's behalf: it is of use to nobody then. */
  agents: [],
} as const satisfies Pick<DirectoryEntry, "roles" | "kinds" | "agents">;

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
