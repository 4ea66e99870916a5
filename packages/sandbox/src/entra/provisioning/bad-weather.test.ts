import { describe, expect, it } from "vitest";
import { Random } from "../../kernel/random.ts";
import type { Weather } from "../../../test-support/fake-scim.ts";
import { CYCLE, DAY, mails, person, startedJob, type StartedJob } from "../../../test-support/started-job.ts";

const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);
const people = Array.from({ length: 12 }, (_, index) => person(`User${index}`));
const GROUPS = ["Ops", "Dev", "Audit"];
const file = {
  users: people,
  groups: GROUPS.map((name, index) => ({ name, users: mails(people.slice(index * 3, index * 3 + 6)) })),
};
const STORMS = ["no-answer", "lost-answer", 429, 500, 503] as const satisfies readonly Weather[];

/** One of the things that administrators do, at random. */
async function disturb(job: StartedJob, random: Random, round: number): Promise<void> {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random.next() * items.length)] as T;
  const user = pick(job.entra.users());
  const group = pick(job.entra.groups());
  const changes: (() => unknown)[] = [
    () => group.userIds.add(user.id),
    () => group.userIds.delete(user.id),
    () => (user.accountEnabled = !user.accountEnabled),
    () => (user.surname = `Example ${round}`),
    () => (user.userPrincipalName = `renamed${round}@contoso.com`),
    () => (group.displayName = `Group ${round}`),
    () => job.entra.directory.remove(user.id),
    // Not `Full`, which forgets the objects that the job still has to withdraw.
    () => job.restart(pick(["", "Watermark", "Escrows"])),
    () => job.act("pause").then(() => job.act("start")),
  ];
  await pick(changes)();
}

/** The expected state of AWS: members by the name of their group, all of them active. */
function wanted({ entra }: StartedJob) {
  const enabled = entra.users().filter(({ accountEnabled }) => accountEnabled);
  return entra.groups().map(({ displayName, userIds }) => ({
    displayName,
    active: enabled.filter(({ id }) => userIds.has(id)).map((user) => user.userPrincipalName),
  }));
}

function arrived({ scim }: StartedJob) {
  return [...scim.groups.values()].map(({ displayName, members }) => ({
    displayName,
    active: [...members].flatMap((id) => {
      const user = scim.users.get(id);
      return user?.active ? [user.userName] : [];
    }),
  }));
}

function sorted(groups: ReturnType<typeof wanted>) {
  return groups
    .map(({ displayName, active }) => ({ displayName, active: active.toSorted() }))
    .toSorted((one, other) => one.displayName.localeCompare(other.displayName));
}

describe("weeks of bad connections and of changes", () => {
  it.each(SEEDS)("end with everything in AWS as the directory has it (seed %i)", async (seed) => {
    const random = new Random(seed);
    const job = await startedJob(file, { names: GROUPS });
    job.scim.weather = () =>
      random.next() < 0.3 ? (STORMS[Math.floor(random.next() * STORMS.length)] ?? "fair") : "fair";
    for (let round = 0; round < 40; round += 1) {
      await disturb(job, random, round);
      await job.clock.advance(random.next() * 2 * CYCLE);
    }
    job.scim.weather = () => "fair";
    await job.restart("");
    await job.clock.advance(DAY);
    expect(sorted(arrived(job))).toEqual(sorted(wanted(job)));
    const names = [...job.scim.users.values()].map(({ userName }) => userName);
    expect(names.length).toBe(new Set(names).size);
  });
});
