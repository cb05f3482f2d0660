import { DatabaseProblem } from "../database-problem.ts";

/** How many calls of one tenant may wait, for each that may run: what bounds them is time, and this only their memory. */
const WAITING_PER_RUNNING = 20;

interface Tenant {
  running: number;
  readonly waiting: Set<() => void>;
}

/** Lets so many calls of each tenant run at once, and the next ones wait for their turn for a bounded time. */
export class TenantSlots {
  private readonly limit: number;
  private readonly waitMs: number;
  private readonly tenants = new Map<string, Tenant>();

  constructor(limit: number, waitMs: number) {
    this.limit = limit;
    this.waitMs = waitMs;
  }

  /** Waits for a slot and answers how to give it back; throws `ERR_DATABASE_BUSY` after `waitMs`, or at once if too many wait, and `ERR_STATEMENT_CANCELLED` once `signal` is aborted. */
  async take(tenantId: string, signal: AbortSignal): Promise<() => void> {
    const tenant = this.tenants.get(tenantId) ?? { running: 0, waiting: new Set() };
    this.tenants.set(tenantId, tenant);
    if (tenant.running < this.limit) tenant.running++;
    else await this.turn(tenant, signal);
    return () => this.give(tenantId, tenant);
  }

  private turn(tenant: Tenant, signal: AbortSignal): Promise<void> {
    if (tenant.waiting.size >= this.limit * WAITING_PER_RUNNING) return Promise.reject(this.busy());
    return new Promise((resolve, reject) => {
      const settle = (problem?: DatabaseProblem): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", cancel);
        tenant.waiting.delete(begin);
        if (problem === undefined) resolve();
        else reject(problem);
      };
      const begin = (): void => settle();
      const cancel = (): void => settle(new DatabaseProblem("ERR_STATEMENT_CANCELLED", "the call was cancelled"));
      const timer = setTimeout(() => settle(this.busy()), this.waitMs);
      signal.addEventListener("abort", cancel, { once: true });
      tenant.waiting.add(begin);
    });
  }

  /** The slot goes to whoever waits longest. */
  private give(tenantId: string, tenant: Tenant): void {
    const [next] = tenant.waiting;
    if (next !== undefined) next();
    else if (--tenant.running === 0) this.tenants.delete(tenantId);
  }

  private busy(): DatabaseProblem {
    return new DatabaseProblem(
      "ERR_DATABASE_BUSY",
      `${this.limit} calls of this tenant are running, and none ended while this one waited; try again`,
    );
  }
}
