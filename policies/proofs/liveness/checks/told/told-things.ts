import { UPLOADS } from "../../../../../contracts/bff/stores.ts";
import { AWS_CALLS } from "../../../../../releases/aws-calls.ts";
import { outputOf } from "../../../../engine/output.ts";
import type { Placed, Platform } from "../../../../engine/platform.ts";
import { bundleOf } from "../../../../facts/bundle.ts";
import { findBy } from "../../../../facts/reach/find.ts";
import { type Host, variableOf } from "../../../../facts/reach/host.ts";
import type { Call } from "../../../../facts/reach/permission.ts";
import { endpointOf, endpointsOf } from "../../../../facts/reach/private-endpoint.ts";
import { outputsOf } from "../../../../facts/reference.ts";
import { TYPE } from "../../../../facts/resource-types.ts";
import { sayingOf } from "../../../../facts/reach/event-rules.ts";
import { settingsOf } from "../../../../facts/workloads.ts";
import { keyUseOf } from "../../../least-privilege/platform-needs.ts";

const QUEUE = "aws:sqs/queue:Queue";
const BUS = "aws:cloudwatch/eventBus:EventBus";
const SIGNING = { "kms:messagetype": "RAW", "kms:signingalgorithm": "ECDSA_SHA_256" };

/** Something of AWS that a workload is told to use. */
export interface Told {
  /** The variable that names it. */
  readonly variable: string;
  /** The last part of the name of the service's private endpoint. */
  readonly service: "events" | "kms" | "s3" | "sqs";
  /** Absent where no plan declares what is named. */
  readonly thing: Placed | undefined;
  /** What is done with it. */
  readonly calls: readonly Call[];
}

/** The queues, the bus, the key and the bucket that a workload is told of. */
export function toldOf(platform: Platform, host: Host): readonly Told[] {
  return settingsOf(host.placed.resource).flatMap(({ name: variable, read }) => {
    const value = read();
    if (variable.endsWith("_QUEUE_URL")) return [queue(variable, findBy(platform, QUEUE, "url", value))];
    if (variable === "EVENT_BUS") return [bus(variable, busOf(host, value), host)];
    if (variable === "CONTEXT_KEY_ARN") return [key(variable, findBy(platform, TYPE.key, "arn", value))];
    if (variable !== "UPLOADS_BUCKET") return [];
    return [bucket(host, variable, findBy(platform, TYPE.bucket, "bucket", value))];
  });
}

/** The private endpoint of a told thing: for Amazon S3 the one whose own name the workload is told, since pods reach no gateway endpoint. */
export function endpointFor(platform: Platform, host: Host, { service }: Told): Placed | undefined {
  if (service !== "s3") return endpointOf(platform, host.vpcId, service);
  const url = variableOf(host, "AWS_ENDPOINT_URL_S3");
  return endpointsOf(platform, host.vpcId, "s3").find(({ resource }) => {
    const names = outputsOf(resource).list("dnsEntries");
    return names.some((it) => url === `https://${(it.text("dnsName") ?? "").replace("*", "bucket")}`);
  });
}

/** Those of the calls that the code of a workload makes; all of them where its code is not known. */
export function madeBy({ placed }: Host, calls: readonly Call[]): readonly Call[] {
  const made = AWS_CALLS[bundleOf(placed.resource) ?? ""];
  return made === undefined ? calls : calls.filter(({ action }) => Object.hasOwn(made, action));
}

/** What the calls of a workload take at the keys under which AWS keeps what it is told of, by the service that is called. */
export function keyCallsOf(platform: Platform, host: Host, { calls, service, thing }: Told): readonly Call[] {
  const key = thing && keyOf(platform, thing);
  if (key === undefined) return [];
  const context = { "kms:viaservice": `${service}.${thing?.resource.region ?? ""}.amazonaws.com` };
  const made = madeBy(host, calls).map(({ action }) => action);
  return keyUseOf(made).map((action) => ({ action, resource: key, context }));
}

function keyOf(platform: Platform, { resource }: Placed): string | undefined {
  if (resource.type === QUEUE) return resource.text("kmsMasterKeyId");
  if (resource.type !== TYPE.bucket) return undefined;
  const bucket = outputOf(resource, "bucket");
  const own = platform.ofType(TYPE.bucketEncryption).filter(({ resource: it }) => it.text("bucket") === bucket);
  const rules = own.flatMap(({ resource: it }) => it.list("rules"));
  return rules[0]?.text("applyServerSideEncryptionByDefault.kmsMasterKeyId");
}

/** A bus has its name in each region, so that it is one of the workload's own stack. */
function busOf({ placed: { stack } }: Host, name: string | undefined): Placed | undefined {
  const resource = stack.ofType(BUS).find((it) => it.text("name") === name);
  return resource && { resource, stack };
}

function queue(variable: string, thing: Placed | undefined): Told {
  return {
    variable,
    service: "sqs",
    thing,
    calls: on(thing, ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage"]),
  };
}

/** In its own name, and of each type that it says. */
function bus(variable: string, thing: Placed | undefined, host: Host): Told {
  const [call] = on(thing, ["events:PutEvents"]);
  const contexts = sayingOf(bundleOf(host.placed.resource) ?? "");
  const calls = call === undefined ? [] : contexts.map((context) => ({ ...call, context }));
  return { variable, service: "events", thing, calls };
}

function key(variable: string, thing: Placed | undefined): Told {
  const calls = on(thing, ["kms:Sign"]).map((it) => ({ ...it, context: SIGNING }));
  return { variable, service: "kms", thing, calls };
}

/** The boundary of roles lets them use buckets of their own account, which no ARN of a bucket names. */
function bucket({ role }: Host, variable: string, thing: Placed | undefined): Told {
  const account = role === undefined ? "" : (outputOf(role.resource, "arn").split(":")[4] ?? "");
  const context = { "aws:resourceaccount": account };
  const calls = on(thing, ["s3:GetObject", "s3:PutObject"]).map((it) => {
    return { ...it, resource: `${it.resource}/${UPLOADS}a`, context };
  });
  return { variable, service: "s3", thing, calls };
}

function on(thing: Placed | undefined, actions: readonly string[]): readonly Call[] {
  if (thing === undefined) return [];
  const resource = outputOf(thing.resource, "arn");
  return actions.map((action) => ({ action, resource }));
}
