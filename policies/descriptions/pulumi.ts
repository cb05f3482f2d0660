import type { Descriptions } from "./description.ts";

const PLUGIN = "The version of the provider, which the lock file pins as well.";
const REFERENCE = "What another stack says of itself; reading it creates nothing.";
const WAITING = "How long it waits for an answer.";

/** Pulumi's providers, and what the engine has of its own. */
export const PULUMI: Descriptions = {
  "pulumi:providers:aws": {
    read: ["allowedAccountIds", "assumeRoles", "defaultTags", "region"],
    needs: ["defaultTags", "region"],
    inert: { version: PLUGIN },
    accepts: { skipCredentialsValidation: ["false", false], skipRegionValidation: ["true", "false", true, false] },
  },
  "pulumi:providers:keycloak": {
    read: ["url"],
    inert: {
      clientId: "Who signs in; the secret that it needs is never an input.",
      clientTimeout: WAITING,
      version: PLUGIN,
    },
    accepts: { initialLogin: ["false", false] },
  },
  "pulumi:providers:kubernetes": {
    read: ["kubeconfig"],
    inert: { version: PLUGIN },
  },
  "pulumi:pulumi:StackReference": {
    inert: { name: REFERENCE, outputs: REFERENCE, secretOutputNames: REFERENCE },
  },
};
