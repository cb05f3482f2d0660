-- Takes away from everybody the functions of PostgreSQL that change something, read files, wait, or run SQL given as text.
-- Nothing rests on it: where the functions belong to the platform (Amazon Aurora) a REVOKE is a warning, or an error for
-- those that nobody but the platform may call, and isolation must hold all the same. It is the third lock, behind the seal and the statement's own check.
SET LOCAL client_min_messages = error;
DO $$
DECLARE
  it regprocedure;
BEGIN
  FOR it IN
    SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f'
      AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype, 'language_handler'::regtype)
      AND (
        p.proname ~ '^(lo_|lo|pg_stat_get_|pg_ls_|pg_read_|pg_stat_file|pg_logical|pg_replication|pg_lock_status|pg_cursor|pg_prepared_)'
        OR p.proname ~ '(_to_xml|_to_xmlschema|_to_xml_and_xmlschema)$'
        OR p.proname IN ('ts_stat', 'ts_rewrite', 'pg_show_all_settings', 'pg_show_all_file_settings', 'pg_hba_file_rules')
        OR (p.provolatile = 'v' AND p.proname NOT IN
          ('random', 'gen_random_uuid', 'clock_timestamp', 'timeofday', 'record_in', 'record_recv'))
      )
  LOOP
    BEGIN
      EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', it);
    EXCEPTION WHEN insufficient_privilege THEN NULL;
    END;
  END LOOP;
END
$$;
-- The service itself needs these before it takes the role of a reader or writer.
GRANT EXECUTE ON FUNCTION set_config(text, text, boolean), pg_cancel_backend(integer) TO mcp_database;
