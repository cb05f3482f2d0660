-- Which rows and columns of its tenant a caller may see, beside the tenant itself.
--
-- Who calls stands in app.caller, as JSON, and the seal covers it as it covers the tenant: SQL that changes it, leaves it out
-- or takes another role breaks the seal, and every policy then refuses. The members:
--   sees  "all" rows of the tenant, or the "own"
--   ids   whose rows are its own: the person, or the customers for whom a partner acts
--   role  the role of PostgreSQL that the service chose, so that grants on columns hold whatever a statement does
-- A transaction without app.caller, as a release before this one opens it, sees no row of a table with limited rows.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'mcp_limited_reader') THEN
    CREATE ROLE mcp_limited_reader NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'mcp_limited_writer') THEN
    CREATE ROLE mcp_limited_writer NOLOGIN;
  END IF;
END
$$;
GRANT mcp_limited_reader, mcp_limited_writer TO mcp_database;

SET LOCAL ROLE mcp_owner;
GRANT USAGE ON SCHEMA app, business TO mcp_limited_reader, mcp_limited_writer;

CREATE OR REPLACE FUNCTION app.current_tenant() RETURNS text
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  tenant text := current_setting('app.tenant_id', true);
  caller text := nullif(current_setting('app.caller', true), '');
  seal bytea := decode(coalesce(current_setting('app.tenant_seal', true), ''), 'hex');
  message bytea := convert_to(
    concat_ws(chr(10), tenant, pg_backend_pid(), extract(epoch FROM transaction_timestamp()), caller), 'UTF8');
BEGIN
  PERFORM FROM app.seal_key
  WHERE sha256(sha256(outer_pad || sha256(inner_pad || message))) = sha256(seal);
  IF NOT FOUND OR coalesce(tenant, '') = '' THEN
    RAISE EXCEPTION 'the transaction belongs to no tenant' USING ERRCODE = 'invalid_authorization_specification';
  END IF;
  IF caller IS NOT NULL AND caller::jsonb ->> 'role' IS DISTINCT FROM current_setting('role') THEN
    RAISE EXCEPTION 'the transaction has another role' USING ERRCODE = 'invalid_authorization_specification';
  END IF;
  RETURN tenant;
END
$$;

-- What is verified of the caller; nothing where nobody was named.
CREATE FUNCTION app.current_caller() RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM app.current_tenant();
  RETURN coalesce(nullif(current_setting('app.caller', true), '')::jsonb, '{}');
END
$$;
CREATE FUNCTION app.sees_all() RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp
AS $$ SELECT coalesce(app.current_caller() ->> 'sees', '') = 'all' $$;
CREATE FUNCTION app.own_ids() RETURNS text[]
LANGUAGE sql STABLE PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp
AS $$ SELECT ARRAY(SELECT jsonb_array_elements_text(coalesce(app.current_caller() -> 'ids', '[]'))) $$;
GRANT EXECUTE ON FUNCTION app.current_caller(), app.sees_all(), app.own_ids()
  TO mcp_reader, mcp_writer, mcp_limited_reader, mcp_limited_writer;
GRANT EXECUTE ON FUNCTION app.current_tenant() TO mcp_limited_reader, mcp_limited_writer;

-- Gives the limited roles what the full ones have, of a table that is protected; columns are hidden from them afterwards.
CREATE FUNCTION app.open_to_limited(target regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  EXECUTE format('GRANT SELECT ON %s TO mcp_limited_reader', target);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO mcp_limited_writer', target);
END
$$;

ALTER FUNCTION app.protect_table(regclass) RENAME TO protect_tenants;
CREATE FUNCTION app.protect_table(target regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM app.protect_tenants(target);
  PERFORM app.open_to_limited(target);
END
$$;

-- Tables that were protected before there were limited roles.
SELECT app.open_to_limited(polrelid) FROM pg_policy WHERE polname = 'tenant';
REVOKE SELECT ON app.idempotency FROM mcp_limited_reader;

-- Shows a row to callers who see all, and to those whose id is in one of the columns.
CREATE FUNCTION app.limit_rows(target regclass, VARIADIC columns name[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  own text;
BEGIN
  SELECT string_agg(format('%I::text = ANY ((SELECT app.own_ids())::text[])', it), ' OR ') INTO own FROM unnest(columns) AS it;
  EXECUTE format('CREATE POLICY caller ON %s AS RESTRICTIVE USING ((SELECT app.sees_all()) OR %s)', target, own);
END
$$;

-- Shows a row to callers who see the row of another table that it refers to.
CREATE FUNCTION app.limit_rows_by(target regclass, reference name, parent regclass, key name) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  EXECUTE format(
    'CREATE POLICY caller ON %1$s AS RESTRICTIVE USING ((SELECT app.sees_all()) OR EXISTS ('
    'SELECT FROM %3$s AS parent WHERE parent.tenant_id = %1$s.tenant_id AND parent.%4$I = %1$s.%2$I))',
    target, reference, parent, key);
END
$$;

-- Takes columns from the callers who may not see personal data: they neither read nor write them.
CREATE FUNCTION app.hide_columns(target regclass, VARIADIC columns name[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  others text;
BEGIN
  SELECT string_agg(quote_ident(attname), ', ') INTO others FROM pg_attribute
  WHERE attrelid = target AND attnum > 0 AND NOT attisdropped AND attname <> ALL (columns);
  EXECUTE format('REVOKE ALL ON %s FROM mcp_limited_reader, mcp_limited_writer', target);
  EXECUTE format('GRANT SELECT (%s) ON %s TO mcp_limited_reader, mcp_limited_writer', others, target);
  EXECUTE format('GRANT INSERT (%1$s), UPDATE (%1$s), DELETE ON %2$s TO mcp_limited_writer', others, target);
END
$$;
RESET ROLE;
