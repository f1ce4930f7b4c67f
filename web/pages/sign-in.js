/** Pages on which campaigners sign in say of themselves what they are for: accepting an invitation, or the dashboard. */
import { openDashboard } from '../sign-in/dashboard.ts';
import { offerInvitation } from '../sign-in/invitation.ts';

const root = document.querySelector('[data-issuer]');
const invitation = document.querySelector('form#accept');

if (invitation) void offerInvitation(root, invitation);
else void openDashboard(root);
