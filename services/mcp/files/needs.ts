import type { ServerNeeds } from "../../../contracts/server-needs.ts";
import type { OwnVariables } from "../../libraries/mcp-host/config.ts";
import type { FilesEnvironment } from "./config.ts";

/** Where the tenant's bucket has the tenant's files. */
const FILES = "files/";

/** What the files server is given, and what its role may do. */
export const needs: ServerNeeds<OwnVariables<FilesEnvironment>> = ({ account, region, keyArn, bucket }) => ({
  variables: {
    AWS_REGION: region,
    FILES_BUCKET: bucket.name,
    FILES_BUCKET_OWNER: account,
    FILES_PREFIX: FILES,
    FILES_KMS_KEY_ARN: keyArn,
  },
  grants: [{ name: "bucket-objects", prefix: FILES }],
});
