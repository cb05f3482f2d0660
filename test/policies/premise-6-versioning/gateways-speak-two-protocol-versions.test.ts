import { gatewaysSpeakTwoProtocolVersions } from "../../../policies/premise-6-versioning/gateways-speak-two-protocol-versions.ts";
import { testRule } from "../../support/rule-tester.ts";
import { gatewayOf, served } from "../programs.ts";

const speaking = (...supportedVersions: string[]): void =>
  void gatewayOf("mcp", served(), { protocolConfiguration: { mcp: { supportedVersions } } });

const MESSAGE = '"mcp" must support two versions of MCP.';

testRule(gatewaysSpeakTwoProtocolVersions, {
  accepts: { "the current version and the one before": () => speaking("2026-07-28", "2025-11-25") },
  rejects: {
    "one version": [() => speaking("2026-07-28"), MESSAGE],
    "one version, twice": [() => speaking("2026-07-28", "2026-07-28"), MESSAGE],
    "whatever the gateway assumes": [() => void gatewayOf("mcp", served()), MESSAGE],
  },
});
