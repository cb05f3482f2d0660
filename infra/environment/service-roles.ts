import * as aws from "@pulumi/aws";
import type { Feature } from "../feature.ts";
import type { EnvironmentContext } from "./context.ts";

/** Declares the role with which AWS Config reads the account: AWS defines what it may do, and an account has one. */
export function serviceRoles({ provider }: EnvironmentContext): Feature {
  return {
    resources: [new aws.iam.ServiceLinkedRole("config", { awsServiceName: "config.amazonaws.com" }, { provider })],
  };
}
