import { describe, expect, it } from "vitest";
import { FlowError } from "../errors.ts";
import type { Plan, ProvisioningChange } from "../plan/plan.ts";
import { anInstance, aPlan, arnOf } from "../../test-support/sample-plan.ts";
import { anAccount, anOrganization, aSpec } from "../../test-support/sample-world.ts";
import type { IdentityCenter, ProvisioningOperation } from "../ports/identity-center.ts";
import { provisionPermissionSets } from "./provision-permission-sets.ts";
import type { ProvisioningOutcome } from "./provisioning.ts";
import { VirtualClock } from "../../test-support/virtual-clock.ts";

const ROLE_SECONDS = 3;
const SUSPENDED = "000000000099";
const MANAGEMENT = "111111111111";

function accountId(number: number): string {
  return String(number).padStart(12, "0");
}

/** IAM Identity Center's handling of roles: three requests at a time; one failure fails the whole request. */
class FakeRoles {
  /** The accounts whose role is out of date, by ARN. */
  readonly outdated = new Map<string, Set<string>>();
  readonly started: string[] = [];
  mostRunning = 0;
  /** Why provisioning in an account fails. */
  readonly broken = new Map<string, string>();
  /** The refusal of a start; counts from 1. */
  refusal: (target: string | null, start: number) => FlowError | null = () => null;
  readonly #running = new Map<string, { arn: string; accounts: string[]; endsAt: number }>();
  #starts = 0;

  readonly #clock: VirtualClock;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  readonly identityCenter: Partial<IdentityCenter> = {
    listOutdatedAccounts: async (_, arn) => [...(this.outdated.get(arn) ?? [])].toSorted(),
    startProvisioning: async (_, arn, target) => {
      this.#settle();
      this.#starts += 1;
      const refused = this.refusal(target, this.#starts);
      if (refused) throw refused;
      this.started.push(`${arn.split("-").at(-1)} ${target ?? "all"}`);
      const accounts = target === null ? [...(this.outdated.get(arn) ?? [])] : [target];
      const requestId = `request-${this.#starts}`;
      const endsAt = this.#clock.now() + ROLE_SECONDS * 1000 * (target === null ? 2 : 1);
      this.#running.set(requestId, { arn, accounts, endsAt });
      const running = [...this.#running.values()].filter((one) => one.endsAt > this.#clock.now());
      this.mostRunning = Math.max(this.mostRunning, running.length);
      return { requestId, status: "IN_PROGRESS", failureReason: null };
    },
    describeProvisioning: async (_, requestId) => this.#describe(requestId),
  };

  #describe(requestId: string): ProvisioningOperation {
    this.#settle();
    const running = this.#running.get(requestId);
    if (!running) throw new FlowError("IncompleteRead", `No request ${requestId}`);
    if (running.endsAt > this.#clock.now()) return { requestId, status: "IN_PROGRESS", failureReason: null };
    const failureReason = this.#reasonOf(running.accounts);
    return { requestId, status: failureReason === null ? "SUCCEEDED" : "FAILED", failureReason };
  }

  #reasonOf(accounts: readonly string[]): string | null {
    const [first] = accounts.flatMap((id) => this.broken.get(id) ?? []);
    return first ?? null;
  }

  #settle(): void {
    for (const { arn, accounts, endsAt } of this.#running.values()) {
      if (endsAt > this.#clock.now() || this.#reasonOf(accounts) !== null) continue;
      for (const id of accounts) this.outdated.get(arn)?.delete(id);
    }
  }
}

function aRole(permissionSet: string, id: string): ProvisioningChange {
  return { permissionSet, arn: arnOf(permissionSet), accountId: id, accountName: id, reason: "old" };
}

interface World {
  /** Set by name: the accounts that are out of date. */
  readonly outdated: Readonly<Record<string, readonly string[]>>;
  readonly plan?: Partial<Plan>;
  readonly limitSeconds?: number;
  readonly breakGlass?: readonly string[];
  readonly prepare?: (roles: FakeRoles) => void;
  readonly check?: () => Promise<void>;
}

