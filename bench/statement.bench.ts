import { checkStatement } from "../services/mcp/database/statements/statement.ts";
import { cpuMilliseconds, residentMegabytes, target } from "./support/target.ts";

const CHECKS = 3_000;
const QUERY =
  "select c.name, count(*) from customers c join orders o on o.customer_id = c.id where o.total > $1 group by c.name order by 2 desc limit 10";

const before = residentMegabytes(process.pid);
for (let i = 0; i < CHECKS; i++) await checkStatement(QUERY, 1);
const began = cpuMilliseconds(process.pid);
for (let i = 0; i < CHECKS; i++) await checkStatement(QUERY, 1);
target("a statement, checked, CPU", ((cpuMilliseconds(process.pid) - began) * 1_000) / CHECKS, 250, "µs");
target("PostgreSQL's parser and its statements, resident memory", residentMegabytes(process.pid) - before, 30, "MB");
