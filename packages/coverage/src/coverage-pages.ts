import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Contracts } from "@landbridge/contract-check";
import { coverageOf } from "./coverage-of.ts";
import { PAGES } from "./pages.ts";
import { renderPage } from "./render-page.ts";
import { startSimulatedServices } from "./simulated-services.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** Every page as it should be now, by its path. Folders that do not exist, and services whose contract is absent, have none. */
export async function coveragePages(contracts: Contracts): Promise<Map<string, string>> {
  const services = await startSimulatedServices();
  const asked = PAGES.filter(
    ({ folder, service }) => existsSync(`${ROOT}${folder}`) && !contracts.lacks(service),
  );
  const pages = new Map<string, string>();
  for (const page of asked) {
    const deviations = `${ROOT}${page.folder}/deviations.md`;
    const text = existsSync(deviations) ? readFileSync(deviations, "utf8") : null;
    const operations = await coverageOf(page.service, contracts, services);
    pages.set(`${ROOT}${page.folder}/coverage.md`, renderPage(page, operations, text));
  }
  services.close();
  return pages;
}
