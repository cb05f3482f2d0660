/** What a node of an EC2 instance type has, before the node itself takes its part. */
export interface InstanceSize {
  readonly cpus: number;
  readonly memoryGib: number;
}

/** GiB of memory for each vCPU, by the first letter of the family (Amazon EC2, "Instance types": compute, general, memory optimized). */
const GIB_PER_CPU: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 };

/** Families of the fifth generation and later, whose sizes grow by doubling; only those with Graviton processors have `medium`. */
const TYPE = /^([cmr])[5-9]([a-z]*)\.(medium|large|xlarge|(?:2|4|8|12|16|24)xlarge)$/;

/** The size of an instance type of the families C, M and R; `undefined` for a type that is not one of these. */
export function instanceSize(type: string): InstanceSize | undefined {
  const [, family = "", processor = "", size = ""] = TYPE.exec(type) ?? [];
  const perCpu = GIB_PER_CPU[family];
  if (perCpu === undefined || (size === "medium" && !processor.startsWith("g"))) return undefined;
  const cpus = cpusOf(size);
  return { cpus, memoryGib: cpus * perCpu };
}

/**
 * The families C, M and R whose instances encrypt what they send each other (Amazon EC2 user guide, "Encryption in transit"): the seventh
 * generation and later; of the sixth, all without a Graviton processor, and C6gn; of the fifth, those for networks, named with an `n`.
 */
const ENCRYPTING = /^(?:[cmr][7-9][a-z]*|[cmr]6(?!g)[a-z]*|c6gn|[cmr]5d?n|m5zn)\./;

/** Whether instances of a type encrypt what they send each other; false for what is not known. */
export function encryptsInTransit(type: string): boolean {
  return ENCRYPTING.test(type);
}

function cpusOf(size: string): number {
  const small = { medium: 1, large: 2 }[size];
  return small ?? 4 * Number(/^\d+/.exec(size)?.[0] ?? 1);
}

/** The share of memory that the hypervisor takes (Karpenter, setting `vm-memory-overhead-percent`). */
const HYPERVISOR = 0.075;

/** What the kubelet keeps for the system and before it evicts: CPUs, and GiB for up to 58 pods (Amazon EKS, `bootstrap.sh`). */
const KUBELET = { cpus: 0.15, memoryGib: 0.8 } as const;

/** What is left of a node for pods: less than it has in any case, so that a pod that fits this fits the node. */
export function roomOn({ cpus, memoryGib }: InstanceSize): InstanceSize {
  return { cpus: cpus - KUBELET.cpus, memoryGib: memoryGib * (1 - HYPERVISOR) - KUBELET.memoryGib };
}
