import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listOpenTasks, type TaskKindName } from "@landbridge/core";
import { awsConsole } from "@landbridge/host/scripted-operator";
import { describe, expect, it } from "vitest";
import { aFlowHost, type FlowHost, silent } from "../support/flow-host.ts";
import { cliOf } from "../support/run-cli.ts";

/** A company on loopback whose tasks only the command line answers. */
async function aCompanyThatAsks(): Promise<FlowHost> {
  return aFlowHost({ speed: 40, operator: async () => undefined });
}

/** Id of the task of that kind, once connect has reached it. */
async function untilAsked(host: FlowHost, kind: TaskKindName): Promise<string> {
  for (;;) {
    const found = (await listOpenTasks(host.deps)).find(({ subject }) => subject.kind === kind);
    if (found) return found.id;
    await host.deps.clock.sleep(1_000);
  }
}

async function aFile(name: string, text: string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "landbridge-")), name);
  await writeFile(file, text);
  return file;
}

describe("landbridge tasks", () => {
  it("takes a company through connect: the tasks listed, shown, answered by file, word and standard input", async () => {
    const host = await aCompanyThatAsks();
    const cli = cliOf(host);
    const console = awsConsole(host);
    const run = host.run("connect", {}, silent);

    const first = await untilAsked(host, "service-provider-metadata");
    const listed = await cli.run("tasks");
    expect(listed.out).toContain(
      `${first.slice(0, 8)}  service-provider-metadata  Download AWS's SAML metadata`,
    );
    expect(listed.out).toMatch(/in 1[34] days/);
    expect(JSON.parse((await cli.run("tasks", "--json")).out)).toMatchObject([{ id: first, status: "open" }]);
    const shown = await cli.run("tasks", "show", first.slice(0, 5));
    expect(shown.out).toContain(`npm run landbridge -- tasks answer ${first.slice(0, 8)} --metadata <file>`);
    expect(shown.out).toContain("docs/guides/service-provider-metadata.md");
    const wrong = await cli.run("tasks", "answer", first, "--metadata", await aFile("sp.xml", "<html/>"));
    expect(wrong).toMatchObject({ exitCode: 1 });
    expect(wrong.err).toMatch(/^MetadataInvalid: /);
    const metadata = await aFile("sp.xml", await console.download("saml/sp-metadata.xml"));
    expect(await cli.run("tasks", "answer", first, "--metadata", metadata)).toMatchObject({ exitCode: 0 });
    const again = await cli.run("tasks", "answer", first.slice(0, 8), "--metadata", metadata);
    expect(again).toMatchObject({ exitCode: 1 });
    expect(again.err).toMatch(/TaskAlreadyAnswered: .* by arn:aws:sts::/);

    const second = await untilAsked(host, "identity-source-change");
    const file = join(await mkdtemp(join(tmpdir(), "landbridge-")), "entra.xml");
    expect(await cli.run("tasks", "show", second, "--save", file)).toMatchObject({ exitCode: 0 });
    await console.submit("identity-source", {
      metadata: await readFile(file, "utf8"),
      confirmation: "ACCEPT",
    });
    expect((await cli.run("tasks", "answer", second, "--confirm", "WORKS")).err).toMatch(/^WrongTask: /);
    expect(await cli.run("tasks", "answer", second, "--confirm", "ACCEPT")).toMatchObject({ exitCode: 0 });

    const third = await untilAsked(host, "scim-credentials");
    const { endpoint } = (await console.submit("provisioning", {})) as { endpoint: string };
    const { token } = (await console.submit("provisioning/tokens", {})) as { token: string };
    const typed = await cli.run("tasks", "answer", third, "--endpoint", endpoint, "--token", token);
    expect(typed).toMatchObject({ exitCode: 2 });
    expect(typed.err).toContain("--token -");
    expect(typed.err).not.toContain(token);
    const missing = await cli.runOn("", "tasks", "answer", third, "--endpoint", endpoint);
    expect(missing.err).toContain("AnswerRefused: token: missing");
    const given = await cli.runOn(
      `${token}\n`,
      "tasks",
      "answer",
      third,
      "--endpoint",
      endpoint,
      "--token",
      "-",
    );
    expect(given, given.err).toMatchObject({ exitCode: 0 });

    const last = await untilAsked(host, "test-sign-in");
    const declined = await cli.run("tasks", "decline", last, "--reason", "not on a Friday");
    expect(declined).toMatchObject({ exitCode: 0 });
    const [connect] = await run;
    expect(connect).toMatchObject({ status: "FAILED", error: "OperatorDeclined" });
    expect(connect?.cause).toContain("not on a Friday");
    expect((await cli.run("tasks")).out).toBe("No operator task is open.\n");
    const all = await cli.run("tasks", "--all");
    expect(all.out).toMatch(/test-sign-in .* declined by arn:aws:sts::.*: not on a Friday\n/);
    expect(all.out).toMatch(/service-provider-metadata .* answered by arn:aws:sts::/);
    expect((await cli.run("tasks", "show", last)).out).toContain("This task is declined by arn:aws:sts::");
  });

  it("takes a blank id for none, although one task only is open", async () => {
    const host = await aCompanyThatAsks();
    const cli = cliOf(host);
    await host.deps.executions.start("connect", {});
    const only = await untilAsked(host, "service-provider-metadata");
    for (const blank of ["", "  "]) {
      for (const command of [
        ["show", blank],
        ["answer", blank, "--metadata", await aFile("sp.xml", "<html/>")],
        ["decline", blank, "--reason", "a variable of the shell that was not set"],
      ]) {
        const refused = await cli.run("tasks", ...command);
        expect(refused).toMatchObject({ exitCode: 2, out: "" });
        expect(refused.err).toContain("To list open tasks with their ids: npm run landbridge -- tasks");
      }
    }
    expect((await listOpenTasks(host.deps)).map(({ id }) => id)).toEqual([only]);
  });

  it("says that a task is not there, and what is wrong with the command line", async () => {
    const cli = cliOf(await aCompanyThatAsks());
    const nowhere = await cli.run("tasks", "show", "0000");
    expect(nowhere).toMatchObject({ exitCode: 1 });
    expect(nowhere.err).toMatch(/TaskNotFound: No task 0000/);
    expect(await cli.run("tasks", "answer")).toMatchObject({ exitCode: 2 });
    expect(await cli.run("tasks", "decline", "0000")).toMatchObject({ exitCode: 2 });
    expect(await cli.run("tasks", "guide", "plan-aproval")).toMatchObject({ exitCode: 2 });
  });
});
