import type fc from 'fast-check';
import type { Chance } from './chance.ts';

/** A part of the product that reads what strangers send, and the laws that hold whatever it is given. */
export interface Target {
  /** One line for `--list`. */
  readonly about: string;
  /** Inputs with the structure of the format, so that they get past its first checks. */
  readonly inputs: fc.Arbitrary<Uint8Array>;
  /** No input is longer. */
  readonly maxBytes: number;
  /** Texts of the format, which mutations put in. */
  readonly words?: readonly string[];
  /** A mutation that keeps the structure; used for half of all mutations. */
  readonly mutate?: (input: Uint8Array, chance: Chance) => Uint8Array;
  start(): Promise<Subject>;
}

/** The started target. Disposing it ends what it has started. */
export interface Subject extends AsyncDisposable {
  /**
   * Takes one input, which is its own to overwrite.
   * @throws anything when a law is broken; errors that the product foresees are caught here
   */
  take(input: Uint8Array): void | Promise<void>;
}

/** A subject without anything to be ended. */
export function subject(take: Subject['take']): Subject {
  return { take, async [Symbol.asyncDispose]() {} };
}

type ErrorClass = abstract new (...parameters: never[]) => Error;

/** The result; undefined when one of the `foreseen` errors was thrown, whose text `look` may look at. */
export function attempt<T>(
  work: () => T,
  foreseen: readonly ErrorClass[],
  look: (error: Error) => void = () => {},
): T | undefined {
  try {
    return work();
  } catch (error) {
    const known = foreseen.find((each) => error instanceof each);
    if (known === undefined) throw error;
    look(error as Error);
    return undefined;
  }
}

/** A law: names what is broken, never with the input in it. */
export function must(holds: boolean, law: string): asserts holds {
  if (!holds) throw new BrokenLaw(law);
}

class BrokenLaw extends Error {
  constructor(law: string) {
    super(law);
    this.name = 'BrokenLaw';
  }
}
