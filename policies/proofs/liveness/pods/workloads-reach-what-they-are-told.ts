import { CONTROL } from "../../../engine/frameworks.ts";
import { outputOf } from "../../../engine/output.ts";
import type { Placed, Platform } from "../../../engine/platform.ts";
import { proof } from "../../../engine/proof.ts";
import { type Host, hostOf } from "../../../facts/reach/host.ts";
import { endOf, letsThrough, receives } from "../../../facts/reach/private-endpoint.ts";
import { admits } from "../../../facts/reach/security-group.ts";
import { allMachines } from "../checks/agents.ts";
import { roleChecks } from "../checks/role-checks.ts";
import { type Cut, cutUnless, type HopChecks, walk } from "../checks/walk.ts";
import { denialCut } from "../checks/told/denials.ts";
import { unknownAddress } from "../checks/told/told-addresses.ts";
import { endpointFor, keyCallsOf, madeBy, type Told, toldOf } from "../checks/told/told-things.ts";

/** Something that a workload is told of, and the private endpoint by which it is reached. */
interface Way extends Told {
  readonly endpoint: Placed | undefined;
}

type Checks = HopChecks<"workloads-reach-what-they-are-told">;

/** What its code calls of them the role must be granted as well; that nobody is granted more is another proof. */
export const workloadsReachWhatTheyAreTold = proof({
  premise: 3,
  id: "workloads-reach-what-they-are-told",
  severity: "high",
  description:
    "Every agent and BFF reaches the queues, the bus, the key and the bucket that it is told of by private endpoints, and is told of no address without a way.",
  remediation:
    "Name declared resources, give the VPC the endpoint of the service, and let network policies, security groups and endpoint policies through.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration],
  prove: (platform, record) => {
    for (const it of allMachines(platform))
      record.guarded(it, () => {
        walk(record, "workloads-reach-what-they-are-told", it, checksOf(platform, hostOf(platform, it)));
      });
  },
});

function checksOf(platform: Platform, host: Host): Checks {
  const { placed, role } = host;
  const { name } = placed.resource;
  const told = toldOf(platform, host).map((it): Way => ({ ...it, endpoint: endpointFor(platform, host, it) }));
  const calls = told.flatMap((it) => [...madeBy(host, it.calls), ...keyCallsOf(platform, host, it)]);
  return {
    understood: () => {
      const stray = unknownAddress(platform, host);
      return cutUnless(
        stray === undefined,
        placed,
        `"${name}" must not be told of ${stray ?? ""}, to which no way leads.`,
      );
    },
    declared: () => {
      const stray = told.find(({ thing }) => thing === undefined);
      return cutUnless(
        stray === undefined,
        placed,
        `${stray?.variable ?? ""} of "${name}" must be of a declared resource.`,
      );
    },
    address: () => {
      const isLost = told.some((it) => it.service === "s3" && it.endpoint === undefined);
      return cutUnless(!isLost, placed, `"${name}" must be told an endpoint of Amazon S3 in its VPC.`);
    },
    messages: () => firstCut(told, (it) => denialCut(platform, host, it)),
    send: () => firstCut(told, (it) => sendCut(platform, host, it)),
    endpoint: () => firstCut(told, (it) => endpointCut(platform, host, it)),
    "endpoint-policy": () => firstCut(told, (it) => policyCut(host, it)),
    ...roleChecks(platform, role, () => calls),
  };
}

function firstCut(told: readonly Way[], cutOf: (it: Way) => Cut | undefined): Cut | undefined {
  for (const it of told) {
    const cut = cutOf(it);
    if (cut !== undefined) return cut;
  }
  return undefined;
}

function sendCut(platform: Platform, host: Host, told: Way): Cut | undefined {
  const { endpoint } = told;
  if (endpoint === undefined) return undefined;
  const { placed } = host;
  const mend = `"${placed.resource.name}" must be able to send to the endpoint of ${told.service} on TCP 443.`;
  return cutUnless(host.sends(endOf(platform, endpoint), 443), placed, mend);
}

function endpointCut(platform: Platform, host: Host, told: Way): Cut | undefined {
  const { endpoint } = told;
  const { placed } = host;
  const mend = `The VPC must have a private endpoint of ${told.service} that admits "${placed.resource.name}".`;
  if (endpoint === undefined) return told.service === "s3" ? undefined : { at: placed, mend };
  if (told.service !== "s3") return cutUnless(receives(platform, endpoint, host), endpoint, mend);
  const groupIds = endpoint.resource.texts("securityGroupIds");
  return cutUnless(admits(platform, groupIds, "ingress", { end: host, port: 443 }), endpoint, mend);
}

function policyCut({ role }: Host, told: Way): Cut | undefined {
  const { endpoint } = told;
  if (endpoint === undefined || role === undefined) return undefined;
  const refused = told.calls.find((it) => !letsThrough(endpoint, outputOf(role.resource, "arn"), it));
  const mend = `"${endpoint.resource.name}" must let ${refused?.action ?? ""} through.`;
  return cutUnless(refused === undefined, endpoint, mend);
}
