import { describe, expect, it } from "vitest";
import { MemoryObjects } from "../../test-support/memory-objects.ts";
import { MemoryRecords } from "../../test-support/memory-records.ts";
import { VirtualClock } from "../../test-support/virtual-clock.ts";
import { pinPolicy } from "./pin-policy.ts";
import { policyHash, readPinnedPolicy } from "./policy-ref.ts";
import { readPolicyVersion } from "./policy-version.ts";
import { promotePolicy } from "./promote-policy.ts";
import { discardProposal, proposalKey, proposePolicy, readProposal } from "./proposal.ts";

const KEY = "policy/access.yaml";
const RUN = "arn:aws:states:eu-central-1:111122223333:execution:landbridge-sync-access:one";

function aPolicy(name: string): string {
  return `version: 1
permissionSets: { Look: { awsManagedPolicies: [ReadOnlyAccess] } }
rules: [{ name: ${name}, groups: [Ops], permissionSets: [Look], targets: { ou: [/] } }]
`;
}

const [OLD, NEW, OTHER] = [aPolicy("old"), aPolicy("new"), aPolicy("other")];

function setUp(inForce: string | null = OLD) {
  const objects = new MemoryObjects(inForce === null ? {} : { [KEY]: inForce });
  const ports = {
    objects,
    records: new MemoryRecords(),
    clock: new VirtualClock(),
    settings: { policyKey: KEY },
  };
  return {
    ports,
    objects,
    inForce: () => objects.readText(KEY),
    propose: (text: string, author = "ada", basedOn?: string | null) =>
      proposePolicy(text, author, ports, basedOn),
    pin: (proposal: string | null) => pinPolicy(proposal, ports),
    promote: async (proposal: string, run = RUN) =>
      promotePolicy(await pinPolicy(proposal, ports), run, ports),
  };
}

describe("a pinned policy", () => {
  it("stays the version that it was, whatever comes into force meanwhile", async () => {
    const { pin, objects, ports } = setUp();
    const pinned = await pin(null);
    await objects.putText(KEY, NEW);
    expect((await readPinnedPolicy(pinned, ports)).rules[0]?.name).toBe("old");
    expect((await pin(null)).versionId).not.toBe(pinned.versionId);
  });

  it("is refused when the version says something else than it did", async () => {
    const { pin, ports } = setUp();
    const pinned = { ...(await pin(null)), hash: policyHash(NEW) };
    await expect(readPinnedPolicy(pinned, ports)).rejects.toMatchObject({ name: "StoredObjectChanged" });
  });

  it("is missing by name when none is in force", async () => {
    await expect(setUp(null).pin(null)).rejects.toMatchObject({ name: "PolicyMissing", retryable: false });
  });
});

