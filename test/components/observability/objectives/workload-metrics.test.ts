import * as aws from "@pulumi/aws";
import { describe, expect, it } from "vitest";
import {
  businessMetrics,
  identityMetrics,
  workloadMetrics,
} from "../../../../components/observability/objectives/workload-metrics.ts";
import { A2A_AUDIT_EVENT, AUDIT_EVENT, BFF_AUDIT_EVENT } from "../../../../contracts/records/audit-line.ts";
import { LOG_KEY } from "../../../../contracts/records/container-logs.ts";
import { METRICS } from "../../../../contracts/records/metrics.ts";
import { type AuditedCall, auditLine } from "../../../../services/libraries/service-kit/audit-line.ts";
import { awsOf, planned } from "../../planned.ts";

const FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter";

const plan = () =>
  planned((opts) => {
    const served = { provider: awsOf(opts) };
    const group = new aws.cloudwatch.LogGroup("pods", { name: "/pods" }, served);
    workloadMetrics("workloads", { logGroupName: group.name }, served);
  });

/** A line of a pod as Fluent Bit sends it. */
const sent = (call: Partial<AuditedCall>): unknown => {
  const line = auditLine({
    ...{ at: 0, component: "bff-b2c", requestId: "r", correlationId: "c", tenantId: "xyz-gmbh" },
    ...{ statusCode: 200, processingTimeMs: 12, ...call },
  });
  return { log: line, [LOG_KEY]: JSON.parse(line) as unknown, kubernetes: { namespace_name: "xyz-gmbh" } };
};

/** What a selector of CloudWatch Logs finds. */
const at = (selector: string, line: unknown): unknown =>
  selector
    .replace(/^\$\./, "")
    .split(".")
    .reduce<unknown>((it, name) => (it as Record<string, unknown>)[name], line);

