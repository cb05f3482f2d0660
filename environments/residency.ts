/** Where the data of each residency may be kept and processed, but for what models see (`INFERENCE_GEOGRAPHY`): the primary region first, then its standby. */
export const RESIDENCIES = {
  us: ["us-east-1", "us-west-2"],
  eu: ["eu-west-1", "eu-central-1"],
  apac: ["ap-southeast-1", "ap-southeast-2"],
  br: ["sa-east-1"],
} as const;

/** A law that governs data, named by where it applies (`eu` is the GDPR, `br` the LGPD). */
export type Residency = keyof typeof RESIDENCIES;

/** The regions in which data of one residency may be. */
export type RegionOf<R extends Residency> = (typeof RESIDENCIES)[R][number];

/** Every region that the platform knows. */
export type Region = RegionOf<Residency>;

/** The three Availability Zone ids of each region in which AgentCore runtimes and EKS nodes may run. */
export const ZONE_IDS: Readonly<Record<Region, readonly [string, string, string]>> = {
  "us-east-1": ["use1-az1", "use1-az2", "use1-az4"],
  "us-west-2": ["usw2-az1", "usw2-az2", "usw2-az3"],
  "eu-west-1": ["euw1-az1", "euw1-az2", "euw1-az3"],
  "eu-central-1": ["euc1-az1", "euc1-az2", "euc1-az3"],
  "ap-southeast-1": ["apse1-az1", "apse1-az2", "apse1-az3"],
  "ap-southeast-2": ["apse2-az1", "apse2-az2", "apse2-az3"],
  "sa-east-1": ["sae1-az1", "sae1-az2", "sae1-az3"],
};

/**
 * For how many days backups of each residency are kept at least, so that what was lost can be restored, and at most, so that what was
 * erased is gone (GDPR, article 17): so long do buckets keep what was deleted, too.
 */
export const BACKUP_DAYS: Readonly<Record<Residency, { readonly least: number; readonly most: number }>> = {
  us: { least: 35, most: 90 },
  eu: { least: 35, most: 90 },
  apac: { least: 35, most: 90 },
  br: { least: 35, most: 90 },
};

/** The prefix of the Bedrock inference profiles that stay in the geography of a residency; `undefined` means that only in-region models may be used. */
export const INFERENCE_GEOGRAPHY: Readonly<Record<Residency, string | undefined>> = {
  us: "us",
  eu: "eu",
  apac: "apac",
  br: undefined,
};

/** All residencies, in the order in which they are declared. */
export const residencies = Object.keys(RESIDENCIES) as readonly Residency[];

/** The residency set to which `region` belongs, or `undefined` for a region that the platform does not know. */
export function residencyOf(region: string): Residency | undefined {
  return residencies.find((it) => (RESIDENCIES[it] as readonly string[]).includes(region));
}

/** The other region of the set of `region`: where its data may be replicated, or `undefined` where the set has one region. */
export function standbyOf(region: Region): Region | undefined {
  const residency = residencyOf(region);
  if (residency === undefined) return undefined;
  return (RESIDENCIES[residency] as readonly Region[]).find((it) => it !== region);
}
