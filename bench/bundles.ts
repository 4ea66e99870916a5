import { execFileSync } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bundleEverything, bundleLimit, WEBHOOK } from "../tests/infra/bundled.ts";
import { atMost, type Measurement, median } from "./measurement.ts";

const PROCESSES = 11;
const PROBE = fileURLToPath(new URL("import-time.ts", import.meta.url));

/** Milliseconds for an import. The webhook must answer Graph within three seconds from a cold start. */
const WEBHOOK_IMPORT = 25;
const OTHER_IMPORT = 200;

/** Minified size of each function as deployed, and how long its import takes in a fresh process. */
export async function bundles(): Promise<Measurement[]> {
  const bundled = await bundleEverything();
  try {
    return [...bundled.bundles].flatMap(([name, { bytes }]) => {
      const milliseconds = name === WEBHOOK ? WEBHOOK_IMPORT : OTHER_IMPORT;
      const url = pathToFileURL(`${bundled.folder}/${name}/index.mjs`).href;
      return [
        atMost({ name: `bundle ${name}`, value: bytes / 1000, unit: "KB", limit: bundleLimit(name) }),
        atMost({ name: `import ${name}`, value: importTime(url), unit: "ms", limit: milliseconds }),
      ];
    });
  } finally {
    bundled.remove();
  }
}

/** The middle of so many fresh processes. */
function importTime(url: string): number {
  const times = Array.from({ length: PROCESSES }, () =>
    Number(execFileSync(process.execPath, [PROBE, url], { env: { AWS_REGION: "eu-central-1" } })),
  );
  return median(times);
}
