import { isRecord } from "../../../contracts/json.ts";
import type { Values } from "../wire.ts";
import { type Behaviour, type Draft, hex, uuid } from "./behaviour.ts";

/** Kinds that are in no namespace. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  "APIService",
  "AdminNetworkPolicy",
  "BaselineAdminNetworkPolicy",
  "CSIDriver",
  "CSINode",
  "CertificateSigningRequest",
  "ClusterRole",
  "ClusterRoleBinding",
  "ClusterTrustBundle",
  "CustomResourceDefinition",
  "DeviceClass",
  "FlowSchema",
  "IPAddress",
  "IngressClass",
  "MutatingAdmissionPolicy",
  "MutatingAdmissionPolicyBinding",
  "MutatingWebhookConfiguration",
  "Namespace",
  "Node",
  "NodeClaim",
  "NodeClass",
  "NodePool",
  "PersistentVolume",
  "PriorityClass",
  "PriorityLevelConfiguration",
  "ResourceSlice",
  "RuntimeClass",
  "ServiceCIDR",
  "StorageClass",
  "StorageVersion",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "ValidatingWebhookConfiguration",
  "VolumeAttachment",
  "VolumeAttributesClass",
]);

/** Where the specification of an object's pods is, for kinds that do not have it at `spec.template.spec`. */
const POD_PATHS: Readonly<Record<string, string>> = { CronJob: "spec.jobTemplate.spec.template.spec", Pod: "spec" };

/** Whether a type is that of an object in a cluster; a release of Helm, which the same package has, is none. */
export function isObject(type: string): boolean {
  return type.startsWith("kubernetes:") && !type.startsWith("kubernetes:helm.sh/");
}

/** The behaviour of every Kubernetes object: its identity is its kind, namespace and name. */
export const KUBERNETES_OBJECT: Behaviour = {
  id: (it) => objectId(it.inputs),
  defaults: (it) => ({ metadata: metadataDefaults(it) }),
  outputs: (it) => ({
    metadata: { ...metadataOf(it.inputs), uid: uuid(it), resourceVersion: "1", generation: 1 },
  }),
};

/** `namespace/name` of an object; `name` alone for kinds that are in no namespace. */
export function objectId(inputs: Values): string {
  const { namespace, name } = metadataOf(inputs);
  return isClusterScoped(inputs) ? textOrDefault(name) : `${textOrDefault(namespace)}/${textOrDefault(name)}`;
}

/** The names that refer to an object within its cluster. */
export function objectNames(inputs: Values): readonly string[] {
  return [`${String(inputs["kind"])} ${objectId(inputs)}`];
}

/**
 * What an object refers to within its cluster: its namespace, service account and scale target. ConfigMaps and Secrets are left out:
 * pods wait for those that are created later.
 */
export function objectUses(inputs: Values): readonly { readonly property: string; readonly name: string }[] {
  if (isClusterScoped(inputs)) return [];
  const namespace = textOrDefault(metadataOf(inputs)["namespace"]);
  const { pod, path } = podOf(inputs);
  const account = pod["serviceAccountName"];
  const target = at(inputs, ["spec", "scaleTargetRef"]);
  return [
    ...(BUILT_IN_NAMESPACES.has(namespace) ? [] : [{ property: "metadata.namespace", name: `Namespace ${namespace}` }]),
    ...(typeof account === "string"
      ? [{ property: `${path}.serviceAccountName`, name: `ServiceAccount ${namespace}/${account}` }]
      : []),
    ...(isRecord(target) && typeof target["name"] === "string"
      ? [{ property: "spec.scaleTargetRef", name: `${String(target["kind"])} ${namespace}/${target["name"]}` }]
      : []),
  ];
}

/** The images of an object's containers, each with the path of the input that names it. */
export function imagesOf(inputs: Values): readonly { readonly property: string; readonly image: string }[] {
  const { pod, path } = podOf(inputs);
  return ["initContainers", "containers"].flatMap((key) => {
    const containers: readonly unknown[] = Array.isArray(pod[key]) ? pod[key] : [];
    return containers.flatMap((it, i) =>
      isRecord(it) && typeof it["image"] === "string"
        ? [{ property: `${path}.${key}[${i}].image`, image: it["image"] }]
        : [],
    );
  });
}

/** The specification of the pods of an object, and its path; an empty one for an object without pods. */
function podOf(inputs: Values): { readonly pod: Values; readonly path: string } {
  const path = POD_PATHS[String(inputs["kind"])] ?? "spec.template.spec";
  const pod = at(inputs, path.split("."));
  return { pod: isRecord(pod) ? pod : {}, path };
}

/** The paths of changes that Kubernetes refuses on an existing object, so that it must be replaced. */
export function objectReplaces(before: Values, after: Values): readonly string[] {
  const paths = [["metadata", "name"], ["metadata", "namespace"], ["kind"], ["apiVersion"], ["spec", "selector"]];
  return paths
    .filter((path) => path[1] !== "selector" || after["kind"] !== "Service")
    .filter((path) => JSON.stringify(at(before, path)) !== JSON.stringify(at(after, path)))
    .map((path) => path.join("."));
}

const BUILT_IN_NAMESPACES: ReadonlySet<string> = new Set(["default", "kube-system", "kube-public", "kube-node-lease"]);

function isClusterScoped(inputs: Values): boolean {
  return CLUSTER_SCOPED.has(String(inputs["kind"]));
}

function metadataDefaults(draft: Draft): Values {
  const metadata = metadataOf(draft.inputs);
  return {
    ...(metadata["name"] === undefined ? { name: `${draft.name.toLowerCase()}-${hex(draft, 8)}` } : {}),
    ...(metadata["namespace"] === undefined && !isClusterScoped(draft.inputs) ? { namespace: "default" } : {}),
  };
}

/** The text, or `default`, which is the namespace of an object that names none. */
function textOrDefault(value: unknown): string {
  return typeof value === "string" ? value : "default";
}

function metadataOf(inputs: Values): Values {
  return isRecord(inputs["metadata"]) ? inputs["metadata"] : {};
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((it, key) => (isRecord(it) ? it[key] : undefined), value);
}
