import type { LocalHost } from "@landbridge/host/local-host";
import type { Random } from "@landbridge/sandbox";
import type { Book } from "./book.ts";

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** The people who write policies, start runs and approve, by user name. */
export const PEOPLE = ["ada@small.example", "bo@small.example", "cleo@small.example"] as const;

export interface Company {
  readonly host: LocalHost;
  readonly book: Book;
  readonly random: Random;
  /** The people behind policies, by version, and behind runs, by ARN. */
  readonly authors: Map<string, string>;
  /** What people use. */
  readonly deps: LocalHost["deps"];
  /** Whether things happen between states, and requests go wrong. */
  isWild: boolean;
}

export interface Place {
  readonly accountId: string;
  readonly permissionSetArn: string;
  readonly principalId: string;
}

export function keyOf(
  { host }: Pick<Company, "host">,
  { accountId, permissionSetArn, principalId }: Place,
): string {
  const { organization, identityCenter } = host.sandbox.states;
  const account = organization.accounts.get(accountId)?.name;
  const set = identityCenter.permissionSets.get(permissionSetArn)?.name;
  const group = host.sandbox.groups().find(({ id }) => id === principalId)?.attributes.displayName;
  return `${account}/${set}/${String(group)}`;
}

export function pick<T>(random: Random, from: readonly T[]): T {
  const chosen = from[Math.floor(random.next() * from.length)];
  if (chosen === undefined) throw new Error("Nothing to pick from");
  return chosen;
}

export function shuffled<T>(random: Random, all: readonly T[]): T[] {
  return all
    .map((value) => ({ value, order: random.next() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ value }) => value);
}
