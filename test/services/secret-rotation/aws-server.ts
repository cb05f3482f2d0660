import { randomBytes, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { closed } from "../../support/table-server.ts";

/** A version of a secret: its text, absent while a rotation has only announced it, and its labels. */
export interface Version {
  text: string | undefined;
  stages: string[];
}

/** A secret of a client at the user pool. */
export interface ClientSecret {
  readonly id: string;
  readonly value: string;
}

/** One secret of Secrets Manager and one client of a user pool, as their API models say they behave, and the pool's token endpoint. */
export interface AwsServer {
  readonly url: string;
  readonly arn: string;
  readonly poolId: string;
  readonly clientId: string;
  readonly versions: Map<string, Version>;
  /** At most two (Amazon Cognito, AddUserPoolClientSecret). */
  readonly clientSecrets: ClientSecret[];
  /** The operations that came, in their order. */
  readonly calls: string[];
  /** Operations of which the next call is done, and answered as a failure. */
  readonly lost: Set<string>;
  /** Announces a rotation, as Secrets Manager does before it calls the function; answers with the version's id. */
  announce(): string;
  close(): Promise<void>;
}

type State = Omit<AwsServer, "url" | "announce" | "close">;
type Call = Readonly<Record<string, string>>;
type Answer = readonly [status: number, body: object];

const fault = (name: string): Answer => [400, { __type: name, message: name }];

/** Serves a client with the one secret that it was created with, and a secret without a value. */
export async function awsServer(): Promise<AwsServer> {
  const state: State = {
    arn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:agent-abcdef",
    poolId: "eu-west-1_abcdefghi",
    clientId: "1example23456789",
    versions: new Map(),
    clientSecrets: [{ id: "1example23456789--0", value: "of the creation" }],
    calls: [],
    lost: new Set(),
  };
  const server = createServer((request, response) => {
    void answered(request, state).then(([status, body]) =>
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const announce = (): string => {
    const id = randomUUID();
    const pending = [...state.versions.values()].find(({ stages }) => stages.includes("AWSPENDING"));
    if (pending !== undefined) pending.stages = pending.stages.filter((it) => it !== "AWSPENDING");
    state.versions.set(id, { text: undefined, stages: ["AWSPENDING"] });
    return id;
  };
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, { url: `http://127.0.0.1:${port}`, announce, close: () => closed(server) });
}

async function answered(request: IncomingMessage, state: State): Promise<Answer> {
  const body = await text(request);
  if (request.url === "/oauth2/token") return token(request.headers.authorization ?? "", state);
  const operation = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
  const answer = OPERATIONS[operation]?.(JSON.parse(body) as Call, state) ?? fault("UnknownOperationException");
  state.calls.push(operation);
  return state.lost.delete(operation) ? fault("InternalErrorException") : answer;
}

function token(authorization: string, { clientId, clientSecrets }: State): Answer {
  const [, basic = ""] = authorization.split(" ");
  const [id, secret] = Buffer.from(basic, "base64").toString().split(":").map(decodeURIComponent);
  const isKnown = id === clientId && clientSecrets.some((it) => it.value === secret);
  return isKnown
    ? [200, { access_token: "a.b.c", expires_in: 900, token_type: "Bearer" }]
    : [400, { error: "invalid_client" }];
}

const OPERATIONS: Readonly<Record<string, (call: Call, state: State) => Answer>> = {
  GetSecretValue: ({ SecretId, VersionId, VersionStage = VersionId === undefined ? "AWSCURRENT" : undefined }, it) => {
    const [id, version] =
      [...it.versions].find(
        ([key, { stages }]) =>
          (VersionId === undefined || key === VersionId) &&
          (VersionStage === undefined || stages.includes(VersionStage)),
      ) ?? [];
    if (SecretId !== it.arn || version?.text === undefined) return fault("ResourceNotFoundException");
    return [200, { ARN: it.arn, VersionId: id, SecretString: version.text, VersionStages: version.stages }];
  },
  DescribeSecret: ({ SecretId }, { arn, versions }) => {
    if (SecretId !== arn) return fault("ResourceNotFoundException");
    const stages = Object.fromEntries([...versions].map(([id, it]) => [id, it.stages]));
    return [200, { ARN: arn, RotationEnabled: true, VersionIdsToStages: stages }];
  },
  PutSecretValue: ({ SecretId, ClientRequestToken = "", SecretString = "", ...rest }, { arn, versions }) => {
    if (SecretId !== arn) return fault("ResourceNotFoundException");
    const before = versions.get(ClientRequestToken);
    if (before?.text !== undefined && before.text !== SecretString) return fault("ResourceExistsException");
    const [stage] = (rest["VersionStages"] as readonly string[] | undefined) ?? ["AWSCURRENT"];
    if (stage === "AWSCURRENT") label(versions, ClientRequestToken);
    versions.set(ClientRequestToken, { text: SecretString, stages: [stage ?? ""] });
    return [200, { ARN: arn, VersionId: ClientRequestToken }];
  },
  UpdateSecretVersionStage: ({ VersionStage, MoveToVersionId = "", RemoveFromVersionId }, { arn, versions }) => {
    const current = [...versions].find(([, { stages }]) => stages.includes("AWSCURRENT"))?.[0];
    if (VersionStage !== "AWSCURRENT" || RemoveFromVersionId !== current) return fault("InvalidParameterException");
    label(versions, MoveToVersionId);
    versions.get(MoveToVersionId)?.stages.push("AWSCURRENT");
    return [200, { ARN: arn }];
  },
  ListUserPoolClientSecrets: (call, it) =>
    ofClient(call, it, () => [200, { ClientSecrets: it.clientSecrets.map(({ id }) => ({ ClientSecretId: id })) }]),
  AddUserPoolClientSecret: (call, it) =>
    ofClient(call, it, () => {
      if (it.clientSecrets.length === 2) return fault("LimitExceededException");
      const added = { id: `${it.clientId}--${it.calls.length + 1}`, value: randomBytes(38).toString("base64url") };
      it.clientSecrets.push(added);
      return [200, { ClientSecretDescriptor: { ClientSecretId: added.id, ClientSecretValue: added.value } }];
    }),
  DeleteUserPoolClientSecret: (call, it) =>
    ofClient(call, it, () => {
      const at = it.clientSecrets.findIndex(({ id }) => id === call["ClientSecretId"]);
      if (at < 0) return fault("ResourceNotFoundException");
      if (it.clientSecrets.length === 1) return fault("InvalidParameterException");
      it.clientSecrets.splice(at, 1);
      return [200, {}];
    }),
};

function ofClient({ UserPoolId, ClientId }: Call, { poolId, clientId }: State, then: () => Answer): Answer {
  return UserPoolId === poolId && ClientId === clientId ? then() : fault("ResourceNotFoundException");
}

/** Takes `AWSCURRENT` from the version that has it, which becomes `AWSPREVIOUS`. */
function label(versions: Map<string, Version>, except: string): void {
  for (const [id, it] of versions) {
    const isCurrent = it.stages.includes("AWSCURRENT");
    it.stages = it.stages.filter((stage) => stage !== "AWSCURRENT" && stage !== "AWSPREVIOUS");
    if (isCurrent && id !== except) it.stages.push("AWSPREVIOUS");
  }
}
