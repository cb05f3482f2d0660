import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** The addresses and zones of a VPC. */
export interface VpcArgs {
  /** A /16, `10.<n>.0.0/16`. */
  readonly cidr: `10.${number}.0.0/16`;
  /** Availability Zone ids: unlike names, they mean the same zone in every account. */
  readonly zoneIds: readonly string[];
}

/** A network over several zones whose workloads are all in private subnets; each zone leaves through its own NAT (premise 3). */
export class Vpc extends pulumi.ComponentResource {
  readonly id: pulumi.Output<string>;
  readonly privateSubnetIds: pulumi.Output<string[]>;
  readonly publicSubnetIds: pulumi.Output<string[]>;
  readonly privateRouteTableIds: pulumi.Output<string[]>;
  /** Ids of all of its route tables, by names that say the zone and the kind of their subnets. */
  readonly routeTables: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, { cidr, zoneIds }: VpcArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:network:Vpc", name, {}, opts);
    const tags = { Name: name };

    const vpc = new aws.ec2.Vpc(
      name,
      { cidrBlock: cidr, enableDnsHostnames: true, enableDnsSupport: true, tags },
      { parent: this },
    );
    new aws.ec2.DefaultSecurityGroup(name, { vpcId: vpc.id, ingress: [], egress: [] }, { parent: this });
    // It moves load balancers to hardware that encrypts, and has flow logs say which flows are encrypted.
    new aws.ec2.VpcEncryptionControl(name, { vpcId: vpc.id, mode: "monitor", tags }, { parent: this });
    const internet = new aws.ec2.InternetGateway(name, { vpcId: vpc.id, tags }, { parent: this });
    const publicRoutes = new aws.ec2.RouteTable(`${name}-public`, { vpcId: vpc.id }, { parent: this });
    const toInternet = { routeTableId: publicRoutes.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: internet.id };
    new aws.ec2.Route(`${name}-public`, toInternet, { parent: this });
    const zones = zoneIds.map((zoneId, index) => this.zone(name, { cidr, zoneId, index, vpc, publicRoutes, internet }));

    this.id = vpc.id;
    this.privateSubnetIds = pulumi.all(zones.map((it) => it.privateSubnet.id));
    this.publicSubnetIds = pulumi.all(zones.map((it) => it.publicSubnet.id));
    this.privateRouteTableIds = pulumi.all(zones.map((it) => it.privateRoutes.id));
    this.routeTables = {
      public: publicRoutes.id,
      ...Object.fromEntries(zones.map(({ name: zone, privateRoutes }) => [`${zone}-private`, privateRoutes.id])),
    };
    this.registerOutputs({ id: this.id, privateSubnetIds: this.privateSubnetIds });
  }

  /** One zone: a public subnet that holds nothing but the NAT, and a private subnet that leaves through it. */
  private zone(vpcName: string, { cidr, zoneId, index, vpc, publicRoutes, internet }: ZoneArgs): Zone {
    const name = `${vpcName}-${zoneId}`;
    const subnet = (kind: "public" | "private", cidrBlock: string, role: string): aws.ec2.Subnet =>
      new aws.ec2.Subnet(
        `${name}-${kind}`,
        {
          vpcId: vpc.id,
          availabilityZoneId: zoneId,
          cidrBlock,
          mapPublicIpOnLaunch: false,
          tags: { Name: `${name}-${kind}`, [`kubernetes.io/role/${role}`]: "1" },
        },
        { parent: this },
      );

    const publicSubnet = subnet("public", publicBlock(cidr, index), "elb");
    const publicTable = { subnetId: publicSubnet.id, routeTableId: publicRoutes.id };
    new aws.ec2.RouteTableAssociation(`${name}-public`, publicTable, { parent: this });
    const address = new aws.ec2.Eip(name, { domain: "vpc" }, { parent: this, dependsOn: [internet] });
    const nat = new aws.ec2.NatGateway(
      name,
      { subnetId: publicSubnet.id, allocationId: address.id, connectivityType: "public" },
      { parent: this, dependsOn: [internet] },
    );

    const privateSubnet = subnet("private", privateBlock(cidr, index), "internal-elb");
    const privateRoutes = new aws.ec2.RouteTable(`${name}-private`, { vpcId: vpc.id }, { parent: this });
    const toNat = { routeTableId: privateRoutes.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: nat.id };
    new aws.ec2.Route(`${name}-private`, toNat, { parent: this });
    const privateTable = { subnetId: privateSubnet.id, routeTableId: privateRoutes.id };
    new aws.ec2.RouteTableAssociation(`${name}-private`, privateTable, { parent: this });
    return { name: zoneId, publicSubnet, privateSubnet, privateRoutes };
  }
}

interface ZoneArgs {
  readonly cidr: string;
  readonly zoneId: string;
  readonly index: number;
  readonly vpc: aws.ec2.Vpc;
  readonly publicRoutes: aws.ec2.RouteTable;
  readonly internet: aws.ec2.InternetGateway;
}

interface Zone {
  readonly name: string;
  readonly publicSubnet: aws.ec2.Subnet;
  readonly privateSubnet: aws.ec2.Subnet;
  readonly privateRoutes: aws.ec2.RouteTable;
}

/** 8,192 addresses for each zone's pods, runtimes and endpoints. */
export function privateBlock(cidr: string, index: number): string {
  return cidr.replace(".0.0/16", `.${index * 32}.0/19`);
}

/** 1,024 addresses for each zone's NAT and load balancers. */
export function publicBlock(cidr: string, index: number): string {
  return cidr.replace(".0.0/16", `.${96 + index * 4}.0/22`);
}
