import type { Directory } from "../../../../../environments/callers/directory.ts";
import type { LocalAdmin } from "../../../../../sandbox/data-plane/identity/keycloak/keycloak-admin.ts";

const REALM = "company";
const PATH = `/realms/${REALM}`;
/** A name with dots and slashes, as directories have them. */
const GROUPS = "http://schemas.example.com/2008/06/claims/groups";

interface Found {
  readonly id: string;
  readonly name: string;
}

/** The directory of a company: a realm that speaks SAML, and says more of people than anybody asked. */
export class CompanyRealm {
  readonly password = "Aa1!of-the-company";
  private readonly admin: LocalAdmin;
  private readonly origin: string;

  private constructor(admin: LocalAdmin, origin: string) {
    this.admin = admin;
    this.origin = origin;
  }

  static async make(admin: LocalAdmin, origin: string): Promise<CompanyRealm> {
    await admin.post("/realms", { realm: REALM, enabled: true, sslRequired: "external" });
    return new CompanyRealm(admin, origin);
  }

  /** The certificate of the key by which a realm signs. */
  async certificate(realm = REALM): Promise<string> {
    const { keys } = await this.admin.get<{ readonly keys: readonly Readonly<Record<string, string>>[] }>(
      `/realms/${realm}/keys`,
    );
    return keys.find((it) => it["algorithm"] === "RS256" && it["use"] === "SIG")!["certificate"]!;
  }

  /** What a tenant's data says of it. */
  asDirectory(changes: Pick<Directory, "certificates" | "groups">): Directory {
    return {
      name: "Company",
      entityId: `${this.origin}${PATH}`,
      signOn: `${this.origin}${PATH}/protocol/saml`,
      attributes: { email: "email", givenName: "givenName", familyName: "familyName", groups: GROUPS },
      ...changes,
    };
  }

  /** Lets a realm ask who somebody is. */
  async serve(entityId: string, realm: string): Promise<void> {
    const property = (name: string, of: string) => ({
      name,
      protocol: "saml",
      protocolMapper: "saml-user-property-mapper",
      config: { "attribute.name": name, "user.attribute": of, "attribute.nameformat": "Basic" },
    });
    const said = (name: string, value: string) => ({
      name,
      protocol: "saml",
      protocolMapper: "saml-hardcode-attribute-mapper",
      config: { "attribute.name": name, "attribute.value": value, "attribute.nameformat": "Basic" },
    });
    const groups = { "attribute.name": GROUPS, "attribute.nameformat": "Basic", single: "true", "full.path": "false" };
    await this.admin.post(`${PATH}/clients`, {
      clientId: entityId,
      protocol: "saml",
      redirectUris: [`${realm}/broker/company-directory/endpoint`],
      attributes: {
        "saml.assertion.signature": "true",
        "saml.server.signature": "true",
        "saml.client.signature": "false",
        "saml.force.post.binding": "true",
        saml_force_name_id_format: "true",
        saml_name_id_format: "persistent",
      },
      protocolMappers: [
        property("email", "email"),
        property("givenName", "firstName"),
        property("familyName", "lastName"),
        said("department", "engineering"),
        said("roles", "developer"),
        { name: "groups", protocol: "saml", protocolMapper: "saml-group-membership-mapper", config: groups },
      ],
    });
  }

  async add(username: string, groups: readonly string[], email = `${username}@company.example`): Promise<void> {
    const known = await this.admin.get<readonly Found[]>(`${PATH}/groups`);
    for (const name of groups.filter((it) => !known.some((one) => one.name === it)))
      await this.admin.post(`${PATH}/groups`, { name });
    const credentials = [{ type: "password", value: this.password, temporary: false }];
    const person = { username, firstName: username, lastName: "of the company", email, emailVerified: true };
    const paths = groups.map((it) => `/${it}`);
    await this.admin.post(`${PATH}/users`, { ...person, enabled: true, credentials, groups: paths });
  }

  async leave(username: string, group: string): Promise<void> {
    const [person] = await this.admin.get<readonly Found[]>(`${PATH}/users?username=${username}&exact=true`);
    const groups = await this.admin.get<readonly Found[]>(`${PATH}/groups`);
    await this.admin.delete(`${PATH}/users/${person!.id}/groups/${groups.find((it) => it.name === group)!.id}`);
  }
}
