/** What Amazon Cognito sends to a Pre Token Generation trigger of version 3, as far as it is read here. */
export interface PreTokenGenerationEvent {
  readonly version: string;
  readonly triggerSource: string;
  readonly response: object;
}

/** The same event, with what the trigger adds to the access token. */
export interface TokenClaims {
  readonly response: {
    readonly claimsAndScopeOverrideDetails: {
      readonly accessTokenGeneration: { readonly claimsToAddOrOverride: { readonly tenant_id: string } };
    };
  };
}

const tenantId = process.env["TENANT_ID"];
if (tenantId === undefined || tenantId === "") throw new TypeError("TENANT_ID must be set");

/** Writes the tenant into every access token. It is a fact of the pool: nothing that the caller sends, `clientMetadata` least of all, is read. */
export const handler = (event: PreTokenGenerationEvent): Promise<PreTokenGenerationEvent & TokenClaims> =>
  Promise.resolve({
    ...event,
    response: {
      claimsAndScopeOverrideDetails: {
        accessTokenGeneration: { claimsToAddOrOverride: { tenant_id: tenantId } },
      },
    },
  });
