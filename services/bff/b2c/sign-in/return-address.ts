/**
 * Where a browser goes after signing in: a path of this site. Everything else is the start page, so that no link can send somebody elsewhere
 * by way of this site (CWE-601): browsers take `//host`, `/\host` and control characters for the start of another address.
 */
export function returnAddress(asked: string | undefined): string {
  if (asked === undefined || asked.length > 512 || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(asked)) return "/";
  const base = "https://site.invalid";
  return URL.canParse(asked, base) && new URL(asked, base).origin === base ? asked : "/";
}
