import { CONTROL } from "../../../engine/frameworks.ts";
import { outputOf } from "../../../engine/output.ts";
import type { Placed, Platform } from "../../../engine/platform.ts";
import { proof } from "../../../engine/proof.ts";
import type { ResourceView } from "../../../engine/resource-view.ts";
import { AUTHORIZER, issuerOf } from "../../../facts/identity/issuers.ts";
import { findBy } from "../../../facts/reach/find.ts";
import { TYPE } from "../../../facts/resource-types.ts";
import { cutUnless, type HopChecks, walk } from "../checks/walk.ts";

const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";
const SERVER = "aws:cognito/resourceServer:ResourceServer";
const TRIGGER = "lambdaConfig.preTokenGenerationConfig";

/** Claims come into machines' tokens by version 3 of the trigger, which the tier LITE does not have (Amazon Cognito, "pre token generation"). */
export const poolsIssueWhatGatewaysDemand = proof({
  premise: 4,
  id: "pools-issue-what-gateways-demand",
  severity: "high",
  description:
    "Every client of a gateway can get a token with the scopes and the claims that the gateway demands of a user pool's tokens.",
  remediation:
    "Offer the gateway's scopes at a resource server, give them to the client, and let the pool call its trigger.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration],
  prove: (platform, record) => {
    for (const gateway of platform.ofType(TYPE.gateway))
      record.guarded(gateway, () => {
        const pool = issuerOf(gateway.resource, gateway.stack);
        if (pool?.type !== TYPE.userPool) return;
        for (const id of gateway.resource.texts(`${AUTHORIZER}.allowedClients`)) {
          const client = findBy(platform, CLIENT, "id", id);
          walk(record, "pools-issue-what-gateways-demand", gateway, checksOf(platform, { gateway, pool, client }));
        }
      });
  },
});

interface Issuing {
  readonly gateway: Placed;
  readonly pool: ResourceView;
  readonly client: Placed | undefined;
}

function checksOf(
  platform: Platform,
  { gateway, pool, client }: Issuing,
): HopChecks<"pools-issue-what-gateways-demand"> {
  const at = { resource: pool, stack: gateway.stack };
  const poolId = outputOf(pool, "id");
  const demanded = gateway.resource.texts(`${AUTHORIZER}.allowedScopes`);
  const offered = (): readonly string[] => scopesOf(gateway, poolId);
  const trigger = () => platform.ofArn(pool.text(`${TRIGGER}.lambdaArn`) ?? "");
  return {
    client: () =>
      cutUnless(
        client?.resource.text("userPoolId") === poolId,
        gateway,
        `"${gateway.resource.name}" must admit clients of its own user pool only.`,
      ),
    scopes: () => {
      const missing = demanded.find((it) => !offered().includes(it));
      return cutUnless(missing === undefined, at, `"${pool.name}" must offer the scope ${missing ?? ""}.`);
    },
    granted: () => {
      if (client === undefined) return undefined;
      const all = client.resource.texts("allowedOauthScopes");
      const holds = demanded.some((it) => all.includes(it)) && all.every((it) => offered().includes(it));
      const mend = `"${client.resource.name}" must be given scopes of "${gateway.resource.name}" that the pool offers.`;
      return cutUnless(holds, client, mend);
    },
    trigger: () => {
      const isOf = pool.text(`${TRIGGER}.lambdaVersion`) === "V3_0" && pool.text("userPoolTier") !== "LITE";
      const mend = `"${pool.name}" must ask a declared function for claims, by version 3 and not in the tier LITE.`;
      return cutUnless(isOf && trigger() !== undefined, at, mend);
    },
    invoke: () => {
      const asked = trigger();
      const mend = `"${asked?.resource.name ?? ""}" must let its user pool call it.`;
      return asked && cutUnless(mayCall(platform, pool, asked), asked, mend);
    },
  };
}

/** The scopes that the resource servers of a pool offer. */
function scopesOf({ stack }: Placed, poolId: string): readonly string[] {
  return stack
    .ofType(SERVER)
    .filter((it) => it.text("userPoolId") === poolId)
    .flatMap((it) => it.list("scopes").map((one) => `${it.text("identifier") ?? ""}/${one.text("scopeName") ?? ""}`));
}

function mayCall(platform: Platform, pool: ResourceView, { resource: asked }: Placed): boolean {
  const names = [asked.text("name"), outputOf(asked, "arn")];
  return platform
    .ofType(TYPE.lambdaPermission)
    .some(
      ({ resource: it }) =>
        names.includes(it.text("function")) &&
        it.text("action") === "lambda:InvokeFunction" &&
        it.text("principal") === "cognito-idp.amazonaws.com" &&
        it.text("sourceArn") === outputOf(pool, "arn"),
    );
}
