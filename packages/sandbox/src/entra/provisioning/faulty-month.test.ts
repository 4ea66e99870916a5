import { contractLayer } from "@landbridge/contract-check";
import { describe, expect, it } from "vitest";
import { type FaultRule, makeFaults } from "../../faults/faults.ts";
import type { Sandbox } from "../../sandbox.ts";
import { connectedSandbox } from "../../../test-support/connected-sandbox.ts";
import { DAY, person } from "../../../test-support/started-job.ts";

const people = Array.from({ length: 8 }, (_, index) => person(`User${index}`));
/** One request in four to the SCIM endpoint goes wrong. */
const WEATHER = (["throttle", "failure", "lost-answer", "no-answer", "delay"] as const).map(
  (fault): FaultRule => ({ fault, probability: 0.055, services: ["scim"] }),
);

/** Names of users, and of the members of the one group. */
function inStore(sandbox: Sandbox) {
  const { identityStore } = sandbox.states;
  const [group, ...others] = sandbox.groups();
  expect(others).toEqual([]);
  const nameOf = (id: string) => identityStore.users.get(id)?.attributes.displayName ?? id;
  return {
    users: sandbox.users().map(({ id }) => nameOf(id)),
    members: identityStore
      .membershipsOf(group?.id ?? "")
      .map(({ userId }) => nameOf(userId))
      .toSorted(),
  };
}

describe("a month in which a quarter of what is sent to AWS goes wrong", () => {
  it.each([1, 2, 3, 4])(
    "never quarantines the job, and carries every change over (seed %i)",
    async (seed) => {
      const { sandbox, clock, status } = await connectedSandbox(people, [
        makeFaults(WEATHER, seed),
        contractLayer("simulator"),
      ]);
      const [group] = sandbox.entra.groups();
      const codes = new Set<unknown>();
      for (let day = 0; day < 30; day += 1) {
        const user = sandbox.entra.users()[day % people.length];
        if (!group || !user) throw new Error("The directory has no group or no users");
        if (day % 3 === 0) user.displayName = `User of day ${day}`;
        else if (!group.userIds.delete(user.id)) group.userIds.add(user.id);
        await clock.sleep(DAY);
        const { status: seen } = (await status()) as { status: { code: string } };
        codes.add(seen.code);
      }
      expect([...codes]).toEqual(["Active"]);

      const { users, members } = inStore(sandbox);
      const wanted = sandbox.entra.users().filter(({ id }) => group?.userIds.has(id));
      expect(members).toEqual(wanted.map(({ displayName }) => displayName).toSorted());
      expect(users.length).toBe(new Set(users).size);
      sandbox.close();
    },
  );
});
