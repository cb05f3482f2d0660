/** A control of a compliance framework that a rule helps to meet. */
export interface Control {
  readonly framework: "SOC 2" | "ISO 27001" | "PCI DSS" | "GDPR";
  readonly version: string;
  readonly reference: string;
  /** The subject of the control, in a few words. */
  readonly about: string;
}

/** The controls that rules refer to. */
export const CONTROL = {
  soc2LogicalAccess: soc2("CC6.1", "logical access security"),
  soc2Registration: soc2("CC6.2", "registration and authorization of users"),
  soc2LeastPrivilege: soc2("CC6.3", "role-based access and least privilege"),
  soc2Boundary: soc2("CC6.6", "protection from outside the system boundary"),
  soc2Transmission: soc2("CC6.7", "restricted transmission and movement of data"),
  soc2Monitoring: soc2("CC7.2", "monitoring for anomalies"),
  soc2Change: soc2("CC8.1", "change management"),
  soc2Capacity: soc2("A1.1", "capacity management"),
  soc2Recovery: soc2("A1.2", "backup and recovery"),
  isoIdentity: iso("A.5.16", "identity management"),
  isoAccessRights: iso("A.5.18", "access rights"),
  isoPrivacy: iso("A.5.34", "privacy and protection of personal data"),
  isoPrivilegedAccess: iso("A.8.2", "privileged access rights"),
  isoAccessRestriction: iso("A.8.3", "information access restriction"),
  isoAuthentication: iso("A.8.5", "secure authentication"),
  isoCapacity: iso("A.8.6", "capacity management"),
  isoConfiguration: iso("A.8.9", "configuration management"),
  isoBackup: iso("A.8.13", "information backup"),
  isoLogging: iso("A.8.15", "logging"),
  isoMonitoring: iso("A.8.16", "monitoring activities"),
  isoNetwork: iso("A.8.20", "network security"),
  isoSegregation: iso("A.8.22", "segregation of networks"),
  isoCryptography: iso("A.8.24", "use of cryptography"),
  isoChange: iso("A.8.32", "change management"),
  pciNetwork: pci("1.3", "access to and from the cardholder data environment is restricted"),
  pciDataAtRest: pci("3.5", "stored account data is unreadable"),
  pciChange: pci("6.5", "changes are managed securely"),
  pciLeastPrivilege: pci("7.2", "access is defined and assigned by need"),
  pciAuthentication: pci("8.3", "strong authentication"),
  pciAuditLogs: pci("10.2", "audit logs support detection and analysis"),
  pciRetention: pci("10.5", "audit log history is retained"),
  gdprMinimisation: gdpr("Art. 5(1)(c)", "data minimisation"),
  gdprByDesign: gdpr("Art. 25", "data protection by design and by default"),
  gdprSecurity: gdpr("Art. 32", "security of processing"),
  gdprTransfers: gdpr("Art. 44", "transfers to third countries"),
} as const satisfies Readonly<Record<string, Control>>;

function soc2(reference: string, about: string): Control {
  return { framework: "SOC 2", version: "2017", reference, about };
}

function iso(reference: string, about: string): Control {
  return { framework: "ISO 27001", version: "2022", reference, about };
}

function pci(reference: string, about: string): Control {
  return { framework: "PCI DSS", version: "4.0", reference, about };
}

function gdpr(reference: string, about: string): Control {
  return { framework: "GDPR", version: "2016/679", reference, about };
}
