-- What a write answered, for the caller who asks again with the same key. Only the writer may see it.
SET LOCAL ROLE mcp_owner;
CREATE TABLE app.idempotency (
  tenant_id text NOT NULL,
  key text NOT NULL,
  fingerprint text NOT NULL,
  answer text,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, key)
);
CREATE INDEX ON app.idempotency (tenant_id, created_at);
SELECT app.protect_table('app.idempotency');
REVOKE SELECT ON app.idempotency FROM mcp_reader;
RESET ROLE;