const ALL_OF = /^\{ x(?: && x)* \}$/;
const TERM = /\((\$[\w.]+) (=|>=) ("[^"]*"|\d+)\)/g;

/** Whether a line matches a pattern of the two forms that are used here: one of some terms, or one of them and a last one. */
function matches(pattern: string, line: unknown): boolean {
  const terms = [...pattern.matchAll(TERM)].map(([, selector = "", is, value = ""]) => {
    const found = at(selector, line);
    return is === "=" ? found === JSON.parse(value) : Number(found) >= Number(value);
  });
  const form = pattern.replaceAll(TERM, "x");
  if (form === "{ x || x }") return terms.includes(true);
  if (form === "{ (x || x) && x }") return terms.slice(0, 2).includes(true) && terms[2] === true;
  if (ALL_OF.test(form)) return terms.every(Boolean);
  throw new Error(`not understood: ${pattern}`);
}

interface Counted {
  readonly pattern: string;
  readonly metricTransformation: {
    readonly namespace: "Alicerce/Workloads" | "Alicerce/Business";
    readonly value: string;
    readonly dimensions: Readonly<Record<string, string>>;
  };
}

describe("workloadMetrics", () => {
  const counted = async (metric: string) => (await plan()).inputs(FILTER, `workloads-${metric}`) as unknown as Counted;

  it.each([
    ["calls", A2A_AUDIT_EVENT, 200, true],
    ["calls", BFF_AUDIT_EVENT, 403, true],
    ["calls", AUDIT_EVENT, 200, false],
    ["failures", A2A_AUDIT_EVENT, 500, true],
    ["failures", BFF_AUDIT_EVENT, 503, true],
    ["failures", BFF_AUDIT_EVENT, 429, false],
    ["failures", AUDIT_EVENT, 500, false],
    ["duration", BFF_AUDIT_EVENT, 200, true],
  ] as const)("%s: of %s with status %d: %s", async (metric, event, statusCode, isCounted) => {
    const { pattern } = await counted(metric);
    expect(matches(pattern, sent({ event, statusCode }))).toBe(isCounted);
  });

  it("counts by the tenant and the workload that the line names, in metrics that are known", async () => {
    for (const metric of ["Calls", "Failures", "Duration"] as const) {
      const { metricTransformation: it } = await counted(metric.toLowerCase());
      expect(METRICS["Alicerce/Workloads"][metric]).toContainEqual(Object.keys(it.dimensions));
      const line = sent({ event: BFF_AUDIT_EVENT });
      expect(Object.values(it.dimensions).map((one) => at(one, line))).toEqual(["xyz-gmbh", "bff-b2c"]);
    }
  });

  it("measures the time that the line says", async () => {
    const { metricTransformation: it } = await counted("duration");
    expect(at(it.value, sent({ event: BFF_AUDIT_EVENT, processingTimeMs: 12 }))).toBe(12);
  });
});

describe("businessMetrics", () => {
  const names = async (...scenarios: ("b2c" | "b2b")[]) => {
    const made = await planned((opts) => {
      const served = { provider: awsOf(opts) };
      const group = new aws.cloudwatch.LogGroup("pods", { name: "/pods" }, served);
      businessMetrics("business", { logGroupName: group.name, scenarios }, served);
    });
    const counted = (metric: string) => made.inputs(FILTER, `business-${metric}`) as unknown as Counted;
    return { all: made.names(FILTER), counted };
  };
  const of = (method: string, resource: string, others: Partial<AuditedCall> = {}) =>
    sent({ event: BFF_AUDIT_EVENT, method, resource, ...others });

  it.each([
    ["chats", of("POST", "/chat"), true],
    ["chats", of("GET", "/chat"), false],
    ["orders", of("POST", "/v1/orders"), true],
    ["orders", of("POST", "/v1/orders", { refusal: "ERR_BODY_INVALID", statusCode: 422 }), true],
    ["orders", of("POST", "/v1/orders/ord-1/cancellation"), false],
    ["orders", of("GET", "/v1/orders"), false],
    ["orders", of("POST", "/v1/orders", { event: A2A_AUDIT_EVENT }), false],
    ["batches", of("POST", "/v1/batches"), true],
    ["batches", of("POST", "/v1/batches/job-1/cancel"), false],
  ] as const)("%s: of %j: %s", async (metric, line, isCounted) => {
    const { counted } = await names("b2c", "b2b");
    expect(matches(counted(metric).pattern, line)).toBe(isCounted);
  });

  it("counts by tenant and outcome, and by nothing that tells people apart", async () => {
    const { counted } = await names("b2c", "b2b");
    for (const metric of ["Chats", "Orders", "Batches"] as const) {
      const { metricTransformation: it } = counted(metric.toLowerCase());
      expect([it.namespace, METRICS["Alicerce/Business"][metric]]).toEqual([
        "Alicerce/Business",
        [Object.keys(it.dimensions).toSorted().toReversed()],
      ]);
      const outcomes = [of("POST", "/chat"), of("POST", "/chat", { refusal: "ERR_X" })];
      const selectors = ["tenant", "outcome"].map((name) => it.dimensions[name] ?? "");
      expect(outcomes.map((line) => selectors.map((one) => at(one, line)))).toEqual([
        ["xyz-gmbh", "allowed"],
        ["xyz-gmbh", "refused"],
      ]);
    }
  });

  it("counts what is of the BFFs that a tenant has", async () => {
    expect((await names("b2c")).all).toEqual(["business-chats"]);
    expect((await names("b2b")).all).toEqual(["business-batches", "business-orders"]);
    expect((await names()).all).toEqual([]);
  });
});

/** A line as Keycloak 26.7.3 writes its events (`JBossLoggingEventListenerProvider`), with the members that count. */
const keycloakLine = (message: string, loggerName = "org.keycloak.events"): unknown => ({
  [LOG_KEY]: { loggerName, level: "INFO", message },
});
const PATTERN = /^\{ \(\$\.(\S+) = "([^"]+)"\) && \(\$\.(\S+) = %([\w^.=,|]+)%\) \}$/;

describe("identityMetrics", () => {
  const of = async (metric: string) => {
    const made = await planned((opts) => {
      const served = { provider: awsOf(opts) };
      const group = new aws.cloudwatch.LogGroup("keycloak", { name: "/keycloak" }, served);
      identityMetrics("identity", { logGroupName: group.name }, served);
    });
    return made.inputs(FILTER, `identity-${metric}`) as unknown as Pick<Counted, "pattern"> & {
      readonly metricTransformation: object;
    };
  };
  const isCounted = (pattern: string, line: unknown): boolean => {
    const [, logger = "", name = "", message = "", regex = ""] = PATTERN.exec(pattern) ?? [];
    return at(logger, line) === name && new RegExp(regex).test(String(at(message, line)));
  };
  const login = 'type="LOGIN", realmId="r", realmName="xyz-gmbh", clientId="ide", userId="u", ipAddress="10.0.0.1"';

  it.each([
    ["signins", keycloakLine(login), true],
    ["signins", keycloakLine(login.replace("LOGIN", "LOGIN_ERROR")), false],
    ["signins", keycloakLine(login.replace("LOGIN", "IDENTITY_PROVIDER_LOGIN")), false],
    ["signins", keycloakLine(login, "org.keycloak.services"), false],
    ["signins", keycloakLine('type="LOGOUT", redirect_uri="type=.LOGIN.,"'), false],
    ["signinfailures", keycloakLine(login.replace("LOGIN", "LOGIN_ERROR")), true],
    ["signinfailures", keycloakLine(login), false],
    ["tokens", keycloakLine(login.replace("LOGIN", "CODE_TO_TOKEN")), true],
    ["tokens", keycloakLine(login.replace("LOGIN", "REFRESH_TOKEN")), true],
    ["tokens", keycloakLine(login.replace("LOGIN", "REFRESH_TOKEN_ERROR")), false],
  ] as const)("%s: of %j: %s", async (metric, line, expected) => {
    expect(isCounted((await of(metric)).pattern, line)).toBe(expected);
  });

  it("counts without a dimension, since a line names tenants and people in its text alone", async () => {
    for (const [metric, name] of [
      ["signins", "SignIns"],
      ["signinfailures", "SignInFailures"],
      ["tokens", "Tokens"],
    ] as const) {
      expect((await of(metric)).metricTransformation).toEqual({
        name,
        namespace: "Alicerce/Identity",
        value: "1",
        unit: "Count",
      });
      expect(METRICS["Alicerce/Identity"][name]).toEqual([[]]);
    }
  });
});
