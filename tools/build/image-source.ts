import { copyFile, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { builtBundle, digestOf } from "../../infra/artifacts/built-bundle.ts";
import type { Bundle } from "./bundle.ts";
import { installNative, type Target } from "./native-packages.ts";

/** What AgentCore Runtime runs. */
export const ARM64: Target = { os: "linux", cpu: "arm64", libc: "glibc" };

/** The certificates of Amazon RDS, by which Keycloak knows its database. */
const CERTIFICATES = "services/mcp/database/certificates/amazon-rds.pem";

/** What an image is built from. */
export interface ImageSource {
  readonly dockerfile: string;
  readonly platforms: readonly ("linux/amd64" | "linux/arm64")[];
  /** Of what goes into it. */
  readonly label: string;
  /** Lays down in a folder all that the Dockerfile copies. */
  readonly context: (folder: string) => Promise<void>;
}

/** The image of an MCP server or, for both kinds of machines, of an agent: the bundle, and native code beside it. */
export function bundleImage(
  bundle: Pick<Bundle, "service" | "manifest" | "digest">,
  project: string,
  platforms: ImageSource["platforms"] = ["linux/arm64"],
): ImageSource {
  if (bundle.manifest.native.length > 0 && platforms.length > 1)
    throw new TypeError(`"${bundle.service.name}" has native code, of which an image for one kind of machine is made`);
  return {
    dockerfile: path.join(project, "services/mcp/Dockerfile"),
    platforms,
    label: bundle.digest,
    context: (folder) => imageContext(bundle, { project, folder }),
  };
}

/** The image of Keycloak, for both kinds of machines. */
export async function keycloakImage(project: string): Promise<ImageSource> {
  const dockerfile = path.join(project, "services/keycloak/Dockerfile");
  const inputs = await Promise.all([dockerfile, path.join(project, CERTIFICATES)].map((it) => readFile(it)));
  return {
    dockerfile,
    platforms: ["linux/amd64", "linux/arm64"],
    label: `sha256:${digestOf(Buffer.concat(inputs))}`,
    context: (folder) => copied(project, folder, CERTIFICATES),
  };
}

/** Lays down in `folder` all that the image of a built service holds. */
export async function imageContext(
  { service, manifest: { native } }: Pick<Bundle, "service" | "manifest">,
  { project, folder, target = ARM64 }: { readonly project: string; readonly folder: string; readonly target?: Target },
): Promise<void> {
  for (const [name, file] of Object.entries((await builtBundle(service.name, project)).files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await copyFile(file, path.join(folder, name));
  }
  if (native.length > 0) await installNative(native, { project, folder, target });
}

async function copied(project: string, folder: string, file: string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
  await copyFile(path.join(project, file), path.join(folder, file));
}
