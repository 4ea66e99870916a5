import { html } from "hono/html";
import type { ConsoleRefusal } from "../console-refusal.ts";
import { readIdentityProvider } from "../saml-metadata.ts";
import type { ConsoleWorld } from "../world.ts";
import { count, facts, type Html, pathTo } from "./html.ts";
import { invalid } from "./layout.ts";

/**
 * The last step. The form contains the metadata, so that nothing is stored between the steps. Consequences as in the user
 * guide, "Considerations for changing your identity source".
 */
export function confirmationForm(
  { identityCenter, operatorConsole }: ConsoleWorld,
  metadata: string,
  refusal: ConsoleRefusal | null = null,
): Html {
  const { entityId, certificates } = readIdentityProvider(metadata);
  const current = operatorConsole.identityProvider();
  const users = identityCenter.identityStore.users.size;
  return html`<section aria-labelledby="review">
<h2 id="review">Review</h2>
${facts({
  "Current identity source":
    current === null ? "Identity Center directory" : html`External identity provider ${current.entityId}`,
  "New identity source": html`External identity provider ${entityId}`,
  Certificates: count(certificates.length, "certificate"),
})}
</section>
<div class="note warn">
<h2>Read this before you continue</h2>
<ul>
<li>${count(users, "user")} of the identity store will sign in through the new provider only. Passwords and MFA devices that
are kept here are no longer used.</li>
<li>Users, groups and assignments stay. They work for a person whose sign-in carries a NameID equal to the user name here.</li>
<li>Sessions that are open now last until they end by themselves.</li>
<li>The root user and IAM users of the accounts are not affected.</li>
</ul>
</div>
<form class="box" method="post" action="${pathTo("settings", "change-identity-source", "confirm")}">
<input type="hidden" name="metadata" value="${metadata}">
<label for="confirmation">Type ACCEPT to confirm that you want to change your identity source</label>
<input type="text" id="confirmation" name="confirmation" autocomplete="off" autocapitalize="characters" required${invalid(refusal, "confirmation")}>
<p class="buttons"><a href="${pathTo("settings")}">Cancel</a> <button>Change identity source</button></p>
</form>`;
}
