import { execFile, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { pythonWith } from "../../../support/python-client.ts";

/** The A2A SDK for Python, as PyPI has it, with what it serves by. */
const SDK = ["a2a-sdk", "1.3.0", "starlette==1.10.0", "sse-starlette==3.7.0", "uvicorn==0.54.0"] as const;

const CLIENT = `
import asyncio, json, sys
import httpx
from google.protobuf.json_format import MessageToDict
from a2a.client import A2ACardResolver, ClientConfig, ClientFactory
from a2a.helpers import new_text_message
from a2a.types.a2a_pb2 import CancelTaskRequest, GetTaskRequest, Role, SendMessageRequest

given = json.load(sys.stdin)

async def said(client, call):
    if call["method"] == "get":
        return [await client.get_task(GetTaskRequest(id=call["id"]))]
    if call["method"] == "cancel":
        return [await client.cancel_task(CancelTaskRequest(id=call["id"]))]
    message = new_text_message(call["text"], role=Role.ROLE_USER)
    return [it async for it in client.send_message(SendMessageRequest(message=message))]

async def main():
    async with httpx.AsyncClient(headers=given["headers"]) as http:
        card = await A2ACardResolver(http, given["url"]).get_agent_card()
        # A card names the host in the cluster; here the agent is on this machine.
        for interface in card.supported_interfaces:
            interface.url = given["url"]
            interface.protocol_version = given["version"]
        config = ClientConfig(httpx_client=http, streaming=given["streaming"])
        client = ClientFactory(config).create(card)
        try:
            answers = [MessageToDict(it) for it in await said(client, given["call"])]
            print(json.dumps({"name": card.name, "answers": answers}))
        except Exception as error:
            print(json.dumps({"refused": type(error).__name__, "message": str(error)}))

asyncio.run(main())
`;

const SERVER = `
import asyncio, json, socket
import uvicorn
from starlette.applications import Starlette
from a2a.helpers import get_message_text, new_data_part, new_task_from_user_message, new_text_message, new_text_part
from a2a.server.agent_execution import AgentExecutor
from a2a.server.request_handlers import DefaultRequestHandler
from a2a.server.routes import create_agent_card_routes, create_jsonrpc_routes
from a2a.server.tasks import InMemoryTaskStore, TaskUpdater
from a2a.types.a2a_pb2 import AgentCapabilities, AgentCard, AgentInterface, AgentSkill

class Echo(AgentExecutor):
    async def execute(self, context, queue):
        text = get_message_text(context.message)
        if text == "message":
            await queue.enqueue_event(new_text_message("No task for that."))
            return
        if context.current_task is None:
            await queue.enqueue_event(new_task_from_user_message(context.message))
        updater = TaskUpdater(queue, context.task_id, context.context_id)
        await updater.start_work()
        if text == "ask":
            await updater.requires_input(updater.new_agent_message([new_text_part("Which order?")]))
        elif text == "reject":
            await updater.reject(updater.new_agent_message([new_text_part("That is not for me.")]))
        else:
            await updater.add_artifact([new_text_part("You said: "), new_text_part(text), new_data_part({"said": text})])
            await updater.complete()
    async def cancel(self, context, queue):
        await TaskUpdater(queue, context.task_id, context.context_id).cancel()

listening = socket.socket()
listening.bind(("127.0.0.1", 0))
listening.listen()
url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
card = AgentCard(
    name="foreign", description="Says what it hears.", version="1.0.0",
    supported_interfaces=[AgentInterface(url=url, protocol_binding="JSONRPC", protocol_version="1.0")],
    capabilities=AgentCapabilities(streaming=True),
    default_input_modes=["text/plain"], default_output_modes=["text/plain"],
    skills=[AgentSkill(id="echo", name="Echo", description="Says it again.", tags=["echo"])],
)
handler = DefaultRequestHandler(agent_executor=Echo(), task_store=InMemoryTaskStore(), agent_card=card)
app = Starlette(routes=[*create_agent_card_routes(card), *create_jsonrpc_routes(handler, "/")])
print(json.dumps({"url": url}), flush=True)
asyncio.run(uvicorn.Server(uvicorn.Config(app, log_level="error")).serve(sockets=[listening]))
`;

/** What the client of the SDK is to do with an agent, and how. */
export interface PythonCall {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly version: "0.3" | "1.0";
  readonly streaming: boolean;
  readonly call:
    { readonly method: "send"; readonly text: string } | { readonly method: "cancel" | "get"; readonly id: string };
}

/** What came of it, as the SDK has read it. */
export interface PythonAnswer {
  readonly name?: string;
  readonly answers?: readonly { readonly [name: string]: unknown }[];
  readonly refused?: string;
  readonly message?: string;
}

/** Calls an agent by the client of the SDK, which finds it by its card. */
export async function callByPython({ url, ...call }: PythonCall): Promise<PythonAnswer> {
  const run = promisify(execFile)(await python(), ["-c", CLIENT]);
  run.child.stdin?.end(JSON.stringify({ ...call, url: url.href }));
  return JSON.parse((await run).stdout) as PythonAnswer;
}

/** An agent that the SDK serves on loopback: it says what it hears, and does something else at the words "message", "ask" and "reject". */
export async function pythonAgent(): Promise<{ readonly url: URL; readonly stop: () => Promise<void> }> {
  const agent = spawn(await python(), ["-c", SERVER], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => agent.once("exit", () => resolve()));
  for await (const line of createInterface({ input: agent.stdout })) {
    const { url } = JSON.parse(line) as { readonly url: string };
    const stop = (): Promise<void> => {
      agent.kill();
      return ended;
    };
    return { url: new URL(url), stop };
  }
  throw new Error("the agent of the A2A SDK for Python did not start");
}

function python(): Promise<string> {
  const [name, version, ...others] = SDK;
  return pythonWith(name, version, others);
}
