import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";

export interface Bundle {
  /** The deployed file. */
  readonly bytes: number;
  /** How much of each source file it contains. */
  readonly inputs: Metafile["outputs"][string]["inputs"];
}

const BANNER =
  'import { createRequire as makeRequire } from "node:module";const require = makeRequire(import.meta.url);';

/**
 * Bundles each `functions/<name>.ts` into a minified ES module, which is deployed, measured and tested. All at once, since
 * they share most of what has to be parsed.
 * @returns by name; the file is `<outdir>/<name>/index.mjs`
 * @throws {Error} naming the function whose file or `handler` is missing
 */
export async function bundleFunctions(
  root: string,
  names: readonly string[],
  outdir: string,
): Promise<ReadonlyMap<string, Bundle>> {
  for (const name of names) {
    if (!existsSync(path.join(root, "functions", `${name}.ts`)))
      throw new Error(`There is no functions/${name}.ts`);
  }
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: names.map((name) => ({ in: `functions/${name}.ts`, out: `${name}/index` })),
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node24",
    mainFields: ["module", "main"],
    conditions: ["module"],
    // The SDK loads modules of Node at the first call: without a detour over the loader.
    supported: { "dynamic-import": false },
    legalComments: "none",
    banner: { js: BANNER },
    metafile: true,
    logLevel: "silent",
    plugins: [leanLibraries],
  });
  const outputs = new Map(Object.values(metafile.outputs).map((output) => [output.entryPoint, output]));
  return new Map(
    names.map((name) => {
      const output = outputs.get(`functions/${name}.ts`);
      if (!output?.exports.includes("handler")) throw new Error(`functions/${name}.ts exports no handler`);
      return [name, { bytes: output.bytes, inputs: output.inputs }];
    }),
  );
}

/**
 * Keeps a class for each error of a service. Without it, the SDK throws the service's base class under the same name, and
 * Landbridge identifies errors by name. STS's codes on the wire differ from its names, so it needs its table.
 */
const REGISTERED_ERROR = /^n0_registry\.registerError\(.*\);$/gm;

/** Removes from libraries what no function here can use. */
const leanLibraries: Plugin = {
  name: "lean-libraries",
  setup(builder) {
    const root = builder.initialOptions.absWorkingDir ?? process.cwd();
    // esbuild treats a computed key as a side effect, so the shapes of every operation would stay. Each key is a constant of
    // the same file: with its value inlined, unused shapes are dropped.
    builder.onLoad({ filter: /@aws-sdk[\\/].+[\\/]schemas_\d+\.js$/ }, async (file) => {
      const text = await readFile(file.path, "utf8");
      const constants = new Map(
        [...text.matchAll(/^const (_\w+) = ("[^"]*");$/gm)].map(([, name = "", value = ""]) => [name, value]),
      );
      return {
        contents: text
          .replaceAll(/\[(_\w+)\]:/g, (all, name: string) =>
            constants.has(name) ? `${constants.get(name)}:` : all,
          )
          .replaceAll(file.path.includes("client-sts") ? /(?!)/g : REGISTERED_ERROR, ""),
      };
    });
    // Only S3's SelectObjectContent streams events.
    builder.onResolve({ filter: /^@smithy\/core\/event-streams$/ }, () => ({
      path: "no-event-streams",
      namespace: "landbridge",
    }));
    builder.onLoad({ filter: /^no-event-streams$/, namespace: "landbridge" }, () => ({
      contents: `
        export const resolveEventStreamSerdeConfig = (config) => config;
        export const eventStreamSerdeProvider = () => undefined;
        export const EventStreamSerde = undefined;`,
    }));
    // A client reads only the version from its own manifest.
    builder.onLoad({ filter: /@aws-sdk[\\/]client-[\w-]+[\\/]package\.json$/ }, async (file) => {
      const { version } = JSON.parse(await readFile(file.path, "utf8")) as { version: string };
      return { contents: JSON.stringify({ version }), loader: "json" };
    });
    // In Lambda, credentials are in the environment (Lambda: defined runtime environment variables), so the SDK's search
    // through profiles, SSO and instance metadata, a seventh of a bundle, would find nothing.
    builder.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({
      path: "credentials-of-lambda",
      namespace: "landbridge",
    }));
    builder.onLoad({ filter: /^credentials-of-lambda$/, namespace: "landbridge" }, () => ({
      contents: 'export { fromEnv as defaultProvider } from "@aws-sdk/credential-provider-env";',
      resolveDir: root,
    }));
    // For Node the package offers CommonJS, from which nothing can be dropped; this is the same code as modules.
    builder.onResolve({ filter: /^yaml$/ }, () => ({
      path: path.join(root, "node_modules/yaml/browser/index.js"),
      sideEffects: false,
    }));
    // Any use of zod adds its languages, the reading and writing of JSON Schema, and (as `z`) a compiler of schemas.
    builder.onLoad(
      {
        filter:
          /[\\/]zod[\\/]v4[\\/](locales[\\/]index|classic[\\/]from-json-schema|core[\\/](compile|json-schema-processors|to-json-schema))\.js$/,
      },
      async (file) => {
        const text = await readFile(file.path, "utf8");
        const names = [...text.matchAll(/^export (?:function|const|class) (\w+)/gm)].map(([, name]) => name);
        return { contents: names.map((name) => `export const ${name} = () => undefined;`).join("\n") };
      },
    );
    // Does not say that its modules do nothing by themselves.
    builder.onResolve({ filter: /^\./ }, (args) => {
      if (!args.importer.includes("microsoft-graph-client") || args.pluginData === "resolved")
        return undefined;
      const { path: file, resolveDir, kind, importer } = args;
      return builder
        .resolve(file, { resolveDir, kind, importer, pluginData: "resolved" })
        .then((resolved) => ({ ...resolved, sideEffects: false }));
    });
  },
};
