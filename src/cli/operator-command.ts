import { OperatorError } from './operator-client.ts';

/** Prints how a command is used, for whoever asked or typed what makes no sense. @returns the exit status */
export function usage(help: string, isAskedFor: boolean | undefined): number {
  process[isAskedFor === true ? 'stdout' : 'stderr'].write(help);
  return isAskedFor === true ? 0 : 2;
}

/** Does what was typed. Resolves with the exit status: what `run` says, or 1 where the operator has to read why not. */
export async function carryOut(run: () => Promise<number | void>): Promise<number> {
  try {
    return (await run()) ?? 0;
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    process.stderr.write(`holdfast: ${error.message}\n`);
    return 1;
  }
}
