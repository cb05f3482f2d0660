/** TCP port on which AgentCore Runtime calls an MCP server (AWS: "MCP protocol contract"); on EKS the same. */
export const MCP_PORT = 8000;

/** TCP port on which AgentCore Runtime calls an A2A agent (AWS: "A2A protocol contract"); on EKS the same. */
export const A2A_PORT = 9000;

/** TCP port of a BFF, behind the region's load balancer. */
export const BFF_PORT = 8080;
