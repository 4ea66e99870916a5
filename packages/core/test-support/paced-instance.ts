import { FlowError } from "../src/errors.ts";
import type { InstanceAssignment, StorePrincipal } from "../src/model/instance.ts";
import { anInstance } from "./sample-plan.ts";
import { aSpec } from "./sample-world.ts";
import type { Clock } from "../src/ports/clock.ts";
import type { IdentityCenter } from "../src/ports/identity-center.ts";

/** Requests a second that the adapter allows itself (user guide, "Quotas": 20, less one). */
const CALLS_PER_SECOND = 19;
const PAGE = 100;

interface PacedOptions {
  /** ARN by name. */
  readonly permissionSets: ReadonlyMap<string, string>;
  readonly assignments: readonly InstanceAssignment[];
  readonly principals: readonly StorePrincipal[];
  /** Whether this is the management account (`ListAccountAssignmentsForPrincipal`). */
  readonly mayListByPrincipal: boolean;
}

/** The reading half of IAM Identity Center in memory, in tests: every call takes its turn of AWS's quota, on the clock. */
export class PacedInstance {
  calls = 0;
  readonly permissionSets: Map<string, string>;
  readonly #names: Map<string, string>;
  readonly #byPlace: Map<string, InstanceAssignment[]>;
  readonly #byPrincipal: Map<string, InstanceAssignment[]>;
  readonly #accountsOf: Map<string, string[]>;
  readonly #setsIn: Map<string, string[]>;
  readonly #options: PacedOptions;
  readonly #clock: Clock;
  #nextAt = 0;

  constructor(options: PacedOptions, clock: Clock) {
    const { permissionSets, assignments } = options;
    this.#options = options;
    this.#clock = clock;
    this.permissionSets = new Map(permissionSets);
    this.#names = new Map([...permissionSets].map(([name, arn]) => [arn, name]));
    this.#byPlace = Map.groupBy(
      assignments,
      ({ accountId, permissionSetArn }) => accountId + permissionSetArn,
    );
    this.#byPrincipal = Map.groupBy(assignments, ({ principalId }) => principalId);
    const places = [...this.#byPlace.values()].flatMap(([first]) => (first ? [first] : []));
    this.#accountsOf = grouped(places, "permissionSetArn", "accountId");
    this.#setsIn = grouped(places, "accountId", "permissionSetArn");
  }

  readonly identityStore = {
    listGroups: () => Promise.resolve(this.#options.principals.filter(({ type }) => type === "GROUP")),
    listUsers: () => Promise.resolve(this.#options.principals.filter(({ type }) => type === "USER")),
  };

  readonly identityCenter: Partial<IdentityCenter> = {
    readInstance: async () => {
      await this.#pay(2);
      return anInstance().instance;
    },
    listPermissionSetArns: () => this.#listed([...this.permissionSets.values()]),
    listPermissionSets: async () => {
      const listed = await this.#listed([...this.permissionSets].map(([name, arn]) => ({ name, arn })));
      await this.#pay(listed.length);
      return listed;
    },
    readPermissionSet: async (_, arn) => {
      await this.#pay(5);
      const name = this.#names.get(arn) ?? "";
      return this.permissionSets.has(name) ? { name, arn, spec: aSpec() } : null;
    },
    listOutdatedAccounts: () => this.#listed([]),
    listAccountsWith: (_, arn) => this.#listed(this.#accountsOf.get(arn) ?? []),
    listPermissionSetsIn: (_, accountId) => this.#listed(this.#setsIn.get(accountId) ?? []),
    readAssignmentsAt: (_, accountId, arn) => this.#listed(this.#byPlace.get(accountId + arn) ?? []),
    readAssignmentsOf: (_, { principalId }) => {
      if (!this.#options.mayListByPrincipal)
        return Promise.reject(new FlowError("AccessDenied", "only the management account"));
      return this.#listed(this.#byPrincipal.get(principalId) ?? []);
    },
  };

  async #listed<T>(items: T[]): Promise<T[]> {
    await this.#pay(Math.max(1, Math.ceil(items.length / PAGE)));
    return items;
  }

  async #pay(calls: number): Promise<void> {
    this.calls += calls;
    const now = this.#clock.now();
    this.#nextAt = Math.max(this.#nextAt, now) + (calls * 1000) / CALLS_PER_SECOND;
    await this.#clock.sleep(this.#nextAt - now);
  }
}

function grouped(
  places: readonly InstanceAssignment[],
  by: "accountId" | "permissionSetArn",
  what: "accountId" | "permissionSetArn",
): Map<string, string[]> {
  const groups = Map.groupBy(places, (place) => place[by]);
  return new Map([...groups].map(([key, own]) => [key, own.map((place) => place[what])]));
}
