import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Edit, ProjectCopy } from "../../support/project-copy.ts";

/** One line of the product, broken; the rule that must say so, the resource that it must name, and the environment to start. */
type Break = readonly [premise: string, edit: Edit, rule: string, resource: string, environment: string];

/** The smallest environment that has a tenant with every scenario, and agents in a cluster. */
const SMALL = "staging";

const BREAKS: readonly Break[] = [
  [
    "premise 1, gateway only",
    { file: "components/gateway/gateway.ts", find: 'authorizerType: "CUSTOM_JWT"', replace: 'authorizerType: "NONE"' },
    "p1-gateways-authenticate-callers",
    "gateway-b2b",
    SMALL,
  ],
  [
    "premise 2, agent to agent",
    { file: "components/agents/agent-deployment.ts", find: 'name: "a2a", number', replace: 'name: "http", number' },
    "p2-agents-speak-a2a",
    "coordinator",
    SMALL,
  ],
  [
    "premise 3, private network",
    { file: "components/compute/runtime.ts", find: 'networkMode: "VPC"', replace: 'networkMode: "PUBLIC"' },
    "p3-runtimes-run-in-the-vpc",
    "database-v3",
    SMALL,
  ],
  [
    "premise 4, registered clients",
    { file: "components/identity/client-policies.ts", find: '"pkce-enforcer"', replace: '"consent-required"' },
    "p4-realms-enforce-pkce",
    "realm",
    SMALL,
  ],
  [
    "premise 5, tenant isolation",
    { file: "components/gateway/gateway.ts", find: "matchValueString: tenant", replace: 'matchValueString: "another"' },
    "p5-gateways-admit-one-tenant",
    "gateway-b2b",
    SMALL,
  ],
  [
    "premise 6, versioning",
    {
      file: "components/compute/runtime.ts",
      find: "        agentRuntimeVersion: args.agentRuntimeVersion,\n",
      replace: "",
    },
    "p6-mcp-endpoints-pin-a-version",
    "database-v3",
    SMALL,
  ],
  [
    "premise 7, observability",
    { file: "components/network/flow-logs.ts", find: "retentionInDays: 365", replace: "retentionInDays: 1" },
    "p7-log-groups-keep-logs",
    "flow-logs",
    SMALL,
  ],
  [
    "premise 8, least privilege",
    {
      file: "components/identity/service-role.ts",
      find: "      permissionsBoundary: place.boundaryArn,\n",
      replace: "",
    },
    "p8-roles-stay-inside-the-boundary",
    "gateway-b2b",
    SMALL,
  ],
  [
    "data residency, in what is derived from the environment's data",
    {
      file: "environments/residency.ts",
      find: "  if (residency === undefined) return undefined;\n  return (RES",
      replace:
        '  if (residency === "eu") return "us-west-2";\n  if (residency === undefined) return undefined;\n  return (RES',
    },
    "residency-resources-stay-in-the-residency",
    "key-standby",
    "production",
  ],
];

let copy: ProjectCopy;
beforeAll(() => {
  copy = new ProjectCopy();
});
afterAll(() => copy.remove());

describe("with one line broken, `npm start` names the rule and the resource, and creates nothing", () => {
  it.each(BREAKS)("%s", async (_, edit, rule, resource, environment) => {
    const undo = copy.edit(edit);
    try {
      const { exitCode, all } = await execa("node", ["tools/bootstrap/alicerce.mjs", "start", environment], {
        cwd: copy.folder,
        env: { ALICERCE_HOME: join(copy.folder, ".alicerce") },
        all: true,
        reject: false,
      });
      expect(exitCode, all).toBe(3);
      expect(all).toContain(`violated ${rule}: `);
      const report = readFileSync(join(copy.folder, ".alicerce", "report", "report.md"), "utf8");
      const finding = new RegExp(`^### ${rule}$[^#]*`, "gm");
      const findings = report.match(finding) ?? [];
      expect(findings.join("\n"), all).toContain(resource);
      expect(existsSync(join(copy.folder, ".alicerce", "sandbox"))).toBe(false);
      expect(existsSync(join(copy.folder, ".alicerce", "state"))).toBe(false);
    } finally {
      undo();
    }
  });
});
