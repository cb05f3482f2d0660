import type pg from "pg";
import type { PartnerScope, PartnerTier } from "../../../../../contracts/bff/partner-access.ts";
import type { CredentialKind } from "../partner.ts";
import {
  type CredentialHolder,
  type KeptCredential,
  type PartnerAccount,
  type PartnerCredential,
  type PartnerStore,
  PartnerStoreError,
} from "../partner-store.ts";

const COLUMNS = `c.kind, c.id, c.partner_id, c.scopes, c.digest, c.created_at, c.expires_at, c.revoked_at,
  p.id AS account_id, p.name, p.customer_id, p.tier`;

interface AccountRow {
  readonly account_id: string;
  readonly name: string;
  readonly customer_id: string;
  readonly tier: PartnerTier;
}

interface Row extends AccountRow {
  readonly kind: CredentialKind;
  readonly id: string;
  readonly partner_id: string;
  readonly scopes: readonly PartnerScope[];
  readonly digest: string | null;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly revoked_at: Date | null;
}

/** The partners of one tenant in PostgreSQL, through connections of `partnerConnections` for the same tenant. */
export class PostgresPartnerStore implements PartnerStore {
  readonly tenantId: string;
  private readonly pool: pg.Pool;

  constructor(tenantId: string, pool: pg.Pool) {
    this.tenantId = tenantId;
    this.pool = pool;
  }

  async find(kind: CredentialKind, id: string): Promise<CredentialHolder | undefined> {
    const { rows } = await this.pool.query<Row>(
      `SELECT ${COLUMNS} FROM partner_bff.credentials c
       JOIN partner_bff.partners p ON (p.tenant_id, p.id) = (c.tenant_id, c.partner_id)
       WHERE c.tenant_id = $1 AND c.kind = $2 AND c.id = $3`,
      [this.tenantId, kind, id],
    );
    const [row] = rows;
    return row && { account: accountOf(row), credential: credentialOf(row) };
  }

  async list() {
    const { rows } = await this.pool.query<AccountRow & Partial<Row>>(
      `SELECT ${COLUMNS} FROM partner_bff.partners p
       LEFT JOIN partner_bff.credentials c ON (p.tenant_id, p.id) = (c.tenant_id, c.partner_id)
       WHERE p.tenant_id = $1 ORDER BY p.id, c.created_at, c.id`,
      [this.tenantId],
    );
    return [...Map.groupBy(rows, (it) => it.account_id).values()].map((ofOne) => ({
      account: accountOf(ofOne[0] as Row),
      credentials: ofOne.filter((it): it is Row => typeof it.id === "string").map(credentialOf),
    }));
  }

  async admit({ id, name, customerId, tier }: PartnerAccount): Promise<void> {
    await this.write(
      "INSERT INTO partner_bff.partners (tenant_id, id, name, customer_id, tier) VALUES ($1, $2, $3, $4, $5)",
      [this.tenantId, id, name, customerId, tier],
    );
  }

  async add({ kind, id, partnerId, scopes, digest, expiresAt }: PartnerCredential, othersUntil?: Date): Promise<void> {
    // One statement, so that never a moment is without a good credential.
    await this.write(
      `WITH ended AS (
         UPDATE partner_bff.credentials SET expires_at = least(expires_at, $8)
         WHERE tenant_id = $1 AND partner_id = $4 AND kind = $2 AND $8::timestamptz IS NOT NULL)
       INSERT INTO partner_bff.credentials (tenant_id, kind, id, partner_id, scopes, digest, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [this.tenantId, kind, id, partnerId, [...scopes], digest ?? null, expiresAt ?? null, othersUntil ?? null],
    );
  }

  async revoke(partnerId: string, credentialId?: string): Promise<number> {
    const { rowCount } = await this.pool.query(
      `UPDATE partner_bff.credentials SET revoked_at = clock_timestamp()
       WHERE tenant_id = $1 AND partner_id = $2 AND id = coalesce($3, id) AND revoked_at IS NULL`,
      [this.tenantId, partnerId, credentialId ?? null],
    );
    return rowCount ?? 0;
  }

  private async write(sql: string, values: readonly unknown[]): Promise<void> {
    try {
      await this.pool.query(sql, [...values]);
    } catch (cause) {
      const { code } = cause as { readonly code?: unknown };
      if (code === "23505") throw new PartnerStoreError("there is one of that name already", { cause });
      if (code === "23503") throw new PartnerStoreError("there is no partner of that name", { cause });
      throw cause;
    }
  }
}

function accountOf({ account_id: id, name, customer_id: customerId, tier }: AccountRow): PartnerAccount {
  return { id, name, customerId, tier };
}

function credentialOf(row: Row): KeptCredential {
  return {
    kind: row.kind,
    id: row.id,
    partnerId: row.partner_id,
    scopes: row.scopes,
    createdAt: row.created_at,
    ...(row.digest !== null && { digest: row.digest }),
    ...(row.expires_at !== null && { expiresAt: row.expires_at }),
    ...(row.revoked_at !== null && { revokedAt: row.revoked_at }),
  };
}
