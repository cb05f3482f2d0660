import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { LogBucket } from "../data/log-bucket.ts";
import type { Statement } from "../identity/policy-document.ts";
import type { Place } from "../place.ts";

/** Where a load balancer is, and what guards it. */
export interface PublicLoadBalancerArgs {
  readonly place: Place;
  readonly vpcId: pulumi.Input<string>;
  readonly publicSubnetIds: pulumi.Input<string[]>;
  readonly certificateArn: pulumi.Input<string>;
  readonly webAclArn: pulumi.Input<string>;
}

/** TLS 1.3 and nothing older (Elastic Load Balancing, security policies for HTTPS listeners). */
export const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-3-2021-06";

/** The one way from the internet into the region's cluster: it ends TLS, keeps a record, and answers 404 to what nothing asks for (premise 3). */
export class PublicLoadBalancer extends pulumi.ComponentResource {
  readonly balancer: aws.lb.LoadBalancer;
  readonly securityGroupId: pulumi.Output<string>;
  /** Where access logs of load balancers go. */
  readonly logBucket: pulumi.Output<string>;
  /** ARN of its HTTPS listener, once the web ACL is before it. */
  readonly listenerArn: pulumi.Output<string>;

  constructor(name: string, args: PublicLoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:edge:PublicLoadBalancer", name, {}, opts);
    const parent = { parent: this };
    const { place, vpcId, publicSubnetIds, certificateArn, webAclArn } = args;
    const logs = new LogBucket(`${name}-logs`, { place, writers: (arn) => [writes(arn, place)] }, parent);
    const group = new aws.ec2.SecurityGroup(
      name,
      { vpcId, description: "From the internet to the load balancer", ingress: [open(80), open(443)] },
      parent,
    );
    this.balancer = new aws.lb.LoadBalancer(
      name,
      {
        internal: false,
        loadBalancerType: "application",
        subnets: publicSubnetIds,
        securityGroups: [group.id],
        accessLogs: { bucket: logs.bucketName, enabled: true },
        dropInvalidHeaderFields: true,
        desyncMitigationMode: "defensive",
        enableDeletionProtection: true,
      },
      parent,
    );
    const guard = new aws.wafv2.WebAclAssociation(name, { resourceArn: this.balancer.arn, webAclArn }, parent);

    this.securityGroupId = group.id;
    this.logBucket = logs.bucketName;
    this.listenerArn = this.listen(name, certificateArn, guard);
    this.registerOutputs({ listenerArn: this.listenerArn });
  }

  private listen(name: string, certificateArn: pulumi.Input<string>, guard: pulumi.Resource): pulumi.Output<string> {
    const guarded = { parent: this, dependsOn: [guard] };
    const loadBalancerArn = this.balancer.arn;
    const http = { port: 80, protocol: "HTTP", defaultActions: [TO_HTTPS] };
    new aws.lb.Listener(`${name}-http`, { loadBalancerArn, ...http }, guarded);
    const https = { port: 443, protocol: "HTTPS", sslPolicy: TLS_POLICY, certificateArn, defaultActions: [NOTHING] };
    return new aws.lb.Listener(`${name}-https`, { loadBalancerArn, ...https }, guarded).arn;
  }
}

const TO_HTTPS = { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } };

/** The answer to a path that nobody serves. */
export const NOTHING = {
  type: "fixed-response",
  fixedResponse: { contentType: "text/plain", messageBody: "Not found", statusCode: "404" },
};

function open(port: number): aws.types.input.ec2.SecurityGroupIngress {
  const description = port === 80 ? "HTTP, to be sent to HTTPS" : "HTTPS from the internet";
  return { protocol: "tcp", fromPort: port, toPort: port, cidrBlocks: ["0.0.0.0/0"], description };
}

/** Lets Elastic Load Balancing write access logs of the account's load balancers. */
function writes(arn: pulumi.Output<string>, { account, region }: Place): Statement {
  return {
    Sid: "AccessLogs",
    Effect: "Allow",
    Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
    Action: ["s3:PutObject"],
    Resource: pulumi.interpolate`${arn}/AWSLogs/${account}/*`,
    Condition: { ArnLike: { "aws:SourceArn": `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/*` } },
  };
}
