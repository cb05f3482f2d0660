-- The tables of a company that sells things: what the database server of a laptop offers.
SET LOCAL ROLE mcp_owner;
CREATE TABLE business.customers (
  tenant_id text,
  id integer,
  -- What the customer is called in other systems.
  reference text NOT NULL,
  -- The consumer who is the customer and signs in, if any does.
  person_id text,
  name text NOT NULL,
  email text NOT NULL,
  city text NOT NULL,
  country char(2) NOT NULL,
  segment text NOT NULL CHECK (segment IN ('consumer', 'small business', 'enterprise')),
  customer_since date NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, reference),
  UNIQUE (tenant_id, email)
);
CREATE TABLE business.orders (
  tenant_id text,
  id integer,
  customer_id integer NOT NULL,
  placed_at timestamptz NOT NULL,
  status text NOT NULL CHECK (status IN ('placed', 'shipped', 'delivered', 'cancelled')),
  currency char(3) NOT NULL,
  total numeric(12, 2) NOT NULL CHECK (total >= 0),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, customer_id) REFERENCES business.customers (tenant_id, id)
);
CREATE INDEX ON business.orders (tenant_id, customer_id);
CREATE INDEX ON business.orders (tenant_id, placed_at);
CREATE TABLE business.order_lines (
  tenant_id text,
  order_id integer,
  line integer CHECK (line > 0),
  product text NOT NULL,
  quantity integer NOT NULL CHECK (quantity > 0),
  unit_price numeric(10, 2) NOT NULL CHECK (unit_price > 0),
  PRIMARY KEY (tenant_id, order_id, line),
  FOREIGN KEY (tenant_id, order_id) REFERENCES business.orders (tenant_id, id)
);
CREATE TABLE business.invoices (
  tenant_id text,
  number text,
  order_id integer NOT NULL,
  issued_on date NOT NULL,
  due_on date NOT NULL,
  amount numeric(12, 2) NOT NULL CHECK (amount >= 0),
  paid_on date,
  PRIMARY KEY (tenant_id, number),
  UNIQUE (tenant_id, order_id),
  FOREIGN KEY (tenant_id, order_id) REFERENCES business.orders (tenant_id, id)
);
COMMENT ON TABLE business.customers IS 'Who buys';
COMMENT ON TABLE business.orders IS 'What was ordered, and how far it is';
COMMENT ON COLUMN business.orders.total IS 'Sum of the lines, without tax';
COMMENT ON TABLE business.order_lines IS 'What an order consists of';
COMMENT ON TABLE business.invoices IS 'What is asked for shipped orders; unpaid while paid_on is empty';
SELECT app.protect_table(format('business.%I', name)::regclass)
FROM unnest(ARRAY['customers', 'orders', 'order_lines', 'invoices']) AS name;
SELECT app.limit_rows('business.customers', 'reference', 'person_id');
SELECT app.limit_rows_by('business.orders', 'customer_id', 'business.customers', 'id');
SELECT app.limit_rows_by('business.order_lines', 'order_id', 'business.orders', 'id');
SELECT app.limit_rows_by('business.invoices', 'order_id', 'business.orders', 'id');
SELECT app.hide_columns('business.customers', 'email');
RESET ROLE;
