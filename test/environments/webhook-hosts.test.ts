import { describe, expect, it } from "vitest";
import { faultsOf } from "../../environments/faults.ts";
import { staging } from "../../environments/staging.ts";

/** What is said of staging when its tenant may have webhooks sent to these hosts. */
function found(webhookHosts: unknown): readonly string[] {
  const tenant = { ...staging.tenants["xyz-gmbh"], webhookHosts };
  const changed = { ...staging, tenants: { "xyz-gmbh": tenant } };
  return faultsOf("staging", { staging: changed }).map(({ key }) => key);
}

describe("the hosts of a tenant's webhooks", () => {
  it.each([undefined, ["hooks.example.com"], ["a.b.c.example.com", "xn--bcher-kva.example"], ["example.com.br"]])(
    "may be %j",
    (hosts) => {
      expect(found(hosts)).toEqual([]);
    },
  );

  it.each([
    ["a wildcard", "*"],
    ["a wildcard of a public suffix", "*.com"],
    ["a wildcard of a public suffix of two labels", "*.com.br"],
    ["a wildcard of a host", "*.hooks.example.com"],
    ["one label", "hooks"],
    ["the own machine", "localhost"],
    ["a name below it", "hooks.localhost"],
    ["a name of the local network", "printer.local"],
    ["a name of a private zone", "orders.xyz.internal"],
    ["a name of a home network", "router.home.arpa"],
    ["a name of a Service in the cluster", "coordinator.xyz-gmbh.svc.cluster.local"],
    ["the name of a node", "ip-10-0-0-1.eu-west-1.compute.internal"],
    ["an address", "10.0.0.1"],
    ["a public address", "203.0.113.7"],
    ["an address of IPv6", "::1"],
    ["the metadata of a machine", "169.254.169.254"],
    ["a service of AWS", "s3.eu-west-1.amazonaws.com"],
    ["anybody's bucket", "loot.s3.amazonaws.com"],
    ["the services of AWS altogether", "amazonaws.com"],
    ["a service of AWS in the domain aws", "eks-auth.eu-west-1.api.aws"],
    ["anybody's user pool", "loot.auth.eu-west-1.amazoncognito.com"],
    ["a URL", "https://hooks.example.com"],
    ["a port", "hooks.example.com:8443"],
    ["capitals", "Hooks.example.com"],
    ["a dot at the end", "hooks.example.com."],
    ["nothing", ""],
    ["no text", 7],
  ])("are not %s", (_, host) => {
    expect(found(["hooks.example.com", host])).toEqual(["tenants.xyz-gmbh.webhookHosts[1]"]);
  });

  it("are not there twice, nor an empty list", () => {
    expect(found(["hooks.example.com", "hooks.example.com"])).toEqual(["tenants.xyz-gmbh.webhookHosts[1]"]);
    expect(found([])).toEqual(["tenants.xyz-gmbh.webhookHosts"]);
  });
});
