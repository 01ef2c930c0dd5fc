import type { LocalStack } from '../../../local/stack.ts';
import { createScope } from '../../../local/template/names.ts';
import { readTemplate, type TemplateLocation } from '../../../local/template/read-template.ts';
import { resolve } from '../../../local/template/resolve.ts';
import { list, member, text } from '../../../shared/domain/json.ts';

/** One action on one resource, as a function's role has it. */
export interface Grant {
  readonly functionId: string;
  readonly action: string;
  /** An ARN, perhaps with stars. */
  readonly resource: string;
  /** The statement's condition; nothing here has one yet. */
  readonly condition: unknown;
}

/** What the roles of the template's functions allow, with the names that things have on this machine. */
export async function grantedPermissions(
  location: TemplateLocation,
  { secrets }: Pick<LocalStack, 'secrets'>,
): Promise<readonly Grant[]> {
  const template = await readTemplate(location);
  const scope = createScope(template, { sqsEndpoint: 'http://sqs', apiUrl: 'http://api', secretArn: secrets.ensure });
  const byId = new Map(template.resources.map((resource) => [resource.logicalId, resource]));
  return template.resources
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .flatMap(({ logicalId, properties }) => {
      const role = byId.get(text(list(member(properties.Role, 'Fn::GetAtt'))[0]) ?? '');
      const policies = list(resolve(role?.properties.Policies, scope));
      const statements = policies.flatMap((policy) => list(member(policy, 'PolicyDocument', 'Statement')));
      return statements.flatMap((statement) => grantsOf(logicalId, statement));
    });
}

function grantsOf(functionId: string, statement: unknown): readonly Grant[] {
  if (member(statement, 'Effect') !== 'Allow') throw new TypeError('teach this test what a Deny means');
  const texts = (name: string) => [member(statement, name)].flat().map(String);
  const condition = member(statement, 'Condition');
  return texts('Action').flatMap((action) =>
    texts('Resource').map((resource) => ({ functionId, action, resource, condition })),
  );
}
