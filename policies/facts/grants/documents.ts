import type { PlannedResource } from "../../../plan/model.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { Value } from "../../engine/value.ts";
import { Statement, statementsOf } from "../policy-document.ts";
import { TYPE } from "../resource-types.ts";
import { DOCUMENTS, type DocumentKind } from "./document-types.ts";
import { GRANTS_BY_INPUTS } from "./granting-inputs.ts";

/** One document that grants, and the resource that declares it. */
export interface PolicyDocument {
  readonly kind: DocumentKind;
  readonly holder: ResourceView;
  /** The path of the input that it is. */
  readonly input: string;
  /** Throws `UnreadableDocument` for what cannot be read, and `UnknownValue` for what is not known yet. */
  readonly statements: readonly Statement[];
}

/** The types whose resources hold documents of a kind. */
export function typesWith(kind: DocumentKind): readonly string[] {
  const byDocument = Object.entries(DOCUMENTS).filter(([, documents]) => documents.some(([it]) => it === kind));
  const byInputs = kind === "resource" ? Object.keys(GRANTS_BY_INPUTS) : [];
  return [...byDocument.map(([type]) => type), ...byInputs];
}

const read = new WeakMap<PlannedResource, readonly PolicyDocument[]>();

/** The documents of a resource that are set; each is read once, when its statements are asked for. Throws `UnknownValue`. */
export function documentsOf(holder: ResourceView): readonly PolicyDocument[] {
  let documents = read.get(holder.resource);
  if (documents === undefined) {
    const byDocument = (DOCUMENTS[holder.type] ?? []).flatMap(([kind, input]) =>
      placesOf(holder, input).map((place) => new ReadDocument(kind, holder, place)),
    );
    documents = [...byDocument, ...documentsByInputs(holder)];
    read.set(holder.resource, documents);
  }
  return documents;
}

/** The Allow statements of a resource's documents of one kind. */
export function grantsOf(holder: ResourceView, kind: DocumentKind = "identity"): readonly Statement[] {
  return documentsOf(holder).flatMap((it) => (it.kind === kind ? it.statements.filter(({ allows }) => allows) : []));
}

class ReadDocument implements PolicyDocument {
  readonly kind: DocumentKind;
  readonly holder: ResourceView;
  readonly input: string;
  constructor(kind: DocumentKind, holder: ResourceView, input: string) {
    this.kind = kind;
    this.holder = holder;
    this.input = input;
  }

  get statements(): readonly Statement[] {
    return statementsOf(this.holder, this.input);
  }
}

/** The inputs that a path with `[]` stands for, without those that are not set. */
function placesOf(holder: ResourceView, input: string): readonly string[] {
  const [list = "", member] = input.split("[].");
  if (member === undefined) return holder.has(input) ? [input] : [];
  return holder.list(list).flatMap((it, i) => (it.has(member) ? [`${list}.${i}.${member}`] : []));
}

function documentsByInputs(holder: ResourceView): readonly PolicyDocument[] {
  const statementOf = GRANTS_BY_INPUTS[holder.type];
  if (statementOf === undefined) return [];
  const input = holder.type === TYPE.lambdaPermission ? "action" : "operations";
  return [
    {
      kind: "resource",
      holder,
      input,
      get statements() {
        return [new Statement(new Value(statementOf(holder), input))];
      },
    },
  ];
}
