import type { Limits } from "../spec.ts";
import type { Model, Shape } from "./models.ts";
import { toJavaScript } from "./patterns.ts";

/** Lists of more values than this grow with each new instance type or region: a model that is a month old would refuse the newest. */
const MOST_VALUES = 60;

/** A limit beyond which every number of 32 bits is: it limits nothing. */
const NO_LIMIT = 2 ** 31 - 1;

/** Shapes of which the models state less than the service accepts, each with what it accepts beside. */
const UNTRUE: ReadonlySet<string> = new Set([
  // Names with spaces, such as "Storage Gateway".
  "backup ResourceTypeOptInPreference",
  // Domains of the customer's own, with dots.
  "cognito-idp DomainType",
  // KAFKA_BOOTSTRAP_SERVERS, which is longer than the 10 characters of the model.
  "lambda Endpoints",
  // Any case, which the provider brings into that of the API.
  "mq BrokerStorageType",
  "mq EngineType",
  // log-delivery-write.
  "s3 BucketCannedACL",
  // "Disabled", of a bucket that never had versions; the provider then asks for nothing.
  "s3 BucketVersioningStatus",
]);

/** What a shape demands of a value, in the catalogue's form; `undefined` where it demands nothing. */
export function limitsOf(model: Model, name: string, depth = 0): Limits | undefined {
  const shape = model.shapes[name];
  if (shape === undefined || depth > 2 || UNTRUE.has(`${model.service} ${name}`)) return undefined;
  const limits = { ...ownLimits(shape), ...limitsWithin(model, shape, depth + 1) };
  if (Object.keys(limits).length === 0) return undefined;
  return shape.sensitive === true ? { ...limits, secret: true } : limits;
}

function limitsWithin(model: Model, shape: Shape, depth: number): Limits {
  const [key, item] = pairOf(model, shape) ?? [shape.key?.shape, shape.member?.shape ?? shape.value?.shape];
  const of = (it: string | undefined) => (it === undefined ? undefined : limitsOf(model, it, depth));
  return defined({ keys: of(key), items: of(item) });
}

/** The shapes of the key and value of a list of pairs such as tags, which the SDK writes as a map. */
function pairOf(model: Model, { member }: Shape): readonly [string, string] | undefined {
  const members = Object.entries(model.shapes[member?.shape ?? ""]?.members ?? {});
  const find = (wanted: string) => members.find(([name]) => name.toLowerCase() === wanted)?.[1].shape;
  const [key, value] = [find("key"), find("value")];
  return members.length === 2 && key !== undefined && value !== undefined ? [key, value] : undefined;
}

const NUMBERS: readonly string[] = ["integer", "long", "float", "double"];

function ownLimits(shape: Shape): Limits {
  if (shape.type === "string") return { ...sizeOf(shape), ...textLimits(shape) };
  if (shape.type === "list" || shape.type === "map") return sizeOf(shape);
  if (!NUMBERS.includes(shape.type)) return {};
  const bounds = (it: number | undefined) => (it === undefined || Math.abs(it) >= NO_LIMIT ? undefined : it);
  return defined({ min: bounds(shape.min), max: bounds(shape.max) });
}

function sizeOf({ min = 0, max = NO_LIMIT }: Shape): Limits {
  return defined({ min: min <= 0 ? undefined : min, max: max >= NO_LIMIT ? undefined : max });
}

function textLimits({ pattern, enum: values }: Shape): Limits {
  return defined({
    pattern: pattern === undefined || isAny(pattern) ? undefined : toJavaScript(pattern),
    values: values === undefined || values.length > MOST_VALUES ? undefined : values,
  });
}

/** Whether a pattern admits every text. */
function isAny(pattern: string): boolean {
  return /^\^?\(?(?:\.|\[\\s\\S\]|\[\\S\\s\]|\[\^\])\)?\*\$?$/.test(pattern);
}

function defined(it: { readonly [K in keyof Limits]: Limits[K] | undefined }): Limits {
  return Object.fromEntries(Object.entries(it).filter(([, value]) => value !== undefined));
}
