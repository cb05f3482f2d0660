/** Types that hold programs or other types, by their tokens, and what they are. */
const OPAQUE: readonly (readonly [tokens: RegExp, what: string])[] = [
  [/^(?:aws|aws-native):cloudformation[/:]/, "a CloudFormation stack holds resources of its own"],
  [/^aws:cloudcontrol\//, "Cloud Control makes a resource of any type"],
  [/^aws:servicecatalog\//, "a product of Service Catalog holds resources of its own"],
  [/^aws:serverlessrepository\//, "an application of the Serverless Repository holds resources of its own"],
  [/^aws-native:index:(?:Extension|Custom)Resource/, "it makes a resource of any type"],
  [/^kubernetes:helm\.sh\//, "a Helm chart holds objects of its own"],
  [/^kubernetes:kustomize/, "Kustomize makes objects of its own from files"],
  [/^kubernetes:yaml[/:]/, "YAML holds objects of its own"],
  [/^kubernetes:.*List$/, "a list holds objects of its own"],
  [/^kubernetes:.*Patch$/, "a patch changes an object of which the rest is not known"],
  [/^pulumi-\w+:dynamic[/:]/, "a dynamic provider is a program"],
  [/^command:/, "a command is a program"],
  [/^terraform-(?:module|provider)[/:]|^terraform:/, "Terraform makes resources of its own"],
];

/** Why nothing can be understood of a type by its inputs; `undefined` for a type of which it can. */
export function whyOpaque(type: string): string | undefined {
  return OPAQUE.find(([tokens]) => tokens.test(type))?.[1];
}
