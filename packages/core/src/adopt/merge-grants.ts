/** One assignment; each part is a text that identifies it. */
export interface Cell {
  readonly principal: string;
  readonly permissionSet: string;
  readonly account: string;
}

/** What one rule can express: each of the principals has each of the permission sets in each of the accounts. */
export interface Box {
  readonly principals: readonly string[];
  readonly permissionSets: readonly string[];
  readonly accounts: readonly string[];
}

type Side = 0 | 1 | 2;
/** Sorted members of the three sides: principals, permission sets, accounts. */
type Sides = readonly [readonly string[], readonly string[], readonly string[]];

/** Accounts first comes first: of equally short results the one that follows principals is the easiest to read. */
const ORDERS: readonly (readonly [Side, Side, Side])[] = [
  [2, 0, 1],
  [2, 1, 0],
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
];

/**
 * Boxes that contain each cell exactly once, as few as merging finds. Which merges are possible depends on earlier ones, so
 * it tries every order of the sides. There are never more than pairs of principal and permission set. The order of the cells
 * does not matter.
 */
export function mergeGrants(cells: readonly Cell[]): Box[] {
  const single = cells
    .map(({ principal, permissionSet, account }): Sides => [[principal], [permissionSet], [account]])
    .toSorted(bySides);
  const [first = [], ...others] = ORDERS.map((order) => mergeInOrder(single, order));
  const fewest = others.reduce((best, next) => (next.length < best.length ? next : best), first);
  return fewest
    .toSorted(bySides)
    .map(([principals, permissionSets, accounts]) => ({ principals, permissionSets, accounts }));
}

function mergeInOrder(start: readonly Sides[], order: readonly Side[]): readonly Sides[] {
  let boxes = start;
  for (;;) {
    const before = boxes.length;
    for (const side of order) boxes = mergeAlong(boxes, side);
    if (boxes.length === before) return boxes;
  }
}

/** Boxes that differ in one side only become one. */
function mergeAlong(boxes: readonly Sides[], side: Side): readonly Sides[] {
  const groups = new Map<string, Sides[]>();
  for (const box of boxes) {
    const key = JSON.stringify(box.with(side, []));
    const group = groups.get(key);
    if (group) group.push(box);
    else groups.set(key, [box]);
  }
  return [...groups.values()].flatMap((group): Sides[] => {
    const [only] = group;
    if (!only || group.length === 1) return group;
    const members = [...new Set(group.flatMap((box) => box[side]))].toSorted();
    return [[side === 0 ? members : only[0], side === 1 ? members : only[1], side === 2 ? members : only[2]]];
  });
}

function bySides(a: Sides, b: Sides): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
