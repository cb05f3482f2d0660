import { expect, test } from "vitest";
import { hostRefusal, RPC_CODES } from "../../../../services/libraries/service-kit/host-refusal.ts";
import { Problem } from "../../../../services/libraries/service-kit/problem.ts";

const OWN = { ERR_ORIGIN: [418, RPC_CODES.invalidRequest], ERR_OWN: [429, RPC_CODES.serverError] } as const;
const problem = (code: string) => new Problem(code, "a secret detail", "what a client may know");

test.each([
  ["ERR_DRAINING", 503, RPC_CODES.serverError],
  ["ERR_MESSAGE_SYNTAX", 400, RPC_CODES.parseError],
  ["ERR_OWN", 429, RPC_CODES.serverError],
  ["ERR_ORIGIN", 418, RPC_CODES.invalidRequest],
  ["ERR_TOKEN_EXPIRED", 401, RPC_CODES.serverError],
  ["ERR_TOKEN_KEYS_UNAVAILABLE", 503, RPC_CODES.serverError],
])("%s is answered with %i", (code, status, rpcCode) => {
  expect(hostRefusal(problem(code), OWN)).toEqual({ status, code, rpcCode, message: "what a client may know" });
});

test.each([problem("ERR_NOBODY_LISTED"), new Error("a secret detail"), "a secret detail"])(
  "%s tells nothing of itself",
  (error) => {
    expect(hostRefusal(error, OWN)).toMatchObject({
      status: 500,
      rpcCode: RPC_CODES.internalError,
      message: "internal error",
    });
  },
);
