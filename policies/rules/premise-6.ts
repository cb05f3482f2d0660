import type { Rule } from "../engine/rule.ts";
import { candidatesFollowTheNewestRelease } from "../premise-6-versioning/candidates-follow-the-newest-release.ts";
import { endpointsSayWhatTheirRuntimeIs } from "../premise-6-versioning/endpoints-say-what-their-runtime-is.ts";
import { gatewaysSpeakTwoProtocolVersions } from "../premise-6-versioning/gateways-speak-two-protocol-versions.ts";
import { imagesArePinnedByDigest } from "../premise-6-versioning/images-are-pinned-by-digest.ts";
import { mcpEndpointsPinAVersion } from "../premise-6-versioning/mcp-endpoints-pin-a-version.ts";
import { mcpServersKeepTwoPreviousMajors } from "../premise-6-versioning/mcp-servers-keep-two-previous-majors.ts";
import { mcpServersRetainThreeMajorsAtMost } from "../premise-6-versioning/mcp-servers-retain-three-majors-at-most.ts";
import { olderReleasesAreReadLast } from "../premise-6-versioning/older-releases-are-read-last.ts";
import { previousMajorsGoWhenTheySaid } from "../premise-6-versioning/previous-majors-go-when-they-said.ts";
import { previousMajorsSayWhenTheyGo } from "../premise-6-versioning/previous-majors-say-when-they-go.ts";
import { registriesAreInEveryRegion } from "../premise-6-versioning/registries-are-in-every-region.ts";
import { releasedImagesAreKept } from "../premise-6-versioning/released-images-are-kept.ts";
import { unsafeDefaultsAreReplaced } from "../premise-6-versioning/unsafe-defaults-are-replaced.ts";
import { workloadsCarryASemanticVersion } from "../premise-6-versioning/workloads-carry-a-semantic-version.ts";

/** The rules of premise 6. */
export const PREMISE_6: readonly Rule[] = [
  candidatesFollowTheNewestRelease,
  endpointsSayWhatTheirRuntimeIs,
  gatewaysSpeakTwoProtocolVersions,
  imagesArePinnedByDigest,
  mcpEndpointsPinAVersion,
  mcpServersKeepTwoPreviousMajors,
  mcpServersRetainThreeMajorsAtMost,
  olderReleasesAreReadLast,
  previousMajorsGoWhenTheySaid,
  previousMajorsSayWhenTheyGo,
  unsafeDefaultsAreReplaced,
  registriesAreInEveryRegion,
  releasedImagesAreKept,
  workloadsCarryASemanticVersion,
];
