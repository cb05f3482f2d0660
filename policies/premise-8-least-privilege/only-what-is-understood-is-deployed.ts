import { isEngineProvider } from "../facts/engine-providers.ts";
import { DESCRIPTIONS, fileFor } from "../descriptions/descriptions.ts";
import { understood, type Accepted, type Description, type Understood } from "../descriptions/description.ts";
import { whyOpaque } from "../descriptions/opaque.ts";
import { CONTROL } from "../engine/frameworks.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { type Fault, rule } from "../engine/rule.ts";
import { UnknownValue } from "../engine/three-values.ts";
import { UNKNOWN } from "../../plan/model.ts";

/** What providers write into inputs themselves: which of them are defaults, and all tags together. */
const OF_PROVIDERS: ReadonlySet<string> = new Set(["__defaults", "__internal", "tagsAll"]);

export const onlyWhatIsUnderstoodIsDeployed = rule({
  premise: 8,
  id: "only-what-is-understood-is-deployed",
  severity: "critical",
  description: "A stack of the platform holds no type, and sets no property, of which nobody has said what it means.",
  remediation:
    "Describe the type, or name the property, in `policies/descriptions/`: a rule reads it, or it is inert for a reason.",
  frameworks: [CONTROL.soc2Change, CONTROL.isoConfiguration, CONTROL.pciChange],
  // Components group other resources, which are judged themselves; in a stack that is not of the platform, nothing is described.
  subjects: {
    types: ["*"],
    where: (it) => !isEngineProvider(it.type) && (it.resource.custom || whyOpaque(it.type) !== undefined),
  },
  judge: judgeBy(DESCRIPTIONS),
});

/** What is not understood of a resource by these descriptions. */
export function judgeBy(
  descriptions: ReadonlyMap<string, Description>,
): (it: ResourceView) => Fault | readonly Fault[] {
  const roots = new Map([...descriptions].map(([type, description]) => [type, understood(description)]));
  return (it) => {
    const root = roots.get(it.type);
    return root === undefined ? whyNotType(it) : strangeInputs(it, root);
  };
}

function whyNotType({ name, type }: ResourceView): string {
  const opaque = whyOpaque(type);
  return opaque === undefined
    ? `"${name}" must not be deployed: nobody here understands the type ${type}; describe it in ${fileFor(type)}.`
    : `"${name}" must not be deployed: ${opaque}, which no rule can read; declare what it would make one by one.`;
}

/** A sentence for each input that is not understood. Throws `UnknownValue` where there is none and a value is unknown that must be. */
function strangeInputs(
  { name, resource: { inputs, type } }: ResourceView,
  root: Understood,
): readonly string[] | undefined {
  const found = new Strange();
  found.search(inputs, root);
  if (found.paths.size > 0) return [...found.paths].map((it) => `"${name}" ${sentence(...it, type)}`);
  if (found.unknown !== undefined) throw found.unknown;
  return undefined;
}

function sentence(path: string, accepted: readonly Accepted[] | undefined, type: string): string {
  const file = fileFor(type);
  if (accepted === undefined)
    return `must not set ${path}: nobody here understands it; name it in ${file}, as read or as inert.`;
  const values = accepted.map((it) => JSON.stringify(it)).join(" or ");
  const what = accepted.length === 0 ? "leave it empty" : `set it to ${values}`;
  return `must not set ${path} to this value: nobody here understands another; ${what}, or name it as read in ${file}.`;
}

/** What is not understood in the inputs of one resource. */
class Strange {
  /** By path, the values that would be understood there; `undefined` where none is. */
  readonly paths = new Map<string, readonly Accepted[] | undefined>();
  unknown: UnknownValue | undefined;
  /** The names that lead to where the search is. */
  readonly #trail: string[] = [];

  search(value: unknown, at: Understood): void {
    if (at.whole && at.accepts === undefined) return;
    if (value === UNKNOWN) this.unknown ??= new UnknownValue(this.#path);
    else if (Array.isArray(value)) for (const it of value) this.search(it, at);
    else if (at.accepts !== undefined) this.#compare(value, at.accepts);
    else if (typeof value === "object") this.#searchMembers(value ?? {}, at.below);
    else this.paths.set(this.#path, undefined);
  }

  #compare(value: unknown, accepts: readonly Accepted[]): void {
    if (!accepts.some((it) => it === value)) this.paths.set(this.#path, accepts);
  }

  #searchMembers(value: object, below: Understood["below"]): void {
    for (const name of Object.keys(value)) {
      const member = (value as Readonly<Record<string, unknown>>)[name];
      if (member === undefined || member === null || OF_PROVIDERS.has(name)) continue; // not set by the program
      this.#trail.push(name);
      const next = below.get(name);
      if (next === undefined) this.paths.set(this.#path, undefined);
      else this.search(member, next);
      this.#trail.pop();
    }
  }

  get #path(): string {
    return this.#trail.join(".");
  }
}
