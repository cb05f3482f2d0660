import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { addressesOf, parseAddress } from "../../environments/address.ts";
import { environments } from "../../environments/index.ts";
import { premiseOf, PREMISES } from "../../policies/engine/premises.ts";
import { RULES } from "../../policies/rules.ts";
import { EXIT } from "../../tools/cli/exit-code.ts";
import { ROOT } from "./sources.ts";

const README = textOf("README.md");
const FOLDER_PAGES = ["components", "contracts", "environments", "infra", "policies", "releases"].map(
  (it) => `${it}/README.md`,
);
const PAGES = ["README.md", ...FOLDER_PAGES, ...readdirSync(path.join(ROOT, "docs")).map((it) => `docs/${it}`)];
const manifest = JSON.parse(textOf("package.json")) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};
const PULUMI = [
  "preview",
  "up",
  "destroy",
  "refresh",
  "login",
  "stack init",
  "stack export",
  "policy analyze",
  "cancel",
  "state unprotect",
  "stack output",
];
const NPM = ["ci"];
/** Of the help texts of `alicerce`, by its commands. */
const helps = new Map<string, string>();

describe("every command that a page shows exists", () => {
  const commands = [...new Set(PAGES.flatMap((page) => commandsIn(textOf(page))))];

  beforeAll(async () => {
    const known = commands.map(subcommandOf).filter((it) => it !== undefined);
    await Promise.all([...new Set(known)].map(async (it) => helps.set(it, await helpOf(it))));
  });

  test("and the README shows the two commands and the inner loop", () => {
    expect(commands).toEqual(expect.arrayContaining(["npm start", "npm test", "npx alicerce plan production"]));
  });

  test.each(commands)("%s", (command) => {
    expect(faultOf(command)).toBeUndefined();
  });

  test.each([
    ["npm run deploy", 'there is no script "deploy"'],
    ["npm install", 'there is no script "install"'],
    ["npx alicerce deploy", 'there is no command "deploy"'],
    ["npx alicerce plan --colour", 'alicerce plan has no option "--colour"'],
    ["npx alicerce plan staging --stack staging.mars", 'unknown region "mars" in "staging.mars"'],
    ["pulumi upgrade", 'pulumi "upgrade" is not among those that are used here'],
    ["pulumi up -s production.eu-west-1.nobody", 'unknown tenant "nobody" in "production.eu-west-1.nobody"'],
    ["pulumi up -s production --policy-pack rules", "rules is no policy pack"],
  ])("%s would be found out", async (command, fault) => {
    helps.set("plan", await helpOf("plan"));
    expect(faultOf(command)).toContain(fault);
  });
});

describe("what a page points to exists", () => {
  test.each(PAGES)("%s", (page) => {
    expect(deadEnds(page, textOf(page))).toEqual([]);
  });

  test("and what does not would be found out", () => {
    const text = [
      "[a](../nowhere.md) [b](architecture.md#no-such-heading) [c](architecture.md#the-gate) [d](https://example.com)",
      "`policies/nowhere.ts` `policies/premise-<n>-<title>/` `tools/*/nowhere.ts` `monitor/`",
      "`.alicerce/state/` `~/.cache/alicerce` `@pulumi/aws` `organization/alicerce/production` `policies/rules.ts`",
    ].join("\n");
    expect(deadEnds("docs/a.md", text)).toEqual([
      "../nowhere.md",
      "architecture.md#no-such-heading",
      "policies/nowhere.ts",
      "tools/*/nowhere.ts",
    ]);
  });
});

describe("the tables of the pages say what the code says", () => {
  test("the premises", () => {
    const rows = PREMISES.map(({ id, titulo, title, folder }) => {
      const link = `[\`policies/${folder}/\`](policies/${folder})`;
      return [id === "residency" ? "" : String(id), titulo, title, link];
    });
    expect(tableUnder("Premises")).toEqual(rows);
  });

  test("the direct dependencies", () => {
    const page = textOf("docs/dependencies.md");
    const rows = page.split("\n").filter((it) => it.startsWith("| `"));
    const named = rows.flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map((it) => it[1]));
    expect(named.toSorted()).toEqual(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).sort());
  });

  test("the exit codes", () => {
    expect(tableUnder("Where state is kept").map(([code]) => Number(code))).toEqual(Object.values(EXIT));
  });

  test("the plan that is shown: its premises, how many rules each has, and the stacks", () => {
    for (const { id, title } of PREMISES) {
      const rules = RULES.filter((it) => premiseOf(it.premise).id === id).length;
      expect(README).toMatch(new RegExp(`│ ${title} +│ +${rules} │`));
    }
    expect(README).toContain(`are ${RULES.length} rules over everything`);
    const { production } = environments;
    expect(README).toContain(`${addressesOf(production!).length} stacks, `);
  });
});

function textOf(file: string): string {
  return readFileSync(path.join(ROOT, file), "utf8");
}

