import { gatewaysSpeakTwoProtocolVersions } from "../../../policies/premise-6-versioning/gateways-speak-two-protocol-versions.ts";
import { testRule } from "../../support/rule-tester.ts";
import { gatewayOf, served } from "../programs.ts";

const speaking = (...supportedVersions: string[]): void =>
  void gatewayOf("mcp", served(), { protocolConfiguration: { mcp: { supportedVersions } } });

const CURRENT = '"mcp" must speak MCP 2026-07-28.';
const BEFORE = '"mcp" must speak MCP 2025-11-25.';

testRule(gatewaysSpeakTwoProtocolVersions, {
  accepts: {
    "the current version and the one before": () => speaking("2026-07-28", "2025-11-25"),
    "an older one besides": () => speaking("2025-06-18", "2025-11-25", "2026-07-28"),
  },
  rejects: {
    "one version": [() => speaking("2026-07-28"), BEFORE],
    "one version, twice": [() => speaking("2026-07-28", "2026-07-28"), BEFORE],
    "the version before, and an older one": [() => speaking("2025-11-25", "2025-06-18"), CURRENT],
    "two versions that there never were": [() => speaking("1999-01-01", "1999-01-02"), CURRENT, BEFORE],
    "whatever the gateway assumes": [() => void gatewayOf("mcp", served()), CURRENT, BEFORE],
  },
});
