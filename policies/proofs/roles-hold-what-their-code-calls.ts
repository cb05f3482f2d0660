import { CONTROL } from "../engine/frameworks.ts";
import { outputOf } from "../engine/output.ts";
import type { Placed, Platform } from "../engine/platform.ts";
import { proof, type Recorder } from "../engine/proof.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { bundleOf } from "../facts/bundle.ts";
import { grantsOf } from "../facts/grants/documents.ts";
import { identityServers } from "../facts/identity/identity-server.ts";
import { associationOf, hostOf, roleOf } from "../facts/reach/host.ts";
import { boundaryActionsOf, policiesOf } from "../facts/reach/role.ts";
import { TYPE } from "../facts/resource-types.ts";
import { POD_TYPES, settingsOf } from "../facts/workloads.ts";
import {
  keyUseOf,
  OF_AGENT_RUNTIMES,
  OF_FUNCTIONS,
  OF_RUNTIMES,
  type PlatformNeed,
} from "./least-privilege/platform-needs.ts";
import { codeOf, type WorkloadCode } from "./least-privilege/workload-code.ts";

/** Keycloak is not built from `services/`: beside names and its own pods it reaches its database alone, in which it logs in by IAM. */
const KEYCLOAK: WorkloadCode = {
  bundle: "keycloak",
  calls: new Map([["rds-db:connect", ["the Keycloak's database URL"]]]),
  mayCall: new Set(),
};

/** By which output a workload is told of a store. */
const NAMED_BY: Readonly<Record<string, string>> = { [TYPE.table]: "name", "aws:sqs/queue:Queue": "url" };

/** A role, with the workloads that run as it and what their code calls. */
interface Running {
  readonly role: Placed;
  readonly workloads: readonly { readonly placed: Placed; readonly code: WorkloadCode }[];
}

/** Least privilege both ways: the code of a workload calls nothing that its role is not granted, and is granted nothing that it does not call. */
export const rolesHoldWhatTheirCodeCalls = proof({
  premise: 8,
  id: "roles-hold-what-their-code-calls",
  severity: "high",
  description:
    "The role of every function, runtime and pod is granted each AWS action that its code calls, and beside those only what AWS itself does with the role; tables and queues are those of which it is told.",
  remediation:
    "Take out the grant that nobody needs, or grant what the code calls; after a change of services/ run `npm run build`.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoAccessRights, CONTROL.pciLeastPrivilege],
  prove: (platform, record) => {
    for (const it of runningOn(platform, record)) record.guarded(it.role, () => compare(platform, it, record));
  },
});

function runningOn(platform: Platform, record: Recorder): readonly Running[] {
  const found: { role: Placed; placed: Placed; code: WorkloadCode }[] = [];
  for (const placed of platform.ofType(TYPE.function, TYPE.runtime, ...POD_TYPES)) {
    const { resource: it, stack } = placed;
    if (!stack.isOurs) continue;
    record.guarded(placed, () => {
      if (!mayHaveRole(platform, placed)) return;
      const code = knownCode(placed, record);
      if (code === undefined) return;
      const role = it.type === TYPE.function ? roleOf(platform, it.text("role")) : hostOf(platform, placed).role;
      if (role === undefined) record.violated(placed, `"${it.name}" must run as a role that a plan declares.`);
      else found.push({ role, placed, code });
    });
  }
  return [...Map.groupBy(found, (it) => it.role.resource)].flatMap(([, all]) => {
    const [first] = all;
    return first === undefined ? [] : [{ role: first.role, workloads: all }];
  });
}

/** Whether something must have a role: functions, runtimes, Deployments and identity servers; another object's pods if they are given one. */
function mayHaveRole(platform: Platform, placed: Placed): boolean {
  const { type } = placed.resource;
  if (type === TYPE.function || type === TYPE.runtime || type === TYPE.deployment) return true;
  return isKeycloak(placed) || associationOf(platform, placed) !== undefined;
}

function isKeycloak({ resource: it, stack }: Placed): boolean {
  return identityServers.types.includes(it.type) && (identityServers.where?.(it, stack) ?? true);
}

