import { describe, expect, it } from "vitest";
import { CYCLE, DAY, mails, person, startedJob } from "../../../test-support/started-job.ts";

const people = ["Ada", "Bob"].map((name) => person(name));
const file = { users: people, groups: [{ name: "Ops", users: mails(people) }, { name: "Twin" }] };

async function running(secrets: Record<string, string> = {}) {
  const job = await startedJob(file, { names: ["Ops"], secrets });
  await job.clock.advance(10_000);
  job.writes();
  const inAws = (name: string) =>
    [...job.scim.users.values()].find(({ displayName }) => displayName === name);
  const members = () => [...job.scim.groups.values()][0]?.members.size;
  return { ...job, inAws, members };
}

describe("a user who is disabled", () => {
  it("becomes inactive in AWS, keeps the groups, and comes back", async () => {
    const { clock, user, inAws, members, writes } = await running();
    user("Bob").accountEnabled = false;
    await clock.advance(CYCLE);
    expect(inAws("Bob")).toMatchObject({ active: false });
    expect(members()).toBe(2);
    expect(writes()).toEqual(["PATCH /Users/{id}"]);
    user("Bob").accountEnabled = true;
    await clock.advance(CYCLE);
    expect(inAws("Bob")).toMatchObject({ active: true });
    expect(writes()).toEqual(["PATCH /Users/{id}"]);
  });
});

describe("a user who is deleted", () => {
  it("becomes inactive, and is deleted in AWS when the 30 days are over", async () => {
    const { clock, user, inAws, members, writes, entra } = await running();
    entra.directory.remove(user("Bob").id);
    await clock.advance(CYCLE);
    expect(inAws("Bob")).toMatchObject({ active: false });
    expect(members()).toBe(2);
    writes();
    await clock.advance(29 * DAY);
    expect(writes()).toEqual([]);
    await clock.advance(DAY);
    expect(inAws("Bob")).toBeUndefined();
    expect(writes()).toContain("DELETE /Users/{id}");
  });

  it("is active again after the restoration, in the same groups", async () => {
    const { clock, user, inAws, members, entra } = await running();
    const { id } = user("Bob");
    entra.directory.remove(id);
    await clock.advance(CYCLE);
    entra.directory.restore(id);
    await clock.advance(CYCLE);
    expect(inAws("Bob")).toMatchObject({ active: true });
    expect(members()).toBe(2);
  });

  it("is deleted in AWS at once when somebody deletes for good", async () => {
    const { clock, user, inAws, entra } = await running();
    const { id } = user("Bob");
    entra.directory.remove(id);
    entra.directory.purge(id);
    await clock.advance(CYCLE);
    expect(inAws("Bob")).toBeUndefined();
  });
});

describe("a user who leaves the scope", () => {
  it("becomes inactive and is no longer the job's: a later deletion is not carried over", async () => {
    const { clock, user, group, inAws, members, entra } = await running();
    const { id } = user("Bob");
    group("Ops").userIds.delete(id);
    await clock.advance(CYCLE);
    expect(inAws("Bob")).toMatchObject({ active: false });
    expect(members()).toBe(1);
    entra.directory.remove(id);
    entra.directory.purge(id);
    await clock.advance(CYCLE);
    expect(inAws("Bob")).toMatchObject({ active: false });
  });

  it("is active again when assigned again, even under a new name", async () => {
    const { clock, user, group, scim } = await running();
    const { id } = user("Bob");
    group("Ops").userIds.delete(id);
    await clock.advance(CYCLE);
    user("Bob").userPrincipalName = "robert@contoso.com";
    group("Ops").userIds.add(id);
    await clock.advance(CYCLE);
    expect(scim.users.size).toBe(2);
    expect([...scim.users.values()]).toContainEqual(
      expect.objectContaining({ userName: "robert@contoso.com", externalId: id, active: true }),
    );
  });
});

describe("with SkipOutOfScopeDeletions", () => {
  it("nobody becomes inactive and no group goes, but who is deleted for good is deleted", async () => {
    const { clock, user, unassign, writes, entra } = await running({ SkipOutOfScopeDeletions: "True" });
    await unassign("Ops");
    user("Ada").accountEnabled = false;
    await clock.advance(CYCLE);
    expect(writes()).toEqual([]);
    const { id } = user("Bob");
    entra.directory.remove(id);
    await clock.advance(CYCLE);
    expect(writes()).toEqual([]);
    entra.directory.purge(id);
    await clock.advance(CYCLE);
    expect(writes()).toEqual(["DELETE /Users/{id}"]);
  });
});

describe("a group", () => {
  it("is renamed in AWS, and stays the same group there", async () => {
    const { clock, group, scim, writes } = await running();
    const [id] = scim.groups.keys();
    group("Ops").displayName = "Operations";
    await clock.advance(CYCLE);
    expect(writes()).toEqual(["PATCH /Groups/{id}"]);
    expect(scim.groups.get(id ?? "")).toMatchObject({ displayName: "Operations" });
  });

  it("is deleted in AWS when it is no longer a security group, or deleted", async () => {
    const { clock, group, scim, entra, assignTo } = await running();
    await assignTo("Twin");
    await clock.advance(CYCLE);
    group("Ops").securityEnabled = false;
    entra.directory.remove(group("Twin").id);
    await clock.advance(CYCLE);
    expect(scim.groups.size).toBe(0);
  });
});
