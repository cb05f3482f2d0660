import { environment } from "./schema.ts";

/** Of a key that nobody has: a company's directory signs with its own. */
const CERTIFICATE =
  "MIIDEzCCAfugAwIBAgIUQ23Wz83nCFEQ++V4jHSUFbodtIIwDQYJKoZIhvcNAQELBQAwHDEaMBgGA1UEAwwRbG9naW4uZXhhbXBsZS5jb20wHhcNMjYxMTI5MTcyOTA5WhcNNDYxMTI0MTcyOTA5WjAcMRowGAYDVQQDDBFsb2dpbi5leGFtcGxlLmNvbTCCASIwDQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEBANa4SHZRS48pXwhMQZibLHarKp7UAwMpSdwjaBiaXqZRXANZSERzw99WghgfCqZ/nk17PsMUW8KKQuIAx1h8g9M337oYiyI6qlyGPsX6z27VqpWY+Xq4wIR3738wQiS4lBfdEbHr3w/MyXChlhpI5ya//SA64HugP70K7PUHjRko1TcS8k3MmtZ+AtO97daDAsvVKdqwZaIt2m1aw7EOK/wc8YHWT2iyGOdeznRco6NmrR6sPSqmX1eKTfKiapD1NeHjoeuSgo2BixcGcKGzzCjApKb5RVi67CVMcauLhxNKuXFQjP1xp/jjOWXL7O1WRefYRDDNdmv6jMfHpEHuFYsCAwEAAaNNMEswHQYDVR0OBBYEFNF3WSDgVw66BjevxSEAVMFazcxOMB8GA1UdIwQYMBaAFNF3WSDgVw66BjevxSEAVMFazcxOMAkGA1UdEwQCMAAwDQYJKoZIhvcNAQELBQADggEBADhWEn1oWuIUZRukZSGHbgWsndLK8FMalxGVlTAfB+htIvW5Ct74mgwF44Um2mLJuCK3hOPnDnBK7iENqtSX9U1KYZHHLj0bAFhfqPtMzSK2f5qLzIGJIghHz+VbLXUyLx1IvevGjunjkktXdmqhplNcnJU8j7RTRvCTjmEba/CXzUT26rbmQMy6BApUHu/z8NozCqmAWr2nzqrFOcBUS894xqMHL4Qu+qTUHQC6VvRJHkaeyKCzXSE0AHAyF+cLyJDawsFJZWbzqeij0TDzv0F22eThB4g3cPEDpEjlnTmpqsLN0uBMzhqFxpfV2HMkmFy5uQ2Auz40ZGVw2jbCwT0=";

/** One European region, sized for rehearsals: what works here works in production. */
export const staging = environment({
  name: "staging",
  account: "222233334444",
  domain: "staging.agents.example.com",
  repository: "example/alicerce",
  agentHosting: "eks",
  models: { eu: "anthropic.claude-sonnet-4-5-20250929-v1:0" },
  alerts: ["staging-alerts@example.com"],
  regions: {
    "eu-west-1": {
      cidr: "10.32.0.0/16",
      instanceTypes: ["m6i.large", "m6i.xlarge"],
      agents: { min: 1, max: 3, targetCpuPercent: 70 },
    },
  },
  tenants: {
    "xyz-gmbh": {
      residency: "eu",
      regions: ["eu-west-1"],
      scenarios: ["internal", "b2c", "b2b"],
      webhookHosts: ["hooks.partner.example.com"],
      directory: {
        name: "XYZ",
        entityId: "https://login.example.com/xyz",
        signOn: "https://login.example.com/xyz/saml2",
        certificates: [CERTIFICATE],
        attributes: { email: "email", givenName: "givenName", familyName: "familyName", groups: "groups" },
        groups: { developers: ["xyz-platform"], devops: ["xyz-operations"], "qa-engineers": ["xyz-quality"] },
      },
    },
  },
});
