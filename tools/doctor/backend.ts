import type { Environment } from "../../environments/schema.ts";
import type { Engine } from "../engine/engine.ts";
import { type Backend, loggedIn } from "../engine/remote.ts";
import { type Finding, guarded, verdicts } from "./check.ts";

type Env = Readonly<Record<string, string | undefined>>;

const CLOUD = /^https:\/\/(?:app|api)\.pulumi\.com/;

/** Whether there is a backend, and something by which secrets in it are encrypted that everybody who deploys has. */
export function lookAtBackend(engine: Engine, backend: Backend, env: Env): Promise<readonly Finding[]> {
  return guarded("backend", "pulumi login s3://<bucket>, or --backend s3://<bucket>", async () => {
    const { user, url } = await loggedIn(engine);
    return [verdicts("backend").ok(`${url}, as ${user}`), secretsOf(url, backend, env)];
  });
}

function secretsOf(url: string, { secretsProvider }: Backend, env: Env): Finding {
  const { ok, missing } = verdicts("secrets provider");
  if (secretsProvider !== undefined) return ok(secretsProvider);
  if (CLOUD.test(url)) return ok("Pulumi Cloud's own");
  const hasPassphrase = ["PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"].some(
    (it) => env[it] !== undefined,
  );
  return hasPassphrase
    ? ok("a passphrase of the environment")
    : missing(`${url} encrypts no secrets by itself`, "--secrets-provider awskms://alias/<name>?region=<region>");
}

/** Whether the roles are there as which stacks are to be deployed: the environment's stack makes them, which an administrator deploys first. */
export function lookAtRoles(environment: string, deployed: readonly string[]): Finding {
  const { ok, missing } = verdicts("roles that deploy");
  return deployed.includes(environment)
    ? ok(`the stack ${environment} is there, which makes them`)
    : missing(
        `the stack ${environment} makes them, and is not deployed`,
        `npx alicerce up --stack ${environment} --target aws, with an administrator's credentials and without --as-roles`,
      );
}

/** Whether the realms of tenants with developers can be written: Keycloak asks who deploys. */
export function lookAtKeycloak({ tenants }: Environment, env: Env): Finding {
  const { ok, missing } = verdicts("Keycloak");
  if (!Object.values(tenants).some((it) => it.scenarios.some((of) => of === "internal"))) return ok("not needed");
  return env["KEYCLOAK_CLIENT_SECRET"] === undefined
    ? {
        ...missing(
          "KEYCLOAK_CLIENT_SECRET is not set",
          "export the secret of Keycloak's client alicerce-deployer under this name",
        ),
        before: "tenant",
      }
    : ok("credentials are set");
}
