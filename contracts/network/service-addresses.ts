/** The addresses of the cluster's Services: outside of every VPC, which are all in 10.0.0.0/8. It cannot change while a cluster lives. */
export const SERVICE_CIDR = "172.20.0.0/16";

/** The address of the cluster's DNS: EKS gives it the tenth of the range. */
export const DNS_ADDRESS = "172.20.0.10";
