import { describe, expect, it } from "vitest";
import { toAssignment } from "../../test-support/sample-plan.ts";
import { aChange } from "../../test-support/apply-harness.ts";
import { type WorkItem, WorkQueue } from "./queue.ts";

const IDLE: ReadonlySet<string> = new Set();

function anItem(index: number, account: number, notBefore = 0): WorkItem {
  const change = aChange("create", account, index + 1);
  const assignment = toAssignment(change);
  return { index, change, assignment, mustCheck: false, isUnanswered: false, notBefore, refusal: null };
}

/** A queue of one item for each account number given, with the item's index as its name. */
function queueOf(...accounts: number[]): WorkQueue {
  const queue = new WorkQueue();
  accounts.forEach((account, index) => {
    queue.add(anItem(index, account));
  });
  return queue;
}

function take(queue: WorkQueue, limit: number, now = 0, busy = IDLE): number[] {
  return queue.take(limit, now, busy).map(({ index }) => index);
}

describe("the work queue", () => {
  it("serves every account in turn, in the order of the plan within each", () => {
    const queue = queueOf(1, 1, 1, 2, 2, 3);
    expect(take(queue, 2)).toEqual([0, 3]);
    expect(take(queue, 2)).toEqual([5, 1]);
    expect(take(queue, 9)).toEqual([4, 2]);
    expect(queue.size).toBe(0);
  });

  it("gives nothing of a busy account and no two of one account", () => {
    const queue = queueOf(1, 1, 2);
    expect(take(queue, 9, 0, new Set(["000000000001"]))).toEqual([2]);
    expect(take(queue, 9)).toEqual([0]);
    expect(queue.size).toBe(1);
  });

  it("gives nothing of a paused account until its pause is over", () => {
    const queue = queueOf(1, 2);
    queue.pauseAccount("000000000001", 1_000);
    expect(take(queue, 9, 999)).toEqual([1]);
    expect(take(queue, 9, 1_000)).toEqual([0]);
  });

  it("gives nothing at all while everything is paused", () => {
    const queue = queueOf(1, 2);
    queue.pause(1_000);
    queue.pause(500);
    expect(take(queue, 9, 999)).toEqual([]);
    expect(take(queue, 9, 1_000)).toEqual([0, 1]);
  });

  it("passes over an item that has to wait", () => {
    const queue = new WorkQueue();
    queue.add(anItem(0, 1, 1_000));
    queue.add(anItem(1, 1));
    expect(take(queue, 9, 0)).toEqual([1]);
    expect(take(queue, 9, 0)).toEqual([]);
    expect(take(queue, 9, 1_000)).toEqual([0]);
  });
});
