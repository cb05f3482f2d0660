import { BFF_HEALTH_PATH } from "../../../contracts/bff/health.ts";
import { COUNTED_PATHS } from "../../../contracts/bff/paths.ts";
import { bffName } from "../../../contracts/bff/names.ts";
import { Hono, type MiddlewareHandler } from "hono";
import { compress } from "hono/compress";
import { cors } from "hono/cors";
import { etag } from "hono/etag";
import { type Audited, audited } from "../library/audited.ts";
import { answerErrors } from "../library/error-answers.ts";
import { callerNetwork } from "../library/caller-address.ts";
import { limitRequests, type RateLimit } from "../library/rate-limit.ts";
import { requestIds } from "../library/request-ids.ts";
import { securityHeaders } from "../library/security-headers.ts";
import type { AnsweringParts } from "./chat/answering.ts";
import { chatRoutes } from "./chat/chat-routes.ts";
import type { Runs } from "./chat/runs.ts";
import type { ConsumerEnvironment } from "./consumer-environment.ts";
import { consumerRoutes } from "./consumer/consumer-routes.ts";
import { conversationRoutes } from "./consumer/conversation-routes.ts";
import { type CallerParts, CSRF_HEADER, knowCaller, requireConsumer } from "./know-caller.ts";
import { isAllowedOrigin } from "./origins.ts";
import { type PageFiles, pageRoutes } from "./page-files.ts";
import { type SignInParts, signInRoutes } from "./sign-in/sign-in-routes.ts";

/** Everything that the BFF for consumers is made of. */
export interface ConsumerBffParts
  extends CallerParts, SignInParts, AnsweringParts, Pick<Audited<ConsumerEnvironment>, "audit"> {
  readonly runs: Runs;
  readonly page: PageFiles;
  /** Origins whose pages may call the API with an access token, such as `https://*.example.com`. */
  readonly allowedOrigins: readonly string[];
  readonly answersFrom: "model" | "scripted-model";
  /** How many proxies of our own stand in front. */
  readonly proxies: number;
  readonly limits: { readonly anonymous: RateLimit; readonly signedIn: RateLimit };
}

/** The BFF of one tenant for its consumers: web, mobile and chat. */
export function consumerBff(parts: ConsumerBffParts): Hono<ConsumerEnvironment> {
  const app = new Hono<ConsumerEnvironment>();
  app.use(requestIds);
  answerErrors(app, parts.log);
  app.use(securityHeaders("pages"));
  app.get(BFF_HEALTH_PATH, (context) => context.json({ status: "ok" }));
  app.route("/", pageRoutes(parts.page));
  app.use(
    audited<ConsumerEnvironment>({
      ...parts,
      component: bffName("b2c"),
      callerOf: (context) => context.get("consumer"),
    }),
  );
  app.use("/v1/*", crossOrigin(parts.allowedOrigins));
  app.use(knowCaller(parts));
  app.use(limited(parts));
  app.route("/", signInRoutes(parts));
  app.route("/v1", api(parts));
  return app;
}

function api(parts: ConsumerBffParts): Hono<ConsumerEnvironment> {
  const app = new Hono<ConsumerEnvironment>();
  app.get("/session", (context) => {
    context.header("cache-control", "no-store");
    const consumer = context.get("consumer");
    const { tenantId: tenant, answersFrom, signInProviders } = parts;
    if (consumer === undefined) return context.json({ isSignedIn: false, tenant, signInProviders });
    return context.json({ isSignedIn: true, tenant, answersFrom, csrfToken: consumer.session?.csrf ?? null });
  });
  app.use(requireConsumer);
  app.route(COUNTED_PATHS.chats, chatRoutes(parts.runs, parts));
  app.use(compress(), etag(), privately);
  app.route("/me", consumerRoutes(parts));
  app.route("/conversations", conversationRoutes(parts));
  return app;
}

/** What is a consumer's own may be kept by the consumer's own program, which asks whether it is still so. */
const privately: MiddlewareHandler = async (context, next) => {
  await next();
  context.res.headers.set("cache-control", "private, no-cache");
  context.res.headers.append("vary", "Authorization, Cookie");
};

/** Pages elsewhere call with a token of their own and never with our cookies: no credentials are allowed. */
function crossOrigin(allowed: readonly string[]): MiddlewareHandler {
  return cors({
    origin: (origin) => (isAllowedOrigin(origin, allowed) ? origin : null),
    allowMethods: ["GET", "POST", "PUT", "DELETE"],
    allowHeaders: ["Authorization", "Content-Type", "If-None-Match", "Last-Event-ID", CSRF_HEADER],
    exposeHeaders: ["ETag", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-ID"],
    maxAge: 600,
  });
}

function limited({ limits, proxies }: ConsumerBffParts): MiddlewareHandler<ConsumerEnvironment> {
  return limitRequests<ConsumerEnvironment>((context) => {
    const consumer = context.get("consumer");
    if (consumer !== undefined) return { holder: consumer.userId, limit: limits.signedIn };
    return { holder: callerNetwork(context, proxies), limit: limits.anonymous };
  });
}
