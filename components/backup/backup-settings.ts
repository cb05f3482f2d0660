import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Every type of resource that AWS Backup knows: one that is left out is taken for changed by hand. */
const TYPES = [
  ...["Aurora", "CloudFormation", "DSQL", "DocumentDB", "DynamoDB", "EBS", "EC2", "EFS", "FSx", "Neptune", "RDS"],
  ...["Redshift", "Redshift Serverless", "S3", "SAP HANA on Amazon EC2", "Storage Gateway", "Timestream"],
  "VirtualMachine",
];

/** What plans of the platform take. AWS Backup leaves an Aurora cluster out, without an error, where its type is not on. */
const ON = ["Aurora", "DynamoDB"];

/**
 * What AWS Backup does in the region of the provider: it takes databases and tables, and manages backups of tables itself, without which
 * they cannot be copied to another region (AWS Backup developer guide, "Advanced DynamoDB backup").
 */
export function backupSettings(name: string, opts: pulumi.CustomResourceOptions): aws.backup.RegionSettings {
  return new aws.backup.RegionSettings(
    name,
    {
      resourceTypeOptInPreference: Object.fromEntries(TYPES.map((it) => [it, ON.includes(it)])),
      resourceTypeManagementPreference: { CloudFormation: true, DSQL: true, DynamoDB: true, EFS: true },
    },
    opts,
  );
}
