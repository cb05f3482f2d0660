import { RUNTIME_ENDPOINT } from "../../../contracts/identifiers.ts";

const RUNTIME = /^arn:(aws(?:-[a-z]+)*):bedrock-agentcore:([a-z0-9-]+):\d{12}:runtime\/[A-Za-z0-9_-]+$/;

/**
 * Where an agent speaks A2A: a URL as it is, or for the ARN of an AgentCore runtime the URL at which it is invoked (AWS: "Deploy A2A
 * servers in AgentCore Runtime"). Throws `TypeError` for anything else.
 */
export function agentUrl(address: string): URL {
  const [, , region] = RUNTIME.exec(address) ?? [];
  if (region === undefined) return urlOf(address);
  const path = `/runtimes/${encodeURIComponent(address)}/invocations/`;
  return new URL(`https://bedrock-agentcore.${region}.amazonaws.com${path}?qualifier=${RUNTIME_ENDPOINT}`);
}

function urlOf(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new TypeError(`${address} is neither the URL of an agent nor the ARN of a runtime`);
  return url;
}
