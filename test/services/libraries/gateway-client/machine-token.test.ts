import { describe, expect, it } from "vitest";
import {
  keptTokens,
  type MachineToken,
  machineTokenSchema,
} from "../../../../services/libraries/gateway-client/machine-token.ts";

const answer = (number: number): MachineToken => ({
  access_token: `token-${number}`,
  expires_in: 900,
  token_type: "Bearer",
});

/** A source that counts how often it is asked, and a clock that is moved by hand. */
function source() {
  const state = { asked: 0, now: 0 };
  const ask = () => Promise.resolve(answer(++state.asked));
  return Object.assign(state, { tokens: keptTokens(ask, () => state.now) });
}

describe("tokens that are kept", () => {
  it("are asked for once until a minute before their end, and say how long they are still good", async () => {
    const it = source();
    expect(await it.tokens()).toEqual(answer(1));
    it.now = 839_000;
    expect(await it.tokens()).toEqual({ ...answer(1), expires_in: 61 });
    it.now = 840_000;
    expect(await it.tokens()).toEqual(answer(2));
  });

  it("are asked for once by all who ask at the same time", async () => {
    const it = source();
    expect(await Promise.all([it.tokens(), it.tokens(), it.tokens()])).toEqual([answer(1), answer(1), answer(1)]);
    expect(it.asked).toBe(1);
  });

  it("are asked for again after a failure", async () => {
    let isDown = true;
    const tokens = keptTokens(() => (isDown ? Promise.reject(new Error("down")) : Promise.resolve(answer(1))));
    await expect(tokens()).rejects.toThrow("down");
    isDown = false;
    expect(await tokens()).toEqual(answer(1));
  });

  it.each([{}, { ...answer(1), token_type: "MAC" }, { errorMessage: "failed" }, undefined])(
    "are no tokens when the function answers %j",
    (wrong) => {
      expect(machineTokenSchema.safeParse(wrong).success).toBe(false);
    },
  );
});
