/** Whether an origin is one of those that are written down, exactly or as `https://*.host` for every name below it. */
export function isAllowedOrigin(origin: string, allowed: readonly string[]): boolean {
  return allowed.some((it) => {
    const [scheme, host] = it.split("://*.");
    if (host === undefined) return it === origin;
    const start = `${scheme}://`;
    const name = origin.slice(start.length, -host.length - 1);
    return origin.startsWith(start) && origin.endsWith(`.${host}`) && /^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/.test(name);
  });
}
