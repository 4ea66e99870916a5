/** How the command is called in a clone. `npx landbridge` would fetch a stranger's package where there is no clone. */
export const LANDBRIDGE = "npm run landbridge --";
