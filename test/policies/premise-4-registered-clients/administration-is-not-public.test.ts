import { administrationIsNotPublic } from "../../../policies/premise-4-registered-clients/administration-is-not-public.ts";
import type { Plan } from "../../../plan/model.ts";
import { testRule } from "../../support/rule-tester.ts";
import { planOf } from "../programs.ts";

const GROUP = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/identity/0123456789abcdef";
const HOST = "identity.eu-west-1.agents.example.com";

interface Rule {
  readonly priority?: number;
  readonly hosts?: readonly string[] | undefined;
  readonly paths?: readonly string[] | undefined;
  readonly action?: Record<string, unknown>;
  readonly listenerArn?: string;
}

const FORWARD = { type: "forward", targetGroupArn: GROUP };
const NOTHING = { type: "fixed-response", fixedResponse: { statusCode: "404" } };
const CLOSED: Rule = { priority: 10, hosts: [HOST], paths: ["/realms/master", "/realms/master/*"], action: NOTHING };
const SENT: Rule = { priority: 11, hosts: [HOST], paths: ["/realms/*", "/resources/*"] };

/** A target group that is bound to a Service, and the rules of a listener. */
function identity(
  rules: readonly Rule[],
  service = "keycloak",
  byDefault: Record<string, unknown> = NOTHING,
  internal = false,
): Plan {
  return planOf(
    { type: "aws:lb/loadBalancer:LoadBalancer", name: "balancer", inputs: { internal }, outputs: { arn: "balancer" } },
    { type: "aws:lb/targetGroup:TargetGroup", name: "identity", inputs: {}, outputs: { arn: GROUP } },
    {
      type: "kubernetes:eks.amazonaws.com/v1:TargetGroupBinding",
      name: "identity",
      inputs: { metadata: { namespace: service }, spec: { serviceRef: { name: service }, targetGroupARN: GROUP } },
    },
    {
      type: "aws:lb/listener:Listener",
      name: "https",
      inputs: { defaultActions: [byDefault], loadBalancerArn: "balancer" },
      outputs: { arn: "listener" },
    },
    ...rules.map(({ priority, hosts, paths, action = FORWARD, listenerArn = "listener" }, i) => ({
      type: "aws:lb/listenerRule:ListenerRule",
      name: `rule-${i}`,
      inputs: {
        listenerArn,
        priority,
        actions: [action],
        conditions: [
          ...(hosts === undefined ? [] : [{ hostHeader: { values: hosts } }]),
          ...(paths === undefined ? [] : [{ pathPattern: { values: paths } }]),
        ],
      },
    })),
  );
}

const SENDS = '"identity" must not be sent /admin, /realms/master, /metrics, /health.';

testRule(administrationIsNotPublic, {
  accepts: {
    "the realms, but for that of administrators": identity([CLOSED, SENT]),
    "a refusal for all hosts": identity([{ ...CLOSED, hosts: undefined }, SENT]),
    "everything, from inside the network": identity([{ ...SENT, paths: ["/*"] }], "keycloak", FORWARD, true),
    "one realm alone": identity([{ ...SENT, paths: ["/realms/xyz-gmbh/*"] }]),
  },
  rejects: {
    "all paths": [identity([CLOSED, { ...SENT, paths: ["/*"] }]), SENDS],
    "no pattern of paths": [identity([CLOSED, { ...SENT, paths: undefined }]), SENDS],
    "realms without a refusal": [identity([SENT]), SENDS],
    "a refusal that comes after": [identity([{ ...CLOSED, priority: 12 }, SENT]), SENDS],
    "a refusal of the realm's page alone": [identity([{ ...CLOSED, paths: ["/realms/master"] }, SENT]), SENDS],
    "a refusal for another host": [identity([{ ...CLOSED, hosts: ["bff.eu.agents.example.com"] }, SENT]), SENDS],
    "a refusal at another listener": [identity([{ ...CLOSED, listenerArn: "other" }, SENT]), SENDS],
    "a refusal that is none": [identity([{ ...CLOSED, action: FORWARD }, SENT]), SENDS],
    "the administration by name": [identity([CLOSED, SENT, { ...SENT, priority: 12, paths: ["/admin/*"] }]), SENDS],
    "everything by default": [
      identity([CLOSED, SENT], "keycloak", FORWARD),
      '"identity" must be a target group of its own stack to which no public listener sends by default.',
    ],
  },
  ignores: { "another Service": identity([{ ...SENT, paths: ["/*"] }], "bff") },
});
