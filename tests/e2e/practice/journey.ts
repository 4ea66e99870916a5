import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { SMALL_POLICY, smallDirectory, smallOrganization } from "../../support/small-company.ts";
import { CliProcess } from "./cli-process.ts";

/** Somebody at the operator console, with a browser or without. Files are given by path. */
export interface Visitor {
  downloadServiceProviderMetadata(settingsUrl: string): Promise<string>;
  downloadEntraMetadata(entraUrl: string): Promise<string>;
  /** @returns what the console shows afterwards */
  changeIdentitySource(settingsUrl: string, metadataFile: string): Promise<string>;
  enableProvisioning(settingsUrl: string): Promise<{ readonly endpoint: string; readonly token: string }>;
  /** @returns the text of the access portal */
  openPortal(portalUrl: string): Promise<string>;
}

/** A folder that is gone when the test is over. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "landbridge-practice-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The small company, its tasks left to a person. */
export function practise(folder: string): CliProcess {
  // Every JSON document is YAML.
  const files = {
    policy: SMALL_POLICY,
    organization: JSON.stringify(smallOrganization()),
    directory: JSON.stringify(smallDirectory()),
  };
  const options = Object.entries(files).flatMap(([name, text]) => {
    const path = join(folder, `${name}.yaml`);
    writeFileSync(path, text);
    return [`--${name}`, path];
  });
  return new CliProcess(["demo", "--interactive", "--serve", "--speed", "100", ...options]);
}

/** The whole setup as a person does it, with the mistakes that people make. @returns what the terminal showed */
export async function setUp(visitor: Visitor, folder: string): Promise<string> {
  const cli = practise(folder);
  const page = async () => (await cli.until(/: (http:\/\/127\.0\.0\.1:\d+\/console\/\S+)/))[1] ?? "";

  await cli.until(/Download AWS's SAML metadata\nEntra needs/);
  const settings = await page();
  await cli.until(/Path of the downloaded XML file/);
  cli.type(join(folder, "not-there.xml"));
  await cli.until(/ENOENT/);
  cli.type(await visitor.downloadServiceProviderMetadata(settings));

  await cli.until(/Change the identity source to Entra\nFrom then/);
  const entraFile = await visitor.downloadEntraMetadata(await page());
  expect(await visitor.changeIdentitySource(await page(), entraFile)).toContain(
    "You changed the identity source",
  );
  cli.type("accept");
  await cli.until(/AnswerRefused: .*ACCEPT/);
  cli.type("ACCEPT");

  await cli.until(/Enable automatic provisioning\nEntra pushes/);
  const { endpoint, token } = await visitor.enableProvisioning(await page());
  for (const answer of [endpoint, "not-the-token", ""]) cli.type(answer);
  await cli.until(/ScimTokenRefused/);
  for (const answer of [endpoint, token, ""]) cli.type(answer);

  await cli.until(/Test the sign-in\nOnly a person/);
  const portal = await page();
  expect(await visitor.openPortal(portal)).toMatch(/Signed in as \S+@small\.example: [23] accounts/);
  cli.type("WORKS");

  await cli.until(/connect SUCCEEDED/);
  await cli.until(/still running, until you press Ctrl\+C/);
  expect(await visitor.openPortal(portal.replace(/userName=.*/, "userName=ada%40small.example"))).toMatch(
    /3 accounts[\s\S]*Billing[\s\S]*Builder[\s\S]*Playground[\s\S]*Builder[\s\S]*Shop[\s\S]*Builder/,
  );
  expect(cli.output).not.toContain(token);
  cli.interrupt();
  expect(await cli.exitCode()).toBe(0);
  return cli.output;
}
