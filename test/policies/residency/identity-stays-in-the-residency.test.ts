import * as keycloak from "@pulumi/keycloak";
import { identityStaysInTheResidency } from "../../../policies/residency/identity-stays-in-the-residency.ts";
import { testRule } from "../../support/rule-tester.ts";

/** A realm that the Keycloak at the URL serves. */
function realmAt(url: string): void {
  const provider = new keycloak.Provider("keycloak", { url, clientId: "deployer", initialLogin: false });
  new keycloak.Realm("realm", { realm: "xyz-gmbh" }, { provider });
}

const MESSAGE = '"keycloak" must be the server of a region of the residency "eu".';

testRule(identityStaysInTheResidency, {
  accepts: {
    "the server of the region": () => realmAt("https://identity.eu-west-1.agents.example.com"),
    "the server of the standby": () => realmAt("https://identity.eu-central-1.agents.example.com/auth"),
  },
  rejects: {
    "the server of another residency": [() => realmAt("https://identity.us-east-1.agents.example.com"), MESSAGE],
    "a server of nobody knows which region": [() => realmAt("https://identity.agents.example.com"), MESSAGE],
    "a server whose path names the region": [() => realmAt("https://identity.example.com/eu-west-1"), MESSAGE],
    "a server of two regions": [() => realmAt("https://eu-west-1.us-east-1.agents.example.com"), MESSAGE],
  },
});
