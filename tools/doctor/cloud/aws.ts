/** How the AWS SDK is set up: where, for how long at most, and how often. */
export interface ClientSettings {
  readonly region: string;
  readonly maxAttempts: number;
  readonly requestHandler: { readonly requestTimeout: number; readonly throwOnRequestTimeout: boolean };
  readonly endpoint?: string;
}

/** Makes a client of a service of AWS in a region, as whoever runs the command; it only reads. */
export type Aws = <Client>(Service: new (settings: ClientSettings) => Client, region: string) => Client;

const TIMEOUT_MS = 10_000;

/** AWS by the credentials that its tools find; `AWS_ENDPOINT_URL` leads elsewhere, as for those. */
export function aws(env: Readonly<Record<string, string | undefined>> = process.env): Aws {
  const endpoint = env["AWS_ENDPOINT_URL"];
  const requestHandler = { requestTimeout: TIMEOUT_MS, throwOnRequestTimeout: true };
  return (Service, region) =>
    new Service({ region, maxAttempts: 2, requestHandler, ...(endpoint !== undefined && { endpoint }) });
}
