import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../identity/policy-document.ts";

/** The statement of a bucket's policy that refuses everybody who does not come by TLS. */
export function onlyByTls(bucketArn: pulumi.Output<string>): Statement {
  return {
    Sid: "OnlyByTls",
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:*"],
    Resource: [bucketArn, pulumi.interpolate`${bucketArn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
