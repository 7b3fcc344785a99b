import assert from 'node:assert/strict';

const isColoured = process.stdout.isTTY;
const paint = (code: number, text: string): string =>
  isColoured ? `\u001b[${code}m${text}\u001b[0m` : text;

/** Tells the story, and counts what was checked. */
export class Narrator {
  #checks = 0;

  get checks(): number {
    return this.#checks;
  }

  title(text: string): void {
    process.stdout.write(`\n${paint(1, text)}\n`);
  }

  say(text: string): void {
    process.stdout.write(`    ${text}\n`);
  }

  /** A claim that has just been put to the test. */
  check(claim: string, isTrue: boolean, detail = ''): void {
    assert.ok(isTrue, `not so: ${claim} ${detail}`);
    this.#checks += 1;
    process.stdout.write(
      `  ${paint(32, '✓')} ${claim}${detail === '' ? '' : paint(2, `  ${detail}`)}\n`,
    );
  }

  /** Passes when `work` fails with an error of this name. */
  async refused(claim: string, errorName: string, work: () => Promise<unknown>): Promise<void> {
    let name = 'it was allowed';
    try {
      await work();
    } catch (error) {
      name = error instanceof Error ? error.name : String(error);
    }
    this.check(claim, name === errorName, name);
  }
}

export function milliseconds(from: number): string {
  return `${(performance.now() - from).toFixed(0)} ms`;
}
