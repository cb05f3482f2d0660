import { KeycloakAdmin } from "../../../../services/registration-guard/keycloak-admin.ts";

interface ServerInfo {
  readonly componentTypes: { readonly [type: string]: readonly ComponentType[] };
}

interface ComponentType {
  readonly id: string;
  readonly properties: readonly { readonly name: string; readonly type: string }[];
}

/** The Admin REST API of a Keycloak on this machine, as its first administrator. */
export class LocalAdmin extends KeycloakAdmin {
  private serverInfo: Promise<ServerInfo> | undefined;

  constructor({ origin, password }: { readonly origin: string; readonly password: string }) {
    const form = { grant_type: "password", client_id: "admin-cli", username: "admin", password };
    super({ origin, form: () => Promise.resolve(form) });
  }

  /** The properties of a kind of component that are lists, by Keycloak's own account. */
  async listsOf(type: string, provider: string): Promise<readonly string[]> {
    this.serverInfo ??= this.get<ServerInfo>("/serverinfo");
    const { componentTypes } = await this.serverInfo;
    const properties = componentTypes[type]?.find((it) => it.id === provider)?.properties ?? [];
    return properties.filter((it) => it.type.startsWith("Multivalued")).map((it) => it.name);
  }
}