describe("a proposal", () => {
  it("is not the policy: it leaves the one in force as it is", async () => {
    const { propose, pin, inForce } = setUp();
    const hash = await propose(NEW);
    expect(await inForce()).toBe(OLD);
    expect(await pin(hash)).toMatchObject({ key: proposalKey(hash), hash, isProposal: true });
    expect(await pin(null)).toMatchObject({ key: KEY, isProposal: false });
  });

  it("remembers everybody who has proposed it", async () => {
    const { propose, ports } = setUp();
    const hash = await propose(NEW, "ada");
    await propose(NEW, "bo");
    await propose(NEW, "ada");
    expect(await readProposal(hash, ports)).toMatchObject({ proposedBy: ["ada", "bo"] });
  });

  it("is a policy: what is none is refused with the place, and not kept", async () => {
    const { propose, objects } = setUp();
    const bad = `${NEW}surprise: true\n`;
    await expect(propose(bad)).rejects.toMatchObject({
      name: "PolicyInvalid",
      message: expect.stringMatching(/access\.yaml:4:1/) as string,
    });
    expect(await objects.currentVersion(proposalKey(policyHash(bad)))).toBeNull();
  });

  it("that says what is in force already is the policy in force", async () => {
    const { propose, pin } = setUp();
    expect(await pin(await propose(OLD))).toMatchObject({ key: KEY, isProposal: false });
  });

  it("is not found before it is made, and when somebody only put a file there", async () => {
    const { pin, objects } = setUp();
    await expect(pin(policyHash(NEW))).rejects.toMatchObject({ name: "ProposalNotFound" });
    await objects.putText(proposalKey(policyHash(NEW)), NEW);
    await expect(pin(policyHash(NEW))).rejects.toMatchObject({ name: "ProposalNotFound" });
  });

  it("is refused when its file is another text than its name says", async () => {
    const { propose, pin, objects } = setUp();
    const hash = await propose(NEW);
    await objects.putText(proposalKey(hash), OTHER);
    await expect(pin(hash)).rejects.toMatchObject({ name: "StoredObjectChanged" });
  });

  it("does not take back what came into force after it, until it is proposed again", async () => {
    const { propose, pin, promote, inForce } = setUp();
    const mine = await propose(NEW);
    await promote(await propose(OTHER, "bo"));
    await expect(pin(mine)).rejects.toMatchObject({ name: "ProposalStale" });
    expect(await inForce()).toBe(OTHER);
    await promote(await propose(NEW));
    expect(await inForce()).toBe(NEW);
  });

  it("is refused when another policy came into force since its author looked", async () => {
    const { propose, pin, objects } = setUp();
    const { versionId } = await pin(null);
    await objects.putText(KEY, OTHER);
    await expect(propose(NEW, "ada", versionId)).rejects.toMatchObject({ name: "ProposalStale" });
    await expect(propose(NEW, "ada", null)).rejects.toMatchObject({ name: "ProposalStale" });
  });

  it("that is declined is gone, and the policy in force has not changed", async () => {
    const { propose, pin, inForce, ports } = setUp();
    const hash = await propose(NEW);
    const declined = discardProposal({ hash, isProposal: true, cause: "bo declined: too much" }, ports);
    await expect(declined).rejects.toMatchObject({ name: "OperatorDeclined", message: /discarded/ });
    await expect(pin(hash)).rejects.toMatchObject({ name: "ProposalNotFound" });
    expect(await inForce()).toBe(OLD);
  });

  it("leaves the policy in force where it is when that is what was declined", async () => {
    const { ports, inForce } = setUp();
    const declined = discardProposal({ hash: policyHash(OLD), isProposal: false, cause: "no" }, ports);
    await expect(declined).rejects.toMatchObject({ name: "OperatorDeclined", message: /propose another/ });
    expect(await inForce()).toBe(OLD);
  });
});

describe("putting a proposal in force", () => {
  it("says who wrote the new version and which run put it there", async () => {
    const { propose, promote, inForce, ports } = setUp();
    await propose(NEW, "ada");
    const promoted = await promote(await propose(NEW, "bo"));
    expect(await inForce()).toBe(NEW);
    expect(promoted).toMatchObject({ key: KEY, hash: policyHash(NEW), isProposal: false });
    expect(await readPolicyVersion(promoted.versionId, ports)).toMatchObject({
      hash: promoted.hash,
      writers: ["ada", "bo"],
      executionArn: RUN,
    });
  });

  it("works in a deployment that has no policy yet", async () => {
    const { propose, promote, inForce } = setUp(null);
    await promote(await propose(NEW, "ada", null));
    expect(await inForce()).toBe(NEW);
  });

  it("changes nothing the second time", async () => {
    const { propose, pin, ports } = setUp();
    const proposal = await pin(await propose(NEW));
    const first = await promotePolicy(proposal, RUN, ports);
    expect(await promotePolicy(proposal, RUN, ports)).toEqual(first);
  });

  it("after a crash between file and record leaves a version with a record", async () => {
    const { propose, pin, objects, ports } = setUp();
    const proposal = await pin(await propose(NEW));
    const crashed = await objects.putText(KEY, NEW);
    const { versionId } = await promotePolicy(proposal, RUN, ports);
    expect(versionId).not.toBe(crashed);
    expect(await objects.currentVersion(KEY)).toBe(versionId);
    expect(await readPolicyVersion(versionId, ports)).toMatchObject({ writers: ["ada"] });
  });

  it("is refused when another policy came into force after the judgement", async () => {
    const { propose, pin, objects, ports, inForce } = setUp();
    const proposal = await pin(await propose(NEW));
    await objects.putText(KEY, OTHER);
    await expect(promotePolicy(proposal, RUN, ports)).rejects.toMatchObject({ name: "ProposalStale" });
    expect(await inForce()).toBe(OTHER);
  });
});
