import type { Edit } from "../support/project-copy.ts";

/** A mistake in the data of an environment, and what must be said of it. */
export interface WrongEnvironment {
  readonly mistake: string;
  readonly edit: Edit;
  /** The key, as the message writes it. */
  readonly key: string;
  /** What the message must say besides: the wrong value and the nearest valid one, or what is missing. */
  readonly says: string;
  /** Where the message must say that it is, if not in the file that was edited. */
  readonly file?: string;
}

const DEVELOPMENT = "environments/development.ts";
const PRODUCTION = "environments/production.ts";
const RESIDENCY = "environments/residency.ts";
const TENANT = '"acme-corp": { residency: "us", regions: ["us-east-1"], scenarios: ["internal", "b2c"] },';
const CIDR = 'cidr: "10.48.0.0/16"';

function inDevelopment(find: string, replace: string): Edit {
  return { file: DEVELOPMENT, find, replace };
}

function tenant(replace: string): Edit {
  return inDevelopment(TENANT, `${replace},`);
}

/** One wrong edit each; none of them is seen by a Node.js that strips types. */
export const WRONG_ENVIRONMENTS: readonly WrongEnvironment[] = [
  {
    mistake: "a scenario with one wrong character",
    edit: inDevelopment('"b2c"', '"b2x"'),
    key: "tenants.acme-corp.scenarios[1]",
    says: '"b2x": did you mean "b2c"?',
  },
  {
    mistake: "a scenario twice",
    edit: inDevelopment('"b2c"', '"internal"'),
    key: "tenants.acme-corp.scenarios[1]",
    says: '"internal" is there twice',
  },
  {
    mistake: "no scenario",
    edit: inDevelopment('["internal", "b2c"]', "[]"),
    key: "tenants.acme-corp.scenarios",
    says: "at least one is needed",
  },
  {
    mistake: "an unknown residency",
    edit: { file: PRODUCTION, find: '"norda-ab": { residency: "eu"', replace: '"norda-ab": { residency: "uk"' },
    key: "tenants.norda-ab.residency",
    says: '"uk": did you mean "',
  },
  {
    mistake: "a tenant of the EU in a region of the US",
    edit: inDevelopment('residency: "us"', 'residency: "eu"'),
    key: "tenants.acme-corp.regions[0]",
    says: '"us-east-1": data of residency "eu" may only be in eu-west-1, eu-central-1',
  },
  {
    mistake: "a tenant in a region that was removed",
    edit: { file: PRODUCTION, find: '    "sa-east-1": {\n      cidr', replace: '    "us-east-2": {\n      cidr' },
    key: "tenants.lumina-sa.regions[0]",
    says: '"sa-east-1" is not deployed',
  },
  {
    mistake: "a region that the platform does not know",
    edit: inDevelopment('    "us-east-1": {', '    "us-east-11": {'),
    key: "regions.us-east-11",
    says: 'did you mean "us-east-1"?',
  },
  {
    mistake: "the addresses of another region",
    edit: { file: PRODUCTION, find: '"10.1.0.0/16"', replace: '"10.0.0.0/16"' },
    key: "regions.us-west-2.cidr",
    says: '"10.0.0.0/16" overlaps "10.0.0.0/16" of environments/production.ts: regions.us-east-1.cidr',
  },
  {
    mistake: "addresses around those of another environment",
    edit: inDevelopment(CIDR, 'cidr: "10.32.0.0/12"'),
    key: "regions.us-east-1.cidr",
    says: '"10.32.0.0/12" overlaps "10.32.0.0/16" of environments/staging.ts: regions.eu-west-1.cidr',
  },
  {
    mistake: "addresses that are none",
    edit: inDevelopment(CIDR, 'cidr: "10.480.0.0/16"'),
    key: "regions.us-east-1.cidr",
    says: '"10.480.0.0/16" must be 10.<n>.0.0/16',
  },
  {
    mistake: "a least scale above the greatest",
    edit: inDevelopment("min: 1, max: 2", "min: 30, max: 20"),
    key: "regions.us-east-1.agents.min",
    says: "30 is more than max, which is 20",
  },
  {
    mistake: "a scale that is no whole number",
    edit: inDevelopment("max: 2", "max: 2.5"),
    key: "regions.us-east-1.agents.max",
    says: "2.5 must be a whole number",
  },
  {
    mistake: "an instance type that is none",
    edit: inDevelopment('"m6i.large"', '"m6i large"'),
    key: "regions.us-east-1.instanceTypes[0]",
    says: '"m6i large" must be an EC2 instance type, such as "m6i.large"',
  },
  {
    mistake: "an instance type that encrypts nothing on its way",
    edit: inDevelopment('"m6i.large"', '"m5.large"'),
    key: "regions.us-east-1.instanceTypes[0]",
    says: '"m5.large": did you mean "m6i.large"? (it must be of a family C, M or R whose instances encrypt',
  },
  {
    mistake: "an instance type with an older processor of Graviton",
    edit: inDevelopment('"m6i.large"', '"c6gd.large"'),
    key: "regions.us-east-1.instanceTypes[0]",
    says: '"c6gd.large": did you mean "c7g.large"?',
  },
  {
    mistake: "an instance type of another category",
    edit: inDevelopment('"m6i.large"', '"t3.large"'),
    key: "regions.us-east-1.instanceTypes[0]",
    says: '"t3.large" must be of a family C, M or R whose instances encrypt what they send each other',
  },
  {
    mistake: "a domain that is none",
    edit: inDevelopment('"dev.agents.example.com"', '"agents_example..com"'),
    key: "domain",
    says: '"agents_example..com" must be a DNS name, such as "agents.example.com"',
  },
  {
    mistake: "nobody who is told of alarms",
    edit: inDevelopment('alerts: ["dev-alerts@example.com"]', "alerts: []"),
    key: "alerts",
    says: "at least one is needed",
  },
  {
    mistake: "an address for alarms that is none",
    edit: inDevelopment('"dev-alerts@example.com"', '"dev-alerts"'),
    key: "alerts[0]",
    says: '"dev-alerts" must be an e-mail address or an HTTPS endpoint',
  },
  {
    mistake: "an endpoint for alarms without TLS",
    edit: inDevelopment('"dev-alerts@example.com"', '"http://alerts.example.com"'),
    key: "alerts[0]",
    says: '"http://alerts.example.com" must be an e-mail address or an HTTPS endpoint',
  },
  {
    mistake: "an endpoint for alarms with a secret in it",
    edit: inDevelopment('"dev-alerts@example.com"', '"https://alerts.example.com/hook?key=1"'),
    key: "alerts[0]",
    says: "must be an e-mail address or an HTTPS endpoint without a query",
  },
  {
    mistake: "no model",
    edit: inDevelopment('  models: { us: "anthropic.claude-sonnet-4-5-20250929-v1:0" },\n', ""),
    key: "models",
    says: "must be an object",
  },
  {
    mistake: "no model for a tenant's residency",
    edit: inDevelopment("models: { us:", "models: { eu:"),
    key: "models.us",
    says: "is missing; valid: amazon.nova-pro-v1:0, anthropic.claude-sonnet-4-5-20250929-v1:0",
  },
  {
    mistake: "a model with its geography",
    edit: inDevelopment('"anthropic.claude', '"us.anthropic.claude'),
    key: "models.us",
    says: 'did you mean "anthropic.claude-sonnet-4-5-20250929-v1:0"?',
  },
  {
    mistake: "a key with a wrong character",
    edit: inDevelopment("scenarios:", "scenarois:"),
    key: "tenants.acme-corp.scenarois",
    says: 'is no key here: did you mean "scenarios"?',
  },
  {
    mistake: "an unknown hosting",
    edit: inDevelopment('"runtime"', '"runtim"'),
    key: "agentHosting",
    says: '"runtim": did you mean "runtime"?',
  },
  {
    mistake: "an account of eleven digits",
    edit: inDevelopment('"333344445555"', '"33334444555"'),
    key: "account",
    says: '"33334444555" must be an AWS account id of 12 digits',
  },
  {
    mistake: "the account of another environment",
    edit: inDevelopment('"333344445555"', '"222233334444"'),
    key: "account",
    says: '"222233334444" is the account of environments/staging.ts, too',
  },
  {
    mistake: "the domain of another environment",
    edit: inDevelopment('"dev.agents.example.com"', '"staging.agents.example.com"'),
    key: "domain",
    says: '"staging.agents.example.com" is the domain of environments/staging.ts, too',
  },
  {
    mistake: "the name of another environment",
    edit: inDevelopment('name: "development"', 'name: "developmnt"'),
    key: "name",
    says: '"developmnt": did you mean "development"?',
  },
  {
    mistake: "a tenant twice",
    edit: tenant(`${TENANT}\n    "acme-corp": { residency: "us", regions: ["us-east-1"], scenarios: ["internal"] }`),
    key: "acme-corp",
    says: "is there twice",
  },
  {
    mistake: "a tenant's name with a capital",
    edit: inDevelopment('"acme-corp"', '"Acme-corp"'),
    key: "tenants.Acme-corp",
    says: 'did you mean "acme-corp"?',
  },
  {
    mistake: "a zone of another region",
    edit: { file: RESIDENCY, find: '"use1-az4"', replace: '"usw2-az4"' },
    key: "ZONE_IDS.us-east-1[2]",
    says: '"usw2-az4" must be a zone of us-east-1, such as "use1-az4"',
  },
  {
    mistake: "a zone twice",
    edit: { file: RESIDENCY, find: '"use1-az4"', replace: '"use1-az1"' },
    key: "ZONE_IDS.us-east-1[2]",
    says: '"use1-az1" is there twice',
  },
  {
    mistake: "a scenario of a server with one wrong character",
    edit: {
      file: "releases/releases.ts",
      find: 'scenarios: ["b2b"],\n    releases',
      replace: 'scenarios: ["b2d"],\n    releases',
    },
    key: "MCP_SERVERS.files.scenarios[0]",
    says: '"b2d": did you mean "b2c"?',
  },
];
