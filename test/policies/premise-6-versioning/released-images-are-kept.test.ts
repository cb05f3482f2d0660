import * as aws from "@pulumi/aws";
import { releasedImagesAreKept } from "../../../policies/premise-6-versioning/released-images-are-kept.ts";
import { testRule } from "../../support/rule-tester.ts";
import { served } from "../programs.ts";

const message = '"images" must expire untagged images only.';

const untagged = { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 90 };
const any = { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 10 };
const tagged = { tagStatus: "tagged", tagPatternList: ["1.*"], countType: "imageCountMoreThan", countNumber: 10 };

const expiring =
  (...selections: readonly object[]) =>
  () => {
    const opts = served();
    const repository = new aws.ecr.Repository("images", { name: "alicerce/mcp-database" }, opts).name;
    const rules = selections.map((selection, i) => ({ rulePriority: i + 1, selection, action: { type: "expire" } }));
    new aws.ecr.LifecyclePolicy("images", { repository, policy: JSON.stringify({ rules }) }, opts);
  };

testRule(releasedImagesAreKept, {
  accepts: { "untagged images that are old": expiring(untagged) },
  rejects: {
    "all but the newest images": [expiring(any), message],
    "untagged images, and releases": [expiring(untagged, tagged), message],
  },
});
