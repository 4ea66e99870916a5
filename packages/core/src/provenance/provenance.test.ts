import { describe, expect, it } from "vitest";
import { MemoryRecords } from "../../test-support/memory-records.ts";
import { VirtualClock } from "../../test-support/virtual-clock.ts";
import { MemoryObjects } from "../../test-support/memory-objects.ts";
import { FlowError } from "../errors.ts";
import type { ExecutionDetail } from "../ports/executions.ts";
import { proposePolicy } from "../policy-versions/proposal.ts";
import { recordPolicyVersion } from "../policy-versions/policy-version.ts";
import { findOrigin } from "./find-origin.ts";
import { provenanceOf } from "./provenance.ts";
import { refuseApprover } from "./refuse-approver.ts";
import { readRunStart, recordRunStart } from "./run-start.ts";

const ADA = "arn:aws:iam::111122223333:user/ada";
const BO = "arn:aws:iam::111122223333:user/bo";
const RUN = "arn:aws:states:eu-central-1:111122223333:execution:sync-access:one";
const IN_FORCE = { versionId: "v1", hash: "h1", isProposal: false };

/** A policy that asks for nothing. */
const TEXT = "version: 1\npermissionSets: {}\nrules: []\n";

function ports() {
  return {
    settings: { policyKey: "policy/access.yaml" },
    records: new MemoryRecords(),
    objects: new MemoryObjects({}),
    clock: new VirtualClock(),
  };
}

function origin(claim: string | null = null) {
  return { executionArn: RUN, claim };
}

describe("who started a run", () => {
  it.each([
    [null, "unknown"],
    ["schedule", "unknown"],
    ["events", "unknown"],
    [ADA, "known"],
    ["ada@example.com", "known"],
    ["0a1b2c3d-0000-4000-8000-000000000001", "known"],
  ])("is, by the claim %s alone, %s", async (claim, is) => {
    expect((await provenanceOf(origin(claim), IN_FORCE, ports())).starter.is).toBe(is);
  });

  it("is what the record says, whatever is claimed", async () => {
    const deps = ports();
    await recordRunStart(RUN, { machines: ["events"] }, deps);
    expect((await provenanceOf(origin(ADA), IN_FORCE, deps)).starter).toEqual({ is: "machine" });
  });

  it("is everybody who did: a person who starts what an event starts too does not hide behind it", async () => {
    const deps = ports();
    await Promise.all([
      recordRunStart(RUN, { machines: ["events"] }, deps),
      recordRunStart(RUN, { people: [ADA] }, deps),
      recordRunStart(RUN, { people: [ADA] }, deps),
    ]);
    expect(await readRunStart(RUN, deps)).toEqual({ people: [ADA], machines: ["events"] });
    expect((await provenanceOf(origin(), IN_FORCE, deps)).excluded).toEqual([ADA]);
  });
});

describe("who wrote a policy", () => {
  it("is unknown of a version that somebody copied into the bucket", async () => {
    expect(await provenanceOf(origin(), IN_FORCE, ports())).toMatchObject({ writers: null, excluded: [] });
  });

  it("is who proposed it, and everybody who proposed the same text", async () => {
    const deps = ports();
    const hash = await proposePolicy(TEXT, ADA, deps);
    await proposePolicy(TEXT, BO, deps);
    const proposal = { versionId: "p1", hash, isProposal: true };
    expect(await provenanceOf(origin(), proposal, deps)).toMatchObject({ writers: [ADA, BO] });

    await recordPolicyVersion({ versionId: "v2", hash, writers: [ADA], executionArn: RUN }, deps);
    const promoted = { versionId: "v2", hash, isProposal: false };
    expect(await provenanceOf(origin(), promoted, deps)).toMatchObject({
      writers: [ADA, BO],
      excluded: [ADA, BO],
    });
  });

  it("is unknown although somebody proposed the same text, who is excluded anyway", async () => {
    const deps = ports();
    const hash = await proposePolicy(TEXT, ADA, deps);
    const copied = { versionId: "v3", hash, isProposal: false };
    expect(await provenanceOf(origin(), copied, deps)).toMatchObject({ writers: null, excluded: [ADA] });
  });
});

describe("an approver", () => {
  const known = { is: "known", identities: [ADA] } as const;
  const machine = { is: "machine" } as const;
  const unknown = { is: "unknown" } as const;

  it.each([
    ["started the run", { starter: known, writers: [BO], excluded: [ADA, BO] }, ADA, "ApproverIsRequester"],
    ["wrote the policy", { starter: known, writers: [BO], excluded: [ADA, BO] }, BO, "ApproverIsAuthor"],
    ["is named and wrote it", { starter: unknown, writers: [BO], excluded: [BO] }, BO, "ApproverIsAuthor"],
    [
      "is not named, of an unknown starter",
      { starter: unknown, writers: [ADA], excluded: [ADA] },
      "eve",
      "ApproverNotNamed",
    ],
    [
      "is not named, of an unknown author",
      { starter: machine, writers: null, excluded: [] },
      ADA,
      "ApproverNotNamed",
    ],
  ] as const)("who %s is refused", (_, provenance, approver, name) => {
    expect(() => refuseApprover(approver, provenance, [BO])).toThrow(expect.objectContaining({ name }));
  });

  it.each([
    ["somebody else, where both are known", { starter: known, writers: [ADA], excluded: [ADA] }, BO, []],
    ["anybody else, of a schedule", { starter: machine, writers: [ADA], excluded: [ADA] }, BO, []],
    ["who is named, where something is unknown", { starter: unknown, writers: null, excluded: [] }, BO, [BO]],
  ])("may be %s", (_, provenance, approver, approvers) => {
    expect(() => refuseApprover(approver, provenance as never, approvers)).not.toThrow();
  });

  it("hears what is unknown, and of the setting", () => {
    const nothing = { starter: unknown, writers: null, excluded: [] };
    expect(() => refuseApprover(ADA, nothing, [])).toThrow(
      /who started this run and who wrote this version of the policy: only approvers that LANDBRIDGE_APPROVERS names/,
    );
  });
});

describe("where a run comes from", () => {
  const PARENT = "arn:aws:states:eu-central-1:111122223333:execution:drain-changes:one";

  function executions(found: Partial<ExecutionDetail> | null) {
    const history = [{ at: "", what: "started" as const, subject: RUN }];
    return {
      read: (arn: string) =>
        found === null
          ? Promise.reject(new FlowError("ExecutionNotFound", arn))
          : Promise.resolve({
              status: "RUNNING",
              flow: "drain-changes",
              history,
              ...found,
            } as ExecutionDetail),
    };
  }
  const run = { executionArn: RUN, parent: PARENT, requestedBy: "events" };
  const own = { executionArn: RUN, claim: "events", waitingFlow: null };

  it("is the execution that started it, by that one's own history", async () => {
    expect(await findOrigin(run, { executions: executions({}) })).toEqual({
      executionArn: PARENT,
      claim: "events",
      waitingFlow: "drain-changes",
    });
  });

  it.each([
    ["has not started it", { history: [{ at: "", what: "started" as const, subject: "another" }] }],
    ["has ended", { status: "SUCCEEDED" as const }],
    ["does not exist here", null],
  ])("is itself, when what it names %s", async (_, found) => {
    expect(await findOrigin(run, { executions: executions(found) })).toEqual(own);
  });
});
