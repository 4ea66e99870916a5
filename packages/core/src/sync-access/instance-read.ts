import type {
  Place,
  Instance,
  InstanceAssignment,
  InstancePermissionSet,
  InstanceScope,
  InstanceSnapshot,
  NamedPermissionSet,
  OutdatedRole,
  RequestedScope,
  ScopedSnapshot,
  StorePrincipal,
} from "../model/instance.ts";
import { inScope } from "../model/in-scope.ts";
import { principalOf } from "./orphans.ts";

/** What a run covers: everything, or some groups or accounts. */
type ReadScope = { readonly scope: "full" } | InstanceScope;
/** The same as it is asked for. */
export type AskedScope = { readonly scope: "full" } | RequestedScope;

/** A read of the instance in progress. Plain JSON: it continues in another invocation. */
export interface InstanceRead {
  readonly scope: ReadScope;
  readonly instance: Instance;
  /** Permission sets that Landbridge made. */
  readonly ownPermissionSetArns: readonly string[];
  /** The permission sets known so far. */
  readonly permissionSets: readonly NamedPermissionSet[];
  /** The questions that remain. */
  readonly left: LeftToRead;
  /**
   * Principals in the ledger that are gone from the identity store (`GROUP/<id>`): the read looks where the ledger has them.
   */
  readonly gone: readonly string[];
  /** Whether an assignment may be found twice: for its principal, and at its place. */
  readonly overlaps: boolean;
}

export interface LeftToRead {
  /** ARNs of permission sets to be read with all that they say. */
  readonly specs: readonly string[];
  /** The principals whose assignments are listed. */
  readonly principals: readonly Pick<StorePrincipal, "type" | "principalId">[];
  /** The places where assignments of deleted principals are looked up. */
  readonly orphans: readonly Place[];
  /** The places where assignments are listed. */
  readonly places: readonly Place[];
  /** ARNs of permission sets, and ids of accounts, whose places have to be found first. */
  readonly sets: readonly string[];
  readonly accounts: readonly string[];
}

/** What one invocation found. */
export interface InstancePart {
  readonly permissionSets: readonly InstancePermissionSet[];
  readonly principals: readonly StorePrincipal[];
  readonly assignments: readonly InstanceAssignment[];
  readonly outdated: readonly OutdatedRole[];
}

export const NOTHING_LEFT: LeftToRead = {
  specs: [],
  principals: [],
  orphans: [],
  places: [],
  sets: [],
  accounts: [],
};

/** How many questions are known to be open; 0 if the read is complete. */
export function countLeft({ left }: Pick<InstanceRead, "left">): number {
  return Object.values(left).reduce((sum: number, list: readonly unknown[]) => sum + list.length, 0);
}

/** The snapshot of a read that is complete. */
export function joinParts(
  read: InstanceRead,
  parts: readonly InstancePart[],
): InstanceSnapshot | ScopedSnapshot {
  const { scope, instance, permissionSets } = read;
  if (scope.scope === "full") return joinFull(read, parts);
  const principals = parts.flatMap((part) => part.principals);
  const found = parts.flatMap((part) => part.assignments);
  if (scope.scope === "accounts") return { scope, instance, permissionSets, principals, assignments: found };
  // A place shows everybody who has an assignment there.
  const groups = groupsInScope(scope, principals).map(({ principalId }) => `GROUP/${principalId}`);
  const meant = new Set([...groups, ...read.gone]);
  const assignments = found.filter((assignment) => meant.has(principalOf(assignment)));
  return { scope, instance, permissionSets, principals, assignments };
}

export function joinFull(
  { instance, ownPermissionSetArns, overlaps }: InstanceRead,
  parts: readonly InstancePart[],
): InstanceSnapshot {
  const assignments = parts.flatMap((part) => part.assignments);
  return {
    instance,
    ownPermissionSetArns,
    permissionSets: parts.flatMap((part) => part.permissionSets),
    principals: parts.flatMap((part) => part.principals),
    assignments: overlaps ? unique(assignments) : assignments,
    outdated: parts.flatMap((part) => part.outdated),
  };
}

/** The groups that a scope is about, as the identity store has them. */
export function groupsInScope(scope: InstanceScope, principals: readonly StorePrincipal[]): StorePrincipal[] {
  const isInScope = inScope(scope);
  return principals.filter(({ type, externalId, principalId }) =>
    isInScope({ accountId: "", principal: { type, directoryId: externalId, principalId } }),
  );
}

function unique(assignments: readonly InstanceAssignment[]): InstanceAssignment[] {
  const keyed = assignments.map((assignment): [string, InstanceAssignment] => {
    const { accountId, permissionSetArn, principalType, principalId } = assignment;
    return [`${accountId} ${permissionSetArn} ${principalType} ${principalId}`, assignment];
  });
  return [...new Map(keyed).values()];
}
