import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { list, member, object } from '../../shared/domain/json.ts';
import type { Exchange } from './recording-proxy.ts';

/** X's own description (https://api.x.com/2/openapi.json, v2.167) where it lies beside the project. */
const file = join(import.meta.dirname, '../../../shared/facts/openapi.json');

export const skipWithoutDescription = existsSync(file) ? false : 'X’s OpenAPI description is not here';

/** Throws when an exchange is not as X describes it: path, method, credential, query, bodies. */
export interface XDescription {
  check(exchange: Exchange): void;
}

/** `bearerToken`: the app's; any other bearer token is a user's. */
export function loadXDescription(bearerToken: string): XDescription {
  const description: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const ajv = new Ajv({ strict: false, validateFormats: false });
  ajv.addSchema(Object(description), 'x');
  const compiled = new Map<string, ValidateFunction>();
  const paths = Object.keys(object(member(description, 'paths')) ?? {});

  const isValid = (value: unknown, ...parts: readonly string[]): void => {
    const pointer = parts.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
    const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `x#/${pointer}` });
    compiled.set(pointer, validate);
    assert.ok(validate(value), `${pointer}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(value)}`);
  };

  const typeOf = (parameter: unknown, place: readonly string[]): unknown =>
    member(parameter, 'schema', 'type') ?? member(description, ...place, 'schema', 'type');

  return {
    check({ method, url, authorization, requestBody, status, contentType, answerBody }) {
      const name = `${method} ${url.pathname}`;
      const path = paths.find((one) => one === url.pathname) ?? paths.find((one) => matches(one, url.pathname));
      assert.ok(path, `${name} is not described`);
      const at = ['paths', path, method.toLowerCase()];
      const operation = member(description, ...at);
      assert.ok(operation, `${name} is not described`);

      const scheme = schemeOf(authorization, bearerToken);
      const allowed = list(member(operation, 'security')).flatMap((one) => Object.keys(object(one) ?? {}));
      assert.ok(allowed.includes(scheme), `${name} takes ${allowed.join(', ')}, not ${scheme}`);

      const parameters = list(member(operation, 'parameters'));
      const places = new Map(
        parameters.map((one, index) => {
          const place = placeOf(one) ?? [...at, 'parameters', String(index)];
          return [member(description, ...place, 'name') ?? member(one, 'name'), { place, type: typeOf(one, place) }];
        }),
      );
      for (const [key, text] of url.searchParams) {
        const parameter = places.get(key);
        assert.ok(parameter, `${name} has no parameter ${key}`);
        const { type, place } = parameter;
        isValid(type === 'integer' ? Number(text) : type === 'array' ? text.split(',') : text, ...place, 'schema');
      }
      if (member(operation, 'requestBody') === undefined) assert.equal(requestBody, '', `${name} takes no body`);
      else isValid(JSON.parse(requestBody), ...at, 'requestBody', 'content', 'application/json', 'schema');

      const type = contentType.replace('; charset=utf-8', '');
      const answer = ['responses', status === 200 ? '200' : 'default', 'content', type, 'schema'];
      isValid(JSON.parse(answerBody), ...at, ...answer);
    },
  };
}

/** Where a parameter stands that is only referred to. */
function placeOf(parameter: unknown): readonly string[] | undefined {
  const reference = member(parameter, '$ref');
  return typeof reference === 'string' ? reference.replace('#/', '').split('/') : undefined;
}

function matches(template: string, pathname: string): boolean {
  const pattern = template.replaceAll(/[.]/g, '\\.').replaceAll(/\{[^}]+\}/g, '[^/]+');
  return new RegExp(`^${pattern}$`).test(pathname);
}

function schemeOf(authorization: string, bearerToken: string): string {
  if (authorization === `Bearer ${bearerToken}`) return 'BearerToken';
  return authorization.startsWith('Bearer ') ? 'OAuth2UserToken' : 'UserToken';
}
