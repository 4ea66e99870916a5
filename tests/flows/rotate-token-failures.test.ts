import { declineTask } from "@landbridge/core";
import { OPERATOR } from "@landbridge/host/scripted-operator";
import { makeFaults } from "@landbridge/sandbox";
import { describe, expect, it } from "vitest";
import { silent } from "../support/flow-host.ts";
import {
  aConnectedHost,
  awsAccepts,
  connectionOf,
  expectSettled,
  operatorWho,
  tasksOpened,
  tokenOfEntra,
  tryAnswer,
  watchTokens,
} from "../support/rotation.ts";

const SAVE = "PUT /servicePrincipals/{id}/synchronization/secrets";

describe("rotate-token, when something fails", () => {
  it("gives Entra the previous token back when a cycle ends in quarantine, and ends with Entra's reason", async () => {
    const tokens = watchTokens();
    const { host, connection } = await aConnectedHost({
      layers: [tokens.layer],
      async invoke(name, _payload, handler) {
        const result = await handler();
        // Somebody deletes the token just when Entra has it.
        if (name === "rotate-token/install-token") host.sandbox.console.deleteToken(newest());
        return result;
      },
    });
    const newest = () => host.sandbox.console.listTokens().at(-1)?.id ?? "";
    const before = tokenOfEntra(host);
    tokens.watch(host);

    const [report] = await host.run("rotate-token", { force: true }, silent);

    expect(report).toMatchObject({ status: "FAILED", error: "ProvisioningQuarantined" });
    // From the deletion on, until the flow has put it right.
    expect(tokens.gaps.length).toBeGreaterThan(0);
    expect(report?.cause).toContain("SystemForCrossDomainIdentityManagementCredentialValidationFailure");
    expect(report?.cause).toMatch(
      /\(Entra has the previous token again, which expires on 20\d\d-\d\d-\d\d\)$/,
    );
    expect(tokenOfEntra(host)).toBe(before);
    await host.deps.clock.sleep(3_600_000);
    const { application, jobId, scim } = await connectionOf(host);
    expect(scim).toEqual(connection.scim);
    expect(await host.deps.provisioning.readStatus(application.servicePrincipalId, jobId)).toMatchObject({
      code: "Active",
    });
    // The next run drops the dead token.
    const [next] = await host.run("rotate-token", {}, silent);
    expect(next).toMatchObject({ output: { result: "not-due" } });
    await expectSettled(host);
  });

  it("gives Entra the old token back at once when the operator deletes the new one instead", async () => {
    const { host, connection } = await aConnectedHost({
      operator: operatorWho({
        async "old-token-deletion"(running, { taskId }) {
          const [, newer] = running.sandbox.console.listTokens();
          running.sandbox.console.deleteToken(newer?.id ?? "");
          expect(await tryAnswer(running, taskId, { confirmation: "DELETED" })).toBe("accepted");
        },
      }),
    });
    const old = tokenOfEntra(host);

    const [report] = await host.run("rotate-token", { force: true }, silent);

    expect(report).toMatchObject({ status: "FAILED", error: "TokenInUseDeleted" });
    expect(report?.cause).toContain("Entra has the previous token again");
    expect(tokenOfEntra(host)).toBe(old);
    expect((await connectionOf(host)).scim).toEqual(connection.scim);
    const [next] = await host.run("rotate-token", {}, silent);
    expect(next).toMatchObject({ output: { result: "old-token-deleted" } });
    await expectSettled(host);
  });

  it("keeps the new token when the operator does not want to delete the old one; the next run asks again", async () => {
    let declined = false;
    const { host } = await aConnectedHost({
      operator: operatorWho({
        async "old-token-deletion"(running, { taskId }) {
          if (declined) {
            const [older] = running.sandbox.console.listTokens();
            running.sandbox.console.deleteToken(older?.id ?? "");
            await tryAnswer(running, taskId, { confirmation: "DELETED" });
            return;
          }
          declined = true;
          await declineTask(taskId, "not on a Friday", { ...running.deps, answeredBy: OPERATOR });
        },
      }),
    });
    const old = tokenOfEntra(host);

    const [report] = await host.run("rotate-token", { force: true }, silent);

    expect(report).toMatchObject({ status: "FAILED", error: "OperatorDeclined" });
    expect(report?.cause).toContain("not on a Friday (Entra keeps the new token");
    expect(tokenOfEntra(host)).not.toBe(old);
    expect(awsAccepts(host, old)).toBe(true);
    const [next] = await host.run("rotate-token", {}, silent);
    expect(next).toMatchObject({ status: "SUCCEEDED", output: { result: "old-token-deleted" } });
    await expectSettled(host);
  });

  it("changes nothing in Entra when the operator has no new token", async () => {
    const { host, connection } = await aConnectedHost({
      operator: operatorWho({
        "new-scim-token": (running, { taskId }) =>
          declineTask(taskId, "no access to that console", { ...running.deps, answeredBy: OPERATOR }),
      }),
    });
    const calls = host.sandbox.calls.calls.length;

    const [report] = await host.run("rotate-token", { force: true }, silent);

    expect(report).toMatchObject({ status: "FAILED", error: "OperatorDeclined" });
    expect(host.sandbox.calls.count(calls)["graph"] ?? {}).not.toHaveProperty(SAVE);
    expect((await connectionOf(host)).scim).toEqual(connection.scim);
    await expectSettled(host);
  });

  it("restores when Entra's own test refuses what AWS accepts, and keeps the token for the next run", async () => {
    let refuses = false;
    const tokens = watchTokens();
    const { host } = await aConnectedHost({
      layers: [
        tokens.layer,
        (service, inner) => ({
          async fetch(request) {
            if (!refuses || service !== "graph" || !request.url.endsWith("/validateCredentials"))
              return inner.fetch(request);
            const message = "We received this unexpected response: BadGateway";
            const code = "SystemForCrossDomainIdentityManagementCredentialValidationFailure";
            return Response.json({ error: { code, message } }, { status: 400 });
          },
        }),
      ],
    });
    tokens.watch(host);
    refuses = true;

    const [report] = await host.run("rotate-token", { force: true }, silent);

    expect(report).toMatchObject({ status: "FAILED", error: "ScimTokenRefused" });
    expect(report?.cause).toContain("Entra has the previous token again");
    refuses = false;
    host.seen.length = 0;
    const [next] = await host.run("rotate-token", {}, silent);
    expect(next).toMatchObject({ status: "SUCCEEDED", output: { result: "rotated" } });
    expect(tasksOpened(host)).toEqual(["old-token-deletion"]);
    expect(tokens.gaps).toEqual([]);
    await expectSettled(host);
  });

  it("promotes the new token although the answer to that is lost", async () => {
    const lost = makeFaults(
      [{ fault: "lost-answer", probability: 1, strikes: 1, operation: /^UpdateSecretVersionStage$/ }],
      1,
    );
    let isLossy = false;
    const { host } = await aConnectedHost({
      layers: [
        (service, inner, kernel) => {
          const lossy = lost(service, inner, kernel);
          return { fetch: (request) => (isLossy ? lossy : inner).fetch(request) };
        },
      ],
    });
    isLossy = true;

    const [report] = await host.run("rotate-token", { force: true }, silent);

    expect(report).toMatchObject({ status: "SUCCEEDED", output: { result: "rotated" } });
    await expectSettled(host);
  });

  it("says so when AWS accepts no token at all any more, and the next run fixes it", async () => {
    let runs = 0;
    const { host } = await aConnectedHost({
      async invoke(name, _payload, handler) {
        const result = await handler();
        if (name === "rotate-token/install-token" && ++runs === 1)
          for (const { id } of host.sandbox.console.listTokens()) host.sandbox.console.deleteToken(id);
        return result;
      },
    });

    const [report] = await host.run("rotate-token", { force: true }, silent);

    expect(report).toMatchObject({ status: "FAILED", error: "ProvisioningQuarantined" });
    expect(report?.cause).toContain("AWS accepts none of the known tokens");
    const [next] = await host.run("rotate-token", {}, silent);
    expect(next).toMatchObject({ status: "SUCCEEDED", output: { result: "rotated" } });
    await expectSettled(host);
  });
});
