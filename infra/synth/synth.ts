import { existsSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { bundleConfig, type Platform } from "./bundle-config.ts";
import { answerTo, stateOf, SYNTH } from "./mocks.ts";
import { recordResources, type SynthResource } from "./record-resources.ts";

export interface Synthesis {
  readonly app: {
    readonly name: string;
    readonly stage: string;
    readonly removal: string;
    readonly protect: boolean;
  };
  readonly resources: readonly SynthResource[];
  /** What `sst deploy` would print. */
  readonly outputs: unknown;
}

interface App {
  readonly name: string;
  readonly removal?: string;
  readonly protect?: boolean;
}

/** Pulumi as this needs it. */
interface Pulumi {
  readonly runtime: {
    setMocks(
      mocks: object,
      project: string,
      stack: string,
      preview: boolean,
      organization: string,
    ): Promise<void>;
    setAllConfig(config: Record<string, string>): void;
    getMonitor(): unknown;
    runInPulumiStack(program: () => Promise<unknown>): Promise<unknown>;
    disconnect(): Promise<void>;
  };
}

/**
 * Runs `sst.config.ts` as `sst deploy` does, without account, engine or network: every resource is recorded instead of
 * created. One run per process, since SST and Pulumi keep their state in globals.
 * @throws {Error} whatever the deployment throws
 */
export async function synthesize(root: string, stage: string): Promise<Synthesis> {
  const work = path.join(root, ".sst");
  const platform: Platform = { root, work, folder: path.join(work, "platform") };
  if (!existsSync(path.join(platform.folder, "node_modules")))
    throw new Error("There is no .sst/platform: run `npm run synth:install` first");
  const files = ["app", "run"].map((part) => path.join(platform.folder, `synth.${part}.${process.pid}.mjs`));
  const [appFile = "", runFile = ""] = files;
  const server = await startSst();
  try {
    const app = await readApp(platform, appFile, stage);
    process.env["SST_SERVER"] = `http://127.0.0.1:${server.port}`;
    process.env["PULUMI_CONFIG"] = JSON.stringify({ "aws:region": SYNTH.region });
    await bundleRun(platform, { file: runFile, app: { ...app, stage } });
    const { resources, outputs } = await run(platform, runFile, { name: app.name, stage });
    const { name, removal = "retain", protect = false } = app;
    return { app: { name, stage, removal, protect }, resources, outputs };
  } finally {
    server.close();
    for (const file of files) rmSync(file, { force: true });
  }
}

const CONFIG = "sst.config.ts";

async function readApp(platform: Platform, outfile: string, stage: string): Promise<App> {
  await bundleConfig(platform, {
    outfile,
    banner: "function $config(config) { return config }",
    code: `import config from "./${CONFIG}";\nexport default await config.app(${JSON.stringify({ stage })});`,
  });
  return ((await import(pathToFileURL(outfile).href)) as { default: App }).default;
}

async function bundleRun(
  { root, work, folder }: Platform,
  { file, app }: { readonly file: string; readonly app: App & { readonly stage: string } },
): Promise<void> {
  const lock = JSON.parse(readFileSync(path.join(work, "provider-lock.json"), "utf8")) as {
    readonly alias: string;
    readonly package: string;
  }[];
  const cli = {
    command: "deploy",
    dev: false,
    paths: { home: path.join(work, "home"), root, work, platform: folder },
    state: { version: {} },
  };
  await bundleConfig(
    { root, work, folder },
    {
      outfile: file,
      define: {
        $app: JSON.stringify({ removal: "retain", ...app }),
        $cli: JSON.stringify(cli),
        $dev: "false",
      },
      inject: [path.join(folder, "src/shim/run.js")],
      globals: [
        ...lock.map((entry) => `import * as ${entry.alias} from "${entry.package}";`),
        `import * as sst from "${folder}/src/components";`,
      ].join("\n"),
      code: `import { run } from "${folder}/src/auto/run.ts";
import config from "./${CONFIG}";
export default await run(config.run);`,
    },
  );
}

async function run({ folder }: Platform, file: string, app: { name: string; stage: string }) {
  // The copy that the bundle loads too.
  const require = createRequire(path.join(folder, "package.json"));
  const { runtime } = require("@pulumi/pulumi") as Pulumi;
  interface Resource {
    readonly type: string;
    readonly name: string;
    readonly id?: string;
    readonly inputs: Record<string, unknown>;
  }
  await runtime.setMocks(
    {
      newResource: ({ type, name, id, inputs }: Resource) => ({
        id: id || `${name}-id`,
        state: stateOf(type, name, inputs),
      }),
      call: ({ token, inputs }: { token: string; inputs: Record<string, unknown> }) =>
        answerTo(token, inputs),
    },
    app.name,
    app.stage,
    false,
    "organization",
  );
  runtime.setAllConfig({ "aws:region": SYNTH.region });
  const resources = recordResources(require, () => runtime.getMonitor());
  const outputs: unknown = await runtime.runInPulumiStack(
    async () => ((await import(pathToFileURL(file).href)) as { default: unknown }).default,
  );
  await runtime.disconnect();

  resources.sort((a, b) => `${a.type} ${a.name}`.localeCompare(`${b.type} ${b.name}`));
  return { resources, outputs };
}

/** The program that SST's components call over HTTP: this one needs nothing from it, and reports if that changes. */
async function startSst() {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const { method } = JSON.parse(body) as { method: string };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ error: `infra/synth/synth.ts does not answer ${method}` }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
