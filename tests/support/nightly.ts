/**
 * Whether this is `npm run test:nightly`. By day a test with many points or seeds tries one of each kind; at night it tries
 * them all.
 */
export const NIGHTLY = process.env["LANDBRIDGE_NIGHTLY"] === "true";
