import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { newSecret } from "../../../../../services/bff/b2b/webhooks/signing/secrets.ts";
import { signatureHeaders, webhookFault } from "../../../../../services/bff/b2b/webhooks/signing/signature.ts";
import { hasPython, pythonWith } from "../../../../support/python-client.ts";

/** Standard Webhooks for Python, as PyPI has it. */
const VERSION = "1.1.0";

const VERIFY = `
import json, sys
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
given = json.load(sys.stdin)
try:
    print(json.dumps(Webhook(given["secret"]).verify(given["body"], given["headers"])))
except WebhookVerificationError as error:
    print(json.dumps({"refused": str(error)}))
`;

const SIGN = `
import datetime, json, sys
from standardwebhooks.webhooks import Webhook
given = json.load(sys.stdin)
at = datetime.datetime.fromtimestamp(given["at"], datetime.timezone.utc)
print(json.dumps(Webhook(given["secret"]).sign(given["id"], at, given["body"])))
`;

async function python(program: string, given: object): Promise<unknown> {
  const run = promisify(execFile)(await pythonWith("standardwebhooks", VERSION), ["-c", program]);
  run.child.stdin?.end(JSON.stringify(given));
  return JSON.parse((await run).stdout);
}

describe.skipIf(!hasPython())("Standard Webhooks for Python", () => {
  const [old, fresh] = [newSecret(), newSecret()];
  const body = '{"type":"order.shipped","data":{"name":"Ação € 😀"}}';
  const id = "msg_1";

  it("verifies what we sign, by each of two secrets, and refuses it by a third and once it was changed", async () => {
    const headers = signatureHeaders({ id, body, at: Date.now() }, [fresh, old]);
    for (const secret of [old, fresh])
      expect(await python(VERIFY, { secret, body, headers })).toEqual(JSON.parse(body));
    const refused = { refused: "No matching signature found" };
    expect(await python(VERIFY, { secret: newSecret(), body, headers })).toEqual(refused);
    expect(await python(VERIFY, { secret: old, body: `${body} `, headers })).toEqual(refused);
  });

  it("signs what we verify", async () => {
    const at = Math.floor(Date.now() / 1_000);
    const signature = (await python(SIGN, { secret: old, id, body, at })) as string;
    const message = { id, body, signature, timestamp: String(at) };
    expect(webhookFault(message, [fresh, old], Date.now())).toBeUndefined();
    expect(webhookFault(message, [fresh], Date.now())).toBe("signature");
  });
});
