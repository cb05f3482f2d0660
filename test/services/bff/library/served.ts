import { Hono } from "hono";
import type { BffEnvironment, BffLog } from "../../../../services/bff/library/bff-environment.ts";
import { type ServerLimits, startBffServer } from "../../../../services/bff/library/bff-server.ts";
import { answerErrors } from "../../../../services/bff/library/error-answers.ts";
import { requestIds } from "../../../../services/bff/library/request-ids.ts";

/** A BFF with some routes, on loopback, and what it logged. */
export interface ServedRoutes {
  readonly origin: string;
  readonly port: number;
  readonly logged: object[];
  readonly stop: () => Promise<void>;
}

/** Serves routes behind what every BFF has in front of them. */
export async function served(
  routes: (app: Hono<BffEnvironment>) => void,
  limits: Partial<ServerLimits> = {},
): Promise<ServedRoutes> {
  const logged: object[] = [];
  const keep = (fields: object): void => void logged.push(fields);
  const log: BffLog = { info: keep, warn: keep, error: keep };
  const app = new Hono<BffEnvironment>();
  app.use(requestIds);
  answerErrors(app, log);
  routes(app);
  const { port, stop } = await startBffServer({ fetch: app.fetch, port: 0, address: "127.0.0.1", limits });
  return { origin: `http://127.0.0.1:${port}`, port, logged, stop };
}
