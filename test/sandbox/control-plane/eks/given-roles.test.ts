import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const PROJECT = path.resolve(import.meta.dirname, "../../../..");

/** Whether a process that serves clusters knows roles, before and after it was told how to read them; here the whole package is loaded. */
const PROGRAM = `
  const { default: pulumi } = await import("@pulumi/pulumi");
  const rpc = await import("@pulumi/pulumi/runtime/rpc.js");
  const { readGivenRoles } = await import("./sandbox/control-plane/eks/given-roles.ts");
  const known = () => rpc.default.getResourceModule("aws", "iam/role", undefined) !== undefined;
  const before = known();
  readGivenRoles();
  console.log(JSON.stringify([before, known()]));
`;

it("roles that a program gives to a cluster can be read by the process that serves it", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", PROGRAM], {
    cwd: PROJECT,
  });
  expect(JSON.parse(stdout)).toEqual([false, true]);
});
