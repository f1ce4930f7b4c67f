import { type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { signInPaths } from '../../shared/http/sign-in-paths.ts';

/** Who is signed in: the token that the API asks for, which is good for an hour at most, and the address that it is for. */
export interface SignedIn {
  token: string;
  email: string;
}
interface Issuer {
  issuer: string;
  client: string;
}

/** What Cognito calls the languages of ours that its pages have: it does not know `ui_locales`. */
const cognitoLanguages: Record<string, string> = {
  de: 'de',
  en: 'en',
  es: 'es',
  fr: 'fr',
  pt: 'pt-BR',
  zh: 'zh-CN',
};

/**
 * Signs people in at an OIDC issuer by the authorisation code flow with PKCE. What is known of them stays in this tab
 * (sessionStorage): with the tab it is gone.
 */
export class Account {
  readonly #manager: UserManager;

  constructor({ issuer, client }: Issuer) {
    const tab = () => new WebStorageStateStore({ store: sessionStorage });
    this.#manager = new UserManager({
      authority: issuer,
      client_id: client,
      redirect_uri: here(signInPaths.callback),
      scope: 'openid email',
      userStore: tab(),
      stateStore: tab(),
      automaticSilentRenew: false,
    });
  }

  /** Undefined for nobody, or not any more. */
  async current(): Promise<SignedIn | undefined> {
    const user = await this.#manager.getUser();
    return user && !user.expired ? toSignedIn(user) : undefined;
  }

  /**
   * Leaves for the issuer, which leads back to `returnTo`, an address of this site: the issuer is not told of it. `anew`
   * lets the issuer ask again who one is. Rejects when the issuer cannot be reached.
   */
  signIn(returnTo: string, { anew = false } = {}): Promise<void> {
    const language = document.documentElement.lang;
    return this.#manager.signinRedirect({
      state: returnTo,
      ui_locales: language,
      extraQueryParams: { lang: cognitoLanguages[language] ?? 'en' },
      ...(anew && { prompt: 'login' }),
    });
  }

  /** Where to go on, once the issuer has led back. Rejects when it did not sign anybody in, or not for this tab. */
  async finish(): Promise<string> {
    const user = await this.#manager.signinRedirectCallback();
    return typeof user.state === 'string' ? user.state : signInPaths.home;
  }

  /** Forgets who it is, here alone. */
  forget(): Promise<void> {
    return this.#manager.removeUser();
  }

  /**
   * Forgets who it is, and leaves for the issuer, so that it does, too. First the one, so that the other is asked for by the
   * client alone: an ID token in an address would stay in the history, and be good for an hour.
   */
  async signOut(): Promise<void> {
    const back = here(signInPaths.home);
    await this.forget();
    return this.#manager.signoutRedirect({
      post_logout_redirect_uri: back,
      // What Cognito calls it.
      extraQueryParams: { logout_uri: back },
    });
  }
}

function toSignedIn({ id_token: token, profile }: User): SignedIn | undefined {
  return token ? { token, email: profile.email ?? '' } : undefined;
}

function here(path: string): string {
  return `${location.origin}${path}`;
}
