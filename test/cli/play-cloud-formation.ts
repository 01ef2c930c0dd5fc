import type { RequestListener } from 'node:http';

type Outputs = Readonly<Record<string, string>>;

/** CloudFormation's part in DescribeStacks: the outputs of some stacks by their names, and the answer for any other. */
export function playCloudFormation(stacks: Readonly<Record<string, Outputs>>): RequestListener {
  return async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const name = new URLSearchParams(body).get('StackName') ?? '';
    const found = stacks[name];
    response.writeHead(found === undefined ? 400 : 200, { 'content-type': 'text/xml' });
    response.end(
      found === undefined ? error('ValidationError', `Stack with id ${name} does not exist`) : describeStacks(found),
    );
  };
}

const error = (code: string, message: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

function describeStacks(outputs: Outputs): string {
  const members = Object.entries(outputs).map(
    ([name, value]) => `<member><OutputKey>${name}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
}
