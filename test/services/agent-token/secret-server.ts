import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { closed } from "../../support/table-server.ts";

/** A secret on loopback that speaks the JSON protocol of Secrets Manager, as far as reading it needs that. */
export interface SecretServer {
  readonly url: string;
  readonly arn: string;
  text: string;
  close(): Promise<void>;
}

/** Serves one secret. */
export async function secretServer(text: string): Promise<SecretServer> {
  const state = { arn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:agent-abcdef", text };
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      const isRead = request.headers["x-amz-target"] === "secretsmanager.GetSecretValue";
      const isOurs = (body as { readonly SecretId?: string }).SecretId === state.arn;
      const output = isRead && isOurs ? { SecretString: state.text } : { __type: "ResourceNotFoundException" };
      response
        .writeHead(isRead && isOurs ? 200 : 400, { "content-type": "application/x-amz-json-1.1" })
        .end(JSON.stringify(output));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, { url: `http://127.0.0.1:${port}`, close: () => closed(server) });
}