/** Provisions to the end, in as many invocations as it takes. */
async function provision({ outdated, plan = {}, limitSeconds = 660, ...more }: World) {
  const clock = new VirtualClock();
  const roles = new FakeRoles(clock);
  for (const [name, ids] of Object.entries(outdated)) roles.outdated.set(arnOf(name), new Set(ids));
  more.prepare?.(roles);
  const events: { code: string; payload: unknown }[] = [];
  const names = Object.keys(outdated);
  const whole = {
    ...aPlan([]),
    provisioning: Object.entries(outdated).flatMap(([name, ids]) => ids.map((id) => aRole(name, id))),
    ...plan,
  };
  const organization = anOrganization({
    accounts: [
      ...Array.from({ length: 30 }, (_, number) => anAccount(accountId(number), `Account ${number}`)),
      anAccount(SUSPENDED, "Closed", { state: "SUSPENDED" }),
      anAccount(MANAGEMENT, "Management"),
    ],
  });
  const invocations: number[] = [];
  let outcome: ProvisioningOutcome | null = null;
  do {
    const from = clock.now();
    outcome = JSON.parse(
      JSON.stringify(
        await provisionPermissionSets(
          {
            proof: { plan: whole, check: more.check ?? (() => Promise.resolve()) },
            instance: anInstance().instance,
            organization,
            arns: Object.fromEntries(names.map((name) => [name, arnOf(name)])),
            earlier: outcome,
            deadline: from + limitSeconds * 1000,
          },
          {
            identityCenter: roles.identityCenter as IdentityCenter,
            clock,
            events: { emit: (code, payload) => events.push({ code, payload }) },
            settings: {
              manageManagementAccount: false,
              breakGlass: { principalIds: [], permissionSets: more.breakGlass ?? [] },
            },
          },
        ),
      ),
    ) as ProvisioningOutcome;
    invocations.push((clock.now() - from) / 1000);
  } while (outcome.left.length > 0);
  const left = [...roles.outdated.values()].flatMap((ids) => [...ids]);
  const warnings = events.filter(({ code }) => code === "warning.raised").map(({ payload }) => payload);
  return { outcome, roles, invocations, left, warnings };
}

const FEW = [1, 2, 3, 4, 5].map(accountId);
const MANY = Array.from({ length: 20 }, (_, number) => accountId(number));
const UPDATE = {
  permissionSets: [
    { action: "update", name: "Admin", arn: arnOf("Admin"), spec: aSpec(), changes: ["sessionDuration"] },
  ],
  provisioning: [],
} as const;

