import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { type Bundle, bundleFunctions } from "../../infra/bundle.ts";
import { readFlows } from "../../infra/flows.ts";
import { listFunctions } from "../../infra/function-list.ts";
import { ROOT } from "./synthesis.ts";

export interface Bundled {
  readonly bundles: ReadonlyMap<string, Bundle>;
  /** `<folder>/<name>/index.mjs` */
  readonly folder: string;
  remove(): void;
}

export const WEBHOOK = "events/graph-webhook";

/** Kilobytes that a function's bundle may have: Lambda loads them at each cold start. */
export function bundleLimit(name: string): number {
  if (name === WEBHOOK) return 50;
  // It parses the policies that are proposed through it.
  return name === "api/api" ? 765 : 700;
}

/** Every function as it is deployed. Below node_modules, so that tests load the files as they are. */
export async function bundleEverything(): Promise<Bundled> {
  const cache = `${ROOT}node_modules/.cache/landbridge`;
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(`${cache}/bundles-`);
  const names = listFunctions(ROOT, readFlows(ROOT)).map(({ name }) => name);
  const bundles = await bundleFunctions(ROOT, names, folder);
  return { bundles, folder, remove: () => rmSync(folder, { recursive: true }) };
}
