import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { publicFor } from '../../shared/http/cache-control.ts';
import { chooseType } from '../../shared/http/choose-type.ts';
import {
  type Answer,
  type HttpAnswer,
  httpHandler,
  json,
  page,
  pageHandler,
  seeOther,
} from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { missingLetterPage } from '../../web/pages/find-letter-page.ts';
import { letterProofPage } from '../../web/pages/letter-proof-page.ts';
import { letterAddress, toExactNumber } from './letter-number.ts';
import { type LetterProof, ProofQuery } from './letter-proof.ts';
import { readProof } from './read-proof.ts';

const types = { html: 'text/html', json: 'application/json' } as const;
const kept = { 'cache-control': publicFor(2), vary: 'accept, accept-language' };

const asPage = pageHandler(
  answerBy((proof) => page(200, letterProofPage(proof), kept)),
  missingLetterPage,
);
const asJson = httpHandler(answerBy((proof) => json(200, proof, kept)));

/** What the letter with a number claims, and what is counted now: as a page or, for who asks so, as JSON. */
export const handler = (event: APIGatewayProxyEventV2, context: Context) =>
  typeOf(event) === types.json ? asJson(event, context) : asPage(event, context);

/** A number that is written otherwise than it is printed leads to the address with the exact one. */
function answerBy(show: (proof: LetterProof) => HttpAnswer): Answer {
  return async ({ path, query, headers, now }) => {
    const { lang } = validate(ProofQuery, query);
    const typed = path['number'] ?? '';
    const number = toExactNumber(typed);
    if (number !== typed) return seeOther(letterAddress(number, query));
    return show(await readProof(number, [lang, headers['accept-language']], now));
  };
}

function typeOf({ queryStringParameters: query, headers }: APIGatewayProxyEventV2): string {
  const { format } = query ?? {};
  if (format === 'html' || format === 'json') return types[format];
  return chooseType(headers['accept'], [types.html, types.json]);
}
