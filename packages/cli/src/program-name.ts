/** The command in a clone. Outside a clone, `npx landbridge` would fetch an unrelated package. */
export const LANDBRIDGE = "npm run landbridge --";
