import { document, type Planted, STACKS } from "../environment.ts";

const { acme, environment, lumina, region, xyz } = STACKS;
const ACCOUNT = "111122223333";

/** Roles, trusts and grants of AWS IAM by which somebody reaches what is another tenant's. */
export const identityLeaks: readonly Planted[] = [
  {
    name: "an agent reads another tenant's bucket",
    story: "The coordinator of acme-corp may read the objects of lumina-sa and decrypt them.",
    change: (it) => {
      const bucket = it.arn(lumina, "Bucket", "bucket");
      it.grant(
        acme,
        "agent-coordinator",
        ["s3:GetObject", "kms:Decrypt"],
        [`${bucket}/*`, it.arn(lumina, "Key", "key")],
      );
    },
  },
  {
    name: "an interceptor reads every table",
    story:
      "The interceptor's grant was widened to all tables to save a policy, so it reads the directories of all tenants.",
    change: (it) => it.grant(acme, "interceptor-b2b", "dynamodb:GetItem", `arn:aws:dynamodb:*:${ACCOUNT}:table/*`),
  },
  {
    name: "the files server reads all buckets",
    story: "s3:GetObject on every bucket of the account.",
    change: (it) => it.grant(xyz, "mcp-files-v1", "s3:GetObject", "arn:aws:s3:::*"),
  },
  {
    name: "a server connects to every database",
    story: "rds-db:connect on every cluster, so the server of one tenant signs in at another one's database.",
    change: (it) =>
      it.grant(acme, "mcp-database-v3", "rds-db:connect", `arn:aws:rds-db:*:${ACCOUNT}:dbuser:*/mcp_database`),
  },
  {
    name: "a server reads the API credentials of all tenants",
    story: "The tenant's name in the secret's ARN became a wildcard.",
    change: (it) =>
      it.grant(
        xyz,
        "mcp-api-integration-v2",
        "secretsmanager:GetSecretValue",
        `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:alicerce/*/api/orders-*`,
      ),
  },
  {
    name: "a role is assumed across tenants",
    story: "acme-corp's database server trusts the agent of xyz-gmbh, which may assume it.",
    change: (it) => {
      const agent = it.arn(xyz, "Role", "agent-coordinator");
      it.statements([acme, "Role", "mcp-database-v3"], "assumeRolePolicy", (all) => [
        ...all,
        { Effect: "Allow", Principal: { AWS: agent }, Action: "sts:AssumeRole" },
      ]);
      it.grant(xyz, "agent-coordinator", "sts:AssumeRole", it.arn(acme, "Role", "mcp-database-v3"));
    },
  },
  {
    name: "a role trusts the whole account",
    story: "For debugging, every principal of the account may become the database server of xyz-gmbh.",
    change: (it) =>
      it.statements([xyz, "Role", "mcp-database-v3"], "assumeRolePolicy", (all) => [
        ...all,
        { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: "sts:AssumeRole" },
      ]),
  },
  {
    name: "a role trusts a consultant's account",
    story: "Somebody else's account may become the files server of xyz-gmbh, without an external id.",
    change: (it) =>
      it.statements([xyz, "Role", "mcp-files-v1"], "assumeRolePolicy", (all) => [
        ...all,
        { Effect: "Allow", Principal: { AWS: "arn:aws:iam::999988887777:root" }, Action: "sts:AssumeRole" },
      ]),
  },
  {
    name: "a role can be assumed by any web identity of the cluster",
    story:
      "A role for IRSA accepts each service account named coordinator in any namespace, so any tenant's pod is this tenant's.",
    change: (it) => {
      const issuer = "oidc.eks.eu-west-1.amazonaws.com/id/FA6968F137A936799EC9A7CC40B23BDD";
      it.statements([xyz, "Role", "agent-coordinator"], "assumeRolePolicy", (all) => [
        ...all,
        {
          Effect: "Allow",
          Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}` },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: { StringLike: { [`${issuer}:sub`]: "system:serviceaccount:*:coordinator" } },
        },
      ]);
    },
  },
  {
    name: "pod identity trusts every namespace",
    story: "The conditions on namespace and service account were dropped from the trust of the agent's role.",
    change: (it) =>
      it.statements([xyz, "Role", "agent-coordinator"], "assumeRolePolicy", (all) =>
        all.map((one) => ({ ...one, Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } } })),
      ),
  },
  {
    name: "a pod of one tenant gets the role of another",
    story: "The association of acme-corp's service account names the role of lumina-sa's agent.",
    change: (it) =>
      it.edit(acme, "PodIdentityAssociation", "agent-coordinator", (all) => {
        all["roleArn"] = it.arn(lumina, "Role", "agent-coordinator");
      }),
  },
  {
    name: "a pod in another namespace gets a tenant's role",
    story: "A second association gives the role of xyz-gmbh's agent to a service account in the namespace of a tool.",
    change: (it) =>
      it.copy(xyz, xyz, "PodIdentityAssociation", "agent-coordinator", (all) => {
        all["namespace"] = "monitoring";
        all["serviceAccount"] = "grafana";
      }),
  },
  {
    name: "everything but IAM is allowed",
    story: "An Allow with NotAction gives the agent all of S3, KMS and DynamoDB.",
    change: (it) => {
      const policy = document([{ Effect: "Allow", NotAction: ["iam:*", "organizations:*"], Resource: "*" }]);
      const role = it.output(acme, "Role", "agent-coordinator", "name");
      it.add(acme, "aws:iam/rolePolicy:RolePolicy", "agent-all", { role, policy });
    },
  },
  {
    name: "everything but the own bucket is readable",
    story: "An Allow with NotResource was meant as an exception and gives all other buckets.",
    change: (it) => {
      const policy = document([
        { Effect: "Allow", Action: "s3:GetObject", NotResource: `${it.arn(xyz, "Bucket", "bucket")}/*` },
      ]);
      const role = it.output(xyz, "Role", "mcp-files-v1", "name");
      it.add(xyz, "aws:iam/rolePolicy:RolePolicy", "files-others", { role, policy });
    },
  },
  {
    name: "a user with keys of its own",
    story: "An IAM user with an access key and all rights, for a script on a laptop.",
    change: (it) => {
      it.add(xyz, "aws:iam/user:User", "script", { name: "script" });
      it.add(xyz, "aws:iam/accessKey:AccessKey", "script", { user: "script" });
      it.add(xyz, "aws:iam/userPolicyAttachment:UserPolicyAttachment", "script", {
        user: "script",
        policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
      });
    },
  },
  {
    name: "a group that reads everything",
    story: "A group with an inline policy that reads the objects of all tenants.",
    change: (it) => {
      it.add(environment, "aws:iam/group:Group", "support", { name: "support" });
      const policy = document([{ Effect: "Allow", Action: ["s3:GetObject", "kms:Decrypt"], Resource: "*" }]);
      it.add(environment, "aws:iam/groupPolicy:GroupPolicy", "support", { group: "support", policy });
    },
  },
  {
    name: "ReadOnlyAccess on an agent",
    story: "AWS's managed policy lets the agent read the tables and objects of all tenants.",
    change: (it) =>
      it.add(acme, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "agent-read", {
        role: it.output(acme, "Role", "agent-coordinator", "name"),
        policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
      }),
  },
  {
    name: "managed policies as an input of the role",
    story: "AmazonS3FullAccess by managedPolicyArns, which is no attachment.",
    change: (it) =>
      it.edit(xyz, "Role", "mcp-files-v1", (all) => {
        all["managedPolicyArns"] = ["arn:aws:iam::aws:policy/AmazonS3FullAccess"];
      }),
  },
  {
    name: "an inline policy within the role",
    story: "inlinePolicies of the role itself read the other tenant's secrets.",
    change: (it) =>
      it.edit(xyz, "Role", "mcp-files-v1", (all) => {
        const Resource = it.arn(acme, "Secret", "api-orders");
        all["inlinePolicies"] = [
          { name: "more", policy: document([{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource }]) },
        ];
      }),
  },
  {
    name: "all policies attached at once",
    story: "An exclusive attachment binds a policy that reads all secrets to the roles of two tenants.",
    change: (it) => {
      const policy = document([{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" }]);
      const arn = `arn:aws:iam::${ACCOUNT}:policy/alicerce/secrets`;
      it.add(xyz, "aws:iam/policy:Policy", "secrets", { policy, path: "/alicerce/", name: "secrets" }, { arn });
      it.add(xyz, "aws:iam/policyAttachment:PolicyAttachment", "secrets", {
        policyArn: arn,
        roles: [it.output(xyz, "Role", "mcp-files-v1", "name"), it.output(acme, "Role", "mcp-files-v1", "name")],
      });
    },
  },
  {
    name: "a policy on another tenant's role",
    story: "xyz-gmbh's stack gives acme-corp's server a grant on xyz-gmbh's own bucket.",
    change: (it) =>
      it.add(xyz, "aws:iam/rolePolicy:RolePolicy", "guest", {
        role: it.output(acme, "Role", "mcp-files-v1", "name"),
        policy: document([
          { Effect: "Allow", Action: "s3:GetObject", Resource: `${it.arn(xyz, "Bucket", "bucket")}/*` },
        ]),
      }),
  },
  {
    name: "an agent creates functions with any role",
    story: "iam:PassRole and lambda:CreateFunction: the agent writes a function that runs as another tenant's server.",
    change: (it) =>
      it.grant(acme, "agent-coordinator", ["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"], "*"),
  },
  {
    name: "a server changes its own policies",
    story: "iam:PutRolePolicy on all roles of the platform.",
    change: (it) => it.grant(xyz, "mcp-development-v1", "iam:PutRolePolicy", `arn:aws:iam::${ACCOUNT}:role/alicerce/*`),
  },
  {
    name: "an agent takes the tokens of other agents",
    story: "lambda:InvokeFunction on every token function of the region: it gets tokens of another tenant's clients.",
    change: (it) =>
      it.grant(
        acme,
        "agent-coordinator",
        "lambda:InvokeFunction",
        `arn:aws:lambda:*:${ACCOUNT}:function:agent-*-token-*`,
      ),
  },
  {
    name: "a server replaces code",
    story: "lambda:UpdateFunctionCode on the interceptor of another tenant, through which all calls go.",
    change: (it) =>
      it.grant(acme, "mcp-api-integration-v2", "lambda:UpdateFunctionCode", it.arn(xyz, "Function", "interceptor-b2b")),
  },
  {
    name: "a server pushes images",
    story: "ecr:PutImage on the repositories that all tenants run.",
    change: (it) =>
      it.grant(
        acme,
        "mcp-development-v1",
        ["ecr:PutImage", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload"],
        it.arn(environment, "Repository", "mcp-database-us-east-1"),
      ),
  },
  {
    name: "a boundary that bounds nothing",
    story: "The permissions boundary became Allow * on *.",
    change: (it) =>
      it.edit(environment, "Policy", "boundary", (all) => {
        all["policy"] = document([{ Effect: "Allow", Action: "*", Resource: "*" }]);
      }),
  },
  {
    name: "a role without its boundary",
    story: "A server's role is created without the permissions boundary.",
    change: (it) =>
      it.edit(xyz, "Role", "mcp-database-v3", (all) => {
        delete all["permissionsBoundary"];
      }),
  },
  {
    name: "any repository deploys",
    story: "The deploy role accepts tokens of every repository at GitHub.",
    change: (it) =>
      it.statements([environment, "Role", "deploy"], "assumeRolePolicy", (all) =>
        all.map((one) => ({
          ...one,
          Condition: {
            StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
            StringLike: { "token.actions.githubusercontent.com:sub": "repo:*" },
          },
        })),
      ),
  },
  {
    name: "pull requests deploy",
    story: "Any ref of the repository, also a fork's pull request, may deploy.",
    change: (it) =>
      it.statements([environment, "Role", "deploy"], "assumeRolePolicy", (all) =>
        all.map((one) => ({
          ...one,
          Condition: {
            StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
            StringLike: { "token.actions.githubusercontent.com:sub": "repo:example/alicerce:*" },
          },
        })),
      ),
  },
  {
    name: "certificates become roles",
    story: "IAM Roles Anywhere with a trust anchor of the company's CA, for servers outside AWS.",
    change: (it) =>
      it.add(environment, "aws:rolesanywhere/trustAnchor:TrustAnchor", "company", {
        name: "company",
        enabled: true,
        source: {
          sourceType: "CERTIFICATE_BUNDLE",
          sourceData: { x509CertificateData: "-----BEGIN CERTIFICATE-----" },
        },
      }),
  },
  {
    name: "a cluster administrator for an agent",
    story: "The role of a tenant's agent is a cluster administrator by an EKS access entry.",
    change: (it) => {
      const principalArn = it.arn(xyz, "Role", "agent-coordinator");
      it.add(region, "aws:eks/accessEntry:AccessEntry", "agent", {
        clusterName: "alicerce",
        principalArn,
        type: "STANDARD",
      });
      it.add(region, "aws:eks/accessPolicyAssociation:AccessPolicyAssociation", "agent", {
        clusterName: "alicerce",
        principalArn,
        policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
        accessScope: { type: "cluster" },
      });
    },
  },
];
