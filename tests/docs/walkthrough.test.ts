import { answerAsOperator } from "@landbridge/host/scripted-operator";
import { describe, expect, it, vi } from "vitest";
import { httpVisitor } from "../e2e/practice/http-visitor.ts";
import { aFolder, setUp } from "../e2e/practice/journey.ts";
import { asAdministrator } from "../support/as-administrator.ts";
import { docBlocks } from "../support/doc-blocks.ts";
import { aConnectedHost, awsAccepts, operatorWho, tokenOfEntra } from "../support/rotation.ts";
import { type CliRun, cliOf } from "../support/run-cli.ts";

const later = async () => undefined;

/** Without what differs from run to run and from company to company: ids, users, times, counts. */
function comparable(line: string): string {
  return line
    .trim()
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b(?=\w*\d)[0-9a-f]{8}\b/g, "ID")
    .replace(/userName=\S+/, "userName=USER")
    .replace(/ (\d+ min )?[\d.]+ s$/, " TIME")
    .replaceAll(/\d+/g, "#")
    .replaceAll(/ +/g, " ");
}

/** Lines of the page that nothing printed. */
function notPrinted(kind: string, printed: string): string[] {
  const lines = printed.split("\n").map(comparable);
  const text = docBlocks("walkthrough.md")
    .filter(({ info }) => info === `console ${kind}`)
    .map((block) => block.text)
    .join("\n");
  expect(text).not.toBe("");
  return text
    .split("\n")
    .map(comparable)
    .filter((line) => line !== "…" && !line.startsWith("$ "))
    .filter((line) => !lines.some((one) => one.includes(line)));
}

describe("docs/walkthrough.md", () => {
  it("shows a setup as it is printed", async () => {
    const folder = aFolder();
    expect(notPrinted("setup", await setUp(httpVisitor(folder), folder))).toEqual([]);
  });

  it("shows a token rotation as it is printed", async () => {
    const { host, connection } = await aConnectedHost({
      speed: 100,
      operator: operatorWho({ "new-scim-token": later, "old-token-deletion": later }),
    });
    // With a paused job, no cycle has to be waited for.
    const { application, jobId } = connection;
    const jobs = `/servicePrincipals/${application.servicePrincipalId}/synchronization/jobs`;
    await asAdministrator(host, "POST", `${jobs}/${jobId}/pause`);
    const cli = cliOf(host);
    const rotation = cli.watch("rotate", "token", "--force");
    /** Id of the task, once the terminal has announced it. */
    const told = (title: string) =>
      vi.waitFor(() => {
        const [, id] = new RegExp(`${title}.*\n.*\n.*tasks answer (\\S+)`).exec(rotation.printed()) ?? [];
        return id ?? expect.fail(`Nothing of "${title}" in:\n${rotation.printed()}`);
      }, 60_000);

    const first = await told("Generate a new access token");
    const runs: CliRun[] = [await cli.run("tasks"), await cli.run("tasks", "show", first)];
    const { token } = host.sandbox.console.createToken();
    runs.push(await cli.runOn(token, "tasks", "answer", first, "--token", "-"));
    const second = await told("Delete the old access token");
    runs.push(await cli.run("tasks", "answer", second, "--confirm", "DELETED"));
    await answerAsOperator(host, { taskId: second, kind: "old-token-deletion", title: "" });
    expect(await rotation.exitCode).toBe(0);

    expect(awsAccepts(host, tokenOfEntra(host))).toBe(true);
    const printed = [rotation.printed(), ...runs.flatMap(({ out, err }) => [out, err])].join("\n");
    expect(notPrinted("rotation", printed)).toEqual([]);
  });
});
