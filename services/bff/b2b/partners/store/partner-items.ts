import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { PARTNER_SCOPES, PARTNER_TIERS } from "../../../../../contracts/bff/partner-access.ts";
import { CREDENTIAL_KINDS } from "../partner.ts";
import type { KeptCredential, PartnerAccount, PartnerCredential } from "../partner-store.ts";

/** An item of DynamoDB: its attributes by name. */
export type Item = Record<string, AttributeValue>;

const text = z.object({ S: z.string() }).transform((it) => it.S);
const time = z.object({ N: z.coerce.number() }).transform((it) => new Date(it.N));
const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) => text.pipe(z.enum(words));

const accountAttributes = z.object({ id: text, name: text, customerId: text, tier: oneOf(PARTNER_TIERS) });
const credentialAttributes = z.object({
  kind: oneOf(CREDENTIAL_KINDS),
  id: text,
  partnerId: text,
  scopes: z.object({ L: z.array(oneOf(PARTNER_SCOPES)) }).transform((it) => it.L),
  digest: text.optional(),
  createdAt: time,
  expiresAt: time.optional(),
  revokedAt: time.optional(),
});

/** What is kept of a partner, beside the key of its item. */
export function accountItem({ id, name, customerId, tier }: PartnerAccount): Item {
  return { id: { S: id }, name: { S: name }, customerId: { S: customerId }, tier: { S: tier } };
}

/** The partner in an item; throws `ZodError` for an item of something else. */
export function accountIn(item: Item): PartnerAccount {
  return accountAttributes.parse(item);
}

/** What is kept of a credential, beside the key of its item; times are milliseconds since 1970. */
export function credentialItem(credential: PartnerCredential, createdAt: number): Item {
  const { kind, id, partnerId, scopes, digest, expiresAt } = credential;
  return {
    kind: { S: kind },
    id: { S: id },
    partnerId: { S: partnerId },
    scopes: { L: scopes.map((it) => ({ S: it })) },
    createdAt: { N: String(createdAt) },
    ...(digest !== undefined && { digest: { S: digest } }),
    ...(expiresAt !== undefined && { expiresAt: { N: String(expiresAt.getTime()) } }),
  };
}

/** The credential in an item; throws `ZodError` for an item of something else. */
export function credentialIn(item: Item): KeptCredential {
  const { digest, expiresAt, revokedAt, ...kept } = credentialAttributes.parse(item);
  return {
    ...kept,
    ...(digest !== undefined && { digest }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(revokedAt !== undefined && { revokedAt }),
  };
}
