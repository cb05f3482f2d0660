import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { CANDIDATE, TAG } from "../../../contracts/tags.ts";
import { olderReleasesAreReadLast } from "../../../policies/premise-6-versioning/older-releases-are-read-last.ts";
import { testRule } from "../../support/rule-tester.ts";
import { endpointOf, gatewayOf, runtimeOf, served } from "../programs.ts";

interface Release {
  readonly version: string;
  readonly priority?: number | string;
  readonly track?: string;
  readonly service?: string;
}

/** Targets of one gateway, named after the versions of their releases. */
function offered(...releases: readonly Release[]): void {
  const opts = served();
  const { gatewayId: gatewayIdentifier } = gatewayOf("mcp", opts);
  for (const { version, priority, track, service = "database" } of releases) {
    const name = `${service}-${version}`;
    const tags = { [TAG.service]: service, [TAG.version]: version, ...(track !== undefined && { [TAG.track]: track }) };
    const endpoint = endpointOf(name, runtimeOf(name.replaceAll(".", "-"), opts, { tags }), opts);
    const mcpServer = {
      endpoint: pulumi.interpolate`https://example.com/${endpoint.agentRuntimeEndpointArn}`,
      ...(priority !== undefined && { resourcePriority: priority as number }),
    };
    new aws.bedrock.AgentcoreGatewayTarget(
      name,
      { name: name.replaceAll(".", "-"), gatewayIdentifier, targetConfiguration: { mcp: { mcpServer } } },
      opts,
    );
  }
}

const between = (name: string) => `"${name}" must have a resource priority from 0 to 1000.`;
const after = (name: string) =>
  `"${name}" must be read after each newer release of its service: it needs the higher number.`;

testRule(
  olderReleasesAreReadLast,
  {
    accepts: {
      "numbers that grow with age, and a candidate behind them": () =>
        offered(
          { version: "3.0.0", priority: 900 },
          { version: "2.2.0", priority: 901 },
          { version: "3.1.0", track: CANDIDATE, priority: 1_000 },
        ),
      "one release without a number": () => offered({ version: "1.0.0" }),
      "the same number for two services": () =>
        offered({ version: "1.0.0", priority: 900 }, { version: "2.0.0", priority: 900, service: "files" }),
    },
    rejects: {
      "half a number": [() => offered({ version: "1.0.0", priority: 900.5 }), between("database-1.0.0")],
      "an older release that is read first": [
        () => offered({ version: "2.2.0", priority: 900 }, { version: "10.0.0", priority: 901 }),
        after("database-2.2.0"),
      ],
      "two releases at one number": [
        () => offered({ version: "2.2.0", priority: 900 }, { version: "3.0.0", priority: 900 }),
        after("database-2.2.0"),
      ],
      "two releases without numbers": [
        () => offered({ version: "2.2.0" }, { version: "3.0.0" }),
        after("database-2.2.0"),
      ],
      "a candidate that is read before the release": [
        () => offered({ version: "3.0.0", priority: 900 }, { version: "3.1.0", track: CANDIDATE, priority: 899 }),
        after("database-3.1.0"),
      ],
    },
  },
  { preview: "realistic" },
);
