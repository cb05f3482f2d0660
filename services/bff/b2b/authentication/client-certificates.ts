import { X509Certificate } from "node:crypto";
import ipaddr from "ipaddr.js";
import type { PartnerStore } from "../partners/partner-store.ts";
import type { CredentialReader, IncomingCredentials } from "./authenticator.ts";
import { unproven } from "./unproven.ts";

/**
 * The headers in which an Application Load Balancer passes on the certificate of a client that has proved its key (AWS: "Mutual
 * authentication with TLS in Application Load Balancer"): the leaf of one that it verified, or the chain of one that it passes through.
 */
const HEADERS = ["x-amzn-mtls-clientcert-leaf", "x-amzn-mtls-clientcert"] as const;

const LONGEST_HEADER = 16_384;
const FIRST_CERTIFICATE = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/;

/** From whom certificates are taken. */
export interface CertificateTrust {
  /**
   * Networks (CIDR) of load balancers whose listener has mutual TLS on, since one without passes on what callers write. None: whoever sends
   * such a header is refused.
   */
  readonly proxies: readonly string[];
  readonly now?: () => number;
}

/** Reads client certificates; each is registered for one partner by its digest, so it needs no authority that both trust. */
export function clientCertificates(
  store: PartnerStore,
  { proxies, now = Date.now }: CertificateTrust,
): CredentialReader {
  const networks = proxies.map((it) => ipaddr.parseCIDR(it));
  return async (request) => {
    const certificate = certificateIn(request, networks);
    if (certificate === undefined) return undefined;
    requireTime(certificate, now());
    const holder = await store.find("client-certificate", certificateDigest(certificate));
    if (holder === undefined) throw unproven("the client certificate is of no partner");
    return holder;
  };
}

/** SHA-256 of a certificate in lower-case hexadecimal, by which it is registered. */
export function certificateDigest({ fingerprint256 }: X509Certificate): string {
  return fingerprint256.replaceAll(":", "").toLowerCase();
}

type Network = ReturnType<typeof ipaddr.parseCIDR>;

function certificateIn(
  { headers, peer }: IncomingCredentials,
  networks: readonly Network[],
): X509Certificate | undefined {
  const given = HEADERS.flatMap((it) => headers.get(it) ?? []);
  const [text] = given;
  if (text === undefined) return undefined;
  if (!isAmong(peer, networks)) throw unproven("a client certificate from somebody who is no load balancer of ours");
  if (given.length > 1) throw unproven("two client certificates");
  if (text.length > LONGEST_HEADER) throw unproven("the client certificate is too long");
  try {
    return new X509Certificate(FIRST_CERTIFICATE.exec(decodeURIComponent(text))?.[0] ?? "");
  } catch (cause) {
    throw unproven("the client certificate cannot be read", cause);
  }
}

function isAmong(peer: string | undefined, networks: readonly Network[]): boolean {
  if (peer === undefined || !ipaddr.isValid(peer)) return false;
  const address = ipaddr.process(peer);
  return networks.some(([network, bits]) => address.kind() === network.kind() && address.match(network, bits));
}

function requireTime({ validFromDate, validToDate }: X509Certificate, nowMs: number): void {
  if (nowMs < validFromDate.getTime()) throw unproven("the client certificate is not valid yet");
  if (nowMs >= validToDate.getTime()) throw unproven("the client certificate has expired");
}
