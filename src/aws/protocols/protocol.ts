import type { HttpAnswer, RequestHead } from '../http/messages.ts';
import type { OperationModel, ServiceModel } from '../model.ts';

/** One operation as a protocol sees it. */
export interface WireOperation {
  readonly name: string;
  readonly operation: OperationModel;
  readonly model: ServiceModel;
  /** Signing name of the service. */
  readonly signingName: string;
}

/** A request for a known operation. */
export interface WireRequest {
  readonly head: RequestHead;
  readonly body: Uint8Array;
}

/** What an operation is given: members by their names in the model. */
export type Input = Readonly<Record<string, unknown>>;

/** An error with the name and status that its protocol has for it. */
export interface WireError {
  readonly code: string;
  readonly status: number;
  /** Absent where AWS sends none. */
  readonly message: string | undefined;
  /** Modelled members besides the message. */
  readonly members: Readonly<Record<string, unknown>>;
  readonly messageMember: 'message' | 'Message';
}

export interface Protocol {
  /**
   * @param secrets disposes the `Secret`s of the input when the call is over
   * @throws CommonError serialization; its message holds nothing of the body
   */
  readInput(operation: WireOperation, request: WireRequest, secrets: DisposableStack): Input;
  /** Secrets in `output` are disposed. */
  writeOutput(
    operation: WireOperation,
    output: unknown,
    requestId: string,
    head: RequestHead,
  ): HttpAnswer;
  /** @param service undefined when the request does not tell for which service it is */
  writeError(
    service: { readonly model: ServiceModel; readonly signingName: string } | undefined,
    error: WireError,
    requestId: string,
    head: RequestHead,
  ): HttpAnswer;
}

/** Nothing of ours is deeper, and no stack overflows at this depth. */
export const maxDepth = 64;
