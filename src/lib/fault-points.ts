import type { FaultPoint } from './fault-point.ts';

/**
 * Names a moment at which a crash is worth a test. It does nothing, and costs nothing: only `npm run torture` loads
 * test/torture/armed.ts in the place of this file, which then kills the process here.
 * @param _of what is done just now, where many do the same
 */
export function faultPoint(_name: FaultPoint, _of?: string): void {}
