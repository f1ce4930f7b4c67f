/** Keeps what the local issuer hands out (sessions, codes, tokens) in memory: a restart only asks to sign in again. */
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

export function createMemoryAdapter(): AdapterFactory {
  const models = new Map<string, Map<string, AdapterPayload>>();
  return (model) => {
    const held = models.get(model) ?? new Map<string, AdapterPayload>();
    models.set(model, held);
    return toAdapter(held);
  };
}

function toAdapter(held: Map<string, AdapterPayload>): Adapter {
  const findBy = (is: (payload: AdapterPayload) => boolean) => [...held.values()].find(is);
  return {
    async upsert(id, payload, expiresIn = 3600) {
      held.set(id, payload);
      setTimeout(() => held.get(id) === payload && held.delete(id), expiresIn * 1000).unref();
    },
    find: async (id) => held.get(id),
    findByUid: async (uid) => findBy((payload) => payload.uid === uid),
    findByUserCode: async (code) => findBy((payload) => payload.userCode === code),
    async consume(id) {
      const payload = held.get(id);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    async destroy(id) {
      held.delete(id);
    },
    async revokeByGrantId(grantId) {
      for (const [id, payload] of held) if (payload.grantId === grantId) held.delete(id);
    },
  };
}
