/** What a load balancer and the node ask a BFF: 200 says that it takes requests. The answer needs no store and no agent. */
export const BFF_HEALTH_PATH = "/ping";
