import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { environments } from "../../../environments/index.ts";
import { type Region, ZONE_IDS } from "../../../environments/residency.ts";
import { closed } from "../../support/table-server.ts";

/** An account of AWS on loopback, as far as a deployment asks about it; what it answers may be changed. */
export interface AwsAccount {
  readonly url: string;
  account: string;
  /** The state of regions that are not enabled from the start. */
  readonly regions: Map<string, string>;
  /** Zone ids that the account lacks. */
  readonly lacks: Set<string>;
  /** Values of quotas, by code; all others are large. */
  readonly quotas: Map<string, number>;
  readonly models: Map<string, string>;
  /** The images in its registries, as `<repository>@<digest>`. */
  readonly images: Set<string>;
  versionStatus: string;
  /** Whether the credentials have expired. */
  isExpired: boolean;
  close(): Promise<void>;
}

type State = Omit<AwsAccount, "url" | "close">;
type Answer = readonly [status: number, type: "text/xml" | "application/json", body: string];

/** Serves the account of `development`. */
export async function awsAccount(): Promise<AwsAccount> {
  const state: State = {
    account: environments["development"]?.account ?? "",
    regions: new Map(),
    lacks: new Set(),
    quotas: new Map(),
    models: new Map(),
    images: new Set(),
    versionStatus: "STANDARD_SUPPORT",
    isExpired: false,
  };
  const server = createServer((request, response) => {
    void answered(request, state).then(([status, type, body]) =>
      response.writeHead(status, { "content-type": type }).end(body),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, { url: `http://127.0.0.1:${port}`, close: () => closed(server) });
}

async function answered(request: IncomingMessage, state: State): Promise<Answer> {
  const body = await text(request);
  const signed = /Credential=[^/]+\/\d{8}\/([\w-]+)\/([\w-]+)\/aws4_request/.exec(request.headers.authorization ?? "");
  const [, region = "", service] = signed ?? [];
  if (state.isExpired || signed === null)
    return [
      403,
      "text/xml",
      "<ErrorResponse><Error><Type>Sender</Type><Code>ExpiredToken</Code><Message>The security token is expired</Message></Error></ErrorResponse>",
    ];
  const json = (answer: object): Answer => [200, "application/json", JSON.stringify(answer)];
  const answers: Readonly<Record<string, () => Answer>> = {
    bedrock: () => json(availability(request.url ?? "", state)),
    ecr: () => images(body, state),
    eks: () => json(versionsOf(state)),
    servicequotas: () => quota(String(request.headers["x-amz-target"]), body, state),
  };
  return answers[service ?? ""]?.() ?? [200, "text/xml", inXml(new URLSearchParams(body), region, state)];
}

function versionsOf({ versionStatus }: State): object {
  return { clusterVersions: [{ versionStatus, endOfStandardSupportDate: 1_806_105_600 }] };
}

function availability(url: string, { models }: State): object {
  const model = decodeURIComponent(url.split("/").at(-1) ?? "");
  return {
    agreementAvailability: { status: models.get(model) ?? "AVAILABLE" },
    authorizationStatus: "AUTHORIZED",
    entitlementAvailability: "AVAILABLE",
    regionAvailability: "AVAILABLE",
  };
}

function inXml(form: URLSearchParams, region: string, { account, regions, lacks }: State): string {
  const item = (fields: Readonly<Record<string, string>>): string =>
    `<item>${Object.entries(fields)
      .map(([key, value]) => `<${key}>${value}</${key}>`)
      .join("")}</item>`;
  switch (form.get("Action")) {
    case "GetCallerIdentity": {
      const result = `<Arn>arn:aws:iam::${account}:role/deployer</Arn><Account>${account}</Account>`;
      return `<GetCallerIdentityResponse><GetCallerIdentityResult>${result}</GetCallerIdentityResult></GetCallerIdentityResponse>`;
    }
    case "DescribeRegions": {
      const items = Object.keys(ZONE_IDS).map((it) =>
        item({ regionName: it, optInStatus: regions.get(it) ?? "opt-in-not-required" }),
      );
      return `<DescribeRegionsResponse><regionInfo>${items.join("")}</regionInfo></DescribeRegionsResponse>`;
    }
    default: {
      const zones = ZONE_IDS[region as Region].filter((it) => !lacks.has(it)).map((zoneId) => item({ zoneId }));
      return `<DescribeAvailabilityZonesResponse><availabilityZoneInfo>${zones.join("")}</availabilityZoneInfo></DescribeAvailabilityZonesResponse>`;
    }
  }
}

/** An account has quotas of its own only where they were changed. */
function quota(target: string, body: string, { quotas }: State): Answer {
  const { QuotaCode } = JSON.parse(body) as { readonly QuotaCode: string };
  const own = quotas.get(QuotaCode);
  if (target.endsWith("GetServiceQuota") && own === undefined)
    return [400, "application/json", JSON.stringify({ __type: "NoSuchResourceException", Message: "none" })];
  return [200, "application/json", JSON.stringify({ Quota: { Value: own ?? 10_000 } })];
}

/** Amazon ECR refuses to describe images when one of them is not there. */
function images(body: string, { images: there }: State): Answer {
  const asked = JSON.parse(body) as { readonly repositoryName: string; readonly imageIds: { imageDigest: string }[] };
  const isThere = asked.imageIds.every((it) => there.has(`${asked.repositoryName}@${it.imageDigest}`));
  return isThere
    ? [200, "application/json", JSON.stringify({ imageDetails: asked.imageIds })]
    : [400, "application/json", JSON.stringify({ __type: "ImageNotFoundException", message: "not there" })];
}
