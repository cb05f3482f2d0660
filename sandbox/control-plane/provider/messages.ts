import empty from "google-protobuf/google/protobuf/empty_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import { typeOf } from "../../../plan/urn.ts";
import type { CheckFailure } from "../catalogue/spec.ts";
import type { Caller } from "../cloud/caller.ts";
import type { Cloud, Subject } from "../cloud/cloud.ts";
import type { Difference } from "../cloud/diff.ts";
import { ignoring } from "../cloud/ignored.ts";
import type { Lifecycle } from "../lifecycle.ts";
import type { PreviewMode } from "../preview-mode.ts";
import { type Values, decode, encode, fromStruct, secretsOf, toStruct } from "../wire.ts";

/** The resource that a request is about. */
export function subjectOf(request: { getUrn(): string }): Subject {
  const urn = request.getUrn();
  return { urn, type: typeOf(urn) };
}

/** The response of `Check` and `CheckConfig`. */
export function checkResponse(inputs: Values, failures: readonly CheckFailure[]): provider.CheckResponse {
  const response = new provider.CheckResponse();
  response.setInputs(toStruct(inputs));
  for (const { property, reason } of failures) {
    const failure = new provider.CheckFailure();
    failure.setProperty(property);
    failure.setReason(reason);
    response.addFailures(failure);
  }
  return response;
}

/** Answers `Diff`; what the program ignores counts as unchanged. */
export function diff(cloud: Cloud, caller: Caller, it: provider.DiffRequest): provider.DiffResponse {
  const before = decode(fromStruct(it.getOldInputs()));
  const wanted = ignoring(it.getIgnorechangesList(), before, decode(fromStruct(it.getNews())));
  return diffResponse(cloud.diff(caller, subjectOf(it), before, wanted));
}

/** Answers `Create`, of a preview as well. */
export function create(
  lifecycle: Lifecycle,
  mode: PreviewMode,
  caller: Caller,
  it: provider.CreateRequest,
): provider.CreateResponse {
  const inputs = fromStruct(it.getProperties());
  const { id, properties } = it.getPreview()
    ? lifecycle.previewCreate(caller, subjectOf(it), inputs, mode)
    : lifecycle.create(caller, subjectOf(it), inputs);
  const response = new provider.CreateResponse();
  response.setId(id);
  response.setProperties(toStruct(properties));
  return response;
}

/** Answers `Update`, of a preview as well. */
export function update(
  lifecycle: Lifecycle,
  mode: PreviewMode,
  caller: Caller,
  it: provider.UpdateRequest,
): provider.UpdateResponse {
  const change = { id: it.getId(), olds: fromStruct(it.getOlds()), news: fromStruct(it.getNews()) };
  const properties = it.getPreview()
    ? lifecycle.previewUpdate(caller, subjectOf(it), change, mode)
    : lifecycle.update(caller, subjectOf(it), change);
  const response = new provider.UpdateResponse();
  response.setProperties(toStruct(properties));
  return response;
}

/** Answers `Read`; a response without an id says that the resource is gone. */
export function read(cloud: Cloud, caller: Caller, it: provider.ReadRequest): provider.ReadResponse {
  const [properties, inputs] = [fromStruct(it.getProperties()), fromStruct(it.getInputs())];
  const existing = cloud.read(caller, subjectOf(it), it.getId(), decode({ ...properties, ...inputs }));
  const response = new provider.ReadResponse();
  response.setId(existing?.id ?? "");
  if (existing !== undefined) {
    const secrets = new Set([...secretsOf(properties), ...secretsOf(inputs)]);
    response.setProperties(toStruct(encode(existing.outputs, secrets)));
    response.setInputs(toStruct(encode(existing.inputs, secrets)));
  }
  return response;
}

/** Answers `Delete`. */
export function remove(cloud: Cloud, caller: Caller, it: provider.DeleteRequest): empty.Empty {
  const inputs = decode({ ...fromStruct(it.getProperties()), ...fromStruct(it.getOldInputs()) });
  cloud.delete(caller, subjectOf(it), it.getId(), inputs);
  return new empty.Empty();
}

/** Answers `Invoke`. */
export function invoke(cloud: Cloud, caller: Caller, it: provider.InvokeRequest): provider.InvokeResponse {
  const response = new provider.InvokeResponse();
  response.setReturn(toStruct(encode(cloud.invoke(caller, it.getTok(), decode(fromStruct(it.getArgs()))))));
  return response;
}

function diffResponse({
  changed,
  replaces,
  deleteBeforeReplace,
}: Difference & { readonly deleteBeforeReplace: boolean }): provider.DiffResponse {
  const keys = Object.keys(changed);
  const response = new provider.DiffResponse();
  response.setChanges(
    keys.length > 0 ? provider.DiffResponse.DiffChanges.DIFF_SOME : provider.DiffResponse.DiffChanges.DIFF_NONE,
  );
  response.setDiffsList(keys);
  response.setReplacesList([...replaces]);
  response.setDeletebeforereplace(deleteBeforeReplace);
  response.setHasdetaileddiff(true);
  for (const key of keys) {
    const detail = new provider.PropertyDiff();
    const kind =
      `${(changed[key] ?? "update").toUpperCase()}${replaces.includes(key) ? "_REPLACE" : ""}` as keyof typeof provider.PropertyDiff.Kind;
    detail.setKind(provider.PropertyDiff.Kind[kind]);
    detail.setInputdiff(true);
    response.getDetaileddiffMap().set(key, detail);
  }
  return response;
}
