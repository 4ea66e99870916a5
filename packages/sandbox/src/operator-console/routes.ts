import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { secureHeaders } from "hono/secure-headers";
import type { Service } from "../kernel/kernel.ts";
import { makeConsoleApi } from "./api.ts";
import { ConsoleRefusal } from "./console-refusal.ts";
import { guard } from "./guard.ts";
import { addAccountPages } from "./pages/accounts.ts";
import { addCertificatePages } from "./pages/certificates.ts";
import { addDashboard } from "./pages/dashboard.ts";
import { addDirectoryPages } from "./pages/directory.ts";
import { addEntraPages } from "./pages/entra.ts";
import { addIdentitySourcePages } from "./pages/identity-source.ts";
import { refusalPage } from "./pages/layout.ts";
import { addPortal } from "./pages/portal.ts";
import { addProvisioningPages } from "./pages/provisioning.ts";
import { addSettings } from "./pages/settings.ts";
import { addStyle } from "./pages/style.ts";
import { addTokenPages } from "./pages/tokens.ts";
import type { ConsoleWorld } from "./world.ts";

/** Two metadata files of the largest size that the console accepts. */
const MAX_BODY_BYTES = 2_000_000;

/** The operator console over HTTP: pages for people, and the same steps as JSON below `/api`. */
export function makeConsoleRoutes(world: ConsoleWorld): Service {
  const app = new Hono({ strict: false });
  app.use(headers, guard, bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLarge }));
  app.route("/api", makeConsoleApi(world.operatorConsole));
  addStyle(app);
  addDashboard(app, world);
  addSettings(app, world);
  addIdentitySourcePages(app, world);
  addCertificatePages(app, world);
  addProvisioningPages(app, world);
  addTokenPages(app, world);
  addPortal(app, world);
  addAccountPages(app, world);
  addDirectoryPages(app, world);
  addEntraPages(app, world);
  app.notFound((c) => answerRefusal(c, noSuchPage()));
  app.onError((error, c) => {
    if (!(error instanceof ConsoleRefusal)) throw error;
    return answerRefusal(c, error);
  });
  return { fetch: (request) => app.fetch(request) };
}

/** These pages run no scripts and load nothing from elsewhere; tokens stay out of caches. */
const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    imgSrc: ["data:"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  // With "no-referrer" browsers would send their forms with "Origin: null".
  referrerPolicy: "same-origin",
  strictTransportSecurity: false,
});

function answerRefusal(c: Context, refusal: ConsoleRefusal): Response | Promise<Response> {
  const { name, message, field, remedy, status } = refusal;
  // Hono's own path is the one below /console.
  if (c.req.path.startsWith("/api")) return c.json({ error: name, message, field, remedy }, status);
  return c.html(refusalPage(refusal), status);
}

function noSuchPage(): ConsoleRefusal {
  return new ConsoleRefusal(404, "The operator console has no such page.", {
    remedy: "Go to the dashboard at /console, or see docs/practice.md for the steps.",
  });
}

function tooLarge(): never {
  throw new ConsoleRefusal(413, "The request is larger than 2 MB.", {
    field: "metadata",
    remedy: "Choose the Federation Metadata XML; it has a few kilobytes.",
  });
}
