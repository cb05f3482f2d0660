import { Hono } from "hono";
import { BFF_HEALTH_PATH } from "../../../../contracts/bff/health.ts";
import { ApiProblem } from "../api-problem.ts";
import type { BffEnvironment, BffLog } from "../bff-environment.ts";
import { answerErrors } from "../error-answers.ts";
import { requestIds } from "../request-ids.ts";

/**
 * Serves an application that is opened with the first request that needs it: its process starts, and answers its health, without anything
 * that the application needs. While that cannot be opened, requests are answered by 503, and each tries again.
 */
export function openedLater(open: () => Promise<Hono<BffEnvironment>>, log: BffLog): Hono<BffEnvironment> {
  let opened: Promise<Hono<BffEnvironment>> | undefined;
  const app = new Hono<BffEnvironment>();
  answerErrors(app, log);
  app.use(requestIds);
  app.get(BFF_HEALTH_PATH, (call) => call.text("ok"));
  app.all("*", async (call) => {
    opened ??= open().catch((cause: unknown) => {
      opened = undefined;
      throw new ApiProblem("unavailable", "what is needed to answer cannot be had", { retryAfterSeconds: 5, cause });
    });
    return (await opened).fetch(call.req.raw, call.env);
  });
  return app;
}
