import type { StackIndex } from "../../engine/stack-index.ts";
import { unlessUnknown } from "../../engine/three-values.ts";
import { parseArn } from "../arn.ts";
import type { Statement } from "../policy-document.ts";
import { demands } from "./account.ts";
import { isPattern } from "./language/patterns.ts";

const GITHUB = "token.actions.githubusercontent.com";

/** Whether each identity provider that a statement trusts is trusted for one subject and audience; true where it trusts none. */
export function isForOneSubject({ conditions, principals }: Statement, stack: StackIndex): boolean {
  return principals
    .filter(({ kind }) => kind === "Federated")
    .every(({ id }) => {
      const issuer = issuerOf(id);
      const isExact = (it: string): boolean => isSubject(it, issuer, stack);
      return (
        demands(conditions, `${issuer}:aud`, (it) => !isPattern(it), ["StringEquals"]) &&
        (demands(conditions, `${issuer}:sub`, isExact, ["StringEquals"]) ||
          (issuer === GITHUB &&
            demands(conditions, `${issuer}:sub`, (it) => isNamedByPattern(it, stack), ["StringLike"])))
      );
    });
}

/** What the condition keys of an identity provider begin with. */
function issuerOf(id: string): string {
  const resource = parseArn(id)?.resource ?? id;
  return resource.startsWith("saml-provider/") ? "SAML" : resource.replace(/^oidc-provider\//, "");
}

/** A subject without a wildcard; of GitHub one of the environment's own repository, and no pull request, which anybody may open. */
function isSubject(subject: string, issuer: string, stack: StackIndex): boolean {
  if (isPattern(subject)) return false;
  const own = repositoryOf(stack);
  const prefix = own === undefined ? "repo:" : `repo:${own}:`;
  return issuer !== GITHUB || (subject.startsWith(prefix) && !subject.endsWith(":pull_request"));
}

/** Tags, branches and environments of one repository, of which a name's beginning is written out. */
const OF_ONE_REPOSITORY = /^repo:[\w.-]+\/[\w.-]+:(?:ref:refs\/tags\/.|ref:refs\/heads\/[\w.-]|environment:[\w.-])/;

/**
 * Tags of the environment's own repository, which may be named by a pattern: who may push them is for GitHub's rules. In other people's
 * stacks also branches and environments, of any one repository.
 */
function isNamedByPattern(subject: string, stack: StackIndex): boolean {
  const own = repositoryOf(stack);
  return own === undefined ? OF_ONE_REPOSITORY.test(subject) : subject.startsWith(`repo:${own}:ref:refs/tags/`);
}

/** The repository of the stack's environment; `undefined` for a stack whose name is no address. */
function repositoryOf(stack: StackIndex): string | undefined {
  return unlessUnknown(
    () => stack.address.environment.repository,
    () => undefined,
  );
}
