import { UriTemplate } from "@modelcontextprotocol/server";
import { BoundedCache } from "../../../../services/libraries/service-kit/bounded-cache.ts";
import { listPage } from "./aggregation.ts";
import type { ListEntry } from "./aggregation.ts";
import type { Call } from "../call.ts";
import { GatewayProblem } from "../gateway-problem.ts";
import type { Target } from "./target.ts";

const MOST_REMEMBERED = 10_000;
const REMEMBERED_MS = 300_000;
const LONGEST_URI = 8_192;
const MOST_PAGES = 20;

/** Which target has which resource: learnt from the lists that pass, and asked for where they have not yet. */
export class ResourceRoutes {
  private readonly addresses = new BoundedCache<Target>(MOST_REMEMBERED);
  private readonly templates = new Map<string, { readonly target: Target; readonly template: UriTemplate }>();
  private readonly targets: readonly Target[];

  constructor(targets: readonly Target[]) {
    this.targets = targets;
  }

  /** Takes note of the entries of a list; where two targets have the same address, the first has it. */
  learn(entries: readonly ListEntry[]): void {
    for (const { target, entry } of entries.toReversed()) {
      const { uri, uriTemplate } = entry;
      if (typeof uri === "string") this.addresses.set(uri, target, REMEMBERED_MS);
      if (typeof uriTemplate === "string")
        this.templates.set(uriTemplate, { target, template: new UriTemplate(uriTemplate) });
    }
  }

  /** The target of an address, or throws `GatewayProblem`. */
  async targetOf(uri: string, call: Call): Promise<Target> {
    if (uri.length > LONGEST_URI) throw unknown(uri.slice(0, 80));
    const known = this.known(uri);
    if (known !== undefined) return known;
    await Promise.all([this.ask(call, "resources/templates/list"), this.ask(call, "resources/list")]);
    const found = this.known(uri);
    if (found !== undefined) return found;
    throw unknown(uri);
  }

  private known(uri: string): Target | undefined {
    const exactly = this.addresses.get(uri);
    if (exactly !== undefined) return exactly;
    for (const { target, template } of this.templates.values()) {
      if (template.match(uri) !== null) return target;
    }
    return undefined;
  }

  private async ask(call: Call, method: "resources/list" | "resources/templates/list"): Promise<void> {
    let cursor: string | undefined;
    for (let i = 0; i < MOST_PAGES && (i === 0 || cursor !== undefined); i++) {
      const page = await listPage(call, method, this.targets, cursor);
      this.learn(page.entries);
      cursor = page.nextCursor;
    }
  }
}

function unknown(uri: string): GatewayProblem {
  return new GatewayProblem("ERR_NAME_UNKNOWN", `no target has a resource "${uri}"`);
}
