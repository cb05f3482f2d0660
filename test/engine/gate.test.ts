import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DiskStore } from "../../sandbox/control-plane/store/disk-store.ts";
import { type Edit, ProjectCopy } from "../support/project-copy.ts";

const ROLES = "components/identity/service-role.ts";
const BOUNDARY = "permissionsBoundary: place.boundaryArn,";
/** True in the engine's process, false where the offline planner runs the same program. */
const UNDER_THE_ENGINE = 'process.argv.some((it) => it.includes("cmd/run"))';

const copy = new ProjectCopy();
const home = mkdtempSync(join(tmpdir(), "alicerce-gate-"));
let environment: string;

beforeAll(async () => {
  ({ stdout: environment } = await execa("node", ["tools/cli/main.ts", "env", "development"], {
    cwd: copy.folder,
    env: { ALICERCE_HOME: home },
  }));
});
afterAll(() => {
  copy.remove();
  rmSync(home, { recursive: true, force: true });
});

describe("plain `pulumi up --skip-preview`", () => {
  it("creates nothing of a program that violates a mandatory rule", async () => {
    const { exitCode, all } = await upWith({ file: ROLES, find: BOUNDARY, replace: "" });
    expect(exitCode, all).not.toBe(0);
    expect(all).toContain("p8-roles-stay-inside-the-boundary");
    expect(created()).toEqual([]);
  });

  it.each<[string, Edit, string, readonly string[]]>([
    [
      "another value",
      { file: ROLES, find: BOUNDARY, replace: `...(!${UNDER_THE_ENGINE} && { ${BOUNDARY} }),` },
      '"deploy" must be what was judged: its permissionsBoundary is another one than in the plan.',
      ["aws:iam/role:Role", "aws:iam/rolePolicy:RolePolicy"],
    ],
    [
      "another resource",
      {
        file: "components/identity/deploy-role.ts",
        find: "this.registerOutputs(",
        replace: `if (${UNDER_THE_ENGINE}) new aws.iam.User("more", {}, { parent: this });\n    this.registerOutputs(`,
      },
      '"more" (aws:iam/user:User) must be in the plan that was judged: the program asks for something else now.',
      ["aws:iam/user:User"],
    ],
  ])("refuses a program that asks for %s than when it was judged", async (_, edit, message, refused) => {
    const { exitCode, all } = await upWith(edit);
    expect(exitCode, all).not.toBe(0);
    expect(all).toContain(message);
    for (const type of refused) expect(created()).not.toContain(type);
  });

  it("creates what was judged, and what was left out before", async () => {
    const { exitCode, all } = await up();
    expect(exitCode, all).toBe(0);
    expect(created()).toEqual(expect.arrayContaining(["aws:iam/role:Role", "aws:iam/rolePolicy:RolePolicy"]));
  });
});

async function upWith(edit: Edit) {
  const undo = copy.edit(edit);
  try {
    return await up();
  } finally {
    undo();
  }
}

function up() {
  const command = "pulumi up --skip-preview --yes --non-interactive --policy-pack policies -s development";
  return execa("sh", ["-c", `${environment}\n${command}`], { cwd: copy.folder, reject: false, all: true });
}

/** The types of what is in the sandbox cloud. */
function created(): readonly string[] {
  return new DiskStore(join(home, "sandbox")).all().map((it) => it.type);
}
