/** TCP port on which AgentCore Runtime calls an MCP server (AWS: "MCP protocol contract"); on EKS the same. */
export const MCP_PORT = 8000;

/** TCP port on which AgentCore Runtime calls an A2A agent (AWS: "A2A protocol contract"); on EKS the same. */
export const A2A_PORT = 9000;
