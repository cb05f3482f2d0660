// Written by `npm run build`.

/** What this source builds: the digest of the bundle of each service. */
export const BUNDLES: Readonly<Record<string, `sha256:${string}`>> = {
  "database-setup": "sha256:41532dd4538530bdc264a4d010166d3d89965213d833c790056a6749867bceac",
  "gateway-interceptor": "sha256:801886da35c8767fa29d5e26589d744c6feeeeeea45e8608e3b6b714abe0e24d",
  "mcp-api-integration": "sha256:eb37993a136cf36aea68f5b0a36a46c4e6dc583e588f6a5deca7b0b5b8fd7a97",
  "mcp-custom": "sha256:3d74eca5d87f2bf2f59cf9a0d3c424357877dd94c70a4c5a9b58d4cdc6a0200d",
  "mcp-database": "sha256:7322a79436d0dc8877441250bb38032f7127dfd15b94fde6c5b21889dd6543e5",
  "mcp-development": "sha256:5d54a24a41d4d6f927cbb1a1b0bfc6318aa26d179c5394dcb900aa6c8c5edfb9",
  "mcp-files": "sha256:07ae741d4eabb740922f19d74c9f03d61689c88af06f4cdb7c76329f193281e6",
  "token-claims": "sha256:e730872cfa2d62f54fa229189f24af40e799f4190f20222a068a81190e19a2da",
};
