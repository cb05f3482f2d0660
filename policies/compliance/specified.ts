import { CONTROL, type Control } from "../engine/frameworks.ts";
import { type Framework, type ListedControl, uncovered } from "./framework.ts";

/** The frameworks that the specification lists ("Conformidade e Certificações"); each rule names its controls in them itself. */
export const SPECIFIED: readonly Framework[] = [
  framework(
    "SOC 2",
    "the common criteria CC6 to CC8 of a Type II report, and those on availability and confidentiality",
    [
      uncovered(
        "CC1 to CC5",
        "control environment, communication, risk, monitoring, control activities",
        "organisation",
      ),
      uncovered("CC6.4", "physical access", "provider"),
      uncovered("CC6.5", "disposal of data and software", "operation"),
      uncovered("CC6.8", "unauthorized or malicious software", "missing"),
      uncovered("CC7.1", "detection of vulnerabilities", "operation"),
      uncovered("CC7.3", "evaluation of security events", "operation"),
      uncovered("CC7.4", "response to incidents", "operation"),
      uncovered("CC7.5", "recovery from incidents", "operation"),
      uncovered("CC9", "risk mitigation and vendors", "organisation"),
      uncovered("A1.3", "tests of recovery", "operation"),
      uncovered("C1.1", "confidential information is identified", "organisation"),
      uncovered("C1.2", "confidential information is disposed of", "operation"),
      uncovered("PI1", "integrity of processing", "application"),
      uncovered("P1 to P8", "privacy notices, choice and consent", "organisation"),
    ],
  ),
  framework("ISO 27001", "Annex A: the technological controls, and those of the other themes that a plan can show", [
    uncovered("A.5, the others", "policies, roles, suppliers, incidents, law", "organisation"),
    uncovered("A.6", "people", "organisation"),
    uncovered("A.7", "buildings and equipment", "provider"),
    uncovered("A.8.1", "user endpoint devices", "organisation"),
    uncovered("A.8.4", "access to source code", "organisation"),
    uncovered("A.8.7", "protection against malware", "missing"),
    uncovered("A.8.8", "management of technical vulnerabilities", "operation"),
    uncovered("A.8.10", "information deletion", "operation"),
    uncovered("A.8.11", "data masking", "application"),
    uncovered("A.8.12", "prevention of data leakage", "missing"),
    uncovered("A.8.14", "redundancy of information processing", "missing"),
    uncovered("A.8.17", "clock synchronisation", "provider"),
    uncovered("A.8.18", "privileged utility programs", "missing"),
    uncovered("A.8.19", "installation of software on operational systems", "operation"),
    uncovered("A.8.21", "security of network services", "provider"),
    uncovered("A.8.23", "web filtering", "missing"),
    uncovered(
      "A.8.25 to A.8.31, A.8.33, A.8.34",
      "secure development, tests, separation of environments",
      "organisation",
    ),
  ]),
  framework("PCI DSS", "the requirements that a plan can show; a tenant's card data makes the others its own", [
    uncovered("1.2", "network security controls are configured and maintained", "operation"),
    uncovered("2.2", "system components are configured securely", "missing"),
    uncovered("3.2 to 3.4, 3.7", "storage, display and key custody of account data", "application"),
    uncovered("4.2", "strong cryptography during transmission of card data", "missing"),
    uncovered("5", "malicious software", "missing"),
    uncovered("6.2 to 6.4", "secure software and vulnerabilities", "organisation"),
    uncovered("9", "physical access", "provider"),
    uncovered("10.4", "audit logs are reviewed", "operation"),
    uncovered("11", "tests of security", "operation"),
    uncovered("12", "policies and programs", "organisation"),
  ]),
  framework("GDPR", "the articles that a plan can show", [
    uncovered("Art. 5, the others", "lawfulness, purpose, accuracy, storage limits", "organisation"),
    uncovered("Art. 12 to 23", "rights of the data subject", "application"),
    uncovered("Art. 28", "processors", "organisation"),
    uncovered("Art. 30", "records of processing", "organisation"),
    uncovered("Art. 33, 34", "notice of breaches", "operation"),
    uncovered("Art. 35", "impact assessment", "organisation"),
    uncovered("Art. 45 to 49", "grounds for transfers", "organisation"),
  ]),
];

function framework(name: Control["framework"], scope: string, rest: readonly ListedControl[]): Framework {
  const named: readonly Control[] = Object.values(CONTROL).filter((it) => it.framework === name);
  const controls = [...named.map(({ reference, about }) => ({ reference, about })), ...rest];
  return { name, version: named[0]?.version ?? "", scope, controls };
}
