import { AGENTS, type AgentName } from "../../../contracts/agents/names.ts";
import { giveBack, keepPort } from "../../../sandbox/data-plane/kept-ports.ts";
import { AGENT_DEFINITIONS } from "../../../services/agents/agents.ts";
import { AgentClient } from "../../../services/libraries/agent-client/agent-client.ts";
import { agentHostOf } from "../../../services/libraries/agent-process/agent-process.ts";
import { AgentConfig } from "../../../services/libraries/agent-process/config.ts";
import { keyServer } from "../../support/issuer.ts";
import { tenantIdentity } from "../libraries/agent-host/agents.ts";

const NAMES = Object.keys(AGENTS) as AgentName[];

/** All agents of a tenant on loopback, with real tokens, and no gateway. */
export async function agentsOfTenant(tenant: string) {
  const identity = await tenantIdentity(tenant);
  const keys = await keyServer(identity.key);
  const ports = await Promise.all(NAMES.map(() => keepPort()));
  const urls = Object.fromEntries(NAMES.map((name, index) => [name, `http://127.0.0.1:${ports[index]}/`]));
  const audit: string[] = [];
  const machineToken = async () => ({
    access_token: await identity.workload(),
    expires_in: 900,
    token_type: "Bearer" as const,
  });
  const hosts = await Promise.all(
    NAMES.map(async (name, index) => {
      const config = AgentConfig.parse({
        TENANT_ID: tenant,
        AWS_REGION: "eu-west-1",
        AGENT_HOSTING: "eks",
        MODEL_ID: "scripted",
        GATEWAY_URL: "{}",
        TOKEN_FUNCTION: "none",
        ISSUER: `https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_${tenant}`,
        A2A_SCOPE: "acme-production.agents/a2a.call",
        BFF_ISSUER: `bff.${tenant}`,
        BFF_PUBLIC_KEYS: identity.bff.publicKeys,
        AGENT_URLS: JSON.stringify(urls),
      });
      const log = { warn: () => undefined, error: () => undefined };
      const host = agentHostOf(AGENT_DEFINITIONS[name], config, {
        machineToken,
        log,
        audit: (it) => audit.push(it),
        keysUrl: keys.url,
      });
      const port = ports[index] ?? 0;
      await giveBack(port);
      await host.listen(port, "127.0.0.1");
      return host;
    }),
  );
  return {
    identity,
    audit,
    clientOf: (name: AgentName) => new AgentClient({ url: new URL(urls[name] ?? ""), tenantId: tenant, machineToken }),
    stopOne: (name: AgentName) => hosts[NAMES.indexOf(name)]?.stop(),
    stop: async () => {
      await Promise.all(hosts.map((it) => it.stop()));
      await keys.close();
    },
  };
}
