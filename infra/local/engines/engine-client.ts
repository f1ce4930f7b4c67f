import { REGION } from '../template/resource-types.ts';

// biome-ignore lint/suspicious/noExplicitAny: AWS answers are open JSON; each caller reads its own.
type Json = any;

/** An error that an engine answered, with the name of the AWS exception. */
export class EngineError extends Error {}

/**
 * Calls a JSON action of an engine directly, as the host: not through the gateway, so neither grants nor faults apply.
 * `target` is the X-Amz-Target, as `AmazonSQS.SendMessage`.
 */
export async function callEngine(
  url: string,
  target: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<Json> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...engineHeaders(), 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
    body: JSON.stringify(body),
    signal: signal ?? null,
  });
  const answer = JSON.parse((await response.text()) || '{}');
  if (response.ok) return answer;
  const error = new EngineError(`${target}: ${answer.message ?? answer.Message ?? response.status}`);
  error.name = String(answer.__type ?? 'EngineError').replace(/^.*#/, '');
  throw error;
}

/** The engines verify no signature, but read the region from its scope. */
export function engineHeaders(): Record<string, string> {
  const scope = `host/20260101/${REGION}/engine/aws4_request`;
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=local`,
    'x-amz-date': '20260101T000000Z',
  };
}
