// Written by `npm run build`.

/** What this source builds: the digest of the bundle of each service. */
export const BUNDLES: Readonly<Record<string, `sha256:${string}`>> = {
  "database-setup": "sha256:41532dd4538530bdc264a4d010166d3d89965213d833c790056a6749867bceac",
  "gateway-interceptor": "sha256:5e7ec74fe5965f51d5db1110296e7ca9540d0a26b3779171681bd6643a8d168f",
  "mcp-api-integration": "sha256:003cffe5bb0ad81b5531b1906ffe270d643ca821c9b4d89748c83d271c88d8d2",
  "mcp-custom": "sha256:e6acb028f1c4d295441aeadc0356f33bad43342e61469f009775f0eb6b5416a3",
  "mcp-database": "sha256:17aea6ad62b55d24ad501fed4f9536cacad0e7b431653621c0d38da02b7a7e43",
  "mcp-development": "sha256:812fa2c25d94227c136d365e804dfe64b47342b3a7fc8b47223fee65074b8635",
  "mcp-files": "sha256:751567d54587c8e19ce0b13292652d55e14514bc383a48cb471011da7971ade9",
  "token-claims": "sha256:e730872cfa2d62f54fa229189f24af40e799f4190f20222a068a81190e19a2da",
};
