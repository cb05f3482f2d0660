/** Where the backend of an API is, and what its credential is called. */
export interface ApiBackend {
  /** First label of its host's name, below the environment's domain. */
  readonly host: string;
  /** Whether it wants a credential: then each tenant has a secret of its own for it. */
  readonly hasCredential: boolean;
}

/** The backends of the APIs that the api-integration server offers, by the name of the API. */
export const API_BACKENDS: Readonly<Record<string, ApiBackend>> = {
  orders: { host: "orders", hasCredential: true },
  catalog: { host: "catalog", hasCredential: true },
  shipping: { host: "shipping", hasCredential: true },
  inventory: { host: "inventory", hasCredential: false },
};
