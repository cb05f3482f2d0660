import { basename, dirname, join } from "node:path";
import type ts from "typescript";
import { CUSTOM_RESOURCE, type FunctionSpec, type PropertySpec, type ResourceSpec, type TypeSpec } from "../spec.ts";
import { resourceClassesOf, type Assignment, type ResourceClass } from "./constructors.ts";
import { interfacesOf, objectOf, propertiesOf, type Declaration, type DocumentedProperty } from "./declarations.ts";
import { argumentsOf, functionsOf, type InvokedFunction } from "./functions.ts";
import { outputsOf } from "./outputs.ts";
import { isComputing, type Sdk } from "./sdk.ts";
import { parseFile } from "./syntax.ts";

/** Adds to the schema of a resource what its SDK does not say; `documented` are its properties with their documentation. */
export type Enrichment = (resource: ResourceSpec, documented: ReadonlyMap<string, DocumentedProperty>) => ResourceSpec;

/** The resources and functions of one SDK. */
export interface PackageSpecs {
  readonly resources: readonly ResourceSpec[];
  readonly functions: readonly FunctionSpec[];
}

/** Reads the resources and functions of an SDK; throws for code that it cannot read, so that an upgrade is noticed. */
export function packageSpecs(sdk: Sdk, enrich: Enrichment): PackageSpecs {
  const resources = new Map<string, ResourceSpec>();
  const functions = new Map<string, FunctionSpec>();
  for (const { path, text } of sdk.sources()) {
    const script = parseFile(path, text);
    const classes = resourceClassesOf(script);
    const invoked = functionsOf(script);
    if (classes.length + invoked.length === 0) continue;
    const declarations = parseFile(join(dirname(path), `${basename(path, ".js")}.d.ts`));
    const reading = { sdk, declarations, interfaces: interfacesOf(declarations) };
    for (const it of classes) resources.set(it.token, resourceOf(it, reading, enrich));
    for (const it of invoked) functions.set(it.token, functionOf(it, reading));
  }
  if (sdk.name === "kubernetes") resources.set(CUSTOM_RESOURCE, customResource(sdk));
  return { resources: [...resources.values()], functions: [...functions.values()] };
}

interface Reading {
  readonly sdk: Sdk;
  readonly declarations: ts.SourceFile;
  readonly interfaces: ReadonlyMap<string, Declaration>;
}

function resourceOf(it: ResourceClass, reading: Reading, enrich: Enrichment): ResourceSpec {
  const { sdk, interfaces } = reading;
  const declaration = interfaces.get(`${it.name}Args`);
  const documented: ReadonlyMap<string, DocumentedProperty> =
    declaration === undefined ? new Map<string, DocumentedProperty>() : propertiesOf(declaration, sdk.vocabulary);
  const inputs = [...it.inputs].map(([name, assignment]): [string, PropertySpec] => {
    const property = documented.get(name);
    return [name, inputOf(`${it.token}.${name}`, property, assignment, it.required.has(name))];
  });
  const { token, kind, outputs, additionalSecretOutputs, aliases } = it;
  const given = Object.fromEntries(inputs);
  const computed = isComputing(sdk.name) && kind === "custom" ? computedOf(it.name, given, reading) : {};
  return enrich({ token, kind, inputs: given, outputs, computed, additionalSecretOutputs, aliases }, documented);
}

/** The outputs that the program does not always give itself, and that are never absent. */
function computedOf(
  name: string,
  inputs: ResourceSpec["inputs"],
  { sdk, declarations }: Reading,
): Readonly<Record<string, TypeSpec>> {
  const all = outputsOf(declarations, name, sdk.vocabulary);
  return Object.fromEntries([...all].filter(([output]) => inputs[output]?.required !== true));
}

function inputOf(path: string, property: PropertySpec | undefined, given: Assignment, checked: boolean): PropertySpec {
  const secret = given.secret ? ({ secret: true } as const) : {};
  if (given.constant !== undefined) return { type: { values: [given.constant] }, required: true, ...secret };
  if (property === undefined) throw new Error(`${path} is sent by the constructor, but not declared in its arguments`);
  const required = checked || property.required === true ? ({ required: true } as const) : {};
  return { type: property.type, ...required, ...secret };
}

function functionOf(
  { token, names, declaredBy }: InvokedFunction,
  { sdk, declarations, interfaces }: Reading,
): FunctionSpec {
  const name = declaredBy === undefined ? undefined : argumentsOf(declarations, declaredBy);
  const declaration = name === undefined ? undefined : interfaces.get(name);
  const documented: ReadonlyMap<string, DocumentedProperty> =
    declaration === undefined ? new Map<string, DocumentedProperty>() : propertiesOf(declaration, sdk.vocabulary);
  const inputs = names.map((it): [string, PropertySpec] => {
    const property: DocumentedProperty | undefined = documented.get(it);
    if (property === undefined && declaration !== undefined)
      throw new Error(`${token} sends ${it}, but does not declare it`);
    return [it, { type: property?.type ?? "any", ...(property?.required === true ? { required: true } : {}) }];
  });
  return { token, inputs: Object.fromEntries(inputs) };
}

function customResource(sdk: Sdk): ResourceSpec {
  const declarations = parseFile(join(sdk.root, "apiextensions", "customResource.d.ts"));
  const declaration = interfacesOf(declarations).get("CustomResourceArgs");
  if (declaration === undefined) throw new Error("@pulumi/kubernetes declares no CustomResourceArgs");
  const { properties, open } = objectOf(declaration, sdk.vocabulary);
  const named = {
    token: CUSTOM_RESOURCE,
    kind: "custom",
    inputs: properties,
    outputs: Object.keys(properties),
    computed: {},
  } as const;
  return { ...named, additionalSecretOutputs: [], aliases: [], ...(open === undefined ? {} : { open }) };
}
