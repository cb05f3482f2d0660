import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { type Catalogue, ensureCatalogue } from "../../../../sandbox/control-plane/catalogue/catalogue.ts";
import { isSlow } from "../../../../sandbox/control-plane/catalogue/limits/patterns.ts";
import { type Example, sdkExamples } from "./sdk-examples.ts";

const FORMS = new URL("../../../../sandbox/control-plane/catalogue/limits/limits.jsonl", import.meta.url);

/** Examples that AWS would refuse as well: what stands there is a placeholder, or an error of the documentation. */
const NOT_TO_BE_ACCEPTED = [
  "appstream.DirectoryConfig certificateBasedAuthProperties.certificateAuthorityArn",
  "appstream.DirectoryConfig certificateBasedAuthProperties.status",
  "appstream.Stack name",
  "bedrock.AgentAgent instruction",
  "bedrock.AgentcoreAgentRuntimeEndpoint name",
  "bedrock.AgentcoreBrowser name",
  "bedrock.AgentcoreCodeInterpreter name",
  "cloudwatch.EventConnection authParameters.connectivityParameters.resourceParameters.resourceConfigurationArn",
  "imagebuilder.DistributionConfiguration distributions[].launchTemplateConfigurations[].launchTemplateId",
  "kendra.DataSource configuration.webCrawlerConfiguration.urls.seedUrlConfiguration.seedUrls[]",
  "kendra.DataSource configuration.webCrawlerConfiguration.urls.siteMapsConfiguration.siteMaps[]",
  "lambda.EventSourceMapping topics",
  "lightsail.Distribution cacheBehaviorSettings.forwardedHeaders.option",
  "odb.CloudAutonomousVmCluster cloudExadataInfrastructureId",
  "odb.CloudAutonomousVmCluster odbNetworkId",
  "odb.CloudVmCluster cloudExadataInfrastructureId",
  "odb.CloudVmCluster odbNetworkId",
  "rds.Cluster clusterIdentifier",
  "redshift.Partner accountId",
  "securitylake.Subscriber subscriberIdentity.principal",
  "sesv2.EmailIdentity dkimSigningAttributes.domainSigningPrivateKey",
  "ssoadmin.ApplicationAccessScope authorizedTargets[]",
  "synthetics.Canary executionRoleArn",
  "transfer.Connector as2Config.encryptionAlgorithm",
  "vpclattice.ResourceConfiguration name",
  "vpclattice.ResourceGateway name",
];

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await ensureCatalogue();
});

/** The token of a class such as `aws.s3.Bucket`; `undefined` for one that is no resource of the package. */
function tokenOf(name: string): string | undefined {
  const [, module = "", type = ""] = /^aws\.(\w+)\.(\w+)$/.exec(name) ?? [];
  const token = `aws:${module.toLowerCase()}/${type.slice(0, 1).toLowerCase()}${type.slice(1)}:${type}`;
  return catalogue.resource(token) === undefined ? undefined : token;
}

function refusalsOf({ class: name, inputs }: Example): string[] {
  const token = tokenOf(name);
  if (token === undefined) return [];
  const faults = catalogue
    .checkInputs(token, inputs)
    .filter(({ reason }) => /\((?:botocore |[A-Z][^()]*, \w+\))/.test(reason));
  return faults.map(({ property }) => `${name.slice("aws.".length)} ${property.replaceAll(/\[\d+\]/g, "[]")}`);
}

describe("the limits", () => {
  it("refuse nothing that the SDK's documentation shows, but placeholders", () => {
    const examples = [...sdkExamples()].filter((it) => tokenOf(it.class) !== undefined);
    expect(examples.length).toBeGreaterThan(4_000);
    expect([...new Set(examples.flatMap(refusalsOf))].sort()).toEqual(NOT_TO_BE_ACCEPTED);
  });

  it("are in a file whose header has the hash of the rest, by which the catalogue is known", () => {
    const [header = "", ...lines] = readFileSync(FORMS, "utf8").split("\n");
    const sha256 = createHash("sha256").update(lines.join("\n")).digest("hex");
    expect(JSON.parse(header)).toEqual({ source: "botocore 1.44.8", licence: "Apache-2.0", sha256 });
  });

  it("have no pattern that takes long for any text", () => {
    const patterns = new Set(readFileSync(FORMS, "utf8").split('"pattern":').slice(1).map(patternAt));
    expect(patterns.size).toBeGreaterThan(900);
    const slow = [...patterns].filter(isSlow);
    expect(slow).toEqual([]);
    expect(isSlow("(?:a+)+b")).toBe(true);
  });
});

/** The JSON text at the beginning of a line's rest. */
function patternAt(rest: string): string {
  return JSON.parse(/^"(?:[^"\\]|\\.)*"/.exec(rest)?.[0] ?? '""') as string;
}
