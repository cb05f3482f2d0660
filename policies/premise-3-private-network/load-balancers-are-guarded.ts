import { CONTROL } from "../engine/frameworks.ts";
import { admittedBy, attachedTo, groupsNamed } from "../facts/network/security-groups.ts";
import { namersOf, type Naming } from "../facts/reference.ts";
import { isBehindWebAcl } from "../facts/network/web-acls.ts";
import { isInternetFacing, LOAD_BALANCERS, takesRequests } from "../facts/network/load-balancers.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, every } from "../engine/three-values.ts";

const LISTENERS: Naming = {
  types: ["aws:lb/listener:Listener", "aws:alb/listener:Listener"],
  input: "loadBalancerArn",
};

/** What a way from the internet must not lead to. */
const INNER: readonly string[] = [TYPE.runtime, TYPE.database, TYPE.databaseInstance];

/** Policies without TLS 1.0 and 1.1 (Elastic Load Balancing, security policies for HTTPS listeners). */
const TLS_POLICY = /^ELBSecurityPolicy-(?:TLS13-1-[23]-|FS-1-2-|TLS-1-2-)/;

export const loadBalancersAreGuarded = rule({
  premise: 3,
  id: "load-balancers-are-guarded",
  severity: "critical",
  description:
    "What faces the internet is a load balancer of requests, by TLS and behind a web ACL, that no runtime and no database admits; it passes on no malformed headers.",
  remediation:
    "Set `internal`; or set `dropInvalidHeaderFields`, and let an application load balancer listen by HTTPS, with a WebAclAssociation and security groups of its own.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoNetwork, CONTROL.pciNetwork],
  subjects: { types: LOAD_BALANCERS, where: isInternetFacing },
  judge: [
    (it) => (takesRequests(it) ? undefined : `"${it.name}" must be an application load balancer, or be internal.`),
    (it, stack) =>
      isBehindWebAcl(it, "arn", stack) ? undefined : absent(`"${it.name}" must be guarded by a web ACL of its region.`),
    (it, stack) => {
      const listeners = namersOf(it, LISTENERS, ["arn"], stack);
      return !takesRequests(it) || every(listeners, speaksTls)
        ? undefined
        : `"${it.name}" must listen by HTTPS with TLS 1.2 or later, and send plain HTTP there.`;
    },
    (it) =>
      !takesRequests(it) ||
      (it.flag("dropInvalidHeaderFields") === true && it.text("desyncMitigationMode") !== "monitor")
        ? undefined
        : `"${it.name}" must drop headers that are invalid, and requests that are ambiguous.`,
    (it, stack) =>
      isApart(it, stack)
        ? undefined
        : `"${it.name}" must be in security groups of its own stack that no runtime and no database admits.`,
  ],
});

function speaksTls(listener: ResourceView): boolean {
  if (listener.text("protocol") === "HTTPS") return TLS_POLICY.test(listener.text("sslPolicy") ?? "");
  const actions = listener.list("defaultActions");
  return (
    listener.text("protocol") === "HTTP" &&
    actions.length > 0 &&
    every(actions, (it) => it.text("type") === "redirect" && it.text("redirect.protocol") === "HTTPS")
  );
}

/** Whether nothing inner is in a group of the load balancer, or in a group that admits one of them. */
function isApart(balancer: ResourceView, stack: StackIndex): boolean {
  const own = groupsNamed({ value: balancer, of: balancer }, "securityGroups", stack);
  if (takesRequests(balancer) && (own.length === 0 || own.includes(undefined))) return false;
  const reached = stack
    .ofType(TYPE.securityGroup)
    .filter(
      (group) => own.includes(group) || admittedBy(group, stack).some((it) => it !== undefined && own.includes(it)),
    );
  return every(reached, (group) => every(attachedTo(group, stack), ({ type }) => !INNER.includes(type)));
}
