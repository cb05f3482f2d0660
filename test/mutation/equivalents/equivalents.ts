import { ensureCatalogue } from "../../../sandbox/control-plane/catalogue/catalogue.ts";
import { DESCRIPTIONS } from "../../../policies/descriptions/descriptions.ts";
import type { Accepted } from "../../../policies/descriptions/description.ts";
import { type Equivalent, statementOf } from "./equivalent.ts";
import { EQUIVALENT_NAMES } from "./equivalent-names.ts";
import type { Mutant, Subject } from "../mutant.ts";
import { REDUNDANT_GRANTS } from "./redundant-grants.ts";
import { regionOf } from "../operators/wholes.ts";

/** Switches that are off in AWS unless they are set: `forceDestroy` and `skipFinalSnapshot` are the provider's own. */
const OFF_BY_DEFAULT = new Set([
  "forceDestroy",
  "internal",
  "mapPublicIpOnLaunch",
  "publiclyAccessible",
  "skipFinalSnapshot",
]);

/** Switches that are on in AWS and in Keycloak unless they are set. */
const ON_BY_DEFAULT: Readonly<Record<string, readonly string[]>> = {
  "aws:cloudwatch/metricAlarm:MetricAlarm": ["actionsEnabled"],
  "aws:ebs/encryptionByDefault:EncryptionByDefault": ["enabled"],
  "aws:ec2/vpc:Vpc": ["enableDnsSupport"],
  "aws:guardduty/detector:Detector": ["enable"],
  "keycloak:index/realmClientPolicyProfilePolicy:RealmClientPolicyProfilePolicy": ["enabled"],
};

const catalogue = await ensureCatalogue();

