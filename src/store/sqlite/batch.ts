import type { Change, Statement } from '../change.ts';
import type { Work } from './group-commit.ts';

/**
 * Changes as they cross to the writer's thread. What is copied there costs by the object, and statements are the same few
 * again and again: so they are one flat list, and the text of each statement crosses once.
 */
export interface Batch {
  /** All texts from before are forgotten. */
  readonly isFirst: boolean;
  /** Those that were not sent before; a statement names its text by its place among all. */
  readonly texts: readonly string[];
  /**
   * Of each Change: its id, whether it shreds, the number of its statements, and of each of those: its text, its guard or
   * undefined, the number of its parameters, and they themselves.
   */
  readonly list: readonly unknown[];
}

const maxTexts = 500;

/** This side of the thread: collects Changes until they are sent. */
export class BatchWriter {
  readonly #places = new Map<string, number>();
  #isFirst = true;
  #texts: string[] = [];
  #list: unknown[] = [];

  get isEmpty(): boolean {
    return this.#list.length === 0;
  }

  /** @throws TypeError for a parameter that no column takes; nothing is added then */
  add(id: number, { statements, isShredding }: Change): void {
    const start = this.#list.length;
    this.#list.push(id, isShredding, statements.length);
    try {
      for (const statement of statements) this.#addStatement(statement);
    } catch (error) {
      this.#list.length = start;
      throw error;
    }
  }

  take(): Batch {
    const batch = { isFirst: this.#isFirst, texts: this.#texts, list: this.#list };
    this.#isFirst = this.#places.size >= maxTexts;
    if (this.#isFirst) this.#places.clear();
    this.#texts = [];
    this.#list = [];
    return batch;
  }

  #addStatement({ sql, parameters, rows }: Statement): void {
    const list = this.#list;
    list.push(this.#placeOf(sql), rows, parameters.length);
    for (const parameter of parameters) list.push(portable(parameter));
  }

  #placeOf(text: string): number {
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    const place = this.#places.size;
    this.#places.set(text, place);
    this.#texts.push(text);
    return place;
  }
}

/** The thread's side. */
export class BatchReader {
  #texts: string[] = [];

  read({ isFirst, texts, list }: Batch): Work[] {
    if (isFirst) this.#texts = [];
    this.#texts.push(...texts);
    const work: Work[] = [];
    for (let at = 0; at < list.length;) {
      const id = list[at] as number;
      const isShredding = list[at + 1] as boolean;
      const count = list[at + 2] as number;
      at += 3;
      const statements: Statement[] = [];
      while (statements.length < count) {
        const sql = this.#texts[list[at] as number] ?? '';
        const rows = list[at + 1] as number | undefined;
        const end = at + 3 + (list[at + 2] as number);
        const parameters = list.slice(at + 3, end);
        statements.push(rows === undefined ? { sql, parameters } : { sql, parameters, rows });
        at = end;
      }
      work.push({ id, statements, isShredding });
    }
    return work;
  }
}

/** A view on a larger buffer would take the whole buffer with it, and with it whatever else is there. */
function portable(value: unknown): unknown {
  if (value instanceof Uint8Array)
    return value.byteLength === value.buffer.byteLength ? value : new Uint8Array(value);
  if (value === null || ['string', 'number', 'bigint', 'boolean'].includes(typeof value))
    return value;
  throw new TypeError('a parameter of a statement is of a type that no column takes');
}
