import type { Move } from "./explore.ts";

/**
 * The protocol by which runs of sync-access share the right to write, small enough to visit every interleaving: two runs, one
 * assignment, a policy that changes twice (unwanted, wanted, unwanted again). It assumes what the services promise: a
 * compare-and-set of a record is atomic; DescribeExecution and HeadObject return the current state; and a proved batch of
 * writes is over before the next run, which waits for operations in progress, reads (`settles`).
 */
export interface Guards {
  /** A run takes the fence only after the former holder has released it or its execution has ended. */
  readonly fence: boolean;
  /** Each batch proves that the fence is still the run's. */
  readonly provesFence: boolean;
  /** Each batch proves that the policy is the plan's policy. */
  readonly provesPolicy: boolean;
  /** Each batch proves that the execution runs. */
  readonly provesExecution: boolean;
  /** A redriven execution is another holder. */
  readonly tellsRedrives: boolean;
  /** A run that waits for an approval releases the fence, and starts over afterwards. */
  readonly replansAfterHold: boolean;
  /** A run that takes over from one that ended waits for its last operations. */
  readonly settles: boolean;
}

export const GUARDS: Guards = {
  fence: true,
  provesFence: true,
  provesPolicy: true,
  provesExecution: true,
  tellsRedrives: true,
  replansAfterHold: true,
  settles: true,
};

type Step = "load" | "take" | "read" | "held" | "write" | "done";

interface Run {
  readonly step: Step;
  readonly isRunning: boolean;
  readonly redrives: number;
  /** Version of the policy that it has pinned. */
  readonly pinned: number;
  readonly fence: number;
  /** How many times it was redriven when it took the fence. */
  readonly tookAs: number;
  /** What its plan does to the assignment. */
  readonly plan: "create" | "delete" | "nothing";
  /** Writes by others since it read. */
  readonly isStale: boolean;
  /** A batch that was proved and has not taken effect yet. */
  readonly isProved: boolean;
  /** The state at the time of the proof: the policy in force, and whether the execution had ended. */
  readonly provedUnder: number;
  readonly provedDead: boolean;
  readonly hasHeld: boolean;
}

export interface Model {
  /** Version of the policy in force; only an odd one wants the assignment. */
  readonly policy: number;
  readonly fence: number;
  /** The run that holds it; null: released. */
  readonly holder: number | null;
  readonly isThere: boolean;
  readonly runs: readonly Run[];
  /** The invariant that the last move broke. */
  readonly broken: string | null;
}

const FRESH: Run = {
  step: "load",
  isRunning: true,
  redrives: 0,
  pinned: 0,
  fence: 0,
  tookAs: 0,
  plan: "nothing",
  isStale: false,
  isProved: false,
  provedUnder: 0,
  provedDead: false,
  hasHeld: false,
};

export const START: Model = {
  policy: 0,
  fence: 0,
  holder: null,
  isThere: false,
  runs: [FRESH, FRESH],
  broken: null,
};

const LAST_POLICY = 2;
const MOST_REDRIVES = 1;

function wants(policy: number): boolean {
  return policy % 2 === 1;
}

export function movesOf(guards: Guards): (model: Model) => Move<Model>[] {
  return (model) => [
    ...(model.policy < LAST_POLICY
      ? [{ name: "policy replaced", to: { ...model, policy: model.policy + 1 } }]
      : []),
    ...model.runs.flatMap((run, index) => movesOfRun(model, run, index, guards)),
  ];
}

function movesOfRun(model: Model, run: Run, index: number, guards: Guards): Move<Model>[] {
  const say = (what: string) => `run ${index}: ${what}`;
  const to = (change: Partial<Run>, more: Partial<Model> = {}): Model => ({
    ...model,
    ...more,
    runs: model.runs.map((other, at) => (at === index ? { ...run, ...change } : (more.runs?.[at] ?? other))),
  });
  const moves: Move<Model>[] = [];
  if (run.isProved) moves.push({ name: say("writes"), to: write(model, run, index) });
  if (run.isRunning && run.step !== "done")
    moves.push({ name: say("is stopped"), to: to({ isRunning: false }) });
  if (!run.isRunning && run.redrives < MOST_REDRIVES && run.step !== "done")
    moves.push({ name: say("is redriven"), to: to({ isRunning: true, redrives: run.redrives + 1 }) });
  // The function of a state continues for a while after its execution has ended; other states do not.
  if (run.step === "write" && !run.isProved) moves.push(...proofs(model, run, guards, to, say));
  if (!run.isRunning) return moves;
  if (run.step === "load") moves.push({ name: say("loads"), to: to({ step: "take", pinned: model.policy }) });
  if (run.step === "take" && mayTake(model, index, guards)) {
    const fence = model.fence + 1;
    moves.push({
      name: say("takes the fence"),
      to: to({ step: "read", fence, tookAs: run.redrives }, { fence, holder: index }),
    });
  }
  if (run.step === "read" && (!guards.settles || !model.runs.some(({ isProved }) => isProved))) {
    const plan = planOf(run.pinned, model.isThere);
    moves.push({ name: say("reads and plans"), to: to({ step: "write", plan, isStale: false }) });
    if (!run.hasHeld)
      moves.push({
        name: say("is held"),
        to: to({ step: "held", plan, isStale: false, hasHeld: true }, { holder: null }),
      });
  }
  if (run.step === "held")
    moves.push({ name: say("is approved"), to: to({ step: guards.replansAfterHold ? "load" : "write" }) });
  return moves;
}

function mayTake({ holder, runs }: Model, index: number, guards: Guards): boolean {
  if (!guards.fence || holder === null || holder === index) return true;
  return runs[holder]?.isRunning !== true;
}

function planOf(pinned: number, isThere: boolean): Run["plan"] {
  if (wants(pinned) === isThere) return "nothing";
  return wants(pinned) ? "create" : "delete";
}

function proofs(
  model: Model,
  run: Run,
  guards: Guards,
  to: (change: Partial<Run>, more?: Partial<Model>) => Model,
  say: (what: string) => string,
): Move<Model>[] {
  if (run.plan === "nothing") return [{ name: say("ends"), to: to({ step: "done" }, giveBack(model, run)) }];
  const isMine =
    model.fence === run.fence &&
    model.holder !== null &&
    (!guards.tellsRedrives || run.tookAs === run.redrives);
  const isOvertaken = (guards.provesFence && !isMine) || (guards.provesPolicy && model.policy !== run.pinned);
  if (guards.provesExecution && !run.isRunning) return [];
  if (isOvertaken) return run.isRunning ? [{ name: say("is overtaken"), to: to({ step: "load" }) }] : [];
  return [
    {
      name: say("proves"),
      to: to({ isProved: true, provedUnder: model.policy, provedDead: !run.isRunning }),
    },
  ];
}

function giveBack(model: Model, run: Run): Partial<Model> {
  return model.fence === run.fence ? { holder: null } : {};
}

function write(model: Model, run: Run, index: number): Model {
  const isThere = run.plan === "create";
  let broken: string | null = null;
  if (run.isStale) broken = "a plan was applied to a world that another run had changed since";
  if (run.provedDead) broken = "an execution that had ended began another batch";
  if (wants(run.provedUnder) !== isThere) broken = "a batch began that the policy in force did not want";
  return {
    ...model,
    isThere,
    broken,
    runs: model.runs.map((other, at) =>
      at === index
        ? { ...run, isProved: false, plan: "nothing" }
        : { ...other, isStale: other.step === "write" },
    ),
  };
}
