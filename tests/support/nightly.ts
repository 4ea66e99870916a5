/**
 * Whether this is `npm run test:nightly`. By day a test that tries many points or seeds takes one of each kind; at night it takes
 * them all.
 */
export const NIGHTLY = process.env["LANDBRIDGE_NIGHTLY"] === "true";
