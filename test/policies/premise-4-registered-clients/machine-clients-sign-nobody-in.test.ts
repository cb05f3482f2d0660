import * as aws from "@pulumi/aws";
import { machineClientsSignNobodyIn } from "../../../policies/premise-4-registered-clients/machine-clients-sign-nobody-in.ts";
import { testRule } from "../../support/rule-tester.ts";
import { served } from "../programs.ts";

function client(explicitAuthFlows?: string[], flow = "client_credentials"): void {
  const opts = served();
  const userPoolId = new aws.cognito.UserPool("pool", {}, opts).id;
  const args = { userPoolId, allowedOauthFlowsUserPoolClient: true, allowedOauthFlows: [flow] };
  new aws.cognito.UserPoolClient("agent", { ...args, ...(explicitAuthFlows && { explicitAuthFlows }) }, opts);
}

const MESSAGE = '"agent" must name its authentication flows, and none that signs a person in.';

testRule(machineClientsSignNobodyIn, {
  accepts: {
    "a client that only refreshes": () => client(["ALLOW_REFRESH_TOKEN_AUTH"]),
  },
  rejects: {
    "a client that names no flows": [() => client(), MESSAGE],
    "an empty list, which is Cognito's default": [() => client([]), MESSAGE],
    "a client that takes passwords": [() => client(["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_PASSWORD_AUTH"]), MESSAGE],
  },
  ignores: { "a client of people": () => client(undefined, "code") },
});
