import { generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { closed } from "./table-server.ts";

/** A key of type `ECC_NIST_P256` on loopback that speaks the JSON protocol of KMS, as far as signing needs it. */
export interface KmsServer {
  readonly url: string;
  readonly keyArn: string;
  /** SPKI in PEM. */
  readonly publicKey: string;
  /** How often it signed. */
  signatures: number;
  /** Turns the signature that KMS would answer into another one. */
  spoil: (der: Buffer) => Buffer | undefined;
  close(): Promise<void>;
}

interface SignCall {
  readonly KeyId: string;
  readonly Message: string;
  readonly MessageType: string;
  readonly SigningAlgorithm: string;
}

/** Makes a key and serves it. */
export async function kmsServer(): Promise<KmsServer> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const state = {
    keyArn: "arn:aws:kms:eu-west-1:111122223333:key/mrk-0123456789abcdef",
    publicKey: publicKey.export({ format: "pem", type: "spki" }).toString(),
    signatures: 0,
    spoil: (der: Buffer): Buffer | undefined => der,
  };
  const answer = ({ KeyId, Message, MessageType, SigningAlgorithm }: SignCall): object => {
    if (KeyId !== state.keyArn) return { __type: "NotFoundException" };
    if (MessageType !== "RAW" || SigningAlgorithm !== "ECDSA_SHA_256") return { __type: "ValidationException" };
    state.signatures += 1;
    const signature = state.spoil(sign("sha256", Buffer.from(Message, "base64"), privateKey));
    return { KeyId, SigningAlgorithm, ...(signature && { Signature: signature.toString("base64") }) };
  };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const isSign = request.headers["x-amz-target"] === "TrentService.Sign";
      const output = isSign ? answer(JSON.parse(body) as SignCall) : { __type: "UnknownOperationException" };
      response
        .writeHead("__type" in output ? 400 : 200, { "content-type": "application/x-amz-json-1.1" })
        .end(JSON.stringify(output));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, { url: `http://127.0.0.1:${port}`, close: () => closed(server) });
}
