import { connect } from "node:net";
import { once } from "node:events";
import path from "node:path";
import { execa } from "execa";
import type { Folders } from "../engine/folders.ts";
import { BUILT_VERSION, isOlder, OLDEST_VERSION, versionOf } from "../engine/installation/cli-version.ts";
import { findOnPath, isExecutable } from "../engine/installation/executable.ts";
import { requireLoopback } from "../engine/loopback.ts";
import { bytesFree, megabytes } from "../engine/state/disk-space.ts";
import { type Finding, guarded, verdicts } from "./check.ts";

/** Programs run TypeScript as it is from here on. */
const OLDEST_NODE = "22.18.0";
const OLDEST_GO = "1.26";
/** Keycloak 26 runs on it. */
const OLDEST_JAVA = 17;
/** The state and the sandbox of the whole of production, with room to spare. */
const BYTES_WANTED = 600_000_000;
const NETWORK_TIMEOUT_MS = 3_000;

/** What is looked at. */
export interface Machine {
  readonly folders: Folders;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The version of the Node.js that runs, such as `v24.1.0`. */
  readonly node: string;
  /** A host that answers where there is a network, as `host:port`. */
  readonly registry: string;
}

/** Looks at the machine: nothing is installed, and nothing leaves it but one connection that is closed at once. */
export async function lookAtMachine(machine: Machine): Promise<readonly Finding[]> {
  const { folders, env } = machine;
  const PATH = env["PATH"] ?? "";
  const all = await Promise.all([
    guarded("Node.js", "install Node.js 24", () => Promise.resolve(node(machine))),
    guarded("Pulumi CLI", "npx alicerce start", () => pulumi(machine)),
    guarded("Go", "https://go.dev/dl", () => tool("Go", PATH, GO)),
    guarded("Java", "https://adoptium.net", () => tool("Java", PATH, JAVA)),
    guarded("Docker", "https://docs.docker.com/get-docker", () => tool("Docker", PATH, DOCKER)),
    guarded("network", "connect the machine", () => network(machine.registry)),
    guarded("disk space", `free some space in ${folders.home}`, () => disk(folders.home)),
    guarded("ports", "ip link set lo up", ports),
  ]);
  return all.flat();
}

function node({ node: version }: Machine): Finding {
  const { ok, missing } = verdicts("Node.js");
  const isNew = !isOlder(version.replace(/^v/, ""), OLDEST_NODE);
  return isNew ? ok(version) : missing(`${version} is older than ${OLDEST_NODE}`, "install Node.js 24");
}

/** The CLI is brought by the first command that needs it; here is only said whether it is at hand. */
async function pulumi({ env, folders }: Machine): Promise<Finding> {
  const { ok, advice, missing } = verdicts("Pulumi CLI");
  const chosen = env["PULUMI_CLI"];
  const file = chosen === undefined || chosen === "" ? await atHand(env["PATH"] ?? "", folders) : chosen;
  if (file === undefined)
    return advice(
      "neither on PATH nor in the cache: `npx alicerce start` builds or downloads it",
      "https://www.pulumi.com/docs/install",
    );
  const found = await versionOf(file, folders.pulumiHome);
  const next = `install the Pulumi CLI, ${OLDEST_VERSION} or newer (https://www.pulumi.com/docs/install)`;
  return "fault" in found ? missing(found.fault, next) : ok(`${found.version}, ${file}`);
}

async function atHand(PATH: string, { cache }: Folders): Promise<string | undefined> {
  const kept = path.join(cache, `pulumi-v${BUILT_VERSION}`, "pulumi");
  return (await findOnPath("pulumi", PATH)) ?? ((await isExecutable(kept)) ? kept : undefined);
}

interface Tool {
  readonly file: string;
  readonly args: readonly string[];
  readonly version: RegExp;
  readonly isEnough: (version: string) => boolean;
  readonly what: string;
  readonly next: string;
}

const GO: Tool = {
  file: "go",
  args: ["version"],
  version: /\bgo(\d+\.\d+(?:\.\d+)?)/,
  isEnough: (it) => !isOlder(it, OLDEST_GO),
  what: `Go ${OLDEST_GO} or newer builds the Pulumi CLI where there is none`,
  next: "https://go.dev/dl",
};
const JAVA: Tool = {
  file: "java",
  args: ["-version"],
  version: /version "(\d+)/,
  isEnough: (it) => Number(it) >= OLDEST_JAVA,
  what: `Java ${OLDEST_JAVA} or newer runs a real Keycloak in \`npx alicerce local\`; without it a built-in issuer stands in`,
  next: "https://adoptium.net",
};
const DOCKER: Tool = {
  file: "docker",
  args: ["--version"],
  version: /version (\d+\.\d+)/,
  isEnough: () => true,
  what: "Docker pushes the images of MCP servers (`npx alicerce build --push`)",
  next: "https://docs.docker.com/get-docker",
};

async function tool(check: string, PATH: string, it: Tool): Promise<Finding> {
  const { ok, advice } = verdicts(check);
  const file = await findOnPath(it.file, PATH);
  if (file === undefined) return advice(`not on PATH; ${it.what}`, it.next);
  const options = { reject: false, stdin: "ignore", timeout: 20_000, env: { PATH }, extendEnv: false } as const;
  const { stdout, stderr } = await execa(file, it.args, options);
  const version = it.version.exec(`${stdout}\n${stderr}`)?.[1];
  if (version === undefined) return advice(`${file} does not say its version; ${it.what}`, it.next);
  return it.isEnough(version) ? ok(version) : advice(`${version} is too old; ${it.what}`, it.next);
}

async function network(registry: string): Promise<Finding> {
  const { ok, advice } = verdicts("network");
  const [host = "", port = "443"] = registry.split(":");
  const socket = connect(Number(port), host);
  try {
    await once(socket, "connect", { signal: AbortSignal.timeout(NETWORK_TIMEOUT_MS) });
    return ok(`${host} answers`);
  } catch {
    return advice(`${host} does not answer: what is not installed yet cannot be fetched`, "connect the machine");
  } finally {
    socket.destroy();
  }
}

async function disk(home: string): Promise<Finding> {
  const { ok, missing } = verdicts("disk space");
  const free = await bytesFree(home);
  const detail = `${megabytes(free)} are free in ${home}`;
  return free >= BYTES_WANTED
    ? ok(detail)
    : missing(`${detail}, and ${megabytes(BYTES_WANTED)} are needed`, `free some space in ${home}`);
}

async function ports(): Promise<Finding> {
  await requireLoopback();
  return verdicts("ports").ok("127.0.0.1 can be reached");
}
