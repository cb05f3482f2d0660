// Written by `npm run build`.

/** What this source builds: the digest of the bundle of each service. */
export const BUNDLES: Readonly<Record<string, `sha256:${string}`>> = {
  "database-setup": "sha256:41532dd4538530bdc264a4d010166d3d89965213d833c790056a6749867bceac",
  "gateway-interceptor": "sha256:a3f5bb066c70406d6c0511f60de81ff154c2fe23fb897691ce609e4f039feaab",
  "mcp-api-integration": "sha256:eb37993a136cf36aea68f5b0a36a46c4e6dc583e588f6a5deca7b0b5b8fd7a97",
  "mcp-custom": "sha256:77db95ccbc766a5cacb2268184a898b1b108f5eb46114d685f3f7ae605bad7e3",
  "mcp-database": "sha256:2886896000299b1ed6c1d8d23855eaa110c2aac595155ca7798e0467a41794f3",
  "mcp-development": "sha256:d2a17022716e6e58dd1c3d870c276f4e1ed93cea30d095979604766e4c4056c1",
  "mcp-files": "sha256:fda19a5b52452d057576c97d7b6de2a808be42be08c5b29a4f53724f311c22b1",
  "token-claims": "sha256:e730872cfa2d62f54fa229189f24af40e799f4190f20222a068a81190e19a2da",
};
