import { type CloudTrailDetail, textAt } from "./cloud-trail-event.ts";
import { ALL, accountOrAll, NOTHING, type Reading } from "./hint.ts";

const ACCOUNT_ID = /^\d{12}$/;

/** A call or service event of AWS Organizations. Null for an unknown one. */
export function readOrganizationsEvent(detail: CloudTrailDetail): Reading | null {
  const { requestParameters, serviceEventDetails } = detail;
  switch (detail.eventName) {
    case "CreateAccountResult":
      return finished(serviceEventDetails, "createAccountStatus");
    case "CloseAccountResult":
      return finished(serviceEventDetails, "closeAccountStatus");
    case "MoveAccount":
      return accountOrAll(textAt(requestParameters, "accountId"));
    case "AccountJoinedOrganization":
    case "AccountDepartedOrganization":
      return accountOrAll(accountAnywhere(detail));
    case "TagResource":
    case "UntagResource":
      return taggedAccount(textAt(requestParameters, "resourceId"));
    // A unit's new name may be one that the access policy names, or no longer.
    case "UpdateOrganizationalUnit":
      return ALL;
    // Its effects arrive as separate events.
    case "CreateAccount":
    case "CloseAccount":
    case "InviteAccountToOrganization":
      return NOTHING;
    default:
      return null;
  }
}

/** A lifecycle event of AWS Control Tower. Null for an unknown one. */
export function readControlTowerEvent(detail: CloudTrailDetail): Reading | null {
  switch (detail.eventName) {
    case "CreateManagedAccount":
      return managed(detail, "createManagedAccountStatus");
    case "UpdateManagedAccount":
      return managed(detail, "updateManagedAccountStatus");
    default:
      return null;
  }
}

function finished(details: unknown, status: string): Reading {
  if (textAt(details, status, "state") === "FAILED") return NOTHING;
  return accountOrAll(textAt(details, status, "accountId"));
}

function managed({ serviceEventDetails }: CloudTrailDetail, status: string): Reading {
  if (textAt(serviceEventDetails, status, "state") === "FAILED") return NOTHING;
  return accountOrAll(textAt(serviceEventDetails, status, "account", "accountId"));
}

/** Finds the account's id in the two events of 2026, whose position is not documented. */
function accountAnywhere(detail: CloudTrailDetail): string | null {
  const { serviceEventDetails, requestParameters, responseElements } = detail;
  return (
    [serviceEventDetails, requestParameters, responseElements]
      .map((members) => textAt(members, "accountId"))
      .find((id) => id !== null && ACCOUNT_ID.test(id)) ?? null
  );
}

/** Tags of units, policies and the root select no account. */
function taggedAccount(resourceId: string | null): Reading {
  if (resourceId === null) return ALL;
  return ACCOUNT_ID.test(resourceId) ? accountOrAll(resourceId) : NOTHING;
}
