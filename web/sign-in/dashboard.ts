import { signInPaths } from '../../shared/http/sign-in-paths.ts';
import type { Account, SignedIn } from './account.ts';
import { accountOf, name, onPress, show } from './states.ts';

interface Membership {
  name: string;
  role: string;
}

/** Signs in and out, and says who one is. It is also where issuers lead back to. */
export async function openDashboard(root: HTMLElement): Promise<void> {
  const account = accountOf(root);
  const leave = (way: Promise<void>) => way.catch(() => show(root, 'offline'));
  const home = `${signInPaths.home}?lang=${document.documentElement.lang}`;
  onPress(root, 'sign-in', () => leave(account.signIn(home)));
  onPress(root, 'sign-out', () => leave(account.signOut()));
  if (location.pathname === signInPaths.callback) return comeBack(root, account);
  const user = await account.current();
  if (user) return showMember(root, account, user);
  show(root, 'signed-out');
}

/** The code that the address has is of use once: it is not left in the history. */
async function comeBack(root: HTMLElement, account: Account): Promise<void> {
  try {
    location.replace(await account.finish());
  } catch {
    show(root, 'unfinished');
  }
}

async function showMember(root: HTMLElement, account: Account, { token, email }: SignedIn): Promise<void> {
  try {
    const answer = await fetch('/v1/me', {
      headers: { authorization: `Bearer ${token}` },
      cache: 'no-store',
    });
    if (!answer.ok) throw new Error(`me: ${answer.status}`, { cause: answer.status });
    const { memberships } = (await answer.json()) as { memberships: Membership[] };
    name(root, email);
    list(root, memberships);
    show(root, memberships.length > 0 ? 'member' : 'no-member');
  } catch (error) {
    if ((error as Error).cause !== 401) return show(root, 'offline');
    await account.forget();
    show(root, 'signed-out');
  }
}

/** Each with the name of the role in the page's language. */
function list(root: HTMLElement, memberships: Membership[]): void {
  const place = root.querySelector<HTMLElement>('[data-memberships]');
  const rows = memberships.map(({ name, role }) => {
    const [row, organisation] = [document.createElement('li'), document.createElement('bdi')];
    organisation.textContent = name;
    row.append(organisation, ` – ${place?.dataset[`role${role}`] ?? role}`);
    return row;
  });
  place?.replaceChildren(...rows);
}
