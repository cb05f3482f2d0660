import { globSync } from "node:fs";
import path from "node:path";

/** A service that is built: a function for Lambda, or an MCP server, an agent or a BFF for an image. */
export interface Service {
  /** The name of its bundle, and of its repository of images. */
  readonly name: string;
  readonly kind: "lambda" | "mcp-server" | "agent" | "bff";
  /** What runs, relative to the checkout. */
  readonly entry: string;
  /** What it runs in threads of their own, files named `…-worker.ts`; their bundles lie beside its own. */
  readonly workers: readonly string[];
  /** Files that it reads when it runs, relative to the checkout. */
  readonly data: readonly string[];
  /** The folder of the page that browsers get from it, relative to the checkout; most services have none. */
  readonly page?: string;
}

/** Files that services read when they run, by pattern: they lie beside the bundle, in a folder named after theirs unless they are a package's. */
const DATA: Readonly<Record<string, readonly string[]>> = {
  "keycloak-database": ["services/mcp/database/certificates/*"],
  "database-setup": ["services/mcp/database/certificates/*", "services/mcp/database/migrations/*"],
  "mcp-database": ["services/mcp/database/certificates/*", "node_modules/libpg-query/wasm/*.wasm"],
  "mcp-api-integration": ["services/mcp/api-integration/examples/*"],
};

/** Every service of a checkout, by name. */
export function servicesOf(project: string): readonly Service[] {
  const serviceOf = (entry: string, kind: Service["kind"], prefix: string): Service => {
    const folder = path.posix.dirname(entry);
    const name = `${prefix}${path.posix.basename(folder)}`;
    const data = (DATA[name] ?? []).flatMap((it) => found(project, it));
    const [main] = kind === "bff" ? found(project, `${folder}/page/main.mjs`) : [];
    const page = main === undefined ? {} : { page: path.posix.dirname(main) };
    return { name, kind, entry, workers: found(project, `${folder}/**/*-worker.ts`), data, ...page };
  };
  const lambdas = found(project, "services/*/{handler,index}.ts").map((it) => serviceOf(it, "lambda", ""));
  const servers = found(project, "services/mcp/*/index.ts").map((it) => serviceOf(it, "mcp-server", "mcp-"));
  const agents = found(project, "services/agents/*/index.ts").map((it) => serviceOf(it, "agent", "agent-"));
  const bffs = found(project, "services/bff/*/index.ts").map((it) => serviceOf(it, "bff", "bff-"));
  return [...lambdas, ...servers, ...agents, ...bffs].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function found(project: string, pattern: string): readonly string[] {
  return globSync(pattern, { cwd: project })
    .map((it) => it.split(path.sep).join("/"))
    .sort();
}
