import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import type { Visitor } from "./journey.ts";

/** Clicks through the pages as the manual says. */
export function browserVisitor(context: BrowserContext, folder: string): Visitor {
  async function visit<T>(url: string, act: (page: Page) => Promise<T>): Promise<T> {
    const page = await context.newPage();
    await page.goto(url);
    const result = await act(page);
    await page.close();
    return result;
  }
  async function save(page: Page, linkName: string, name: string): Promise<string> {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: linkName }).click(),
    ]);
    const path = join(folder, name);
    await download.saveAs(path);
    return path;
  }

  return {
    downloadServiceProviderMetadata: (settingsUrl) =>
      visit(settingsUrl, async (page) => {
        await toMetadataPage(page);
        return save(page, "Download metadata file", "sp.xml");
      }),
    downloadEntraMetadata: (entraUrl) => visit(entraUrl, (page) => save(page, "Download", "entra.xml")),
    changeIdentitySource: (settingsUrl, metadataFile) =>
      visit(settingsUrl, async (page) => {
        await toMetadataPage(page);
        await page.getByLabel("IdP SAML metadata").setInputFiles(metadataFile);
        await page.getByRole("button", { name: "Next" }).click();
        await page.getByLabel(/Type ACCEPT/).fill("accept please");
        await page.getByRole("button", { name: "Change identity source" }).click();
        await page.getByRole("alert").getByText("Type ACCEPT, in capitals.").waitFor();
        await page.getByLabel(/Type ACCEPT/).fill("ACCEPT");
        await page.getByRole("button", { name: "Change identity source" }).click();
        return page.getByRole("status").innerText();
      }),
    enableProvisioning: (settingsUrl) =>
      visit(settingsUrl, async (page) => {
        await page.getByRole("button", { name: "Enable" }).click();
        await page.getByRole("heading", { name: "Inbound automatic provisioning" }).waitFor();
        await page.getByText("Show token").click();
        const [endpoint = "", token = ""] = await page.locator("code.copy").allInnerTexts();
        // The token is shown once.
        await page.reload();
        await page.getByRole("alert").getByText("shown only once").waitFor();
        return { endpoint, token };
      }),
    openPortal: (portalUrl) => visit(portalUrl, (page) => page.getByRole("main").innerText()),
  };
}

async function toMetadataPage(page: Page): Promise<void> {
  await page.getByText("Actions").click();
  await page.getByRole("link", { name: "Change identity source" }).click();
  await page.getByLabel(/External identity provider/).check();
  await page.getByRole("button", { name: "Next" }).click();
}
