import type { Descriptions } from "../description.ts";
import { CAPACITY, NAME, TEXT, VERSION } from "../reasons.ts";

const LOGS = "The log group is a resource of its own, whose key and retention are judged there.";
const IN_STATE = "Under which name the provider keeps the deployment's own data.";

/** AWS Lambda. */
export const LAMBDA: Descriptions = {
  "aws:lambda/function:Function": {
    read: [
      "code",
      "environment.variables",
      "kmsKeyArn",
      "loggingConfig.logGroup",
      "name",
      "region",
      "role",
      "tags",
      "vpcConfig.securityGroupIds",
      "vpcConfig.subnetIds",
    ],
    inert: {
      architectures: CAPACITY,
      description: TEXT,
      handler: "Which part of the code is called.",
      "loggingConfig.logFormat": LOGS,
      memorySize: CAPACITY,
      publish: "Whether a version is kept; each version has the same role and settings.",
      runtime: VERSION,
      skipDestroy: "Whether it stays when it is taken out of the program.",
      timeout: CAPACITY,
    },
    accepts: {
      packageType: ["Zip"],
      // -1 reserves nothing; a number takes that many from all other functions of the account.
      reservedConcurrentExecutions: [-1, 5, 10, 20, 50],
      "tracingConfig.mode": ["Active"],
    },
    needs: ["kmsKeyArn", "name", "tracingConfig.mode"],
  },
  "aws:lambda/invocation:Invocation": {
    read: ["functionName", "region"],
    inert: {
      terraformKey: IN_STATE,
      triggers: "Values whose change calls the function again; the function does not get them.",
    },
    accepts: { input: ["{}"], lifecycleScope: ["CREATE_ONLY"], qualifier: ["$LATEST"] },
  },
  "aws:lambda/permission:Permission": {
    read: ["function", "region", "sourceArn"],
    inert: { statementId: NAME },
    accepts: {
      action: ["lambda:InvokeFunction"],
      principal: ["cognito-idp.amazonaws.com", "events.amazonaws.com", "secretsmanager.amazonaws.com"],
    },
  },
};
