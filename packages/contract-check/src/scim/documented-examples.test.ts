import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { contractFolders, WITHOUT_CONTRACTS } from "../places.ts";
import { judge } from "../../test-support/judge.ts";

interface Example {
  readonly exchanges: readonly {
    readonly request: {
      readonly method: string;
      readonly path: string;
      readonly headers: Record<string, string>;
      readonly body?: unknown;
    };
    readonly response: {
      readonly status: number;
      readonly headers: Record<string, string>;
      readonly body?: unknown;
    };
  }[];
}

const files = globSync(`${contractFolders.scim ?? ""}/examples/*.json`);

describe.skipIf(contractFolders.scim === null)(
  `examples of the SCIM endpoint (${WITHOUT_CONTRACTS.scim})`,
  () => {
    it.each(files.map((file) => [basename(file), file]))("%s is as the contract says", async (_, file) => {
      const { exchanges } = JSON.parse(readFileSync(file, "utf8")) as Example;
      for (const { request, response } of exchanges) {
        const { status, headers } = response;
        const body = response.body === undefined ? null : JSON.stringify(response.body);
        const found = await judge(
          "scim",
          { ...request, path: `/tenant/scim/v2${request.path}` },
          { answer: new Response(body, { status, headers }), mode: "simulator" },
        );
        expect(found).toEqual([]);
      }
    });
  },
);
