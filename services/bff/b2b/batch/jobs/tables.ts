import type { ClientBase } from "pg";
import { rowsOfOneTenant } from "../../database/tenant-rows.ts";

const TENANT = "tenant_id text NOT NULL DEFAULT current_setting('partner_bff.tenant')";
const OF_JOB = "FOREIGN KEY (tenant_id, job_id) REFERENCES partner_bff.batch_jobs ON DELETE CASCADE";

const TABLES = `
CREATE TABLE IF NOT EXISTS partner_bff.batch_jobs (
  ${TENANT}, id text NOT NULL, partner_id text NOT NULL, schema text NOT NULL, kind jsonb NOT NULL,
  state text NOT NULL DEFAULT 'uploading', bytes bigint NOT NULL DEFAULT 0, rows bigint NOT NULL DEFAULT 0,
  succeeded bigint NOT NULL DEFAULT 0, failed bigint NOT NULL DEFAULT 0, fault jsonb, lease uuid, attempts int NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL DEFAULT now(), touched_at timestamptz NOT NULL DEFAULT now(),
  created_at timestamptz NOT NULL DEFAULT now(), ended_at timestamptz, PRIMARY KEY (tenant_id, id));
CREATE TABLE IF NOT EXISTS partner_bff.batch_files (
  ${TENANT}, job_id text NOT NULL, number int NOT NULL, bytes bytea NOT NULL, PRIMARY KEY (tenant_id, job_id, number), ${OF_JOB});
ALTER TABLE partner_bff.batch_files ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE TABLE IF NOT EXISTS partner_bff.batch_failed_rows (
  ${TENANT}, job_id text NOT NULL, row bigint NOT NULL, place int NOT NULL, code text NOT NULL, field text, message text NOT NULL,
  PRIMARY KEY (tenant_id, job_id, row, place), ${OF_JOB});
CREATE TABLE IF NOT EXISTS partner_bff.batch_results (
  ${TENANT}, job_id text NOT NULL, last_row bigint NOT NULL, lines text NOT NULL, PRIMARY KEY (tenant_id, job_id, last_row), ${OF_JOB});
`;

/** Makes the tables of batches; after `preparePartnerDatabase`, by an administrator. */
export async function prepareBatchDatabase(client: ClientBase): Promise<void> {
  const tables = ["batch_jobs", "batch_files", "batch_failed_rows", "batch_results"];
  await client.query(TABLES + rowsOfOneTenant("partner_bff", tables));
}
