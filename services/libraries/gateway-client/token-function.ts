import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { type MachineToken, machineTokenSchema } from "./machine-token.ts";

/** The access token of a workload from the function that hands out its tokens; throws where the function fails or answers with anything else. */
export async function tokenFromFunction(lambda: LambdaClient, functionName: string): Promise<MachineToken> {
  const { Payload, FunctionError } = await lambda.send(new InvokeCommand({ FunctionName: functionName }));
  if (FunctionError !== undefined || Payload === undefined)
    throw new Error(`the function ${functionName} gives no token`);
  return machineTokenSchema.parse(JSON.parse(new TextDecoder().decode(Payload)));
}
