import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** The names of a certificate, and the zone that proves them. */
export interface CertificateArgs {
  /** The first is its subject; all are below the domain of the zone. */
  readonly hosts: readonly [string, ...string[]];
  readonly zoneId: pulumi.Input<string>;
}

/** A certificate of AWS Certificate Manager for hosts of the environment: AWS renews it as long as its records of proof are there. */
export class Certificate extends pulumi.ComponentResource {
  /** Its ARN, once it is issued. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, { hosts, zoneId }: CertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:edge:Certificate", name, {}, opts);
    const [domainName, ...subjectAlternativeNames] = hosts;
    const certificate = new aws.acm.Certificate(
      name,
      { domainName, subjectAlternativeNames, validationMethod: "DNS", keyAlgorithm: "EC_prime256v1" },
      { parent: this },
    );
    const records = hosts.map((host) => {
      const proof = certificate.domainValidationOptions.apply((all) => proofOf(host, all));
      return new aws.route53.Record(
        `${name}-${host}`,
        {
          zoneId,
          name: proof.resourceRecordName,
          type: proof.resourceRecordType,
          records: [proof.resourceRecordValue],
          ttl: 300,
        },
        { parent: this },
      );
    });
    const issued = new aws.acm.CertificateValidation(
      name,
      { certificateArn: certificate.arn, validationRecordFqdns: records.map((it) => it.fqdn) },
      { parent: this },
    );

    this.arn = issued.certificateArn;
    this.registerOutputs({ arn: this.arn });
  }
}

type Proof = aws.types.output.acm.CertificateDomainValidationOption;

/** The record that proves a host; throws an Error if AWS names none. */
function proofOf(host: string, all: readonly Proof[]): Proof {
  const found = all.find((it) => it.domainName === host);
  if (found === undefined) throw new Error(`AWS Certificate Manager names no record that proves ${host}`);
  return found;
}