/** What the code of a workload calls; `undefined`, and a violation, for one whose code is not among the services. */
function knownCode(placed: Placed, record: Recorder): WorkloadCode | undefined {
  if (isKeycloak(placed)) return KEYCLOAK;
  const bundle = bundleOf(placed.resource);
  const code = bundle === undefined ? undefined : codeOf(bundle, placed);
  if (code !== undefined) return code;
  record.violated(placed, `"${placed.resource.name}" must run a bundle of services/, so that its AWS calls are known.`);
  return undefined;
}

function compare(platform: Platform, running: Running, record: Recorder): void {
  const { role, workloads } = running;
  const holders = policiesOf(platform, role).map((placed) => ({
    placed,
    actions: new Set(grantsOf(placed.resource).flatMap((it) => (it.isInverted ? ["*"] : it.actions))),
  }));
  const needed = neededBy(running);
  for (const { placed } of holders) strange(platform, running, placed, record);
  const granted = new Set<string>();
  for (const { placed, actions } of holders) {
    for (const action of actions) {
      granted.add(action.toLowerCase());
      record.count("granted actions");
      if (!needed.has(action.toLowerCase())) superfluous(running, placed, action, record);
    }
  }
  const bounded = boundaryActionsOf(platform, role);
  for (const { placed, code } of workloads) {
    for (const [action, files] of code.calls) {
      record.count("called actions");
      const layer = missingLayer(action.toLowerCase(), granted, bounded);
      if (layer === undefined) continue;
      const steps = [`"${placed.resource.name}" runs ${code.bundle}.`, `${files.join(", ")} calls ${action}.`];
      record.violated(role, `"${role.resource.name}" must be granted ${action}${layer}, which its code calls.`, steps);
    }
  }
}

/** A table or a queue is granted to the role of a workload that is told of it: each agent and each BFF has its own. */
function strange(platform: Platform, { role, workloads }: Running, holder: Placed, record: Recorder): void {
  const told = new Set(workloads.flatMap(({ placed }) => settingsOf(placed.resource).map(({ read }) => read())));
  const arns = grantsOf(holder.resource).flatMap(({ resources }) => resources);
  for (const arn of new Set(arns)) {
    const store = platform.ofArn(arn)?.resource;
    const output = store && NAMED_BY[store.type];
    if (store === undefined || output === undefined || told.has(outputOf(store, output))) continue;
    record.violated(
      holder,
      `"${holder.resource.name}" must not grant "${store.name}": no workload of "${role.resource.name}" is told of it.`,
    );
  }
}

function missingLayer(
  action: string,
  granted: ReadonlySet<string>,
  bounded: ReadonlySet<string> | undefined,
): string | undefined {
  if (!granted.has(action)) return "";
  return bounded?.has(action) === false ? " by its boundary" : undefined;
}

function superfluous({ role, workloads }: Running, holder: Placed, action: string, record: Recorder): void {
  const bundles = [...new Set(workloads.map((it) => it.code.bundle))].join(", ");
  const name = holder.resource.name;
  record.violated(holder, `"${name}" must not grant ${action}: nobody calls it.`, [
    `"${role.resource.name}" is the role of ${workloads.map((it) => `"${it.placed.resource.name}"`).join(", ")}.`,
    `No file of ${bundles} calls ${action}, and AWS does not need it for them.`,
  ]);
}

/** All actions that a role may be granted, in lower case: actions have no case. */
function neededBy({ workloads }: Running): ReadonlySet<string> {
  const all = workloads.flatMap(({ placed, code }) => {
    const calls = [...code.calls.keys(), ...code.mayCall];
    return [...calls, ...keyUseOf(calls), ...platformNeeds(placed, code).flatMap((it) => it.actions)];
  });
  return new Set(all.map((it) => it.toLowerCase()));
}

function platformNeeds({ resource: it }: Placed, { bundle }: WorkloadCode): readonly PlatformNeed[] {
  if (it.type === TYPE.function) return OF_FUNCTIONS;
  if (it.type !== TYPE.runtime) return callsRuntimes(it) ? OF_AGENT_RUNTIMES : [];
  return bundle.startsWith("agent-") ? [...OF_RUNTIMES, ...OF_AGENT_RUNTIMES] : OF_RUNTIMES;
}

/** Whether a pod is told that the agents that it calls are runtimes. */
function callsRuntimes(it: ResourceView): boolean {
  return settingsOf(it).some(({ name, read }) => name === "AGENT_HOSTING" && read() === "runtime");
}
