import { answerError, answerFixed, answerRedirect } from './answers.ts';
import type { Exchange } from './exchange.ts';
import { Forwarding } from './forwarding.ts';
import { chooseTarget } from './front.ts';
import type { Front } from './front.ts';

/** Answers one request of a client as its listener's default action says. */
export function serveRequest(front: Front, exchange: Exchange): void {
  const { action } = front;
  switch (action?.Type) {
    case 'fixed-response':
      return answerFixed(exchange, action);
    case 'redirect':
      return answerRedirect(exchange, action, front);
    case 'forward': {
      const chosen = chooseTarget(front);
      if (chosen === undefined) return answerError(exchange, 503);
      return new Forwarding(front, chosen, exchange).start();
    }
    case undefined:
      return answerError(exchange, 503);
  }
}
