import { Command } from "@commander-js/extra-typings";
import { ensureAppRegistration, openGraph } from "@landbridge/entra";
import { makeNetwork } from "@landbridge/functions/_shared/network";
import { setTimeout } from "node:timers/promises";
import { awsSteps } from "../bootstrap/aws-steps.ts";
import { readEntraBootstrap } from "../bootstrap/entra-bootstrap.ts";
import { entraScript } from "../bootstrap/entra-script.ts";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import type { Streams } from "../streams.ts";

const TOKEN = "LANDBRIDGE_ADMIN_TOKEN";

export function bootstrapCommand(streams: Streams, done: (code: ExitCode) => void) {
  const command = new Command("bootstrap").description("Prepare Entra and AWS for the first deployment.");
  command
    .command("entra")
    .description("Register Landbridge in Entra: permissions, admin consent, federated credential.")
    .requiredOption("--tenant <id>", "directory (tenant) id")
    .option("--name <name>", "display name of the app registration", "Landbridge")
    .option("--issuer <url>", "issuer of the AWS account (aws iam get-outbound-web-identity-federation-info)")
    .option(
      "--subject <arn>",
      "ARN of the role that signs in: arn:aws:iam::<account>:role/landbridge-<stage>-sign-in",
    )
    .option("--perform", `make the changes now, with the token in ${TOKEN} (default: print a script)`, false)
    .addHelpText(
      "after",
      `
Without --perform, this command changes nothing: it prints a script for you to read and run. With --perform and an
administrator's token, it makes the same changes itself, and only those that are missing:

  ${TOKEN}=$(az account get-access-token --resource-type ms-graph --query accessToken --output tsv) \\
    npm run landbridge -- bootstrap entra --tenant <id> --issuer <url> --subject <arn> --perform`,
    )
    .action(async ({ perform, ...options }) => {
      const wish = readEntraBootstrap(options);
      if (!perform) streams.out.write(entraScript(wish));
      else await performEntra(wish, streams);
      done(EXIT.ok);
    });
  command
    .command("aws")
    .description("Print the AWS CLI commands that set up the prerequisites. Changes nothing.")
    .requiredOption("--region <region>", "region of the Identity Center instance")
    .option(
      "--delegated <account>",
      "id of the account that will administer Identity Center and run Landbridge",
    )
    .action(({ region, delegated = null }) => {
      if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
        throw new UsageError(`--region: expected a region such as eu-west-1`);
      if (delegated !== null && !/^\d{12}$/.test(delegated))
        throw new UsageError("--delegated: expected an account id of twelve digits");
      streams.out.write(awsSteps({ region, delegated }));
      done(EXIT.ok);
    });
  return command;
}

async function performEntra(
  wish: ReturnType<typeof readEntraBootstrap>,
  { out, variables }: Pick<Streams, "out" | "variables">,
): Promise<void> {
  const token = variables[TOKEN];
  if (!token) throw new UsageError(`--perform needs an administrator's token in ${TOKEN}; see --help`);
  const graph = openGraph({
    tenantId: wish.tenantId,
    clientId: wish.displayName,
    credential: { getToken: () => Promise.resolve(token) },
    fetch: makeNetwork({}),
    clock: { now: () => Date.now(), sleep: (milliseconds) => setTimeout(milliseconds) },
  });
  const { appId, done } = await ensureAppRegistration(graph, wish);
  for (const what of done) out.write(`+ ${what}\n`);
  if (done.length === 0) out.write("Nothing to do: everything exists already.\n");
  out.write(`LANDBRIDGE_CLIENT_ID=${appId}\nLANDBRIDGE_TENANT_ID=${wish.tenantId}\n`);
}