/** Commands in fenced blocks, and those in running text. */
function commandsIn(text: string): readonly string[] {
  const fenced = [...text.matchAll(/^```\w*\n(.*?)^```/gms)].flatMap((it) => (it[1] ?? "").split("\n"));
  const inline = [...text.replaceAll(/^```.*?^```/gms, "").matchAll(/`([^`\n]+)`/g)].map((it) => it[1] ?? "");
  return [...fenced, ...inline]
    .map((it) => it.replace(/^\$ /, "").replace(/^eval "\$\((.*)\)"$/, "$1"))
    .map((it) => it.replace(/\s+#.*$/, "").trim())
    .filter((it) => /^(npm|npx alicerce|pulumi) \S/.test(it));
}

function subcommandOf(command: string): string | undefined {
  return /^npx alicerce (\w+)/.exec(command)?.[1];
}

async function helpOf(subcommand: string): Promise<string> {
  const args = [path.join(ROOT, "tools/cli/main.ts"), subcommand, "--help"];
  const { exitCode, stdout } = await execa(process.execPath, args, { cwd: ROOT, reject: false });
  return exitCode === 0 ? stdout : "";
}

/** What is wrong with a command; alternatives such as `preview|up` are all looked at. */
function faultOf(command: string): string | undefined {
  const [tool, ...words] = command.split(" ");
  const place = /(?:-s|--stack) (\S+)/.exec(command)?.[1];
  return (
    (place === undefined || place.includes("<") ? undefined : addressFault(place)) ??
    (tool === "npm" ? npmFault(words) : tool === "npx" ? alicerceFault(command) : pulumiFault(words.join(" ")))
  );
}

function addressFault(name: string): string | undefined {
  try {
    parseAddress(name);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function npmFault([first = "", second = ""]: readonly string[]): string | undefined {
  const script = first === "run" ? second : first;
  if (script in manifest.scripts || NPM.includes(script)) return undefined;
  return `there is no script "${script}"`;
}

function alicerceFault(command: string): string | undefined {
  const subcommand = subcommandOf(command) ?? "";
  const help = helps.get(subcommand) ?? "";
  if (help === "") return `there is no command "${subcommand}"`;
  const option = command.match(/--[\w-]+/g)?.find((it) => !help.includes(it));
  return option === undefined ? undefined : `alicerce ${subcommand} has no option "${option}"`;
}

function pulumiFault(rest: string): string | undefined {
  const pack = /--policy-pack (\S+)/.exec(rest)?.[1];
  if (pack !== undefined && !existsSync(path.join(ROOT, pack, "PulumiPolicy.yaml"))) return `${pack} is no policy pack`;
  const unknown = (rest.split(" ", 1)[0] ?? "")
    .split("|")
    .map((it) => [it, ...rest.split(" ").slice(1)].join(" "))
    .find((it) => !PULUMI.some((known) => it === known || it.startsWith(`${known} `)));
  return unknown === undefined ? undefined : `pulumi "${unknown}" is not among those that are used here`;
}

/** Relative links, and paths in backticks, that lead nowhere. */
function deadEnds(page: string, text: string): readonly string[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((it) => it[1] ?? "").filter((it) => !/^https?:/.test(it));
  const paths = [...text.replaceAll(/^```.*?^```/gms, "").matchAll(/`([\w.*<>/-]+)`/g)].map((it) => it[1] ?? "");
  const ours = new Set(readdirSync(ROOT).filter((it) => it !== "node_modules" && it !== ".alicerce"));
  return [
    ...links.filter((it) => !leadsSomewhere(page, it)),
    ...paths.filter((it) => ours.has(it.split("/", 1)[0] ?? "") && it.includes("/") && !isThere(it)),
  ];
}

function leadsSomewhere(page: string, link: string): boolean {
  const [file = "", anchor] = link.split("#");
  const target = path.posix.join(path.posix.dirname(page), file);
  if (file !== "" && !existsSync(path.join(ROOT, target))) return false;
  if (anchor === undefined) return true;
  const headings = [...textOf(file === "" ? page : target).matchAll(/^#+ (.*)$/gm)].map((it) => it[1] ?? "");
  return headings.some(
    (it) =>
      it
        .toLowerCase()
        .replace(/[^\w\s-]/g, "")
        .replaceAll(" ", "-") === anchor,
  );
}

/** A `<word>` or `*` in a path stands for any name. */
function isThere(file: string): boolean {
  return globSync(file.replaceAll(/<\w+>/g, "*"), { cwd: ROOT }).length > 0;
}

/** The rows of the first table below a heading of the README, without padding. */
function tableUnder(heading: string): readonly (readonly string[])[] {
  const section = README.split(/^## /m).find((it) => it.startsWith(`${heading}\n`)) ?? "";
  const rows = section.split("\n").filter((it) => it.startsWith("|"));
  return rows.slice(2).map((it) =>
    it
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
