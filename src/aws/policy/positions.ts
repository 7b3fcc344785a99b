/** A place in a policy's text; both count from 1. */
interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Span {
  /** Where AWS's simulator lets it begin: behind the bracket that opens it, its list, or behind the statement before. */
  readonly behind: Position;
  readonly start: Position;
  /** Behind the last character. */
  readonly end: Position;
  readonly startIndex: number;
  readonly endIndex: number;
}

/** Where each statement stands in the text of a policy that is known to be well formed, in the order of statements. */
export function statementSpans(text: string): readonly Span[] {
  const positionOf = positionsIn(text);
  const spans: Span[] = [];
  const open: number[] = [];
  let isInStatements = false;
  // The policy's own members are at depth 1; statements are objects of `Statement`, or in its array.
  for (const { 0: token, 1: key, index } of text.matchAll(
    /("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}[\]]/g,
  )) {
    if (key !== undefined) {
      if (open.length === 1) isInStatements = JSON.parse(key) === 'Statement';
    } else if (token === '{' || token === '[') open.push(index);
    else if (token === '}' || token === ']') {
      const start = open.pop() ?? 0;
      const isList = text[open[1] ?? 0] === '[';
      const isStatement = token === '}' && open.length === (isList ? 2 : 1);
      if (isInStatements && isStatement)
        spans.push({
          behind: spans.at(-1)?.end ?? positionOf((isList ? (open[1] ?? 0) : start) + 1),
          start: positionOf(start),
          end: positionOf(index + 1),
          startIndex: start,
          endIndex: index + 1,
        });
    }
  }
  return spans;
}

function positionsIn(text: string): (index: number) => Position {
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return (index) => {
    const line = lineStarts.findLastIndex((start) => start <= index);
    return { line: line + 1, column: index - (lineStarts[line] ?? 0) + 1 };
  };
}
