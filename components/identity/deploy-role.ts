import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../place.ts";
import { grant, serviceRole } from "./service-role.ts";

const ISSUER = "token.actions.githubusercontent.com";

/** Which repository deploys, and where. */
export interface DeployRoleArgs {
  readonly place: Place;
  /** `owner/name` on GitHub. */
  readonly repository: string;
}

/** What GitHub Actions becomes on the main branch of one repository: no key is stored, and it may only assume the account's own execution roles. */
export class DeployRole extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, { place, repository }: DeployRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:identity:DeployRole", name, {}, opts);

    const issuer = new aws.iam.OpenIdConnectProvider(
      name,
      { url: `https://${ISSUER}`, clientIdLists: ["sts.amazonaws.com"] },
      { parent: this },
    );
    const trust = {
      Effect: "Allow",
      Principal: { Federated: issuer.arn },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          [`${ISSUER}:aud`]: "sts.amazonaws.com",
          [`${ISSUER}:sub`]: `repo:${repository}:ref:refs/heads/main`,
        },
      },
    } as const;
    const role = serviceRole(name, { place, description: `Deploys from ${repository}`, trust }, { parent: this });
    const executionRoles = `arn:aws:iam::${place.account}:role/alicerce/execution/*`;
    grant(name, role, [{ Effect: "Allow", Action: ["sts:AssumeRole"], Resource: executionRoles }], { parent: this });

    this.arn = role.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
