import path from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { IDENTIFIER } from "../../../contracts/identifiers.ts";
import type { PartnerDesk } from "../../../sandbox/data-plane/bff/partner-desk.ts";
import type { PartnerAdministration } from "../../../sandbox/data-plane/bff/partner-administration.ts";
import { foldersOf } from "../../engine/folders.ts";
import { examples } from "../arguments.ts";
import { note, say } from "../text/terminal.ts";

interface DeskOptions {
  readonly tenant: string;
  readonly folder?: string;
}

const TIERS = ["basic", "standard", "premium"] as const;
type Tier = (typeof TIERS)[number];

/** `alicerce partner`: who may call the BFF for partners of the platform that runs on this machine. */
export const partner = new Command("partner")
  .description(
    "Admit partners to the platform that runs on this machine, and give, change or take back their API keys.",
  )
  .addHelpText(
    "after",
    examples(
      ["alicerce partner add steel-mill --customer cus-1 --tenant xyz-gmbh", "prints the API key, once"],
      ["alicerce partner rotate steel-mill --overlap 24 --tenant xyz-gmbh", "the key before ends in 24 hours"],
      ["alicerce partner revoke steel-mill --tenant xyz-gmbh", "all of its credentials, at once"],
      ["alicerce partner list --tenant xyz-gmbh", "partners and their credentials, never a secret"],
    ),
  );

add("add", "admit a partner, and print its first API key")
  .argument("<id>", "names the partner", partnerId)
  .requiredOption("--customer <id>", "the customer of the tenant on whose account it orders", customerId)
  .option("--name <text>", "what it is called (default: its id)")
  .addOption(new Option("--tier <tier>", "how much it may call").choices(TIERS).default("standard"))
  .addOption(new Option("--scope <scopes...>", "what its key allows (default: everything)"))
  .action((id: string, options: DeskOptions & NewPartner) =>
    atDesk(options, async (desk, { addPartner }) => {
      const { customer: customerId, name = id, tier, scope } = options;
      sayKey(desk, await addPartner(desk, { account: { id, name, customerId, tier }, scopes: scope }));
    }),
  );

add("rotate", "give a partner another API key with the same scopes")
  .argument("<id>", "names the partner", partnerId)
  .option("--overlap <hours>", "for how long the key before is still good", hours, 168)
  .action((id: string, options: DeskOptions & { readonly overlap: number }) =>
    atDesk(options, async (desk, { rotatePartner }) => sayKey(desk, await rotatePartner(desk, id, options.overlap))),
  );

add("revoke", "take back all credentials of a partner, or one")
  .argument("<id>", "names the partner", partnerId)
  .option("--credential <id>", "the credential, as the list names it")
  .action((id: string, options: DeskOptions & { readonly credential?: string }) =>
    atDesk(options, async ({ store }) => {
      const revoked = await store.revoke(id, options.credential);
      if (revoked === 0) throw new Error(`${id} has no such credential that is good`);
      say(`${revoked} revoked: from now on it is refused.`);
    }),
  );

add("list", "print the partners and their credentials").action((options: DeskOptions) =>
  atDesk(options, async (desk, { partnerLines }) => say((await partnerLines(desk)).join("\n"))),
);

interface NewPartner {
  readonly customer: string;
  readonly name?: string;
  readonly tier: Tier;
  readonly scope?: readonly string[];
}

function add(name: string, description: string): Command {
  return partner
    .command(name)
    .description(description)
    .requiredOption("--tenant <id>", "whose partner it is")
    .option("--folder <path>", "the folder of the platform (default: .alicerce/local)");
}

async function atDesk(
  { tenant, folder = path.join(foldersOf().home, "local") }: DeskOptions,
  work: (desk: PartnerDesk, administration: PartnerAdministration) => Promise<void>,
): Promise<void> {
  const { administration, openDesk } = await import("../../../sandbox/data-plane/bff/partner-administration.ts");
  const desk = await openDesk(path.resolve(folder), tenant);
  try {
    await work(desk, administration);
  } finally {
    await desk.close();
  }
}

function sayKey({ url }: PartnerDesk, { key }: { readonly key: string }): void {
  say(key);
  note(`This API key is shown once. Try it: curl -H 'x-api-key: ${key}' ${url}/v1/orders`);
}

function partnerId(text: string): string {
  if (IDENTIFIER.organizationId.test(text)) return text;
  throw new InvalidArgumentError("It must be letters, digits, dots, dashes and underscores.");
}

function customerId(text: string): string {
  if (/^[A-Za-z0-9-]{1,40}$/.test(text)) return text;
  throw new InvalidArgumentError("It must be letters, digits and dashes, 40 at most.");
}

function hours(text: string): number {
  const number = Number(text);
  if (text.trim() !== "" && number >= 0 && number <= 8_760) return number;
  throw new InvalidArgumentError("It must be a number of hours up to 8760.");
}
