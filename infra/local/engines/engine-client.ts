import type { Json } from '../contract.ts';
import { REGION } from '../template/resource-types.ts';

/**
 * Calls a JSON action of an engine directly, as the host: not through the gateway, so neither grants nor faults apply.
 * Rejects with an error that has the AWS exception's name. `target` is the X-Amz-Target, as `AmazonSQS.SendMessage`.
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
  const error = new Error(`${target}: ${answer.message ?? answer.Message ?? response.status}`);
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
