// Written by `npm run build`.

/** What this source builds: the digest of the bundle of each service. */
export const BUNDLES: Readonly<Record<string, `sha256:${string}`>> = {
  "database-setup": "sha256:41532dd4538530bdc264a4d010166d3d89965213d833c790056a6749867bceac",
  "gateway-interceptor": "sha256:9acf6d08562f31658beff27aa8a7f6ab9d1d784f480e10161873afd53a459265",
  "mcp-api-integration": "sha256:2fb260ab3c324111b33cbc600897268b8552b66829bb6a6d91563b8862227dd7",
  "mcp-custom": "sha256:2533854495b3c77940518c5d9c0fd5276ec40efdc7cbd1c399d65b2786e9e35e",
  "mcp-database": "sha256:7a81c35faf0a68af2c4a4a5d72d2c732f8590c165c365c40383f68a4bfd45539",
  "mcp-development": "sha256:3f89f2f13bfd4730deeee0d588684938f7b6609fc2c66359277bb3f9ecd1659f",
  "mcp-files": "sha256:7aeb6517af18e30012a806cbc5a886043dd9f8b89a23db573b11d80051729ed8",
  "token-claims": "sha256:e730872cfa2d62f54fa229189f24af40e799f4190f20222a068a81190e19a2da",
};
