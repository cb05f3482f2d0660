import * as z from "zod";

/** Schema of an access token as the token endpoint of a user pool answers it (RFC 6749, 5.1), and as the function of an agent passes it on. */
export const machineTokenSchema = z.object({
  access_token: z.string().min(1),
  /** For how many seconds it is good. */
  expires_in: z.number().positive(),
  token_type: z.literal("Bearer"),
});

/** The access token of a machine. */
export type MachineToken = z.infer<typeof machineTokenSchema>;

/** A source of tokens that keeps the last one until a minute before its end, and asks once for all who ask at the same time. */
export function keptTokens(ask: () => Promise<MachineToken>, now = Date.now): () => Promise<MachineToken> {
  let kept: { readonly token: MachineToken; readonly until: number } | undefined;
  let asking: Promise<MachineToken> | undefined;
  const askOnce = async (): Promise<MachineToken> => {
    const began = now();
    const token = await ask();
    kept = { token, until: began + (token.expires_in - 60) * 1_000 };
    return token;
  };
  return () => {
    if (kept !== undefined && now() < kept.until) return Promise.resolve(left(kept.token, kept.until - now()));
    asking ??= askOnce().finally(() => (asking = undefined));
    return asking;
  };
}

/** The token with the seconds that it is still good for. */
function left(token: MachineToken, untilLastMinuteMs: number): MachineToken {
  return { ...token, expires_in: Math.ceil(untilLastMinuteMs / 1_000) + 60 };
}
