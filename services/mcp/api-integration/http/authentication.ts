import * as z from "zod";
import { ApiProblem } from "../api-problem.ts";
import { HEADER_NAME, isReservedHeader } from "./headers.ts";

/** How an API wants to be shown who calls; the secret itself is named by the deployment. */
export const Authentication = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("bearer") }),
  /** The secret is JSON with `username` and `password`, as Secrets Manager has it for databases. */
  z.strictObject({ kind: z.literal("basic") }),
  z.strictObject({
    kind: z.literal("api-key"),
    in: z.enum(["header", "query"]),
    name: z
      .string()
      .max(64)
      .regex(HEADER_NAME)
      .refine((it) => !isReservedHeader(it), "is a header that only the platform sets"),
  }),
]);

/** How an API wants to be shown who calls. */
export type Authentication = z.output<typeof Authentication>;

/** What goes into a request to the backend's own origin, and to no other. */
export interface Proof {
  readonly headers: { readonly [name: string]: string };
  readonly query: readonly (readonly [name: string, value: string])[];
  /** What must never be passed on, should the backend repeat it. */
  readonly secrets: readonly string[];
}

/** For an API that wants to know nothing. */
export const NO_PROOF: Proof = { headers: {}, query: [], secrets: [] };

const Login = z.object({ username: z.string().min(1), password: z.string().min(1) });
const PRINTABLE = /^[\x21-\x7e]{8,4096}$/;

/** Makes the proof of a secret; one that fits into no request is refused, without being repeated. */
export function proofOf(authentication: Authentication, secret: string): Proof {
  switch (authentication.kind) {
    case "bearer":
      return byHeader("authorization", "Bearer ", printable(secret));
    case "basic": {
      const { username, password } = loginIn(secret);
      const pair = printable(Buffer.from(`${username}:${password}`).toString("base64"));
      const { headers, query, secrets } = byHeader("authorization", "Basic ", pair);
      return { headers, query, secrets: [...secrets, password] };
    }
    case "api-key": {
      const key = printable(secret);
      if (authentication.in === "header") return byHeader(authentication.name.toLowerCase(), "", key);
      return { headers: {}, query: [[authentication.name, key]], secrets: [key] };
    }
  }
}

function byHeader(name: string, scheme: string, value: string): Proof {
  return { headers: { [name]: scheme + value }, query: [], secrets: [value] };
}

function printable(secret: string): string {
  const trimmed = secret.trim();
  if (!PRINTABLE.test(trimmed)) throw unusable("it is not 8 to 4,096 printable characters");
  return trimmed;
}

function loginIn(secret: string): z.output<typeof Login> {
  try {
    return Login.parse(JSON.parse(secret));
  } catch {
    // The parser's own words would repeat the secret.
    throw unusable("it is not JSON with a username and a password");
  }
}

function unusable(why: string): ApiProblem {
  const reason = `the secret cannot be used: ${why}`;
  return new ApiProblem("ERR_CREDENTIAL_UNAVAILABLE", "the credential for the backend cannot be used", { reason });
}
