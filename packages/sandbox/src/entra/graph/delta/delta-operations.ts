import { syncStateGone } from "../../errors.ts";
import { GRAPH, type JsonObject } from "../../odata.ts";
import type { EntraState } from "../../state.ts";
import { EMPTY_SNAPSHOT, type Snapshot, takeSnapshot } from "../directory-snapshot.ts";
import { GROUP_PROPERTIES } from "../groups.ts";
import type { Operation } from "../operation.ts";
import { NEEDS } from "../permissions.ts";
import { USER_PROPERTIES } from "../users.ts";
import { groupEntries, userEntries } from "./delta-entries.ts";
import { parseDeltaOptions } from "./delta-options.ts";
import { DeltaTokens, type Place, type Round, type Tracking } from "./delta-tokens.ts";

const OBJECTS_PER_PAGE = 100;
/** Share of entries that a round repeats: clients must expect replays. */
const REPLAYED = 1 / 50;

interface Tracked {
  readonly name: "users" | "groups";
  readonly needs: Operation["needs"];
  readonly selectable: readonly string[];
  readonly entries: typeof userEntries;
}

const TRACKED: readonly Tracked[] = [
  { name: "users", needs: NEEDS.readUsers, selectable: USER_PROPERTIES, entries: userEntries },
  {
    name: "groups",
    needs: NEEDS.readGroups,
    selectable: [...GROUP_PROPERTIES, "members"],
    entries: groupEntries,
  },
];

/** "user: delta" and "group: delta". */
export function deltaOperations(state: EntraState): Operation[] {
  return TRACKED.map((tracked) => deltaOperation(state, tracked));
}

function deltaOperation(state: EntraState, { name, needs, selectable, entries }: Tracked): Operation {
  const tokens = new DeltaTokens(state);
  const address = `${GRAPH}/${name}/delta`;

  function find(token: string): Place {
    const place = tokens.find(token);
    if (!place) throw syncStateGone(`${address}?$deltaToken=`);
    return place;
  }

  function begin(from: Snapshot, tracking: Tracking): Response {
    const end = takeSnapshot(state, from);
    const told = entries({ begin: from, end, tracking });
    const replays = told.filter(() => state.kernel.random.next() < REPLAYED);
    return show({ tracking, end, pages: paginate([...told, ...replays]) }, 0);
  }

  function show(round: Round, index: number): Response {
    const isLast = index + 1 >= round.pages.length;
    const link = isLast
      ? { "@odata.deltaLink": `${address}?$deltatoken=${endToken(round.tracking, round.end)}` }
      : {
          "@odata.nextLink": `${address}?$skiptoken=${tokens.issue({ kind: "page", round, index: index + 1 })}`,
        };
    const value = round.pages[index] ?? [];
    return Response.json({ "@odata.context": `${GRAPH}/$metadata#${name}`, ...link, value });
  }

  function endToken(tracking: Tracking, snapshot: Snapshot): string {
    return tokens.issue({ kind: "end", tracking, snapshot });
  }

  return {
    method: "GET",
    path: `/${name}/delta`,
    needs,
    ownQuery: true,
    handle({ url }) {
      const { tracking, deltaToken, skipToken } = parseDeltaOptions(url.searchParams, selectable);
      if (deltaToken === "latest") return show({ tracking, end: takeSnapshot(state), pages: [] }, 0);
      if (deltaToken === "" && skipToken === "") return begin(EMPTY_SNAPSHOT, tracking);
      const place = find(skipToken || deltaToken);
      return place.kind === "page" ? show(place.round, place.index) : begin(place.snapshot, place.tracking);
    },
  };
}

/** A repeated object appears on different pages. */
function paginate(entries: readonly JsonObject[]): JsonObject[][] {
  const pages: JsonObject[][] = [];
  for (const entry of entries) {
    const page = pages.at(-1);
    const fits = page && page.length < OBJECTS_PER_PAGE && !page.some(({ id }) => id === entry["id"]);
    if (fits) page.push(entry);
    else pages.push([entry]);
  }
  return pages;
}
