import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A symmetric key of KMS on loopback, as far as one data key is made and opened by it; `plaintext` is what every data key is. */
export async function dataKeys(plaintext: Buffer) {
  const answers: Readonly<Record<string, object>> = {
    "TrentService.GenerateDataKey": { CiphertextBlob: Buffer.from("sealed").toString("base64") },
    "TrentService.Decrypt": { Plaintext: plaintext.toString("base64") },
  };
  const server = createServer((request, response) => {
    void text(request).then(() => {
      const answer = answers[String(request.headers["x-amz-target"])];
      response.writeHead(answer === undefined ? 400 : 200, { "content-type": "application/x-amz-json-1.1" });
      response.end(JSON.stringify(answer ?? { __type: "UnknownOperationException" }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = (): Promise<void> => {
    server.closeAllConnections();
    return new Promise((resolve) => void server.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