/** The whole list: what is not in it must be found. */
export const EQUIVALENTS: readonly Equivalent[] = [
  {
    reason: "The provider's schema refuses it: the plan cannot be made.",
    covers: isRefused,
  },
  {
    reason:
      "On EKS Auto Mode each node answers DNS by itself, at the address of the Service: the labels match no pod (Amazon EKS user guide, `Auto Mode`).",
    covers: ({ kind, operator, plain }) =>
      kind.endsWith("/NetworkPolicy/allow-dns") &&
      /\.to\.(?:podSelector|namespaceSelector)\.matchLabels\./.test(plain) &&
      ["cut", "leftOut"].includes(operator),
  },
  {
    reason: "Left out, it is by default what is accepted: the description does not say that it needs it.",
    covers: ({ described, operator, plain, type }) =>
      described === "accepts" && operator === "leftOut" && DESCRIPTIONS.get(type)?.needs?.includes(plain) !== true,
  },
  {
    reason: "The other value is accepted as well, by the description.",
    covers: ({ after, plain, type }) => DESCRIPTIONS.get(type)?.accepts?.[plain]?.includes(after as Accepted) === true,
  },
  {
    reason: "The region that it has, which is that of its provider as well, is left out.",
    covers: ({ before, operator, plain, subject, urn }) =>
      operator === "leftOut" && plain === "region" && before === regionByProvider(urn, subject),
  },
  {
    reason:
      "Another key of the region's own stack, which the service may use as well: no tenant's data is under either of them.",
    covers: ({ operator, plain, subject, type }) =>
      subject.layer === "region" &&
      operator === "sibling" &&
      /(?:^|\.)(?:kmsKeyId|kmsKeyArn|kmsMasterKeyId|keyArn)$/.test(plain) &&
      /:(?:LogGroup|Vault|BucketServerSideEncryptionConfiguration|Cluster)$/.test(type),
  },
  ...EQUIVALENT_NAMES,
  {
    reason: "A switch that is off by default is left out.",
    covers: ({ before, operator, plain }) => operator === "leftOut" && before === false && OFF_BY_DEFAULT.has(plain),
  },
  {
    reason: "A switch that is on by default is left out.",
    covers: ({ before, operator, plain, type }) =>
      operator === "leftOut" && before === true && ON_BY_DEFAULT[type]?.includes(plain) === true,
  },
  {
    reason:
      "The statement of AWS's own default key policy: policies of IAM say by name who does what with the key (AWS KMS developer guide, `Default key policy`).",
    covers: (it) => it.operator === "serviceActions" && statementOf(it)?.["Sid"] === "AccountDecides",
  },
  {
    reason: "An empty object is left out.",
    covers: ({ before, operator }) => operator === "leftOut" && JSON.stringify(before) === "{}",
  },
  {
    reason: "A Deny that refuses more: other mutants say that what must work still works.",
    covers: (it) =>
      ["allActions", "allResources", "otherResources", "serviceActions"].includes(it.operator) && isDenial(it),
  },
  {
    reason: "Everything but a bucket that does not exist, in place of everything.",
    covers: (it) => it.operator === "otherResources" && statementOf(it)?.["Resource"] === "*",
  },
  {
    reason: "All policies of registration must agree: a wider one beside the others admits nobody more.",
    covers: ({ operator }) => operator === "second registration policy of any host",
  },
  ...REDUNDANT_GRANTS,
  {
    reason: "By the endpoint of gateways nothing but their invocation is asked for.",
    covers: ({ operator, property, urn }) =>
      property === 'policy "Allow bedrock-agentcore:InvokeGateway"' &&
      urn.endsWith("bedrock-agentcore.gateway") &&
      ["allActions", "serviceActions"].includes(operator),
  },
  {
    reason:
      "Callers are granted the same by policies of their own, and within an account one of both is enough (IAM user guide, `Policy evaluation logic`).",
    covers: ({ kind, operator, property }) =>
      kind === "Runtime/AgentcoreResourcePolicy" && property === 'policy "Callers"' && operator === "leftOut",
  },
  {
    reason: "A client that registers itself with a mapper is refused: fewer are admitted.",
    covers: ({ operator, plain }) => plain === "config.allowed-protocol-mapper-types" && operator === "leftOut",
  },
  {
    reason: "The newest release is read first, as it was: no other may have a lower number.",
    covers: ({ operator, plain }) => plain.endsWith("mcpServer.resourcePriority") && operator === "zero",
  },
  {
    reason:
      "Without the variable, Keycloak takes 70 % of a container's memory as its heap (Keycloak, `Running Keycloak in a container`).",
    covers: ({ operator, plain, property }) =>
      plain.endsWith("containers.env.name") && property.includes("[JAVA_OPTS_KC_HEAP]") && operator === "cut",
  },
  {
    reason:
      "Keycloak answers health and metrics on its port of management alone, to which no load balancer sends (Keycloak, `Configuring the Management Interface`).",
    covers: ({ kind, operator, plain, urn }) =>
      kind === "PodTarget/ListenerRule" &&
      urn.endsWith("administration-refused") &&
      ((plain === "itself" && operator === "leftOut") ||
        (plain === "conditions.pathPattern.values" && operator === "cut")),
  },
  {
    reason: "A redirect of plain HTTP that is gone, or at the other load balancer: nothing is answered without TLS.",
    covers: ({ kind, operator, plain, urn }) =>
      kind === "PublicLoadBalancer/Listener" &&
      urn.endsWith("-http") &&
      ((plain === "itself" && operator === "leftOut") || (plain === "loadBalancerArn" && operator === "sibling")),
  },
  {
    reason: "A condition that Kubernetes, or Keycloak, takes as it was by default where it is left out.",
    covers: ({ before, operator, plain }) =>
      operator === "leftOut" &&
      ((plain.endsWith("tolerations.operator") && before === "Equal") ||
        (plain === "spec.strategy.type" && before === "RollingUpdate") ||
        (plain === "conditions.configuration.is-negative-logic" && before === "false") ||
        (plain === "config.client-uris-must-match" && before === "true")),
  },
  {
    reason: "Kubernetes refuses the form: a quantity that is none, or a direction that is neither Ingress nor Egress.",
    covers: ({ after, operator, plain }) =>
      (operator === "cut" && /^\d+(?:\.\d+)?(?:m|Mi|Gi)?x$/.test(String(after)) && plain.includes("spec.")) ||
      (operator === "oneMore" && plain === "spec.policyTypes"),
  },
  {
    reason:
      "A policy that adds an opening isolates in one more direction, in which another policy isolates all pods already.",
    covers: ({ kind, operator, plain }) =>
      plain === "spec.policyTypes" && !kind.endsWith("default-deny") && ["emptied", "leftOut"].includes(operator),
  },
  {
    reason: "The protocol of a port is TCP where none is named.",
    covers: ({ before, operator, plain }) =>
      operator === "leftOut" && before === "TCP" && plain.endsWith("ports.protocol"),
  },
  {
    reason: "The engine refuses an asset without its mark, without content, or whose file is not there.",
    covers: ({ operator, plain }) =>
      /\.(?:4dabf18193072939515e22adb298388d|path)$/.test(plain) && ["cut", "leftOut"].includes(operator),
  },
  {
    reason: "What the key of images lets CloudWatch Logs do, nobody asks of it: no log group is under that key.",
    covers: ({ kind, operator, property }) =>
      kind === "ImageRegistry/Key" &&
      ((property.endsWith('"LogGroups"') && ["leftOut", "oneActionLess", "otherEffect"].includes(operator)) ||
        (property === "policy" && operator === "otherRegion")),
  },
  {
    reason: "A second value beside the one that events have: no event has it.",
    covers: ({ operator, plain, type }) =>
      type === "aws:cloudtrail/trail:Trail" && plain.endsWith("fieldSelectors.equals") && operator === "oneMore",
  },
  {
    reason: "Records are kept for longer.",
    covers: ({ operator, plain }) =>
      ["rule.defaultRetention.days", "rules.expiration.days"].includes(plain) && operator === "large",
  },
  {
    reason: "A toleration without an effect is of each effect (Kubernetes, `Taints and Tolerations`).",
    covers: ({ operator, plain }) => plain.endsWith("tolerations.effect") && operator === "leftOut",
  },
  {
    reason:
      "A version of the Pod Security Standards that is `latest`, as it is by default (Kubernetes, `Pod Security Admission`).",
    covers: ({ before, operator, plain }) =>
      plain.endsWith("enforce-version") && before === "latest" && operator === "leftOut",
  },
  {
    reason: "Pods that keep off Spot capacity, on a pool that has none.",
    covers: (it) =>
      it.plain.endsWith("nodeSelector.karpenter.sh/capacity-type") &&
      it.operator === "leftOut" &&
      it.before === "on-demand" &&
      !mayBeOnSpot(it),
  },
  {
    reason:
      "A selector with one label less, which selects the same pods: nothing else in the namespace has the other labels.",
    covers: ({ kind, operator, plain }) =>
      ((/^KeycloakServer\/(?:NetworkPolicy\/|StatefulSet$)/.test(kind) && plain.includes("elector.matchLabels.")) ||
        (/^(?:BffDeployment|KeycloakServer)\/Service$/.test(kind) && plain.startsWith("spec.selector."))) &&
      !plain.includes("k8s-app") &&
      operator === "leftOut",
  },
];

