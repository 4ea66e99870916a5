import type { IdentityStoreState } from "../identity-store/state.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { OrganizationState, SandboxAccount } from "../organizations/state.ts";
import { assumedRole, trailEvent } from "./cloud-trail.ts";
import { type Publish, TRAIL_MILLISECONDS } from "./service-event.ts";

/** Organizations is a global service whose events appear here. */
const ORGANIZATIONS_REGION = "us-east-1";

/**
 * What somebody does in AWS's consoles while the sandbox runs, for which it has no API. Each change is made and reported as
 * CloudTrail reports it.
 */
export class Administrator {
  readonly #kernel: Kernel;
  readonly #organization: OrganizationState;
  readonly #identityStore: IdentityStoreState;
  readonly #publish: Publish;

  constructor(
    kernel: Kernel,
    states: { readonly organization: OrganizationState; readonly identityStore: IdentityStoreState },
    publish: Publish,
  ) {
    this.#kernel = kernel;
    this.#organization = states.organization;
    this.#identityStore = states.identityStore;
    this.#publish = publish;
  }

  /** A new account; AWS Organizations reports it when it exists (CreateAccountResult). @returns its id */
  createAccount(name: string, unitName: string): string {
    const { clock, random } = this.#kernel;
    const parentId = this.#unitId(unitName);
    const id = random.digits(12);
    const email = `aws+${id}@example.com`;
    const account: SandboxAccount = {
      id,
      name,
      email,
      state: "ACTIVE",
      parentId,
      tags: {},
      joinedAt: clock.now(),
    };
    this.#organization.accounts.set(id, account);
    this.#serviceEvent("CreateAccountResult", {
      createAccountStatus: {
        id: `car-${random.hex(32)}`,
        state: "SUCCEEDED",
        accountName: "****",
        accountId: id,
      },
    });
    return id;
  }

  /** The same by AWS Control Tower's account factory. @returns its id */
  createManagedAccount(name: string, unitName: string): string {
    const accountId = this.createAccount(name, unitName);
    this.#publish(
      {
        source: "aws.controltower",
        "detail-type": "AWS Service Event via CloudTrail",
        detail: {
          eventSource: "controltower.amazonaws.com",
          eventName: "CreateManagedAccount",
          eventType: "AwsServiceEvent",
          serviceEventDetails: {
            createManagedAccountStatus: {
              organizationalUnit: {
                organizationalUnitName: unitName,
                organizationalUnitId: this.#unitId(unitName),
              },
              account: { accountName: name, accountId },
              state: "SUCCEEDED",
            },
          },
        },
      },
      TRAIL_MILLISECONDS,
    );
    return accountId;
  }

  moveAccount(accountId: string, unitName: string): void {
    const account = this.#organization.accounts.get(accountId);
    if (account === undefined) throw new Error(`The organization has no account ${accountId}.`);
    const sourceParentId = account.parentId;
    account.parentId = this.#unitId(unitName);
    const { parentId: destinationParentId } = account;
    this.#call("organizations", "MoveAccount", { accountId, sourceParentId, destinationParentId });
  }

  /** Adds a user to a group in the console of Identity Center, past Entra. */
  addMember(groupId: string, userId: string): void {
    this.#identityStore.addMember(groupId, userId);
    const { identityStoreId } = this.#identityStore;
    const member = { memberId: userId };
    this.#call("sso-directory", "AddMemberToGroup", { identityStoreId, groupId, member });
  }

  #unitId(name: string): string {
    const unit = [...this.#organization.units.values()].find((one) => one.name === name);
    if (unit === undefined) throw new Error(`The organization has no unit ${name}.`);
    return unit.id;
  }

  #serviceEvent(eventName: string, serviceEventDetails: object): void {
    this.#publish(
      {
        source: "aws.organizations",
        "detail-type": "AWS Service Event via CloudTrail",
        region: ORGANIZATIONS_REGION,
        detail: {
          eventSource: "organizations.amazonaws.com",
          eventName,
          eventType: "AwsServiceEvent",
          serviceEventDetails,
        },
      },
      TRAIL_MILLISECONDS,
    );
  }

  #call(service: "organizations" | "sso-directory", eventName: string, requestParameters: object): void {
    const { clock, region } = this.#kernel;
    const accountId = this.#organization.managementAccountId;
    this.#publish(
      trailEvent({
        source: `aws.${service}`,
        eventSource: `${service}.amazonaws.com`,
        eventName,
        region: service === "organizations" ? ORGANIZATIONS_REGION : region,
        at: clock.now(),
        userIdentity: assumedRole({ accountId, roleName: "Admin" }),
        requestParameters,
        responseElements: null,
      }),
      TRAIL_MILLISECONDS,
    );
  }
}
