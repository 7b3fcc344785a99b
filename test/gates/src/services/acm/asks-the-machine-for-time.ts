export const now = (): number => Date.now();
export const instant = (): unknown => Temporal.Now.instant();
