import { readFile } from "node:fs/promises";
import path from "node:path";
import { build, type Plugin } from "esbuild";

/** What libraries expect from CommonJS and an ES module lacks. */
const BANNER = `
import { createRequire as makeRequire } from "node:module";
import { dirname as directoryOf } from "node:path";
import { fileURLToPath as pathOf } from "node:url";
const require = makeRequire(import.meta.url);
const __filename = pathOf(import.meta.url);
const __dirname = directoryOf(__filename);
`;

/** Left for Node to load from the platform, of which there must be one copy. */
const EXTERNAL = [
  "@pulumi/*",
  "@pulumiverse/*",
  "@sst-provider/*",
  "@aws-sdk/*",
  "archiver",
  "esbuild",
  "glob",
  "undici",
  "vite",
];

export interface Platform {
  /** Root of the repository. */
  readonly root: string;
  /** `.sst` */
  readonly work: string;
  /** `.sst/platform`, as `sst install` creates it. */
  readonly folder: string;
}

interface BundleArgs {
  readonly code: string;
  readonly outfile: string;
  /** Put before each file of the project: SST's globals. */
  readonly globals?: string;
  readonly banner?: string;
  readonly define?: Record<string, string>;
  readonly inject?: string[];
}

/** Bundles `sst.config.ts` with what it imports, as the SST CLI does before it runs it (sst: pkg/js). */
export async function bundleConfig({ root, work, folder }: Platform, args: BundleArgs): Promise<void> {
  const { code, outfile, globals, banner = "", define, inject } = args;
  const injectGlobals: Plugin = {
    name: "sst-globals",
    setup(builder) {
      builder.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
        const isForeign =
          file.startsWith(work + path.sep) || file.includes(`${path.sep}node_modules${path.sep}`);
        if (globals === undefined || isForeign) return undefined;
        return { contents: `${globals}\n${await readFile(file, "utf8")}`, loader: "ts" };
      });
    },
  };
  await build({
    stdin: { contents: code, resolveDir: root, sourcefile: "synth.ts", loader: "ts" },
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    mainFields: ["module", "main"],
    sourcemap: "inline",
    nodePaths: [path.join(folder, "node_modules")],
    external: EXTERNAL,
    banner: { js: BANNER + banner },
    plugins: [injectGlobals],
    logLevel: "silent",
    ...(define && { define }),
    ...(inject && { inject }),
  });
}
