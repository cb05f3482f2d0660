const REMOVED = "[removed]";

/** Takes out what a backend repeats of a credential, however JSON, an address or base64 would write it. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const forms = secrets.flatMap((secret) => [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    Buffer.from(secret).toString("base64"),
  ]);
  return [...new Set(forms)].reduce((left, form) => left.replaceAll(form, REMOVED), text);
}

const IPV4 = /\b(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?\b/g;
const IPV6 = /(?<![\w:])\[?(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}\]?(?::\d{1,5})?(?![\w:])/gi;
const INTERNAL_NAME = /\b(?:[a-z0-9-]+\.)+(?:internal|local|localhost|corp|lan|cluster|svc)\b(?::\d{1,5})?/gi;

/** Takes out what an error of a backend says about the network behind it. */
export function withoutAddresses(text: string, host: string): string {
  return text.replace(INTERNAL_NAME, REMOVED).replace(IPV4, REMOVED).replace(IPV6, REMOVED).replaceAll(host, REMOVED);
}
