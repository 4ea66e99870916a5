import type { ProvisioningStatus } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import type { EntraWorld, MakeEntraWorld } from "../entra-world.ts";
import { anApplication, patiently } from "./an-application.ts";

const PATIENCE_MILLISECONDS = 6 * 3_600_000;

async function aJob(world: EntraWorld, ...assigned: string[]) {
  const { applications, provisioning } = world.ports;
  const application = await anApplication(world);
  const { userRoleId } = await applications.read(application);
  for (const name of assigned) await applications.assign(application, world.idOf(name), userRoleId);
  const { servicePrincipalId } = application;
  const jobId = await patiently(world, () => provisioning.create(servicePrincipalId));
  return { provisioning, servicePrincipalId, jobId, at: [servicePrincipalId, jobId] as const };
}

/** The same, with a token saved. */
async function aReadyJob(world: EntraWorld, ...assigned: string[]) {
  const job = await aJob(world, ...assigned);
  await job.provisioning.saveSecrets(job.servicePrincipalId, world.newConnection());
  return job;
}

/** Demands it, as a flow does, until it has arrived. */
async function demandUntil(
  { clock, idOf, arrived }: EntraWorld,
  name: string,
  demand: (id: string) => Promise<unknown>,
): Promise<void> {
  const deadline = clock.now() + PATIENCE_MILLISECONDS;
  while (!arrived().includes(name) && clock.now() < deadline) {
    await demand(idOf(name));
    await clock.sleep(60_000);
  }
}

async function statusWhen(
  { ports, clock }: EntraWorld,
  at: readonly [string, string],
  isDone: (status: ProvisioningStatus) => boolean,
): Promise<ProvisioningStatus> {
  const deadline = clock.now() + PATIENCE_MILLISECONDS;
  let status = await ports.provisioning.readStatus(...at);
  while (!isDone(status) && clock.now() < deadline) {
    await clock.sleep(60_000);
    status = await ports.provisioning.readStatus(...at);
  }
  return status;
}

export function describeProvisioning(makeWorld: MakeEntraWorld): void {
  describe("provisioning", () => {
    it("maps what AWS requires, and changes single lines of it", async () => {
      const { provisioning, at } = await aJob(await makeWorld());
      const before = await provisioning.readMappings(...at);
      expect(before).toContainEqual({ object: "User", target: "userName", source: "userPrincipalName" });
      const title = { object: "User", target: "title", source: "displayName" } as const;
      await provisioning.changeMappings(...at, [title]);
      expect(await provisioning.readMappings(...at)).toEqual(expect.arrayContaining([...before, title]));
      await provisioning.changeMappings(...at, [{ ...title, source: null }]);
      expect(await provisioning.readMappings(...at)).toEqual(before);
    });

    it("creates a job that is listed and not scheduled", async () => {
      const { provisioning, servicePrincipalId, jobId, at } = await aJob(await makeWorld());
      expect(await provisioning.list(servicePrincipalId)).toEqual([jobId]);
      expect(await provisioning.readStatus(...at)).toMatchObject({
        isScheduled: false,
        initialCycleAt: null,
        quarantine: null,
      });
    });

    it("tries a token before it is saved, and repeats none", async () => {
      const world = await makeWorld();
      const { provisioning, at } = await aJob(world);
      const connection = world.newConnection();
      await provisioning.validateCredentials(...at, connection);
      const canary = "canary-token-of-nobody";
      const refusal = await provisioning
        .validateCredentials(...at, { ...connection, token: canary })
        .catch((error: unknown) => error);
      expect(refusal).toMatchObject({ name: "ScimTokenRefused" });
      expect(String(refusal)).not.toContain(canary);
    });

    it("brings who is assigned, members too but none of nested groups, in its first cycle", async () => {
      const world = await makeWorld();
      const { provisioning, at } = await aReadyJob(world, "Engineers");
      await provisioning.start(...at);
      const status = await statusWhen(world, at, ({ initialCycleAt }) => initialCycleAt !== null);
      expect(status).toMatchObject({
        code: "Active",
        isScheduled: true,
        quarantine: null,
        groups: 1,
        users: 1,
      });
      expect(world.arrived().toSorted()).toEqual(["Engineers", "ada@example.com"]);
    });

    it("says who did not arrive, and why", async () => {
      const world = await makeWorld();
      const { provisioning, jobId, at } = await aReadyJob(world, "Engineers");
      await provisioning.start(...at);
      await statusWhen(world, at, ({ initialCycleAt }) => initialCycleAt !== null);
      await world.clock.sleep(600_000);
      expect(await provisioning.listFailures(jobId)).toEqual([
        {
          objectId: world.idOf("robot@example.com"),
          displayName: "robot",
          kind: "User",
          code: expect.stringMatching(/./) as string,
          reason: expect.stringMatching(/./) as string,
        },
      ]);
    });

    it("brings a group with members, and a user, on demand, once it knows that they are assigned", async () => {
      const world = await makeWorld();
      const { provisioning, at } = await aReadyJob(world, "Interns", "ada@example.com");
      await demandUntil(world, "Interns", (id) =>
        provisioning.provisionGroup(...at, id, [world.idOf("bo@example.com")]),
      );
      expect(world.arrived().toSorted()).toEqual(["Interns", "bo@example.com"]);
      await demandUntil(world, "ada@example.com", (id) => provisioning.provisionUser(...at, id));
      expect(world.arrived()).toContain("ada@example.com");
    });

    it("brings nobody on demand who is not assigned", async () => {
      const world = await makeWorld();
      const { provisioning, at } = await aReadyJob(world, "Interns");
      await demandUntil(world, "Interns", (id) => provisioning.provisionGroup(...at, id, []));
      expect(await provisioning.provisionUser(...at, world.idOf("ada@example.com"))).toMatchObject({
        result: "Skipped",
        code: "NotEffectivelyEntitled",
      });
      expect(world.arrived()).toEqual(["Interns"]);
    });

    it("is in quarantine, and says why, when AWS takes the token no more", async () => {
      const world = await makeWorld();
      const { provisioning, at } = await aReadyJob(world, "Interns");
      world.deleteTokens();
      await provisioning.start(...at);
      const status = await statusWhen(world, at, ({ code }) => code === "Quarantine");
      expect(status.code).toBe("Quarantine");
      expect(status.quarantine?.reason).toMatch(/./);
    });

    it("continues after a quarantine with a token that is good", async () => {
      const world = await makeWorld();
      const { provisioning, servicePrincipalId, at } = await aReadyJob(world, "Interns");
      world.deleteTokens();
      await provisioning.start(...at);
      await statusWhen(world, at, ({ code }) => code === "Quarantine");
      await provisioning.saveSecrets(servicePrincipalId, world.newConnection());
      await provisioning.start(...at);
      const status = await statusWhen(world, at, ({ code, users }) => code === "Active" && users > 0);
      expect(status).toMatchObject({ code: "Active", quarantine: null });
      expect(world.arrived()).toContain("Interns");
    });
  });
}
