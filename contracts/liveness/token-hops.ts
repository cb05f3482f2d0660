import { hop } from "./hop.ts";

/** How a function comes to a token of its own client. */
export const OWN_TOKEN = {
  outside: hop("resource", "the function is in no VPC, from which nothing leads to the pool's domain"),
  client: hop("resource", "the client of the function may get tokens for itself, and its pool has the domain"),
  secret: hop("resource", "the secret of the client gets a value"),
  "secret-identity": hop("identity policy", "the function's role is granted to read and to decrypt the secret"),
  "secret-boundary": hop("permissions boundary", "the function's role's boundary allows to read and to decrypt it"),
  "key-policy": hop("key policy", "the key of the secret lets the account's roles decrypt"),
} as const;

/** How a gateway is tried by its canary. */
export const TO_BE_TRIED = {
  gateway: hop("resource", "the URL that the function calls is that of a gateway of its stack"),
  schedule: hop("resource", "a schedule of a minute calls the function"),
  invoke: hop("resource policy", "the function lets the schedule call it"),
  ...OWN_TOKEN,
  admitted: hop("resource", "the gateway admits the client whose tokens the function gets"),
} as const;
