import type { Format } from '../../functions/targets/parse-registry.ts';
import { ImportAnswer } from '../../functions/targets/registry-request.ts';
import { ProblemDocument } from '../../shared/http/problem-document.ts';
import { CallError, type Deployment } from './deployment.ts';

const types = { csv: 'text/csv', json: 'application/json' } as const;

/** The functions have 29 s, and API Gateway waits for 30. */
const patience = 35_000;

export interface ImportFile {
  bytes: Uint8Array<ArrayBuffer>;
  format: Format;
  skipBad: boolean;
  dryRun: boolean;
}

/** Sends a registry to be imported; what the deployment refuses is an answer, too. @throws CallError */
export async function sendTargets(
  deployment: Deployment,
  { bytes, format, skipBad, dryRun }: ImportFile,
): Promise<ImportAnswer | ProblemDocument> {
  const answer = await call(deployment, `/v1/targets/import?skipBad=${skipBad}&dryRun=${dryRun}`, {
    method: 'POST',
    headers: { 'content-type': types[format] },
    body: bytes,
  });
  const body = await answer.json().catch(() => undefined);
  const [done, problem] = [ImportAnswer.safeParse(body), ProblemDocument.safeParse(body)];
  if (done.success) return done.data;
  if (problem.success) return problem.data;
  throw unexpected(answer, deployment);
}

/** The registry as it can be imported again. @throws CallError */
export async function fetchTargets(deployment: Deployment, format: Format): Promise<string> {
  const answer = await call(deployment, `/v1/targets?format=${format}`);
  // As it was sent: `text()` would drop the byte order mark, by which spreadsheets know UTF-8.
  if (answer.ok) return Buffer.from(await answer.arrayBuffer()).toString();
  const problem = ProblemDocument.safeParse(await answer.json().catch(() => undefined));
  throw problem.success ? new CallError(problem.data.detail) : unexpected(answer, deployment);
}

async function call({ origin, token }: Deployment, path: string, init: RequestInit = {}): Promise<Response> {
  const answer = await fetch(origin + path, {
    ...init,
    headers: { ...init.headers, authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(patience),
  });
  if (answer.status === 401) throw new CallError(`The token is not valid at ${origin}, or not any more.`);
  return answer;
}

function unexpected({ status }: Response, { origin }: Deployment): CallError {
  return new CallError(`${origin} answered ${status}, and nothing that Groundswell would say.`);
}
