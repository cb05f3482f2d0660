-- The partners of all tenants that share a server, which only a laptop has: row-level security keeps each to itself.
CREATE SCHEMA IF NOT EXISTS partner_bff;

CREATE TABLE IF NOT EXISTS partner_bff.partners (
  tenant_id   text NOT NULL DEFAULT current_setting('partner_bff.tenant'),
  id          text NOT NULL,
  name        text NOT NULL,
  customer_id text NOT NULL,
  tier        text NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CREATE TABLE IF NOT EXISTS partner_bff.credentials (
  tenant_id  text NOT NULL DEFAULT current_setting('partner_bff.tenant'),
  kind       text NOT NULL,
  id         text NOT NULL,
  partner_id text NOT NULL,
  scopes     text[] NOT NULL,
  digest     text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (tenant_id, kind, id),
  FOREIGN KEY (tenant_id, partner_id) REFERENCES partner_bff.partners
);

CREATE TABLE IF NOT EXISTS partner_bff.idempotency_keys (
  tenant_id   text NOT NULL DEFAULT current_setting('partner_bff.tenant'),
  partner_id  text NOT NULL,
  route       text NOT NULL,
  key         text NOT NULL,
  fingerprint text NOT NULL,
  response    jsonb,
  held_until  timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, partner_id, route, key)
);

DO $$
DECLARE
  kept text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'partner_bff') THEN
    CREATE ROLE partner_bff LOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  FOREACH kept IN ARRAY ARRAY['partners', 'credentials', 'idempotency_keys'] LOOP
    EXECUTE format('ALTER TABLE partner_bff.%I ENABLE ROW LEVEL SECURITY', kept);
    EXECUTE format('DROP POLICY IF EXISTS own_tenant ON partner_bff.%I', kept);
    EXECUTE format(
      'CREATE POLICY own_tenant ON partner_bff.%I USING (tenant_id = current_setting(''partner_bff.tenant''))', kept);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON partner_bff.%I TO partner_bff', kept);
  END LOOP;
  GRANT USAGE ON SCHEMA partner_bff TO partner_bff;
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO partner_bff', current_database());
END
$$;
