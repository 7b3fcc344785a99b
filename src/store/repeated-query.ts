import type { CompiledQuery, Kysely } from 'kysely';
import type { Soon } from '../lib/soon.ts';

type Value = string | number | null | Uint8Array;
type Values = Readonly<Record<string, Value | readonly Value[]>>;
/** Of interfaces, too, which are no records. */
type Valued<Given> = { readonly [Name in keyof Given]: Value | readonly Value[] };

interface Built<Row> {
  compile(): CompiledQuery<Row>;
}

/** Stands for a value while a query is built. */
class Placeholder {
  readonly name: string;
  readonly index: number | undefined;

  constructor(name: string, index?: number) {
    this.name = name;
    this.index = index;
  }
}

type Execute = <Row>(query: CompiledQuery<Row>) => Row[];

const direct = new WeakMap<Kysely<any>, Execute>();

/** For an engine that answers at once: repeated queries of `db` go past Kysely's chain of promises, which costs more. */
export function executeDirectly(db: Kysely<any>, execute: Execute): void {
  direct.set(db, execute);
}

/** A query that is asked for every call: answered without a promise where the engine can. @see repeatedStatement */
export function repeatedQuery<Given extends Valued<Given>, Row>(
  db: Kysely<any>,
  build: (values: Given) => Built<Row>,
): (values: Given) => Soon<Row[]> {
  const statement = repeatedStatement(build);
  return (values) => runQuery(db, statement(values).compile());
}

/** What a query finds. */
export function runQuery<Row>(db: Kysely<any>, query: CompiledQuery<Row>): Soon<Row[]> {
  const execute = direct.get(db);
  return execute === undefined ? db.executeQuery(query).then(({ rows }) => rows) : execute(query);
}

/**
 * A statement that is needed for every call: Kysely builds it once, which costs several times what SQLite needs
 * to run it, and then only its values differ.
 * @param build is given the values to put into the statement. It must not look at them, save the length of a
 *   list: for lists of another length the statement is built anew
 */
export function repeatedStatement<Given extends Valued<Given>, Row>(
  build: (values: Given) => Built<Row>,
): (values: Given) => Built<Row> {
  const built = new Map<string, CompiledQuery<Row>>();
  return (values) => {
    const shape = lengthsIn(values);
    let query = built.get(shape);
    if (query === undefined) {
      query = build(placeholdersFor(values)).compile();
      built.set(shape, query);
    }
    const parameters = query.parameters.map((each) =>
      each instanceof Placeholder ? valueOf(values as Values, each) : each,
    );
    const filled = { ...query, parameters };
    return { compile: () => filled };
  };
}

/** Of the lists among the values. */
function lengthsIn(values: object): string {
  let lengths = '';
  for (const value of Object.values(values))
    if (Array.isArray(value)) lengths += `${value.length} `;
  return lengths;
}

function placeholdersFor<Given extends Valued<Given>>(values: Given): Given {
  const places = Object.entries(values).map(([name, value]) => [
    name,
    Array.isArray(value)
      ? value.map((_each, index) => new Placeholder(name, index))
      : new Placeholder(name),
  ]);
  return Object.fromEntries(places) as Given;
}

function valueOf(values: Values, { name, index }: Placeholder): unknown {
  const value = values[name];
  return index === undefined ? value : (value as readonly Value[])[index];
}
