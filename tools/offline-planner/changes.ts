import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { planOfState } from "../../plan/loaders/state-plan.ts";
import { type Plan, type PlannedResource, UNKNOWN } from "../../plan/model.ts";
import { isCounted } from "../engine/counting.ts";
import { deploymentText } from "../engine/state/deployed.ts";
import type { Folders } from "../engine/folders.ts";
import type { Catalogue } from "../../sandbox/control-plane/catalogue/catalogue.ts";
import { differenceOf } from "../../sandbox/control-plane/cloud/diff.ts";
import { definitionOf } from "../../sandbox/control-plane/cloud/type-definition.ts";
import { isRecord } from "../../contracts/json.ts";
import type { Values } from "../../sandbox/control-plane/wire.ts";

/** What deploying a stack would do to what is deployed of it, by URN. */
export interface StackChanges {
  readonly address: string;
  /** Whether anything of it is deployed. */
  readonly deployed: boolean;
  readonly create: readonly string[];
  readonly update: readonly string[];
  readonly replace: readonly string[];
  readonly delete: readonly string[];
  readonly same: number;
  /** Of those that would be replaced or deleted: the protected ones, which the engine refuses to touch. */
  readonly protected: readonly string[];
}

/** Compares a plan in which everything is known with the state of its stack; throws `StateError` when that cannot be read. */
export async function changesOf(plan: Plan, folders: Folders, catalogue: Catalogue): Promise<StackChanges> {
  const text = await deploymentText(folders, plan.stack);
  const deployed = text === undefined ? [] : planOfState(text).resources.filter(isCounted);
  const marks = text === undefined ? [] : marksIn(text);
  const before = new Map(deployed.map((it) => [it.urn, it]));
  // What an interrupted replacement has left goes at last.
  const leftOver = new Set(marks.filter((it) => it.delete === true).map((it) => it.urn));
  const planned = plan.resources.filter(isCounted);
  const fates = planned.map(({ urn, ...it }) => {
    const fate = fateOf(before.get(urn), { urn, ...it }, folders, catalogue);
    return { urn, fate: leftOver.has(urn) ? "replace" : fate };
  });
  const urns = (fate: Fate): readonly string[] => fates.filter((it) => it.fate === fate).map((it) => it.urn);
  const wanted = new Set(planned.map((it) => it.urn));
  const replace = urns("replace");
  const gone = [...before.keys(), ...leftOver].filter((it) => !wanted.has(it));
  const lost = new Set([...replace, ...gone]);
  return {
    address: plan.stack,
    deployed: deployed.length > 0,
    create: urns("create"),
    update: urns("update"),
    replace,
    delete: [...new Set(gone)],
    same: urns("same").length,
    protected: marks.filter((it) => it.protect === true && lost.has(it.urn)).map((it) => it.urn),
  };
}

type Fate = "create" | "update" | "replace" | "same";

function fateOf(
  before: PlannedResource | undefined,
  after: PlannedResource,
  { project }: Folders,
  catalogue: Catalogue,
): Fate {
  if (before === undefined) return "create";
  const settled = settle(before.inputs, after.inputs, project) as Values;
  if (isDeepStrictEqual(settled, after.inputs)) return "same";
  if (!after.custom || after.type.startsWith("pulumi:")) return "update";
  const { spec, behaviour } = definitionOf(catalogue, after.type);
  return differenceOf(spec, behaviour, settled, after.inputs).replaces.length > 0 ? "replace" : "update";
}

/** The deployed value in the form of the wanted one: what is encrypted or unknown is taken to be equal, and an unchanged file is. */
function settle(before: unknown, after: unknown, project: string): unknown {
  if (before === UNKNOWN || after === UNKNOWN) return after;
  if (Array.isArray(before) && Array.isArray(after)) return before.map((it, i) => settle(it, after[i], project));
  if (!isRecord(before) || !isRecord(after)) return before;
  const settled = Object.entries(before)
    .filter(([key, it]) => key in after || !isOwn(key, it, after["path"], project))
    .map(([key, it]) => [key, settle(it, after[key], project)] as const);
  return Object.fromEntries(settled);
}

/** Whether the engine has written this beside what was asked for: notes of its own, and the hash of a file that is still the same. */
function isOwn(key: string, value: unknown, file: unknown, project: string): boolean {
  if (key !== "hash" || typeof value !== "string") return key === "__internal";
  return typeof file !== "string" || isUnchanged(path.resolve(project, file), value);
}

/** The engine keeps the SHA-256 of a file, in hexadecimal digits. */
function isUnchanged(file: string, hash: string): boolean {
  return existsSync(file) && createHash("sha256").update(readFileSync(file)).digest("hex") === hash;
}

interface Mark {
  readonly urn: string;
  readonly protect?: boolean;
  /** Another one has taken its place, and it is still to be deleted. */
  readonly delete?: boolean;
}

function marksIn(text: string): readonly Mark[] {
  return (JSON.parse(text) as { deployment: { resources?: readonly Mark[] } }).deployment.resources ?? [];
}
