import * as z from "zod";
import { CLASSIFICATIONS } from "./classifications.ts";
import { IDENTIFIER } from "./identifiers.ts";
import { PERMISSIONS } from "./identity/permissions.ts";

const grant = z.strictObject({
  /** The scope that a caller must hold. */
  scope: z.string().regex(IDENTIFIER.scope),
  /** What the caller's role must permit besides. */
  permission: z.enum(PERMISSIONS),
  /** How sensitive what it gives out is. */
  classification: z.enum(CLASSIFICATIONS),
});
const targetGrant = grant.extend({ target: z.string() });
const trial = z.strictObject({
  /** The candidate's, which nothing else in the catalogue names, so that no caller can. */
  target: z.string(),
  /** How many of the callers meet the candidate. */
  percent: z.int().min(1).max(99),
  /** What the candidate takes over, without the target's name. */
  tools: z.array(z.string()),
});

/**
 * Schema of what is behind a gateway, and what scope each part of it needs: `releases` makes it, `infra` lays it beside the
 * interceptor's code as `catalogue.json`, the interceptor parses it when it starts.
 */
export const interceptorCatalogueSchema = z
  .strictObject({
    /** The MCP server behind each target: the audience of its context tokens. */
    servers: z.record(z.string(), z.string()),
    /** By the name that the gateway gives them, `<target>___<tool>`. */
    tools: z.record(z.string(), grant),
    prompts: z.record(z.string(), grant).default({}),
    /** By the beginning of the URI. */
    resources: z.record(z.string(), targetGrant).default({}),
    /** For HTTP targets, by method and beginning of the path: `GET /orders`. */
    routes: z.record(z.string(), targetGrant).default({}),
    /** Of the newest releases' targets, those beside which a candidate runs. */
    trials: z.record(z.string(), trial).default({}),
  })
  .readonly();

/** What is behind a gateway, and what scope each part of it needs. */
export type InterceptorCatalogue = z.infer<typeof interceptorCatalogueSchema>;

/** What a caller must hold to reach one part of it, and how sensitive that part is. */
export type CatalogueGrant = z.infer<typeof grant>;

/** A candidate beside a newest release, and what it takes over from it. */
export type CatalogueTrial = z.infer<typeof trial>;
