import {
  type McpService,
  type Release,
  type Releases,
  type RetainedRelease,
  UNBUILT,
} from "../../releases/releases.ts";

/** Gives an image to the releases that have none: all majors of a server are the same code. */
export function withImage(
  service: McpService,
  digest: Release["digest"],
): { readonly service: McpService; readonly notes: readonly string[] } {
  const built = <R extends Release>(it: R): R => (it.digest === UNBUILT ? { ...it, digest } : it);
  const [newest, ...older] = service.releases;
  const [second, third]: readonly RetainedRelease[] = older.filter((it) => it !== undefined).map(built);
  const releases: Releases =
    second === undefined
      ? [built(newest)]
      : third === undefined
        ? [built(newest), second]
        : [built(newest), second, third];
  const candidate = service.candidate && built(service.candidate);
  const all = [...service.releases, service.candidate].filter((it) => it !== undefined);
  return {
    service: { ...service, releases, ...(candidate && { candidate }) },
    notes: all.filter((it) => it.digest === UNBUILT).map((it) => `${it.version} is this image now`),
  };
}
