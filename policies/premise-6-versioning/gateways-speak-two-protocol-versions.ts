import { PROTOCOL_VERSIONS } from "../../contracts/headers.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";

export const gatewaysSpeakTwoProtocolVersions = rule({
  premise: 6,
  id: "gateways-speak-two-protocol-versions",
  severity: "high",
  description: "A gateway speaks the current MCP version and the one before, so that clients need not move in one day.",
  remediation: `List ${PROTOCOL_VERSIONS.join(" and ")} in \`protocolConfiguration.mcp.supportedVersions\`.`,
  frameworks: [CONTROL.soc2Change, CONTROL.isoChange],
  subjects: { types: [TYPE.gateway] },
  judge: (it) => {
    const spoken = it.texts("protocolConfiguration.mcp.supportedVersions");
    const missing = PROTOCOL_VERSIONS.filter((version) => !spoken.includes(version));
    return missing.map((version) => `"${it.name}" must speak MCP ${version}.`);
  },
});
