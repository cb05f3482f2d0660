/** Services of AWS that encrypt what a stack declares, as whoever deploys it. */
const SERVICES = [
  ...["backup", "bedrock-agentcore", "cognito-idp", "dnssec-route53", "dynamodb", "ecr", "eks", "events", "lambda"],
  ...["rds", "s3", "secretsmanager"],
];

/** The names by which AWS KMS knows these services in these regions; `*` stands for all regions. */
export function keyServices(regions: readonly string[]): readonly string[] {
  return regions.flatMap((region) => SERVICES.map((it) => `${it}.${region}.amazonaws.com`));
}
