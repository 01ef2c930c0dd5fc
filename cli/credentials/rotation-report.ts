import type { SecretKind } from '../../shared/x/secret-rotation.ts';

/** How far a rotation could be shown. `by-word`: this kind answers no check. `not-registered`: X has no webhook to check. */
export type RotationOutcome = 'behind' | 'by-word' | 'proven' | 'not-registered';

/** What a person has to know of it. */
export function rotationReport(outcome: RotationOutcome, kind: SecretKind, app: string, overlap: string): string {
  const secret = `the new ${kind} secret of app ${app}`;
  const ends = `The old one proves deliveries for another ${overlap}; gapless secrets end stops it at once.`;
  switch (outcome) {
    case 'behind':
      return `${capital(secret)} proves deliveries beside the old one. Run this again when X takes it.`;
    case 'by-word':
      return `X takes ${secret}. Its checks go by the client secret and show nothing about it. ${ends}`;
    case 'proven':
      return `X signs with ${secret}: its check was answered with it and passed. ${ends}`;
    case 'not-registered':
      return `${capital(secret)} answers checks. X has no webhook there yet, so nothing shows that X signs with it. ${ends}`;
  }
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
