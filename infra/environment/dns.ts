import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { signingKeyPolicy } from "../../components/encryption/key-policy.ts";
import type { Feature } from "../feature.ts";
import type { EnvironmentContext } from "./context.ts";

/** Where Amazon Route 53 asks for the keys of all zones (Route 53 developer guide, "Working with customer managed keys for DNSSEC"). */
const DNSSEC_REGION = "us-east-1";

/** The DNS of the environment. */
export interface EnvironmentDns extends Feature {
  readonly zone: aws.route53.Zone;
  /** The record that whoever owns the parent domain must add: until then the zone is signed, and nobody checks it. */
  readonly dsRecord: pulumi.Output<string>;
}

/** Declares the zone of the environment's domain, signed, for which Amazon alone may issue certificates. */
export function environmentDns({ address, provider }: EnvironmentContext): EnvironmentDns {
  const { name, account, domain } = address.environment;
  const zone = new aws.route53.Zone("zone", { name: domain, comment: `Everything of ${name}` }, { provider });
  const issuers = new aws.route53.Record(
    "issuers",
    {
      zoneId: zone.zoneId,
      name: domain,
      type: "CAA",
      ttl: 3_600,
      records: ['0 issue "amazon.com"', '0 issuewild "amazon.com"'],
    },
    { provider },
  );
  const key = new aws.kms.Key(
    "zone",
    {
      description: `Signs the zone ${domain}`,
      customerMasterKeySpec: "ECC_NIST_P256",
      keyUsage: "SIGN_VERIFY",
      deletionWindowInDays: 30,
      policy: signingKeyPolicy({ account }, zonesMaySign(account)),
      region: DNSSEC_REGION,
    },
    { provider, protect: true },
  );
  const signing = new aws.route53.KeySigningKey(
    "zone",
    { name: "alicerce", hostedZoneId: zone.zoneId, keyManagementServiceArn: key.arn },
    { provider },
  );
  const signed = new aws.route53.HostedZoneDnsSec(
    "zone",
    { hostedZoneId: zone.zoneId },
    { provider, dependsOn: [signing] },
  );
  return { zone, dsRecord: signing.dsRecord, resources: [zone, issuers, signed] };
}

/** What Amazon Route 53 needs of a key, for zones of the account alone. */
function zonesMaySign(account: string): Parameters<typeof signingKeyPolicy>[1] {
  const allow = { Effect: "Allow", Principal: { Service: "dnssec-route53.amazonaws.com" }, Resource: "*" } as const;
  const own = { "aws:SourceAccount": account };
  return [
    { ...allow, Action: ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"], Condition: { StringEquals: own } },
    {
      ...allow,
      Action: ["kms:CreateGrant"],
      Condition: {
        Bool: { "kms:GrantIsForAWSResource": "true" },
        StringEquals: own,
        "ForAllValues:StringEquals": { "kms:GrantOperations": ["DescribeKey", "GetPublicKey", "Sign"] },
      },
    },
  ];
}
