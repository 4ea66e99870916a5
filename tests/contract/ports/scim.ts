import { describe, expect, it } from "vitest";
import type { MakeEntraWorld } from "../entra-world.ts";

const YEAR_MILLISECONDS = 365 * 86_400_000;

export function describeScim(makeWorld: MakeEntraWorld): void {
  describe("scim", () => {
    it("takes a new token, and two at a time", async () => {
      const { scim, newConnection } = await makeWorld();
      const [one, other] = [newConnection(), newConnection()];
      await scim.probe(one);
      await scim.probe(other);
      await scim.probe({ ...one, endpoint: `${one.endpoint}/` });
    });

    it("refuses a token that is wrong, and does not repeat it", async () => {
      const { scim, newConnection } = await makeWorld();
      const token = "canary-token-of-nobody";
      const refusal = await scim.probe({ ...newConnection(), token }).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ name: "ScimTokenRefused" });
      expect(String(refusal)).not.toContain(token);
    });

    it("refuses a token that is deleted", async () => {
      const { scim, newConnection, deleteTokens } = await makeWorld();
      const connection = newConnection();
      deleteTokens();
      await expect(scim.probe(connection)).rejects.toMatchObject({ name: "ScimTokenRefused" });
    });

    it("refuses a token after its year", async () => {
      const { scim, newConnection, clock } = await makeWorld();
      const connection = newConnection();
      await clock.sleep(YEAR_MILLISECONDS - 60_000);
      await scim.probe(connection);
      await clock.sleep(60_000);
      await expect(scim.probe(connection)).rejects.toMatchObject({ name: "ScimTokenRefused" });
    });

    it("refuses a good token at the endpoint of another instance", async () => {
      const { scim, newConnection } = await makeWorld();
      const connection = newConnection();
      const endpoint = connection.endpoint.replace(/\/[^/]+\/scim\/v2$/, "/another-instance/scim/v2");
      expect(endpoint).not.toBe(connection.endpoint);
      await expect(scim.probe({ ...connection, endpoint })).rejects.toMatchObject({
        name: "ScimTokenRefused",
      });
    });

    it("sends no token to a host that is not AWS's in the region", async () => {
      const { scim, newConnection } = await makeWorld();
      const connection = { ...newConnection(), endpoint: "https://scim.nowhere.invalid/x/scim/v2" };
      await expect(scim.probe(connection)).rejects.toMatchObject({ name: "ScimEndpointRefused" });
    });
  });
}
