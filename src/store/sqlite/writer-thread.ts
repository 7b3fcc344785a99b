import {
  parentPort,
  receiveMessageOnPort,
  workerData,
  type MessagePort,
} from 'node:worker_threads';
import { CommitCount } from './commit-count.ts';
import { CommitMarks, marksFile } from './commit-marks.ts';
import { openForWriting } from './connection.ts';
import { BatchReader, type Batch } from './batch.ts';
import { GroupCommit, type Failure, type Outcomes, type Work } from './group-commit.ts';

/** What the thread is told: Changes to commit, or to end when all before it is done. */
export type ToWriter = { readonly commit: Batch } | { readonly close: true };

/** What became of them: Changes by their ids. */
export interface FromWriter extends Pick<Outcomes, 'isLogUntruncated' | 'isUnmarked'> {
  readonly kept: readonly number[];
  readonly failed: readonly { readonly id: number; readonly failure: Failure }[];
}

/** The one place of this process that writes. Everything that arrived while a commit was running shares the next one. */
function serve(port: MessagePort, file: string): void {
  const database = openForWriting(file);
  const marks = new CommitMarks(marksFile(file));
  const groupCommit = new GroupCommit(database, new CommitCount(database, marks));
  const reader = new BatchReader();
  port.on('message', (first: ToWriter) => {
    const batch: Work[] = [];
    let isClosing = false;
    for (let message: ToWriter | undefined = first; message !== undefined; message = next(port)) {
      if ('close' in message) isClosing = true;
      else batch.push(...reader.read(message.commit));
    }
    if (batch.length > 0) port.postMessage(told(groupCommit.run(batch)));
    if (isClosing) {
      marks[Symbol.dispose]();
      database.close();
      port.close();
    }
  });
}

function told({ outcomes, ...rest }: Outcomes): FromWriter {
  const kept: number[] = [];
  const failed: { id: number; failure: Failure }[] = [];
  for (const { id, failure } of outcomes) {
    if (failure === undefined) kept.push(id);
    else failed.push({ id, failure });
  }
  return { kept, failed, ...rest };
}

function next(port: MessagePort): ToWriter | undefined {
  return receiveMessageOnPort(port)?.message as ToWriter | undefined;
}

if (parentPort !== null) serve(parentPort, (workerData as { file: string }).file);
