import * as keycloak from "@pulumi/keycloak";
import type * as pulumi from "@pulumi/pulumi";
import { registeredClientsMakeTheRealmFetchNothing } from "../../../policies/premise-4-registered-clients/registered-clients-make-the-realm-fetch-nothing.ts";
import { testRule } from "../../support/rule-tester.ts";
import { onKeycloak, TENANT } from "../programs.ts";

const FIELDS = [
  "adminUrl",
  "backchannelLogoutUrl",
  "cibaClientNotificationEndpoint",
  "jwksUri",
  "requestUris",
  "rootUrl",
  "saml.metadataDescriptorUrl",
  "sectorIdentifierUri",
];
const STRANGERS = ["ByAnonymous", "ByRegistrationAccessToken"];

interface Choice {
  readonly fields?: readonly string[];
  readonly patterns?: readonly string[];
  readonly authenticators?: readonly string[];
  readonly usual?: string;
  readonly condition?: string;
  readonly sources?: readonly string[];
  readonly negative?: string;
  readonly enabled?: boolean;
  readonly profile?: string;
  readonly text?: string;
}

function realm(choice: Choice = {}): void {
  const opts = onKeycloak();
  const realmId = new keycloak.Realm("realm", { realm: TENANT }, opts).id;
  const { fields = FIELDS, patterns, authenticators = ["client-secret"] } = choice;
  const executors = [
    {
      name: "secure-client-uris-pattern",
      configuration: {
        "client-uri-fields": choice.text ?? JSON.stringify(fields),
        ...(patterns !== undefined && { "allowed-patterns": JSON.stringify(patterns) }),
      },
    },
    {
      name: "secure-client-authenticator",
      configuration: {
        "allowed-client-authenticators": JSON.stringify(authenticators),
        "default-client-authenticator": choice.usual ?? "client-secret",
      },
    },
  ];
  new keycloak.RealmClientPolicyProfile("quiet", { realmId, name: "quiet", executors }, opts);
  strangers(realmId, choice, opts);
}

function strangers(realmId: pulumi.Output<string>, choice: Choice, opts: pulumi.CustomResourceOptions): void {
  const { sources = STRANGERS } = choice;
  const condition = {
    name: choice.condition ?? "client-updater-context",
    configuration: {
      "update-client-source": JSON.stringify(sources),
      ...(choice.negative !== undefined && { "is-negative-logic": choice.negative }),
    },
  };
  const profiles = [choice.profile ?? "quiet"];
  const policy = { realmId, name: "strangers", profiles, conditions: [condition] };
  const enabled = choice.enabled === undefined ? {} : { enabled: choice.enabled };
  new keycloak.RealmClientPolicyProfilePolicy("strangers", { ...policy, ...enabled }, opts);
}

const ADDRESSES = `"realm" must refuse the addresses of clients that it would fetch: ${FIELDS.join(", ")}.`;
const KEYS = '"realm" must accept no client authenticator but client-secret.';

testRule(registeredClientsMakeTheRealmFetchNothing, {
  accepts: {
    "a profile for whoever registers": () => realm(),
    "more than the addresses that are fetched": () => realm({ fields: [...FIELDS, "logoUri"] }),
    "a profile for everybody": () => realm({ condition: "any-client" }),
  },
  rejects: {
    "a realm with nothing": [() => new keycloak.Realm("realm", { realm: TENANT }, onKeycloak()), ADDRESSES, KEYS],
    "keys from an address": [() => realm({ fields: FIELDS.filter((it) => it !== "jwksUri") }), ADDRESSES],
    "addresses that fit a pattern": [() => realm({ patterns: ["https://.*"] }), ADDRESSES],
    "fields that cannot be read": [() => realm({ text: "jwksUri" }), ADDRESSES],
    "a client that signs by its own keys": [() => realm({ authenticators: ["client-secret", "client-jwt"] }), KEYS],
    "an authenticator by keys where none is named": [() => realm({ usual: "client-jwt" }), KEYS],
    "no authenticator in particular": [() => realm({ authenticators: [] }), KEYS],
    "clients that change what they registered": [() => realm({ sources: ["ByAnonymous"] }), ADDRESSES, KEYS],
    "everybody but those who register": [() => realm({ negative: "true" }), ADDRESSES, KEYS],
    "another condition": [() => realm({ condition: "client-roles" }), ADDRESSES, KEYS],
    "a policy that is switched off": [() => realm({ enabled: false }), ADDRESSES, KEYS],
    "a policy with another profile": [() => realm({ profile: "other" }), ADDRESSES, KEYS],
  },
});
