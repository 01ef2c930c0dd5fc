/** Which events a first file asks for: enough to see something soon. */
export const starterFamilies = ['posts', 'likes'] as const;

/** A first file of wanted subscriptions, for one account, that explains itself. */
export function starterFile(accountId: string, app: string): string {
  const appMember = app === 'default' ? '' : `, "app": ${JSON.stringify(app)}`;
  const families = starterFamilies.map((family) => JSON.stringify(family)).join(', ');
  return `// Which accounts' events X shall deliver. Keep this file under version control.
// After a change: gapless subscriptions plan, then gapless subscriptions apply.
{
  "accounts": [
    // Families: posts, likes, follows, dms, chats, profile, spaces, broadcasts, mutes, blocks, all.
    // Or single types, such as "post.mention.create". docs/subscriptions.md has them all, and X's fees stand in the plan.
    { "id": "${accountId}", "events": [${families}]${appMember} },
  ],
}
`;
}
