/**
 * What somebody may do to what, beside the scopes of the token: a tool, prompt or resource names the one that it needs, and
 * roles are lists of them. Written as the specification writes them (section 5.1: "read:financial-data").
 */
export const PERMISSIONS = [
  "read:apis",
  "read:data",
  "read:deployments",
  "read:files",
  "read:logs",
  "read:personal-data",
  "read:tools",
  "read:traces",
  "write:apis",
  "write:data",
  "write:files",
] as const;

/** One of `PERMISSIONS`. */
export type Permission = (typeof PERMISSIONS)[number];

/** The claims of a person's access token that say who she is to the company, with dots where the claim is an object. */
export const PERSON_CLAIMS = { roles: "user_context.roles", department: "user_context.department" } as const;
