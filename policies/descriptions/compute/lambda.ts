import type { Descriptions } from "../description.ts";
import { CAPACITY, NAME, OWNER, TEXT, VERSION } from "../reasons.ts";

const LOGS = "The log group is a resource of its own, whose key and retention are judged there.";
const IN_STATE = "Under which name the provider keeps the deployment's own data.";

/** AWS Lambda. */
export const LAMBDA: Descriptions = {
  "aws:lambda/function:Function": {
    read: ["environment.variables", "name", "region", "reservedConcurrentExecutions", "role", "tags"],
    inert: {
      architectures: CAPACITY,
      code: "A file of this repository: rules judge what a program is given, not the program.",
      description: TEXT,
      handler: "Which part of the code is called.",
      kmsKeyArn: "It encrypts the function's settings, which hold no tenant's data and no secret.",
      "loggingConfig.logFormat": LOGS,
      "loggingConfig.logGroup": LOGS,
      memorySize: CAPACITY,
      publish: "Whether a version is kept; each version has the same role and settings.",
      runtime: VERSION,
      skipDestroy: "Whether it stays when it is taken out of the program.",
      timeout: CAPACITY,
      "tracingConfig.mode": "Whether calls leave traces; they hold no payload.",
    },
    accepts: { packageType: ["Zip"] },
    unread: {
      "vpcConfig.securityGroupIds": OWNER,
      "vpcConfig.subnetIds": "No rule says that a function is in private subnets.",
    },
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
