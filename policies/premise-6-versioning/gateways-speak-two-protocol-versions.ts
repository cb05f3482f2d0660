import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import { every } from "../engine/three-values.ts";

export const gatewaysSpeakTwoProtocolVersions = rule({
  premise: 6,
  id: "gateways-speak-two-protocol-versions",
  severity: "high",
  description: "A gateway speaks the current MCP version and the one before, so that clients need not move in one day.",
  remediation: "List at least two dated versions in `protocolConfiguration.mcp.supportedVersions`.",
  frameworks: [CONTROL.soc2Change, CONTROL.isoChange],
  subjects: { types: [TYPE.gateway] },
  judge: (it) => {
    const versions = it.list("protocolConfiguration.mcp.supportedVersions");
    const areDated = every(versions, (version) => /^\d{4}-\d{2}-\d{2}$/.test(version.text() ?? ""));
    const distinct = new Set(versions.map((version) => version.text()));
    return areDated && distinct.size >= 2 ? undefined : `"${it.name}" must support two versions of MCP.`;
  },
});