/** The first entry that covers a mutant. */
export function whyEquivalent(mutant: Mutant): Equivalent | undefined {
  return EQUIVALENTS.find((it) => it.covers(mutant));
}

/** Whether the mutant must be found. */
export function isBreach(mutant: Mutant): boolean {
  return whyEquivalent(mutant) === undefined;
}

function isRefused({ plans, type, urn }: Mutant): boolean {
  if (type.startsWith("pulumi:")) return false;
  const changed = plans().flatMap((it) => it.resources.filter((one) => one.urn === urn));
  return changed.some(({ inputs }) => catalogue.checkInputs(type, inputs).length > 0);
}

/** The region of a resource by its provider alone. */
function regionByProvider(urn: string, { plans, stack }: Subject): unknown {
  const plan = plans.find((it) => it.stack === stack);
  const resource = plan?.resources.find((it) => it.urn === urn);
  return plan && resource && regionOf({ ...resource, inputs: {} }, plan);
}

/** Whether the pool of nodes that the changed pods select takes Spot capacity. */
function mayBeOnSpot({ plans, subject, urn }: Mutant): boolean {
  const [pods] = plans().flatMap((it) => it.resources.filter((one) => one.urn === urn));
  const selected = /"karpenter\.sh\/nodepool":"([\w-]+)"/.exec(JSON.stringify(pods?.inputs))?.[1] ?? "";
  return subject.plans
    .flatMap(({ resources }) => resources)
    .filter(({ inputs, type }) => type.endsWith(":NodePool") && JSON.stringify(inputs["metadata"]).includes(selected))
    .some(({ inputs }) => JSON.stringify(inputs).includes('"spot"'));
}

/** Whether the statement that is changed denies. */
function isDenial(mutant: Mutant): boolean {
  return statementOf(mutant)?.["Effect"] === "Deny";
}
