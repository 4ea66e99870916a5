import { setsToProvision } from "../apply/provision-permission-sets.ts";
import type { Instance, StorePrincipal } from "../model/instance.ts";
import { StorePrincipals } from "../model/actual-assignments.ts";
import { assignmentKey, idOf } from "../model/assignment-key.ts";
import { roleJudge } from "../plan/plan-provisioning.ts";
import type { AssignmentChange } from "../plan/plan.ts";
import type { Protection } from "../plan/protection.ts";
import type { Ports } from "../ports/ports.ts";
import type { VerifyInput } from "./verified-access.ts";

/** AWS does not say how soon a list shows that a role is up to date. */
const LOOKS = 3;
const PAUSE_MILLISECONDS = 5_000;

/** Something to be read again. */
export interface Question {
  /** How many changes the answer is about. */
  readonly count: number;
  /** @returns in words, what is not as reported */
  findWrong(): Promise<string[]>;
}

type QuestionInput = Omit<VerifyInput, "earlier" | "deadline"> & {
  readonly instance: Instance;
  readonly principals: readonly StorePrincipal[];
};

type Needs = Pick<Ports, "identityCenter" | "clock"> & {
  readonly settings: Protection;
};

/** The questions to ask, in the same order in every invocation: about roles, and about assignments in either way. */
export function questionsOf(
  input: QuestionInput,
  ports: Needs,
): Readonly<Record<"ofRoles" | "byPlace" | "byPrincipal", Question[]>> {
  const failed = new Set(input.assignments.failed.map(({ change }) => assignmentKey(change)));
  const done = input.plan.assignments.filter((change) => !failed.has(assignmentKey(change)));
  const places = Map.groupBy(done, ({ accountId, permissionSet }) => `${accountId}/${permissionSet}`);
  const people = Map.groupBy(done, ({ principal }) => `${principal.type}/${idOf(principal)}`);
  const reader = new ChangeReader(input, ports);
  return {
    ofRoles: setsToProvision(input.plan).map((name) => ({
      count: 1,
      findWrong: () => findOutdated(name, input, ports),
    })),
    byPlace: [...places.values()].map((changes) => ({
      count: changes.length,
      findWrong: () => reader.atPlace(changes),
    })),
    byPrincipal: [...people.values()].map((changes) => ({
      count: changes.length,
      findWrong: () => reader.ofPrincipal(changes),
    })),
  };
}

async function findOutdated(
  permissionSet: string,
  { instance, arns, organization, roles }: QuestionInput,
  { identityCenter, clock, settings }: Needs,
): Promise<string[]> {
  const arn = arns[permissionSet];
  if (arn === undefined) return [];
  const judge = roleJudge(organization, settings);
  const failed = new Set(
    roles.failed.filter((one) => one.permissionSet === permissionSet).map(({ accountId }) => accountId),
  );
  for (let look = 1; ; look += 1) {
    const outdated = await identityCenter.listOutdatedAccounts(instance, arn);
    const wrong = outdated
      .filter((accountId) => !failed.has(accountId))
      .map((accountId) => judge(permissionSet, accountId))
      .filter(({ verdict }) => verdict === "provision")
      .map(({ accountName }) => `the role of ${permissionSet} in ${accountName} is out of date`);
    if (wrong.length === 0 || look === LOOKS) return wrong;
    await clock.sleep(PAUSE_MILLISECONDS);
  }
}

/** Compares reported changes with the instance. */
class ChangeReader {
  readonly #input: QuestionInput;
  readonly #ports: Needs;
  readonly #store: StorePrincipals;
  readonly #known: ReadonlySet<string>;

  constructor(input: QuestionInput, ports: Needs) {
    this.#input = input;
    this.#ports = ports;
    this.#store = new StorePrincipals(input.principals);
    this.#known = new Set(input.principals.map(({ principalId }) => principalId));
  }

  /** All of one account and permission set. */
  async atPlace(changes: readonly AssignmentChange[]): Promise<string[]> {
    const [{ accountId, permissionSet } = { accountId: "", permissionSet: "" }] = changes;
    const arn = this.#input.arns[permissionSet];
    const { identityCenter } = this.#ports;
    // A set that does not exist is nowhere.
    const there =
      arn === undefined ? [] : await identityCenter.readAssignmentsAt(this.#input.instance, accountId, arn);
    const has = new Set(there.map(({ principalType, principalId }) => `${principalType}/${principalId}`));
    return this.#compare(changes, ({ principal }) => has.has(`${principal.type}/${this.#idOf(principal)}`));
  }

  /** All assignments of one principal. For a deleted principal, only the places show what is left. */
  async ofPrincipal(changes: readonly AssignmentChange[]): Promise<string[]> {
    const [first] = changes;
    const principalId = first && this.#idOf(first.principal);
    if (!first || !principalId || !this.#known.has(principalId)) {
      const wrong: string[] = [];
      for (const change of changes) wrong.push(...(await this.atPlace([change])));
      return wrong;
    }
    const { type } = first.principal;
    const { identityCenter } = this.#ports;
    const there = await identityCenter.readAssignmentsOf(this.#input.instance, { type, principalId });
    const has = new Set(there.map(({ accountId, permissionSetArn }) => `${accountId}/${permissionSetArn}`));
    const { arns } = this.#input;
    return this.#compare(changes, ({ accountId, permissionSet }) =>
      has.has(`${accountId}/${arns[permissionSet]}`),
    );
  }

  #compare(changes: readonly AssignmentChange[], isThere: (change: AssignmentChange) => boolean): string[] {
    return changes
      .filter((change) => isThere(change) !== (change.action === "create"))
      .map(
        ({ action, permissionSet, principal, accountName }) =>
          `${action} ${permissionSet} for ${principal.name} in ${accountName}`,
      );
  }

  #idOf({ type, directoryId, principalId }: AssignmentChange["principal"]): string | null {
    return principalId ?? (directoryId === null ? null : this.#store.principalIdOf(type, directoryId));
  }
}
