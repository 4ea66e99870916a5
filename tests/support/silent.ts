/** A listener of a flow that listens to nothing. */
export const silent = {
  stateEntered: () => undefined,
  stateEnded: () => undefined,
  flowEnded: () => undefined,
};