describe("provisioning permission sets", () => {
  it("asks nothing when the plan has no roles", async () => {
    const { roles, outcome } = await provision({
      outdated: {},
      check: () => Promise.reject(new Error("asked")),
    });
    expect(roles.started).toEqual([]);
    expect(outcome).toMatchObject({ provisioned: 0, failed: [], left: [] });
  });

  it("brings a few roles up to date account by account, three at a time", async () => {
    const { roles, outcome, left } = await provision({ outdated: { Admin: FEW } });
    expect(roles.started).toEqual(FEW.map((id) => `Admin ${id}`));
    expect(roles.mostRunning).toBe(3);
    expect(outcome).toMatchObject({ provisioned: 5, failed: [] });
    expect(left).toEqual([]);
  });

  it.each([0, 1, 2])(
    "asks AWS for no more than the %i roles that the right to write was proved for",
    async (proofs) => {
      let asked = 0;
      let roles: FakeRoles | null = null;
      const provisioning = provision({
        outdated: { Admin: FEW },
        prepare: (fake) => {
          roles = fake;
        },
        check: () =>
          ++asked > proofs ? Promise.reject(new FlowError("SyncPaused", "now")) : Promise.resolve(),
      });
      await expect(provisioning).rejects.toMatchObject({ name: "SyncPaused" });
      expect(roles).toMatchObject({ started: FEW.slice(0, proofs).map((id) => `Admin ${id}`) });
    },
  );

  it("brings many roles up to date with one request", async () => {
    const { roles, outcome, left } = await provision({ outdated: { Admin: MANY } });
    expect(roles.started).toEqual(["Admin all"]);
    expect(outcome.provisioned).toBe(20);
    expect(left).toEqual([]);
  });

  it("lists the roles of an updated set again, whatever the plan says", async () => {
    const { outcome, left } = await provision({ outdated: { Admin: FEW }, plan: UPDATE });
    expect(outcome.provisioned).toBe(5);
    expect(left).toEqual([]);
  });

  it("leaves an account that is not active alone, and brings all others up to date", async () => {
    const { roles, outcome, left, warnings } = await provision({ outdated: { Admin: [...MANY, SUSPENDED] } });
    expect(roles.started).toHaveLength(20);
    expect(outcome).toMatchObject({ provisioned: 20, failed: [] });
    expect(left).toEqual([SUSPENDED]);
    expect(warnings).toEqual([
      {
        message: expect.stringMatching(
          /^Admin: 1 role\(s\) stay out of date: their account is not active/,
        ) as string,
      },
    ]);
  });

  it("tries one by one what failed at once, and reports each account that fails", async () => {
    const { roles, outcome, left } = await provision({
      outdated: { Admin: MANY },
      prepare: ({ broken }) => broken.set(accountId(7), "no policy Deploy in this account"),
    });
    expect(roles.started).toHaveLength(1 + 20);
    expect(outcome.provisioned).toBe(19);
    expect(outcome.failed).toEqual([
      {
        permissionSet: "Admin",
        accountId: accountId(7),
        accountName: "Account 7",
        reason: "no policy Deploy in this account",
      },
    ]);
    expect(left).toEqual([accountId(7)]);
  });

  it("leaves the management account and break-glass sets alone", async () => {
    const { roles, left } = await provision({
      outdated: { Admin: [MANAGEMENT, accountId(1)], Emergency: [accountId(2)] },
      breakGlass: ["Emergency"],
    });
    expect(roles.started).toEqual([`Admin ${accountId(1)}`]);
    expect(left).toEqual([MANAGEMENT, accountId(2)]);
  });

  it("stops at its deadline, follows what AWS has taken, and tries no failed role again", async () => {
    const { roles, outcome, invocations, left } = await provision({
      outdated: { Admin: FEW, ReadOnly: FEW },
      limitSeconds: 4,
      prepare: ({ broken }) => broken.set(accountId(1), "broken"),
    });
    expect(invocations.length).toBeGreaterThan(2);
    expect(Math.max(...invocations)).toBeLessThan(15);
    expect(outcome).toMatchObject({ provisioned: 8, running: [] });
    expect(outcome.failed).toHaveLength(2);
    expect(roles.started.toSorted()).toEqual(
      ["Admin", "ReadOnly"].flatMap((name) => FEW.map((id) => `${name} ${id}`)).toSorted(),
    );
    expect(left).toEqual([accountId(1), accountId(1)]);
  });

  it("waits while AWS takes no request, and gives up after ten minutes", async () => {
    const { outcome, invocations } = await provision({
      outdated: { Admin: FEW },
      prepare: (roles) => {
        roles.refusal = () => new FlowError("Throttled", "three are in progress");
      },
    });
    expect(outcome.failed).toHaveLength(5);
    expect(outcome.failed[0]?.reason).toBe("Throttled: three are in progress");
    expect(invocations).toHaveLength(1);
    expect(invocations[0]).toBeGreaterThan(600);
  });

  it("continues when AWS takes requests again", async () => {
    const { outcome } = await provision({
      outdated: { Admin: FEW },
      prepare: (roles) => {
        roles.refusal = (_, start) => (start <= 6 ? new FlowError("Throttled", "later") : null);
      },
    });
    expect(outcome).toMatchObject({ provisioned: 5, failed: [] });
  });

  it("lets one account that is busy stop no other", async () => {
    const { roles, outcome } = await provision({
      outdated: { Admin: FEW },
      prepare: (fake) => {
        fake.refusal = (target, start) =>
          target === accountId(1) && start < 8 ? new FlowError("ConflictingOperation", "busy") : null;
      },
    });
    expect(outcome).toMatchObject({ provisioned: 5, failed: [] });
    expect(roles.started.at(-1)).toBe(`Admin ${accountId(1)}`);
  });

  it("fails a role that is refused for good, and no other", async () => {
    const { outcome } = await provision({
      outdated: { Admin: FEW },
      prepare: (fake) => {
        fake.refusal = (target) =>
          target === accountId(2) ? new FlowError("AccessDenied", "not allowed") : null;
      },
    });
    expect(outcome.provisioned).toBe(4);
    expect(outcome.failed).toMatchObject([{ accountId: accountId(2), reason: "AccessDenied: not allowed" }]);
  });
});
