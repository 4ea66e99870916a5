import { type CloudTrailDetail, changeOf, textAt } from "./cloud-trail-event.ts";
import { ALL, groupOrAll, NOTHING, type Reading } from "./hint.ts";

const USERS: Reading = { hints: [{ kind: "users" }] };
const GROUP_ARN = /:group\/([0-9a-f-]+)$/i;

/**
 * A native event of the identity store. Only the envelope is documented (Identity Center user guide, "event
 * notifications"); the ARNs in `resources` are not, so an event without a group's ARN marks everything.
 * @returns null for a type that is not known
 */
export function readNativeEvent(detailType: string, resources: readonly string[]): Reading | null {
  const groupId = resources.map((arn) => GROUP_ARN.exec(arn)?.[1]).find((id) => id !== undefined);
  if (detailType === "Group Deleted") return ALL;
  if (/^Group (Created|Updated)$/.test(detailType)) return groupOrAll(groupId);
  // Memberships also have events, whose names are unknown; a group's users affect no assignment.
  if (detailType.startsWith("Group Member")) return groupId === undefined ? NOTHING : groupOrAll(groupId);
  if (/^User (Created|Deleted)$/.test(detailType)) return USERS;
  return detailType === "User Updated" ? NOTHING : null;
}

/**
 * A call of the SCIM endpoint, where names and members are masked. Calls of the provisioning job are not manual
 * changes.
 */
export function readScimEvent(detail: CloudTrailDetail): Reading | null {
  switch (detail.eventName) {
    case "CreateGroup":
      return groupOrAll(textAt(detail.responseElements, "id"));
    case "PatchGroup":
      return groupOrAll(textAt(detail.requestParameters, "id"));
    case "DeleteGroup":
      // Its id can no longer be found, neither here nor in the directory.
      return ALL;
    case "CreateUser":
    case "DeleteUser":
      return USERS;
    case "PatchUser":
    case "PutUser":
      return NOTHING;
    default:
      return null;
  }
}

/**
 * A call of the public Identity Store API, or of the console's (`sso-directory`). Not all names of the latter are published,
 * so any of them counts as a manual change.
 */
export function readDirectoryCall(detail: CloudTrailDetail): Reading {
  const groupId =
    textAt(detail.requestParameters, "groupId") ??
    textAt(detail.responseElements, "groupId") ??
    textAt(detail.responseElements, "group", "groupId");
  return { hints: hintsOf(detail.eventName, groupId).hints, change: changeOf(detail) };
}

function hintsOf(eventName: string, groupId: string | null): Reading {
  if (eventName === "DeleteGroup") return ALL;
  if (/^(Create|Update)Group$/.test(eventName)) return groupOrAll(groupId);
  if (/^(Create|Delete)User$/.test(eventName)) return USERS;
  return groupId === null ? NOTHING : groupOrAll(groupId);
}
