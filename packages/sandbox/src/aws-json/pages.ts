export interface PageRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

export interface Page<Item> {
  readonly items: Item[];
  /** Present when there is more. */
  readonly next: { readonly NextToken?: string };
}

/** Where {@link paginate} was, as an opaque token that fits every service's pattern. */
function makeToken(offset: number): string {
  return Buffer.from(`sandbox-page:${offset}`).toString("base64url");
}

/**
 * Cuts one page out of a complete list.
 * @throws whatever `refuseToken` makes when the token is not one that was handed out
 */
export function paginate<Item>(
  all: readonly Item[],
  request: PageRequest & { readonly defaultSize: number },
  refuseToken: () => Error,
): Page<Item> {
  const offset = request.NextToken === undefined ? 0 : readToken(request.NextToken);
  if (offset === null) throw refuseToken();
  const end = offset + (request.MaxResults ?? request.defaultSize);
  return { items: all.slice(offset, end), next: end < all.length ? { NextToken: makeToken(end) } : {} };
}

function readToken(token: string): number | null {
  const match = /^sandbox-page:(\d+)$/.exec(Buffer.from(token, "base64url").toString());
  return match?.[1] === undefined ? null : Number(match[1]);
}
