-- Customers, orders and invoices of two tenants. What belongs to globex says so, that a test can see it anywhere.
SET LOCAL ROLE mcp_owner;
CREATE TABLE business.customer (
  tenant_id text, id int, name text NOT NULL, email text, joined timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, email)
);
COMMENT ON TABLE business.customer IS 'Who buys';
CREATE TABLE business."order" (
  tenant_id text, id bigint, customer_id int NOT NULL, total numeric(20, 4) NOT NULL CHECK (total >= 0), detail jsonb,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, customer_id) REFERENCES business.customer (tenant_id, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE business.invoice (
  tenant_id text, number text, order_id bigint NOT NULL, document bytea,
  PRIMARY KEY (tenant_id, number),
  FOREIGN KEY (tenant_id, order_id) REFERENCES business."order" (tenant_id, id)
);
SELECT app.protect_table('business.customer'), app.protect_table('business.order'), app.protect_table('business.invoice');
RESET ROLE;

INSERT INTO business.customer (tenant_id, id, name, email) VALUES
  ('acme', 1, 'Ann', 'ann@example.com'), ('acme', 2, 'Bob', 'bob@example.com'), ('acme', 3, 'Cid', NULL),
  ('globex', 1, 'GLOBEX-SECRET-1', 'globex-secret@example.com'), ('globex', 4242, 'GLOBEX-SECRET-2', NULL);
INSERT INTO business."order" (tenant_id, id, customer_id, total, detail) VALUES
  ('acme', 10, 1, 12.5, '{"lines": 1}'), ('acme', 11, 2, 99999999999999.9999, NULL),
  ('globex', 10, 1, 777.7777, '{"note": "GLOBEX-SECRET-3"}');
INSERT INTO business.invoice (tenant_id, number, order_id, document) VALUES
  ('acme', 'A-1', 10, '\x00ff'), ('globex', 'GLOBEX-SECRET-4', 10, 'GLOBEX-SECRET-5');
ANALYZE;
