import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { ObjectSpec } from "../spec.ts";
import { isPackageName, rootOf, type PackageName } from "../packages.ts";
import { enumsOf, interfacesOf, objectOf, type Declaration } from "./declarations.ts";
import { parseFile } from "./syntax.ts";
import type { Vocabulary } from "./type-reader.ts";

/** What tells nested types of outputs from those of inputs. */
const OUTPUTS = "outputs/";

/** Whether the sandbox may have to make up outputs of a package's resources: Kubernetes' objects share one behaviour, components have children. */
export function isComputing(name: PackageName): boolean {
  return name === "aws" || name === "keycloak";
}

/** The nested types of one installed SDK; each is read when it is first used. */
export class Sdk {
  readonly name: PackageName;
  readonly root: string;
  readonly vocabulary: Vocabulary;
  readonly #interfaces: Map<string, Declaration>;
  /** Nested types of outputs, as `outputs/<name>`; only of packages whose resources the sandbox may have to make up outputs for. */
  readonly #outputs: Map<string, Declaration>;
  readonly #enums: Map<string, readonly (string | number)[]>;
  readonly #objects = new Map<string, ObjectSpec>();

  constructor(name: PackageName, sdkOf: (name: PackageName) => Sdk) {
    this.name = name;
    this.root = rootOf(name);
    this.#interfaces = interfacesOf(parseFile(join(this.root, "types", "input.d.ts")));
    this.#outputs = isComputing(name)
      ? interfacesOf(parseFile(join(this.root, "types", "output.d.ts")))
      : new Map<string, Declaration>();
    this.#enums = new Map(enumFiles(join(this.root, "types", "enums")).flatMap(namedEnums));
    this.vocabulary = {
      nested: (type, owner = name) => {
        if (!isPackageName(owner)) return undefined;
        return (owner === name ? this : sdkOf(owner)).has(type) ? `${owner}:${type}` : undefined;
      },
      nestedOutput: (type) => (this.#outputs.has(type) ? `${name}:${OUTPUTS}${type}` : undefined),
      enumeration: (type) => this.#enums.get(type),
    };
  }

  has(type: string): boolean {
    return this.#interfaces.has(type);
  }

  nested(type: string): ObjectSpec {
    const known = this.#objects.get(type);
    if (known !== undefined) return known;
    const declaration = type.startsWith(OUTPUTS)
      ? this.#outputs.get(type.slice(OUTPUTS.length))
      : this.#interfaces.get(type);
    if (declaration === undefined) throw new Error(`@pulumi/${this.name} declares no input type ${type}`);
    const object = objectOf(declaration, this.vocabulary);
    this.#objects.set(type, object);
    return object;
  }

  /** Paths and texts of the JavaScript files that hold resources or functions. */
  *sources(): Generator<{ readonly path: string; readonly text: string }> {
    for (const entry of readdirSync(this.root, { recursive: true, encoding: "utf8" }).sort()) {
      if (!entry.endsWith(".js") || entry.startsWith("types") || entry.startsWith("node_modules")) continue;
      const path = join(this.root, entry);
      const text = readFileSync(path, "utf8");
      if (text.includes("__pulumiType") || text.includes("runtime.invoke")) yield { path, text };
    }
  }
}

interface EnumFile {
  readonly prefix: string;
  readonly path: string;
}

function enumFiles(folder: string): EnumFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((entry) => entry.endsWith("index.d.ts"))
    .map((entry) => {
      const path = join(folder, entry);
      const within = relative(folder, join(path, "..")).replaceAll(/[\\/]/g, ".");
      return { prefix: within === "" ? "" : `${within}.`, path };
    });
}

function namedEnums({ prefix, path }: EnumFile): [string, readonly (string | number)[]][] {
  return [...enumsOf(parseFile(path))].map(([name, values]) => [prefix + name, values]);
}
