-- Who may do what, and how a transaction says for which tenant it runs.
--
-- The tenant of a transaction stands in app.tenant_id, which any SQL of the same transaction could change: set_config()
-- is a function like any other, and on Amazon Aurora nobody may revoke it. So the name alone is worth nothing. Beside it
-- stands app.tenant_seal: an HMAC over tenant, backend and transaction, made by the service with a key that SQL cannot
-- read. Every policy goes through app.current_tenant(), which refuses a name without its seal. A statement can destroy
-- the seal of its transaction, but it can neither make one for another tenant nor use one that it saw elsewhere.
-- Changing the role gains nothing either: the policies hold for every role, the owner of the tables included, and the
-- role that the service logs in as has no right of its own and is no member of the owner.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'mcp_owner') THEN
    CREATE ROLE mcp_owner NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'mcp_reader') THEN
    CREATE ROLE mcp_reader NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'mcp_writer') THEN
    CREATE ROLE mcp_writer NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'mcp_database') THEN
    CREATE ROLE mcp_database LOGIN NOINHERIT;
  END IF;
END
$$;

GRANT mcp_reader, mcp_writer TO mcp_database;
GRANT mcp_owner TO CURRENT_USER;

DO $$
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO mcp_database', current_database());
  EXECUTE format('GRANT CREATE ON DATABASE %I TO mcp_owner', current_database());
END
$$;
REVOKE ALL ON SCHEMA public FROM PUBLIC;

SET LOCAL ROLE mcp_owner;
CREATE SCHEMA app;
CREATE SCHEMA business;
GRANT USAGE ON SCHEMA app, business TO mcp_reader, mcp_writer;
ALTER DEFAULT PRIVILEGES FOR ROLE mcp_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- Keys of the seal, ready for HMAC-SHA-256; two during a rotation.
CREATE TABLE app.seal_key (
  inner_pad bytea NOT NULL CHECK (length(inner_pad) = 64),
  outer_pad bytea NOT NULL CHECK (length(outer_pad) = 64),
  PRIMARY KEY (inner_pad)
);

-- Restricted to the leader of a parallel plan, since a worker has another process id. Hashed once more before they are
-- compared, so that the time a comparison takes says nothing.
CREATE FUNCTION app.current_tenant() RETURNS text
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  tenant text := current_setting('app.tenant_id', true);
  seal bytea := decode(coalesce(current_setting('app.tenant_seal', true), ''), 'hex');
  message bytea := convert_to(
    concat_ws(chr(10), tenant, pg_backend_pid(), extract(epoch FROM transaction_timestamp())), 'UTF8');
BEGIN
  PERFORM FROM app.seal_key
  WHERE sha256(sha256(outer_pad || sha256(inner_pad || message))) = sha256(seal);
  IF NOT FOUND OR coalesce(tenant, '') = '' THEN
    RAISE EXCEPTION 'the transaction belongs to no tenant' USING ERRCODE = 'invalid_authorization_specification';
  END IF;
  RETURN tenant;
END
$$;
GRANT EXECUTE ON FUNCTION app.current_tenant() TO mcp_reader, mcp_writer;

-- Puts a table of the schema "business" under its tenants. It needs a column tenant_id, which must be part of each of its
-- keys: a key that spans tenants tells one of them what another has.
CREATE FUNCTION app.protect_table(target regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  fault text;
BEGIN
  SELECT conname INTO fault FROM pg_constraint c
  WHERE c.conrelid = target AND c.contype IN ('p', 'u', 'f', 'x')
    AND NOT EXISTS (
      SELECT FROM pg_attribute a
      WHERE a.attrelid = target AND a.attname = 'tenant_id' AND a.attnum = ANY (c.conkey));
  IF FOUND THEN
    RAISE EXCEPTION 'constraint % of % leaves tenant_id out', fault, target;
  END IF;
  SELECT i.indexrelid::regclass::text INTO fault FROM pg_index i
  WHERE i.indrelid = target AND i.indisunique
    AND NOT EXISTS (
      SELECT FROM pg_attribute a
      WHERE a.attrelid = target AND a.attname = 'tenant_id' AND a.attnum = ANY (i.indkey));
  IF FOUND THEN
    RAISE EXCEPTION 'unique index % of % leaves tenant_id out', fault, target;
  END IF;
  EXECUTE format('ALTER TABLE %s ALTER COLUMN tenant_id SET DEFAULT app.current_tenant()', target);
  EXECUTE format('ALTER TABLE %s ALTER COLUMN tenant_id SET NOT NULL', target);
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format(
    'CREATE POLICY tenant ON %s USING (tenant_id = (SELECT app.current_tenant())) '
    'WITH CHECK (tenant_id = (SELECT app.current_tenant()))', target);
  EXECUTE format('GRANT SELECT ON %s TO mcp_reader', target);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO mcp_writer', target);
END
$$;
RESET ROLE;
