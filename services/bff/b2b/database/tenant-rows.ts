const NAME = /^[a-z_]+$/;

/**
 * The statements that keep the rows of a table to their tenant, for the role of the partners' BFF: it sees and writes those of the
 * tenant that its connection names. `column` holds the tenant. Throws `TypeError` for what is no plain name.
 */
export function rowsOfOneTenant(schema: string, tables: readonly string[], column = "tenant_id"): string {
  for (const it of [schema, column, ...tables]) if (!NAME.test(it)) throw new TypeError(`${it} is not a plain name`);
  const grants = tables.map(
    (table) => `
ALTER TABLE ${schema}.${table} ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS partner_bff ON ${schema}.${table};
CREATE POLICY partner_bff ON ${schema}.${table} TO partner_bff USING (${column} = current_setting('partner_bff.tenant'));
GRANT SELECT, INSERT, UPDATE, DELETE ON ${schema}.${table} TO partner_bff;`,
  );
  return `GRANT USAGE ON SCHEMA ${schema} TO partner_bff;${grants.join("")}`;
}
