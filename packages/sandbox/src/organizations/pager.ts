import type { AwsBehaviour } from "../aws-json/aws-behaviour.ts";
import type { Call } from "../aws-json/operation.ts";
import { type Page, type PageRequest, paginate } from "../aws-json/pages.ts";
import type { Random } from "../kernel/random.ts";
import { invalidInput } from "./errors.ts";

/** The maximum page size of Organizations, and its default. */
export const PAGE_SIZE = 20;

export type Pager = <Item>(all: readonly Item[], input: PageRequest, call: Call) => Page<Item>;

/**
 * Pages of Organizations. A continued list sometimes returns an empty page and a token: every list operation says "Always
 * check the NextToken".
 */
export function makePager(random: Random, { emptyPageShare }: Pick<AwsBehaviour, "emptyPageShare">): Pager {
  return (all, input, call) => {
    const isEmpty = input.NextToken !== undefined && random.next() < emptyPageShare;
    const request = isEmpty ? { ...input, MaxResults: 0 } : input;
    return paginate(all, request, { call, defaultSize: PAGE_SIZE, refuseToken });
  };
}

function refuseToken(): Error {
  return invalidInput("The pagination token is invalid or has expired.", "INVALID_NEXT_TOKEN");
}
