import * as keycloak from "@pulumi/keycloak";
import { realmsEnforcePkce } from "../../../policies/premise-4-registered-clients/realms-enforce-pkce.ts";
import { testRule } from "../../support/rule-tester.ts";
import { onKeycloak, TENANT } from "../programs.ts";

interface Choice {
  readonly executor?: string;
  readonly autoConfigure?: string;
  readonly condition?: string;
  readonly profile?: string;
  readonly enabled?: boolean;
  readonly policy?: boolean;
  readonly configuration?: Record<string, string>;
}

function realm({ executor = "pkce-enforcer", autoConfigure = "true", ...choice }: Choice = {}): void {
  const opts = onKeycloak();
  const realmId = new keycloak.Realm("realm", { realm: TENANT }, opts).id;
  const configuration: Record<string, string> = autoConfigure === "" ? {} : { "auto-configure": autoConfigure };
  const executors = [{ name: executor, configuration }];
  new keycloak.RealmClientPolicyProfile("pkce", { realmId, name: "pkce", executors }, opts);
  if (choice.policy === false) return;
  const conditions = [{ name: choice.condition ?? "any-client", configuration: choice.configuration ?? {} }];
  const policy = { realmId, name: "everyone", profiles: [choice.profile ?? "pkce"], conditions };
  const enabled = choice.enabled === undefined ? {} : { enabled: choice.enabled };
  new keycloak.RealmClientPolicyProfilePolicy("everyone", { ...policy, ...enabled }, opts);
}

const MESSAGE = '"realm" must enforce PKCE for every client.';

testRule(realmsEnforcePkce, {
  accepts: {
    "a profile that every client gets": () => realm(),
    "a policy that says it is not negated": () => realm({ configuration: { "is-negative-logic": "false" } }),
    "a policy that says it is enabled": () => realm({ enabled: true }),
  },
  rejects: {
    "a realm with nothing": [() => new keycloak.Realm("realm", { realm: TENANT }, onKeycloak()), MESSAGE],
    "a profile that nobody uses": [() => realm({ policy: false }), MESSAGE],
    "a policy that is switched off": [() => realm({ enabled: false }), MESSAGE],
    "a policy for all but every client": [() => realm({ configuration: { "is-negative-logic": "true" } }), MESSAGE],
    "a policy for some clients": [() => realm({ condition: "client-roles" }), MESSAGE],
    "a policy with another profile": [() => realm({ profile: "other" }), MESSAGE],
    "a profile that does something else": [() => realm({ executor: "consent-required" }), MESSAGE],
    "an executor that only suggests": [() => realm({ autoConfigure: "false" }), MESSAGE],
    "an executor without configuration": [() => realm({ autoConfigure: "" }), MESSAGE],
  },
});
