import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { interceptorsSeeEveryCall } from "../../../policies/premise-1-gateway-only/interceptors-see-every-call.ts";
import { testRule } from "../../support/rule-tester.ts";
import { gatewayOf, roleFor, served } from "../programs.ts";

type Configuration = aws.types.input.bedrock.AgentcoreGatewayInterceptorConfiguration;

const BOTH = { interceptionPoints: ["REQUEST", "RESPONSE"], inputConfiguration: { passRequestHeaders: true } };

/** A gateway that a function of the stack intercepts, or a foreign one. */
function intercepted(...configurations: readonly Partial<Configuration>[]): void {
  const opts = served();
  const code = new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset("export {}") });
  const { arn } = new aws.lambda.Function(
    "interceptor",
    { role: roleFor("interceptor", opts).arn, code, handler: "index.handler", runtime: "nodejs24.x" },
    opts,
  );
  const interceptorConfigurations = configurations.map((it) => ({ interceptor: { lambda: { arn } }, ...BOTH, ...it }));
  gatewayOf("mcp", opts, { interceptorConfigurations });
}

const REQUEST = '"mcp" must show its interceptor every call before it, with its headers.';
const RESPONSE = '"mcp" must show its interceptor every answer after it, with its headers.';
const OWN = '"mcp" must be intercepted by functions of its own stack alone.';
const FOREIGN = "arn:aws:lambda:eu-west-1:444455556666:function:other";

testRule(interceptorsSeeEveryCall, {
  accepts: {
    "one function at both points": () => intercepted({}),
    "a configuration for each point": () =>
      intercepted({ interceptionPoints: ["REQUEST"] }, { interceptionPoints: ["RESPONSE"] }),
  },
  rejects: {
    "no interceptor": [() => void gatewayOf("mcp", served()), REQUEST, RESPONSE],
    "an interceptor of requests alone": [() => intercepted({ interceptionPoints: ["REQUEST"] }), RESPONSE],
    "an interceptor of answers alone": [() => intercepted({ interceptionPoints: ["RESPONSE"] }), REQUEST],
    "an interceptor without headers": [
      () => intercepted({ inputConfiguration: { passRequestHeaders: false } }),
      REQUEST,
      RESPONSE,
    ],
    "a function of somebody else": [
      () => intercepted({ interceptor: { lambda: { arn: FOREIGN } } }),
      REQUEST,
      RESPONSE,
      OWN,
    ],
    "requests to somebody else's function, and answers to its own": [
      () =>
        intercepted(
          { interceptionPoints: ["REQUEST"], interceptor: { lambda: { arn: FOREIGN } } },
          { interceptionPoints: ["RESPONSE"] },
        ),
      REQUEST,
      OWN,
    ],
    "somebody else's function, beside its own": [
      () => intercepted({}, { interceptionPoints: ["RESPONSE"], interceptor: { lambda: { arn: FOREIGN } } }),
      OWN,
    ],
  },
});
