/** Where campaigners come back to from their issuer: after they signed in, and after they signed out. Each issuer has to know both. */
export const signInPaths = { callback: '/dashboard/callback', home: '/dashboard' };
