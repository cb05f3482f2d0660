import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { Certificate } from "../../../components/edge/certificate.ts";
import { PublicLoadBalancer } from "../../../components/edge/public-load-balancer.ts";
import { WebAcl } from "../../../components/edge/web-acl.ts";
import { awsOf, PLACE, planned, statements, testKey } from "../planned.ts";

const HOST = "identity.eu-west-1.agents.example.com";
const BFF = "bff.eu.agents.example.com";

const edge = () =>
  planned((opts) => {
    const provider = { provider: awsOf(opts) };
    const { id: vpcId } = new aws.ec2.Vpc("vpc", { cidrBlock: "10.2.0.0/16" }, provider);
    const subnet = new aws.ec2.Subnet("public", { vpcId, cidrBlock: "10.2.96.0/22" }, provider);
    const zone = new aws.route53.Zone("zone", { name: "agents.example.com" }, provider);
    const acl = new WebAcl("acl", { description: "Tests", rules: [], kmsKeyArn: testKey(opts).arn }, opts);
    const certificate = new Certificate("edge", { hosts: [HOST, BFF], zoneId: zone.zoneId }, opts);
    new PublicLoadBalancer(
      "edge",
      {
        place: PLACE,
        vpcId,
        publicSubnetIds: pulumi.all([subnet.id]),
        certificateArn: certificate.arn,
        webAclArn: acl.arn,
      },
      opts,
    );
  });

describe("PublicLoadBalancer", () => {
  it("speaks TLS 1.3 alone, sends HTTP to HTTPS, and answers 404 to what nothing asks for", async () => {
    const plan = await edge();
    expect(plan.inputs("aws:lb/listener:Listener", "edge-https")).toMatchObject({
      port: 443,
      protocol: "HTTPS",
      sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
      defaultActions: [{ type: "fixed-response", fixedResponse: { statusCode: "404" } }],
    });
    expect(plan.inputs("aws:lb/listener:Listener", "edge-http")).toMatchObject({
      port: 80,
      defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443" } }],
    });
  });

  it("listens only once its web ACL is before it", async () => {
    const plan = await edge();
    const guard = plan.one("aws:wafv2/webAclAssociation:WebAclAssociation", "edge");
    expect(plan.one("aws:lb/listener:Listener", "edge-https").dependencies).toContain(guard.urn);
    expect(plan.one("aws:lb/listener:Listener", "edge-http").dependencies).toContain(guard.urn);
  });

  it("writes its record into a bucket that admits the load balancers of the account and region alone", async () => {
    const plan = await edge();
    const [tls, writer] = statements(plan.inputs("aws:s3/bucketPolicy:BucketPolicy", "edge-logs")["policy"]);
    expect(tls).toMatchObject({ Effect: "Deny", Sid: "OnlyByTls" });
    expect(writer).toMatchObject({
      Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      Action: ["s3:PutObject"],
      Condition: {
        ArnLike: { "aws:SourceArn": "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/*" },
      },
    });
    expect(plan.inputs("aws:lb/loadBalancer:LoadBalancer", "edge")).toMatchObject({
      accessLogs: { enabled: true },
      dropInvalidHeaderFields: true,
    });
  });
});

describe("Certificate", () => {
  it("is issued once a record in the zone proves each of its names", async () => {
    const plan = await edge();
    const hosts = [HOST, BFF].map((it) => plan.inputs("aws:route53/record:Record", `edge-${it}`));
    expect(hosts.map((it) => it["type"])).toEqual(["CNAME", "CNAME"]);
    expect(hosts.map((it) => String(it["name"]).endsWith(`.${HOST}.`))).toEqual([true, false]);
    const issued = plan.one("aws:acm/certificateValidation:CertificateValidation", "edge");
    expect(issued.inputs["validationRecordFqdns"]).toHaveLength(2);
    const https = plan.one("aws:lb/listener:Listener", "edge-https");
    expect(https.propertyDependencies?.["certificateArn"]).toContain(issued.urn);
  });
});
