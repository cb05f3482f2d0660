import { balancerRulesAreForOwnHosts } from "../../../policies/premise-1-gateway-only/balancer-rules-are-for-own-hosts.ts";
import { testRule } from "../../support/rule-tester.ts";
import { type Described, planOf } from "../programs.ts";

const OWN = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/own/1";
const OTHERS = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/others/2";
const HOST = "xyz-gmbh.b2b.eu.agents.example.com";
const GROUP: Described = { type: "aws:lb/targetGroup:TargetGroup", name: "own", outputs: { arn: OWN } };

const forward = (targetGroupArn: string): readonly object[] => [{ type: "forward", targetGroupArn }];
const hosts = (...values: readonly string[]): readonly object[] => [{ hostHeader: { values } }];

const ruled = (conditions: readonly object[], actions: readonly object[] = forward(OWN)) =>
  planOf(GROUP, { type: "aws:lb/listenerRule:ListenerRule", name: "rule", inputs: { conditions, actions } });
const bound = (targetGroupARN: string) =>
  planOf(GROUP, {
    type: "kubernetes:eks.amazonaws.com/v1:TargetGroupBinding",
    name: "binding",
    inputs: { metadata: { namespace: "xyz-gmbh" }, spec: { serviceRef: { name: "bff-b2b" }, targetGroupARN } },
  });

const ITS_HOSTS = '"rule" must be for hosts of its own stack, each by its whole name.';
const ITS_GROUP = '"rule" must send to a target group of its own stack.';

testRule(balancerRulesAreForOwnHosts, {
  accepts: {
    "what is asked of the tenant's own host": ruled(hosts(HOST)),
    "both of its hosts": ruled(hosts(HOST, "xyz-gmbh.b2c.eu.agents.example.com")),
    "some paths of it": ruled([...hosts(HOST), { pathPattern: { values: ["/v1/*"] } }]),
    "an answer without pods": ruled(hosts(HOST), [{ type: "fixed-response" }]),
    "a binding of its own group": bound(OWN),
  },
  rejects: {
    "the host of another tenant": [ruled(hosts("acme-corp.b2b.eu.agents.example.com")), ITS_HOSTS],
    "hosts of all tenants": [ruled(hosts("*.b2b.eu.agents.example.com")), ITS_HOSTS],
    "its own host and another": [ruled(hosts(HOST, "acme-corp.b2b.eu.agents.example.com")), ITS_HOSTS],
    "the host of the identity provider": [ruled(hosts("identity.eu-west-1.agents.example.com")), ITS_HOSTS],
    "its host in another residency": [ruled(hosts("xyz-gmbh.b2b.us.agents.example.com")), ITS_HOSTS],
    "every host": [ruled([{ pathPattern: { values: ["/*"] } }]), ITS_HOSTS],
    "hosts by a regular expression": [ruled([{ hostHeader: { values: [HOST], regexValues: [".*"] } }]), ITS_HOSTS],
    "the pods of another tenant": [ruled(hosts(HOST), forward(OTHERS)), ITS_GROUP],
    "a share for other pods": [
      ruled(hosts(HOST), [{ type: "forward", forward: { targetGroups: [{ arn: OTHERS }] } }]),
      ITS_GROUP,
    ],
    "another address": [ruled(hosts(HOST), [{ type: "redirect", redirect: { host: "x.example.com" } }]), ITS_GROUP],
    "pods that another tenant's rules lead to": [bound(OTHERS), '"binding" must bind a target group of its own stack.'],
  },
});
