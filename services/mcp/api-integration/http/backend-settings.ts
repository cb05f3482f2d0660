import { isIP } from "node:net";
import * as z from "zod";
import { isNarrowPrivateRange } from "../../../libraries/guarded-http/address.ts";

const hostname = z.string().regex(/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/, "is a host name in lower case, no port");
const cidr = z.union([z.cidrv4(), z.cidrv6()]);

/** Where a deployment has the backend of an API; its secret is named here, never given. */
export const BackendSettings = z
  .strictObject({
    /** What the paths of its operations follow; a GraphQL or SOAP endpoint itself. */
    baseUrl: z.url({ protocol: /^https?$/ }),
    /** The secret that the API's way of authenticating wants. */
    secretName: z
      .string()
      .regex(/^[A-Za-z0-9/_+=.@-]{1,512}$/)
      .optional(),
    /** Hosts that it may redirect to, besides its own. */
    allowedHosts: z.array(hostname).max(20).default([]),
    /** For one attempt, until its answer is there in full. */
    timeoutMs: z.int().min(1).max(60_000).default(10_000),
    /** Calls at once; as many wait. */
    concurrency: z.int().min(1).max(500).default(20),
    /** How long nothing is sent to a backend that keeps failing. */
    recoveryMs: z.int().min(1).max(600_000).default(10_000),
    /** Ranges that it may be in although they are not public: a laptop's own, or a private network. */
    dangerouslyAllowedNetworks: z.array(cidr).max(20).default([]),
    /** The ranges in which an API of the tenant's own network is; its host is called there and nowhere else, and no other host is. */
    onlyNetworks: z
      .array(z.cidrv4().refine(isNarrowPrivateRange, "must be a private range of IPv4, from /20 to /32"))
      .min(1)
      .max(20)
      .optional(),
  })
  .superRefine(({ allowedHosts, dangerouslyAllowedNetworks, onlyNetworks }, context) => {
    if (onlyNetworks === undefined || allowedHosts.length + dangerouslyAllowedNetworks.length === 0) return;
    const message = "goes with neither allowedHosts nor dangerouslyAllowedNetworks";
    context.addIssue({ code: "custom", path: ["onlyNetworks"], message });
  })
  .superRefine(({ baseUrl, dangerouslyAllowedNetworks }, context) => {
    const fault = faultOf(new URL(baseUrl), dangerouslyAllowedNetworks.length > 0);
    if (fault !== undefined) context.addIssue({ code: "custom", path: ["baseUrl"], message: fault });
  });

/** Where a backend is, once the defaults are in place. */
export type BackendSettings = z.output<typeof BackendSettings>;

function faultOf(url: URL, isOpened: boolean): string | undefined {
  if (url.username !== "" || url.password !== "") return "must not hold a credential";
  if (url.search !== "" || url.hash !== "") return "must end with its path";
  if (url.protocol === "http:" && !(isOpened && isLoopback(url)))
    return "must be https, unless it is loopback and dangerouslyAllowedNetworks says so";
  return undefined;
}

/** Whether an address means this machine, by name or by number. */
export function isLoopback({ hostname: host }: URL): boolean {
  return host === "localhost" || host === "[::1]" || (isIP(host) === 4 && host.startsWith("127."));
}
