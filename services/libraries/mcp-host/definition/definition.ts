import type { Classification } from "../../../../contracts/classifications.ts";
import type { Permission } from "../../../../contracts/identity/permissions.ts";
import type { Scope } from "../../../../contracts/scopes.ts";
import type {
  CallToolResult,
  GetPromptResult,
  InputRequiredResult,
  ReadResourceResult,
  ServerContext,
  StandardSchemaWithJSON,
} from "@modelcontextprotocol/server";
import * as z from "zod";
import type { TenantContext } from "../../service-kit/tenant-context.ts";

/** Since when something should not be used, when it goes, and what takes its place. */
export interface Deprecation {
  /** The version of the server that deprecated it. */
  readonly since: string;
  /** The day of that version, as yyyy-mm-dd. */
  readonly on: string;
  /** The first day on which it may be gone, as yyyy-mm-dd. */
  readonly removeOn: string;
  readonly use: string;
}

/** What a tool, resource or prompt is handed besides its arguments; the tenant is nowhere else. */
export interface Call<Services> {
  readonly context: TenantContext;
  /** Aborts when the caller leaves, the deadline passes or the host stops. */
  readonly signal: AbortSignal;
  readonly services: Services;
  /** The protocol's own side of the call, for progress and for asking back. */
  readonly protocol: ServerContext;
}

interface Declared {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly scope: Scope;
  /** What the role of the caller must permit. */
  readonly permission: Permission;
  readonly classification: Classification;
  /** The AWS calls that it makes, no more: what its role is granted. */
  readonly awsCalls: readonly `${string}:${string}`[];
  readonly deprecated?: Deprecation;
  /** For what takes longer, or may not take as long, as the host's own deadline. */
  readonly deadlineMs?: number;
}

/** What a tool without an output schema answers: plain text, or the protocol's own result. */
export type ToolAnswer = string | CallToolResult | InputRequiredResult;

/** A tool as the host keeps it, whatever its schemas. */
export interface Tool<Services> extends Declared {
  /** A zod object, or what `fromJsonSchema` makes of a foreign schema. */
  readonly input: StandardSchemaWithJSON;
  readonly output?: StandardSchemaWithJSON;
  run(args: object, call: Call<Services>): Promise<unknown>;
}

/** A resource at one address, or at all the addresses of a template. */
export interface Resource<Services> extends Declared {
  readonly uri: string;
  readonly mimeType?: string;
  /** The resources that exist at a template's addresses; a template that lists none is only known by its shape. */
  list?(call: Call<Services>): Promise<readonly { readonly uri: string; readonly name: string }[]>;
  read(
    uri: URL,
    variables: { readonly [name: string]: string | string[] },
    call: Call<Services>,
  ): Promise<ReadResourceResult>;
}

/** A prompt; its arguments are strings, as the protocol has them. */
export interface Prompt<Services> extends Declared {
  readonly args?: z.ZodObject;
  render(args: object, call: Call<Services>): Promise<GetPromptResult | InputRequiredResult>;
}

type ToolWithOutput<Services, Input extends z.ZodObject, Output extends z.ZodObject> = Declared & {
  readonly input: Input;
  readonly output: Output;
  run(args: z.output<Input>, call: Call<Services>): Promise<z.input<Output>>;
};

type ToolWithoutOutput<Services, Input extends z.ZodObject> = Declared & {
  readonly input: Input;
  run(args: z.output<Input>, call: Call<Services>): Promise<ToolAnswer>;
};

/** Types a tool's arguments and result by its schemas; arguments that it does not know are refused. */
export function defineTool<Services, Input extends z.ZodObject, Output extends z.ZodObject>(
  tool: ToolWithOutput<Services, Input, Output>,
): Tool<Services>;
export function defineTool<Services, Input extends z.ZodObject>(
  tool: ToolWithoutOutput<Services, Input>,
): Tool<Services>;
export function defineTool<Services>(tool: Tool<Services>): Tool<Services> {
  return { ...tool, input: refusingUnknown(tool.input) };
}

/** An argument that a tool does not know is an error, and not an answer to another question, unless its schema says otherwise. */
function refusingUnknown(input: StandardSchemaWithJSON): StandardSchemaWithJSON {
  return input instanceof z.ZodObject && input.def.catchall === undefined ? input.strict() : input;
}

/** Types what a resource reads. */
export const defineResource = <Services>(resource: Resource<Services>): Resource<Services> => resource;

/** Types a prompt's arguments by their schema. */
export function definePrompt<Services, Args extends z.ZodObject>(
  prompt: Declared & {
    readonly args?: Args;
    render(args: z.output<Args>, call: Call<Services>): Promise<GetPromptResult | InputRequiredResult>;
  },
): Prompt<Services> {
  return prompt;
}

/** Everything that one MCP server is. */
export interface ServerDefinition<Services> {
  readonly name: string;
  readonly title: string;
  /** Semantic version (premise 6). */
  readonly version: string;
  /** Of the whole major, and so of everything in it that has no notice of its own. */
  readonly deprecated?: Deprecation;
  readonly instructions?: string;
  readonly tools: readonly Tool<Services>[];
  readonly resources?: readonly Resource<Services>[];
  readonly prompts?: readonly Prompt<Services>[];
}
