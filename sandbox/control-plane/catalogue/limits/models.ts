import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** A shape of a service model of botocore; only the parts that say what a value may be. */
export interface Shape {
  readonly type: string;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly sensitive?: true;
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly key?: { readonly shape: string };
  readonly value?: { readonly shape: string };
}

/** The model of one service: its operations with the name of their input, and its shapes. */
export interface Model {
  readonly service: string;
  readonly operations: Readonly<Record<string, { readonly input?: { readonly shape: string } }>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** The service models in the folder of an unpacked botocore; each is read when it is first asked for. */
export class Models {
  readonly #folder: string;
  readonly #read = new Map<string, Model | undefined>();

  constructor(folder: string) {
    this.#folder = join(folder, "botocore", "data");
  }

  /** The newest model of a service such as `bedrock-agentcore-control`; `undefined` when there is none. */
  of(service: string): Model | undefined {
    if (!this.#read.has(service)) this.#read.set(service, this.#load(service));
    return this.#read.get(service);
  }

  #load(service: string): Model | undefined {
    if (!readdirSync(this.#folder).includes(service)) return undefined;
    const versions = readdirSync(join(this.#folder, service)).filter((it) => /^\d{4}-/.test(it));
    const file = join(this.#folder, service, versions.sort().at(-1) ?? "", "service-2.json.gz");
    const { operations, shapes } = JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as Model;
    return { service, operations, shapes };
  }
}
