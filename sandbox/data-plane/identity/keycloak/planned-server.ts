import path from "node:path";
import * as z from "zod";
import type { Plan, PlannedResource } from "../../../../plan/model.ts";

/** A region's Keycloak, as its stack plans it for the cloud. */
export interface PlannedServer {
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** What it finds in its file system besides its image, by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** How one process on this machine is started. */
export interface ServerStart {
  readonly options: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly files: readonly { readonly path: string; readonly content: string }[];
}

const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";

/**
 * All that differs from the cloud, by option: nothing encrypts on loopback, so there is no other host of the administration either; a single
 * server has nobody to find; and data are in memory.
 */
const ON_LAPTOP = {
  without: ["hostname-admin", "https-port", "https-protocols", "https-key-store-file", "cache-stack"],
  database: /^--db-(?:url|username|pool-max-size)=/,
};

const setInputs = z.object({
  spec: z.object({
    template: z.object({
      spec: z.object({
        containers: z.tuple([
          z.object({
            args: z.array(z.string()),
            env: z.array(z.strictObject({ name: z.string(), value: z.string() })),
            volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
          }),
        ]),
        volumes: z.array(z.object({ name: z.string(), configMap: z.object({ name: z.string() }).optional() })),
      }),
    }),
  }),
});
const mapInputs = z.object({ metadata: z.object({ name: z.string() }), data: z.record(z.string(), z.string()) });

/**
 * Reads the one Keycloak of planned stacks of a region. Throws `TypeError` when there is none or more than one, and `ZodError` when it is
 * planned in a way that is not understood here.
 */
export function plannedServer(plans: readonly Plan[]): PlannedServer {
  const resources = plans.flatMap((it) => it.resources);
  const [set, ...others] = resources.filter((it) => it.type === STATEFUL_SET);
  if (set === undefined || others.length > 0) throw new TypeError("a region must have one Keycloak");
  const pod = setInputs.parse(set.inputs).spec.template.spec;
  const [{ args, env, volumeMounts }] = pod.containers;
  const files = pod.volumes.flatMap(({ name, configMap }) => {
    const mount = volumeMounts.find((it) => it.name === name);
    if (configMap === undefined || mount === undefined) return [];
    return Object.entries(dataOf(configMap.name, resources)).map(
      ([file, content]) => [path.posix.join(mount.mountPath, file), content] as const,
    );
  });
  return {
    arguments: args,
    environment: Object.fromEntries(env.map(({ name, value }) => [name, value])),
    files: Object.fromEntries(files),
  };
}

function dataOf(name: string, resources: readonly PlannedResource[]): Readonly<Record<string, string>> {
  const maps = resources.filter((it) => it.type === CONFIG_MAP).map(({ inputs }) => mapInputs.parse(inputs));
  const found = maps.find((it) => it.metadata.name === name);
  if (found === undefined) throw new TypeError(`there is no ConfigMap "${name}"`);
  return found.data;
}

/** How a planned server is started on this machine at `origin`, with what it finds in `folder`: as in the cloud but for `ON_LAPTOP`. */
export function startOf(
  server: PlannedServer,
  {
    origin,
    managementPort,
    folder,
  }: { readonly origin: string; readonly managementPort: number; readonly folder: string },
): ServerStart {
  const { hostname, port } = new URL(origin);
  const here: Readonly<Record<string, string>> = {
    hostname: origin,
    "http-enabled": "true",
    "http-management-port": String(managementPort),
    cache: "local",
  };
  const files = Object.entries(server.files).map(([name, content]) => ({
    name,
    content,
    path: path.join(folder, path.basename(name)),
  }));
  const options = server.arguments.flatMap((it) => {
    const name = /^--([^=]+)=/.exec(it)?.[1] ?? "";
    if (ON_LAPTOP.without.includes(name) || ON_LAPTOP.database.test(it)) return [];
    const value = here[name];
    if (value !== undefined) return [`--${name}=${value}`];
    return [files.reduce((text, file) => text.replaceAll(`=${file.name}`, `=${file.path}`), it)];
  });
  return {
    options: [...options, `--http-host=${hostname}`, `--http-port=${port}`],
    environment: server.environment,
    files,
  };
}
