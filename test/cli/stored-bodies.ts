/** Bodies of made-up accounts, in X's documented shapes. */

interface PostParts {
  readonly id: string;
  readonly at: string;
  readonly account?: string;
  readonly text?: string;
  /** JSON text of further members of the post. */
  readonly more?: string;
}

/** An XAA `post.create`. JSON text, so that a test can say every digit. */
export function postBody({ id, at, account = '710', text = 'Hello', more = '' }: PostParts): string {
  const post = `"id":"${id}","author_id":"${account}","created_at":"${at}","text":${JSON.stringify(text)}${more}`;
  return `{"data":{"event_uuid":"uuid-${id}","filter":{"user_id":"${account}"},"event_type":"post.create","payload":{${post}}}}`;
}

/** An AAA direct message that the account received. */
export function messageBody(id: string, atMs: number, text: string): string {
  return JSON.stringify({
    for_user_id: '710',
    direct_message_events: [
      {
        type: 'message_create',
        id,
        created_timestamp: String(atMs),
        message_create: { target: { recipient_id: '710' }, sender_id: '820', message_data: { text } },
      },
    ],
    users: {},
  });
}
