import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import {
  KEYCLOAK_BUILD_OPTIONS,
  KEYCLOAK_DATABASE_OPTIONS,
  KEYCLOAK_VERSION,
} from "../../../environments/keycloak-server.ts";

const dockerfile = readFileSync(path.resolve("services/keycloak/Dockerfile"), "utf8");

test("the image is built of the release and with the options that the data names, and no others", () => {
  const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, it]) => it);
  expect(bases).toEqual(Array(2).fill(`quay.io/keycloak/keycloak:${KEYCLOAK_VERSION}`));
  const command = /kc\.sh build ((?:.*\\\n)*.*)$/m.exec(dockerfile)?.[1] ?? "";
  const options = command.split(/[\s\\]+/).filter((it) => it !== "");
  expect(options).toEqual([...KEYCLOAK_DATABASE_OPTIONS, ...KEYCLOAK_BUILD_OPTIONS]);
});

test("what it downloads is known by its checksum, and nobody of the base runs it", () => {
  expect(dockerfile).toMatch(/^ADD [^\n]*--checksum=sha256:[0-9a-f]{64} /m);
  expect(dockerfile).toMatch(/^USER 65532:65532$/m);
});
