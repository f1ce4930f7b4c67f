import type { Account, SignedIn } from './account.ts';
import { accountOf, name, onPress, show } from './states.ts';

/** Which invitation is to be accepted when one comes back from the issuer. */
const wish = 'groundswell.invitation';

/** What an answer of the API means to whoever was invited; `problem` for any other. */
const outcomes: Record<number, string> = {
  200: 'accepted',
  403: 'other-address',
  409: 'member-already',
  410: 'over',
};

/** Has one sign in, accepts the invitation of the page's form, and says what became of it. */
export async function offerInvitation(root: HTMLElement, form: HTMLFormElement): Promise<void> {
  const account = accountOf(root);
  const token = String(new FormData(form).get('token'));
  const accept = (user: SignedIn) => acceptAs(user, { root, form, account, token });
  const leave = async (how?: { anew: boolean }) => {
    sessionStorage.setItem(wish, token);
    await account.signIn(`${location.pathname}${location.search}`, how).catch(() => show(root, 'offline'));
  };
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const user = await account.current();
    await (user ? accept(user) : leave());
  });
  for (const button of form.querySelectorAll('button')) button.disabled = false;
  onPress(root, 'sign-in-anew', () => leave({ anew: true }));
  const wished = sessionStorage.getItem(wish) === token;
  sessionStorage.removeItem(wish);
  const user = await account.current();
  if (wished && user) await accept(user);
}

interface Offer {
  root: HTMLElement;
  form: HTMLFormElement;
  account: Account;
  token: string;
}

async function acceptAs(user: SignedIn, { root, form, account, token }: Offer): Promise<void> {
  show(root, 'busy');
  name(root, user.email);
  try {
    const status = await post(form.dataset['action'] ?? '', token, user);
    // The token is not good any more: the next try signs in again.
    if (status === 401) await account.forget();
    show(root, outcomes[status] ?? 'problem');
  } catch {
    show(root, 'offline');
  }
}

async function post(address: string, token: string, user: SignedIn): Promise<number> {
  const { status } = await fetch(address, {
    method: 'POST',
    headers: { authorization: `Bearer ${user.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  return status;
}
