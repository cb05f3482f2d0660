import { CONTROL } from "../../../engine/frameworks.ts";
import { outputOf } from "../../../engine/output.ts";
import type { Placed, Platform } from "../../../engine/platform.ts";
import { proof } from "../../../engine/proof.ts";
import type { ResourceView } from "../../../engine/resource-view.ts";
import { findBy } from "../../../facts/reach/find.ts";
import { type Host, hostOf, variableOf } from "../../../facts/reach/host.ts";
import type { Call } from "../../../facts/reach/permission.ts";
import { endOf, endpointsOf, letsThrough } from "../../../facts/reach/private-endpoint.ts";
import { admits } from "../../../facts/reach/security-group.ts";
import { outputsOf } from "../../../facts/reference.ts";
import { TYPE } from "../../../facts/resource-types.ts";
import { settingsOf } from "../../../facts/workloads.ts";
import { allAgents, allBffs } from "../checks/agents.ts";
import { roleChecks } from "../checks/role-checks.ts";
import { cutUnless, type HopChecks, walk } from "../checks/walk.ts";

/** Pods reach DynamoDB by the endpoint's own name: network policies know no prefix lists, and the public name leads to public addresses. */
export const bffsReachTheirStores = proof({
  premise: 5,
  id: "bffs-reach-their-stores",
  severity: "high",
  description:
    "Every BFF, and every agent that keeps something, reaches the tables that it is told of, by the private endpoint that it is told, as its role.",
  remediation: "Name declared tables, tell the address of the region's endpoint, and grant the calls of the code.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration],
  prove: (platform, record) => {
    const keeping = allAgents(platform).filter(({ resource }) => tablesOf(resource).length > 0);
    for (const it of [...allBffs(platform), ...keeping])
      record.guarded(it, () => walk(record, "bffs-reach-their-stores", it, checksOf(platform, hostOf(platform, it))));
  },
});

function checksOf(platform: Platform, host: Host): HopChecks<"bffs-reach-their-stores"> {
  const { placed, role, vpcId } = host;
  const { name } = placed.resource;
  const names = tablesOf(placed.resource);
  const tables = (): readonly (Placed | undefined)[] =>
    names.map(({ read }) => findBy(platform, TYPE.table, "name", read()));
  const endpoint = () =>
    endpointsOf(platform, vpcId, "dynamodb").find((it) =>
      isAddressOf(it, variableOf(host, "AWS_ENDPOINT_URL_DYNAMODB")),
    );
  const calls = (): readonly Call[] => tables().flatMap((it) => (it === undefined ? [] : callsOn(it)));
  return {
    tables: () =>
      cutUnless(
        names.length > 0 && tables().every((it) => it !== undefined),
        placed,
        `"${name}" must name tables that are declared.`,
      ),
    address: () =>
      cutUnless(endpoint() !== undefined, placed, `"${name}" must be told an endpoint of DynamoDB in its VPC.`),
    ...endpointChecks(host, { platform, endpoint, calls }),
    ...roleChecks(platform, role, calls),
  };
}

/** The variables that name tables. */
function tablesOf(it: ResourceView): ReturnType<typeof settingsOf> {
  return settingsOf(it).filter(({ name }) => name.endsWith("_TABLE"));
}

interface Reached {
  readonly platform: Platform;
  readonly endpoint: () => Placed | undefined;
  readonly calls: () => readonly Call[];
}

function endpointChecks(
  host: Host,
  { platform, endpoint, calls }: Reached,
): Pick<HopChecks<"bffs-reach-their-stores">, "send" | "endpoint" | "endpoint-policy"> {
  const { placed, role } = host;
  const { name } = placed.resource;
  return {
    send: () => {
      const target = endpoint();
      const sends = target === undefined || host.sends(endOf(platform, target), 443);
      return cutUnless(sends, placed, `"${name}" must be able to send to the endpoint of dynamodb on TCP 443.`);
    },
    endpoint: () => {
      const target = endpoint();
      const groupIds = target?.resource.texts("securityGroupIds") ?? [];
      const admitted = admits(platform, groupIds, "ingress", { end: host, port: 443 });
      return target && cutUnless(admitted, target, `"${target.resource.name}" must admit "${name}".`);
    },
    "endpoint-policy": () => {
      const target = endpoint();
      if (target === undefined || role === undefined) return undefined;
      const refused = calls().find((it) => !letsThrough(target, outputOf(role.resource, "arn"), it));
      const mend = `"${target.resource.name}" must let ${refused?.action ?? ""} through.`;
      return cutUnless(refused === undefined, target, mend);
    },
  };
}

function isAddressOf({ resource }: Placed, url: string | undefined): boolean {
  return outputsOf(resource)
    .list("dnsEntries")
    .some((it) => url === `https://${it.text("dnsName") ?? ""}`);
}

/** To read and to write an item, and to have it decrypted; what else the code calls is for another proof. */
function callsOn({ resource: it }: Placed): readonly Call[] {
  const resource = outputOf(it, "arn");
  const key = it.text("serverSideEncryption.kmsKeyArn") ?? "";
  const via = { "kms:viaservice": `dynamodb.${it.region ?? ""}.amazonaws.com` };
  return [
    { action: "dynamodb:GetItem", resource },
    { action: "dynamodb:PutItem", resource },
    { action: "kms:Decrypt", resource: key, context: via },
  ];
}
