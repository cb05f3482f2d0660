-- What the BFF of consumers keeps on a laptop. Its role owns nothing, and sees the rows of the tenant that its connection names.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'consumer_bff') THEN
    CREATE ROLE consumer_bff LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
  END IF;
  -- Not everybody may connect to a database that holds business.
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO consumer_bff', current_database());
END $$;
CREATE SCHEMA IF NOT EXISTS consumer_bff;
CREATE SEQUENCE IF NOT EXISTS consumer_bff.version;
CREATE TABLE IF NOT EXISTS consumer_bff.record (
  tenant_id text NOT NULL,
  kind text NOT NULL,
  id text NOT NULL,
  owner text,
  value jsonb,
  expires_at bigint,
  version bigint NOT NULL DEFAULT nextval('consumer_bff.version'),
  PRIMARY KEY (tenant_id, kind, id)
);
CREATE INDEX IF NOT EXISTS record_owner ON consumer_bff.record (tenant_id, owner, version);
ALTER TABLE consumer_bff.record ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS of_tenant ON consumer_bff.record;
CREATE POLICY of_tenant ON consumer_bff.record
  USING (tenant_id = current_setting('consumer_bff.tenant'))
  WITH CHECK (tenant_id = current_setting('consumer_bff.tenant'));
GRANT USAGE ON SCHEMA consumer_bff TO consumer_bff;
GRANT USAGE ON SEQUENCE consumer_bff.version TO consumer_bff;
GRANT SELECT, INSERT, UPDATE, DELETE ON consumer_bff.record TO consumer_bff;
-- The database's own setup takes functions that change something away from everybody.
GRANT EXECUTE ON FUNCTION nextval(regclass) TO consumer_bff;
