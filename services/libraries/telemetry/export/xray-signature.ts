import { XRayClient } from "@aws-sdk/client-xray";
import { SignatureV4 } from "@smithy/signature-v4";
import { Sha256 } from "../../service-kit/sha256.ts";

/** What is sent to a collector: spans as JSON. */
export const JSON_TEXT = { "content-type": "application/json" };

/** The headers under which a text is sent. */
export type Signature = (body: string) => Promise<Record<string, string>>;

const XRAY = /^xray\.([a-z0-9-]+)\.amazonaws\.com$/;

/** How texts for X-Ray are signed by the role of the workload (Signature Version 4); undefined for every other collector, which gets no signature. */
export function xraySignature(url: URL): Signature | undefined {
  const region = url.protocol === "https:" ? XRAY.exec(url.hostname)?.[1] : undefined;
  if (region === undefined) return undefined;
  const { credentials } = new XRayClient({ region }).config;
  const signer = new SignatureV4({ service: "xray", region, credentials, sha256: Sha256 });
  return async (body) => {
    const { headers } = await signer.sign({
      method: "POST",
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: {},
      headers: { ...JSON_TEXT, host: url.host },
      body,
    });
    // `fetch` writes the header "host" itself.
    return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== "host"));
  };
}
