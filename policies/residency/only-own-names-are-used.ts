import { signInProvidersOf } from "../../environments/callers/sign-in-providers.ts";
import { environments } from "../../environments/index.ts";
import { type Region, standbyOf } from "../../environments/residency.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { oncePer } from "../engine/once-per.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { isOfCopier } from "../facts/grants/copiers.ts";
import { regionsIn } from "../facts/geography.ts";
import { textsOf } from "../facts/texts.ts";

/** The id of an account: twelve digits that are a word of their own, and not the end of a UUID (RFC 9562). */
const ACCOUNT = /(?<![A-Za-z0-9])(?<![0-9a-f]{8}-(?:[0-9a-f]{4}-){3})\d{12}(?![A-Za-z0-9])/g;

/** The ids of the tenants of all environments, by which names begin. */
const TENANTS = [...new Set(Object.values(environments).flatMap(({ tenants }) => Object.keys(tenants)))];

/** Each id as a word of its own; names of runtimes have underscores. */
const PATTERNS = TENANTS.map((it) => it.replaceAll("-", "[-_]"));
const WORDS = TENANTS.map((it, i) => [it, new RegExp(`(?<![a-z0-9])${PATTERNS[i]}(?![a-z0-9])`)] as const);

/** Whether a text may hold one of them; nearly all texts of a tenant hold its own, and no other does. */
const ANY = new RegExp(PATTERNS.join("|"));

/**
 * Where a copy goes to, and under which key: to which regions it may is judged by `replicas-stay-in-the-set`, and that the key is there by
 * `copies-are-under-own-keys`.
 */
const DESTINATIONS: Readonly<Record<string, readonly string[]>> = {
  "aws:backup/plan:Plan": ["rules.copyActions.destinationVaultArn"],
  "aws:cloudwatch/metricAlarm:MetricAlarm": ["dimensions.ReceivingRegion"],
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": [
    "rules.destination.encryptionConfiguration.replicaKmsKeyId",
  ],
  "aws:secretsmanager/secret:Secret": ["replicas.kmsKeyId", "replicas.region"],
};

export const onlyOwnNamesAreUsed = rule({
  premise: "residency",
  id: "only-own-names-are-used",
  severity: "critical",
  description:
    "Settings, grants, addresses and links name nothing of another account, of another region than the stack's, or of another tenant.",
  remediation: "Name what the environment's account, the stack's region and its own tenant have.",
  frameworks: [CONTROL.gdprTransfers, CONTROL.soc2LogicalAccess, CONTROL.isoAccessRestriction],
  subjects: { types: ["*"], where: (it) => it.resource.custom },
  judge: (it, stack) =>
    textsOf(it).flatMap(({ path, text }) =>
      [
        ...accountsIn(text, stack),
        ...(DESTINATIONS[it.type]?.includes(path) === true ? [] : otherRegionsIn(text, it, stack)),
        ...otherTenantsIn(text, stack),
      ].map((what) => `"${it.name}" must not name the ${what} in ${path}.`),
    ),
});

/** What may have digits as an account has them: the Transit Gateways to which regions are attached, and clients at providers of sign-in. */
const ownNames = oncePer(({ address }: StackIndex) => [
  ...Object.values(address.environment.regions).flatMap(({ transitGateway }) => transitGateway?.arn ?? []),
  ...clientsAtProviders(address),
]);

function accountsIn(text: string, stack: StackIndex): readonly string[] {
  const { account } = stack.address.environment;
  const rest = ownNames(stack).reduce((all, it) => all.replaceAll(it, ""), text);
  const others = (rest.match(ACCOUNT) ?? []).filter((it) => it !== account);
  return others.map((it) => `account ${it}`);
}

/** By what the tenant is known to providers of sign-in: Google's ids begin with twelve digits. */
function clientsAtProviders(address: StackIndex["address"]): readonly string[] {
  const providers = address.layer === "tenant" ? signInProvidersOf(address.tenant.signInProviders) : {};
  return Object.values(providers).map(({ clientId }) => `"clientId":"${clientId}"`);
}

/** An environment's own stack has parts in each region; where a resource itself may be is judged by `resources-stay-in-the-residency`. */
function otherRegionsIn(text: string, it: ResourceView, stack: StackIndex): readonly string[] {
  const { region } = stack;
  if (region === undefined) return [];
  const others = regionsIn(text).filter((one) => one !== region && one !== it.text("region"));
  if (others.length === 0 || isOfCopyIn(others, it, stack)) return [];
  return others.map((one) => `region ${one}`);
}

/** Whether a service that copies data, and nobody else, is granted something in the other region of the set alone. */
function isOfCopyIn(regions: readonly string[], it: ResourceView, stack: StackIndex): boolean {
  const standby = standbyOf(stack.region as Region);
  return regions.every((one) => one === standby) && isOfCopier(it, stack);
}

function otherTenantsIn(text: string, { tenant }: StackIndex): readonly string[] {
  if (tenant === undefined) return [];
  if (!ANY.test(text)) return [];
  return WORDS.filter(([other, word]) => other !== tenant && word.test(text)).map(([other]) => `tenant ${other}`);
}
