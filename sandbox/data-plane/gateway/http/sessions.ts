import { BoundedCache } from "../../../../services/libraries/service-kit/bounded-cache.ts";
import { GatewayProblem } from "../gateway-problem.ts";

const MOST_SESSIONS = 5_000;

/** What a client of the 2025 revisions has begun with `initialize`. */
interface Session {
  readonly principal: string;
  /** What is still being answered, by the id of its request. */
  readonly calls: Map<unknown, AbortController>;
}

/** The sessions of one gateway: each is its user's only, and ends when it is not used. */
export class Sessions {
  private readonly sessions = new BoundedCache<Session>(MOST_SESSIONS);
  private readonly lifetimeMs: number;

  constructor(lifetimeMs: number) {
    this.lifetimeMs = lifetimeMs;
  }

  /** Begins a session, and tells its id. */
  begin(principal: string): string {
    const id = crypto.randomUUID();
    this.sessions.set(id, { principal, calls: new Map() }, this.lifetimeMs);
    return id;
  }

  /** The calls of a session; throws `GatewayProblem` for one that is over, or somebody else's. */
  use(id: string, principal: string): Session["calls"] {
    const session = this.sessions.get(id);
    if (session?.principal !== principal) throw new GatewayProblem("ERR_SESSION_UNKNOWN", "session is not known");
    this.sessions.set(id, session, this.lifetimeMs);
    return session.calls;
  }

  /** Ends a session and what is still going on in it. */
  end(id: string, principal: string): void {
    for (const call of this.use(id, principal).values()) call.abort();
    this.sessions.set(id, { principal, calls: new Map() }, 0);
  }
}
